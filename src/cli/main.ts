import { asText } from '../domain/plainText';
import { type Command, exitCodes, type Program } from './command';
import { check } from './commands/check';
import { edit } from './commands/edit';
import { generate } from './commands/generate';
import { mcp } from './commands/mcp';
import { models } from './commands/models';
import { providers } from './commands/providers';
import { recover } from './commands/recover';
import { Misuse, readFlags } from './flags';
import { helpOf, overview } from './help';

/** All of them, in the order of the help. */
const commands: Readonly<Record<string, Command>> = { generate, edit, check, recover, mcp, models, providers };

/** Runs what was typed after `limn`, and gives the exit code. */
export async function main(args: readonly string[], program: Program): Promise<number> {
	const [name = '', ...rest] = args;
	try {
		if (name === '--version' || name === '-V') return tell(program, program.version);
		if (['--help', '-h', 'help'].includes(name)) return tell(program, helpFor(rest[0]));
		const command = commandNamed(name);
		if (rest.includes('--help') || rest.includes('-h')) return tell(program, helpOf(name, command));
		return await command.run(readFlags(rest, command.flags), program);
	} catch (error) {
		if (error instanceof Misuse) {
			program.err(`limn: ${error.message}`);
			return exitCodes.misuse;
		}
		if (program.signal.aborted) return exitCodes.ended;
		throw error;
	}
}

function tell({ out }: Program, text: string): number {
	out(text);
	return exitCodes.done;
}

function helpFor(name: string | undefined): string {
	return name === undefined ? overview(commands) : helpOf(name, commandNamed(name));
}

function commandNamed(name: string): Command {
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (command) return command;
	const known = Object.keys(commands).join(', ');
	const what = name === '' ? 'Say what to do' : `There is no command ${asText(name)}`;
	throw new Misuse(`${what}. Available: ${known}. limn --help says more.`);
}
