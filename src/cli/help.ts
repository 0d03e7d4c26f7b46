import { providers } from '../catalogue/providers';
import type { Command } from './command';
import type { Flags } from './flags';

const exits = `Exit codes:
  0    done; of check: nothing was found
  1    a picture did not come; of check: something was found
  2    the command line itself is wrong: an unknown flag, a folder that is not there
  130  ended by the person; pictures that had come are kept`;

/** What `limn --help` says. */
export function overview(commands: Readonly<Record<string, Command>>): string {
	const rows = Object.entries(commands).map(([name, { takes, about }]) => [`limn ${name} ${takes}`.trim(), about]);
	const keys = providers.flatMap(({ key, title }) => (key ? [[key.variable, `the key of ${title}`]] : []));
	return `Limn makes pictures for documents and code.

${table(rows)}

limn COMMAND --help says what a command takes.

Environment:
${table([
	...keys,
	['LIMN_OPENAI_BASE_URL', 'another address of OpenAI’s API; the other providers likewise'],
	['LIMN_DAILY_BUDGET', 'USD that may be spent in a day'],
	['LIMN_MONTHLY_BUDGET', 'USD that may be spent in a month'],
	['LIMN_HOME', 'where Limn keeps its ledger and its journal'],
])}

${exits}`;
}

/** What `limn COMMAND --help` says. */
export function helpOf(name: string, { takes, about, flags, notes = [] }: Command): string {
	return [`limn ${name} ${takes}`.trim(), about, ...notes, table(flagRows(flags)), exits].join('\n\n');
}

function flagRows(flags: Flags): string[][] {
	return Object.entries(flags).map(([name, { value, multiple, about }]) => [
		`--${name}${value === undefined ? '' : ` ${value}`}`,
		`${about}${multiple ? ' Several times, if need be.' : ''}`,
	]);
}

function table(rows: readonly (readonly string[])[]): string {
	const width = Math.max(...rows.map(([name = '']) => name.length));
	return rows.map(([name = '', about = '']) => `  ${name.padEnd(width)}  ${about}`).join('\n');
}
