import assert from 'node:assert/strict';
import type { LogLevel, LogOutputChannel } from 'vscode';
import { PlainLog } from '../../../src/host/log';
import { payloads } from '../../attacks/payloads';

/** The editor's channel: what is written stands there as it came. */
class Channel implements LogOutputChannel {
	readonly name = 'Limn';
	declare readonly logLevel: LogLevel;
	readonly entries: string[] = [];
	readonly deeds: string[] = [];
	readonly onDidChangeLogLevel: LogOutputChannel['onDidChangeLogLevel'] = () => ({ dispose: () => undefined });
	readonly trace = this.#noting('trace');
	readonly debug = this.#noting('debug');
	readonly info = this.#noting('info');
	readonly warn = this.#noting('warn');
	readonly append = this.#noting('append');
	readonly appendLine = this.#noting('appendLine');
	readonly replace = this.#noting('replace');

	error(error: string | Error): void {
		this.entries.push(`error ${typeof error === 'string' ? error : error.stack}`);
	}

	show(first?: unknown): void {
		this.deeds.push(`show ${String(first)}`);
	}

	clear(): void {
		this.deeds.push('clear');
	}

	hide(): void {
		this.deeds.push('hide');
	}

	dispose(): void {
		this.deeds.push('dispose');
	}

	#noting(how: string): (text: string) => void {
		return (text) => void this.entries.push(`${how} ${text}`);
	}
}

const forged = 'fox.png\r\n2026-11-22 10:00:00.000 [info] openai accepts the key\u2028\u001B[31m \u202Egnp';
const seen = 'fox.png 2026-11-22 10:00:00.000 [info] openai accepts the key [31m gnp';
const obeyed = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

function written(act: (log: PlainLog) => void): string[] {
	const channel = new Channel();
	act(new PlainLog(channel));
	return channel.entries;
}

function lines(error: Error): string[] {
	return written((log) => log.error(error)).flatMap((entry) => entry.split('\n'));
}

describe('the log', () => {
	it('has one line for each text, whoever wrote it and however', () => {
		const entries = written((log) => {
			log.trace(forged);
			log.debug(forged);
			log.info(forged);
			log.warn(forged);
			log.error(forged);
			log.append(forged);
			log.appendLine(forged);
			log.replace(forged);
		});
		const ways = ['trace', 'debug', 'info', 'warn', 'error', 'append', 'appendLine', 'replace'];
		assert.deepEqual(
			entries,
			ways.map((way) => `${way} ${seen}`),
		);
	});

	it('has a line for what an error says, and one for each call that led there', () => {
		const [entry = ''] = written((log) => log.error(new TypeError(forged)));
		const [first, ...calls] = entry.split('\n');
		assert.equal(first, `error TypeError: ${seen}`);
		assert.ok(calls.length > 1);
		for (const call of calls) assert.match(call, /^ {4}at /);
	});

	it('is not taken in by a message that looks like a stack, nor by a stack that is none', () => {
		const alike = new Error('x\n    at openai (accepts:1:1)');
		assert.equal(lines(alike)[0], 'error Error: x     at openai (accepts:1:1)');
		assert.ok(!lines(alike).slice(1).join('\n').includes('openai'));
		const changed = Object.assign(new Error('after'), { stack: 'Error: before\n[info] forged\n    at f' });
		assert.deepEqual(lines(changed), ['error Error: after']);
		const without = Object.assign(new Error('bare'), { stack: undefined });
		assert.deepEqual(lines(without), ['error Error: bare']);
		const named = Object.assign(new Error('m'), {
			name: 'E\n[info] forged',
			stack: 'E: m\n[info] forged\n    at f\u0007',
		});
		assert.deepEqual(lines(named), ['error E [info] forged: m', '    at f ']);
		assert.ok(lines(new Error('')).length > 1);
	});

	it('shows no payload that a terminal or a reader obeys', () => {
		for (const payload of payloads) {
			const [text = '', error = ''] = written((log) => {
				log.warn(payload);
				log.error(new Error(payload));
			});
			assert.doesNotMatch(text, obeyed);
			const [first = '', ...calls] = error.split('\n');
			assert.doesNotMatch(first, obeyed);
			assert.ok(calls.every((call) => /^ {4}at /.test(call) && !obeyed.test(call)));
		}
	});

	it('is otherwise the editor’s channel, and takes the keyboard from nobody', () => {
		const channel = new Channel();
		const log = new PlainLog(channel);
		log.show();
		log.clear();
		log.hide();
		log.dispose();
		assert.deepEqual(channel.deeds, ['show true', 'clear', 'hide', 'dispose']);
		assert.deepEqual([log.name, log.logLevel], [channel.name, channel.logLevel]);
		assert.equal(log.onDidChangeLogLevel, channel.onDidChangeLogLevel);
	});
});
