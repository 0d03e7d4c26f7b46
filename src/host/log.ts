import type { Event, LogLevel, LogOutputChannel } from 'vscode';
import { asText } from '../domain/plainText';

/** The log. What others wrote stands in it as letters: one entry cannot look like two. */
export class PlainLog implements LogOutputChannel {
	readonly name: string;
	readonly onDidChangeLogLevel: Event<LogLevel>;

	constructor(readonly channel: LogOutputChannel) {
		this.name = channel.name;
		this.onDidChangeLogLevel = channel.onDidChangeLogLevel;
	}

	get logLevel(): LogLevel {
		return this.channel.logLevel;
	}

	trace(message: string): void {
		this.channel.trace(asText(message));
	}

	debug(message: string): void {
		this.channel.debug(asText(message));
	}

	info(message: string): void {
		this.channel.info(asText(message));
	}

	warn(message: string): void {
		this.channel.warn(asText(message));
	}

	error(error: string | Error): void {
		this.channel.error(typeof error === 'string' ? asText(error) : linesOf(error));
	}

	append(value: string): void {
		this.channel.append(asText(value));
	}

	appendLine(value: string): void {
		this.channel.appendLine(asText(value));
	}

	replace(value: string): void {
		this.channel.replace(asText(value));
	}

	clear(): void {
		this.channel.clear();
	}

	/** Where the person writes stays where it is. */
	show(): void {
		this.channel.show(true);
	}

	hide(): void {
		this.channel.hide();
	}

	dispose(): void {
		this.channel.dispose();
	}
}

/** What an error says, and below it where it came from. A stack begins with the message, which may look like more of it. */
function linesOf({ name, message, stack = '' }: Error): string {
	const at = stack.indexOf(message);
	const below = at < 0 ? '' : stack.slice(at + message.length);
	const calls = below.split('\n').filter((line) => /^ +at /.test(line));
	return [`${name}: ${message}`, ...calls].map(asText).join('\n');
}
