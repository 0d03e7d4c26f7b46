import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { manifest, sources } from './repository';

/** A command, without the variables that are set before it. */
export interface Command {
	/** In its page, from 1. */
	readonly line: number;
	readonly words: readonly string[];
}

/** The commands in the lines of a shell. */
export function commandsIn(fence: string, firstLine = 1): Command[] {
	return fence
		.replaceAll(/\\\n\s*/g, ' ')
		.split('\n')
		.flatMap((line, index) =>
			line
				.replace(/(^|\s)#.*$/, '')
				.split(/&&|\||;/)
				.map((command) => ({ line: firstLine + index, words: wordsOf(command) })),
		)
		.filter(({ words }) => words.length > 0);
}

/** With quotes taken off. Variables that are set before a command, and where its output goes, are not its words. */
function wordsOf(command: string): string[] {
	const words = Array.from(
		command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g),
		([, double, single, bare]) => double ?? single ?? bare ?? '',
	);
	const from = words.findIndex((word) => !/^[A-Z][A-Z\d_]*=/.test(word));
	const to = words.findIndex((word) => /^\d?>/.test(word));
	return from < 0 ? [] : words.slice(from, to < 0 ? undefined : to);
}

/** Programs of others. */
const foreign = new Set(['cd', 'claude', 'code', 'export', 'git', 'unzip']);

/** npm's own words. */
const npmWords = new Set(['ci', 'install', 'link', 'start', 'test', 'run']);

/** What is wrong with a command; `undefined`: nothing that is seen without running it. */
export function faultOf({ words: [program = '', ...rest] }: Command): string | undefined {
	switch (program) {
		case 'npm':
			return faultOfNpm(rest);
		case 'node':
			return rest[0] === undefined || existsSync(outOfPackage(rest[0])) ? undefined : `there is no ${rest[0]}`;
		case 'npx':
			return rest[0] === 'limn' ? faultOfOwn() : `npx ${rest[0]} is nothing that this test knows`;
		case 'limn':
			return faultOfOwn();
		default:
			return foreign.has(program) ? undefined : `${program} is nothing that this test knows`;
	}
}

/** The `.vsix` has the product in a folder of its own. */
function outOfPackage(file: string): string {
	return file.replace(/^(?:\w+\/)?extension\//, '');
}

function faultOfNpm([word = '', ...rest]: readonly string[]): string | undefined {
	if (!npmWords.has(word)) return `npm has no command ${word}`;
	if (word === 'ci' || word === 'install') return existsSync('package-lock.json') ? undefined : 'there is no lock file';
	if (word === 'link') return faultOfOwn();
	const name = word === 'run' ? (rest[0] ?? '') : word;
	const script = manifest.scripts[name];
	if (script === undefined) return `there is no script ${name}`;
	const missing = faultOfScript(script);
	if (missing !== undefined) return `${name}: ${missing}`;
	const flags = rest.slice(rest.indexOf('--') + 1).filter((each) => each.startsWith('--'));
	const unknown = rest.includes('--') ? flags.find((flag) => !isFlagOf(script, flag)) : undefined;
	return unknown && `${name} has no ${unknown}`;
}

/** Whether all that a script starts is there: other scripts, bundles, programs of packages. */
function faultOfScript(script: string): string | undefined {
	for (const { words } of commandsIn(script)) {
		const [program = '', first = ''] = words;
		if (program === 'npm') {
			const name = first === 'run' ? (words.slice(2).find((word) => !word.startsWith('-')) ?? '') : first;
			if (!(name in manifest.scripts)) return `there is no script ${name}`;
		} else if (program === 'node') {
			if (!existsSync(first)) return `there is no ${first}`;
		} else if (!existsSync(`node_modules/.bin/${program}`)) return `there is no program ${program}`;
	}
	return undefined;
}

/** Whether a program that a script starts knows a flag: the sources in its folder take it. */
function isFlagOf(script: string, flag: string): boolean {
	const bundles = new Set(Array.from(script.matchAll(/node out\/(\w+)\.js/g), ([, name = '']) => `${name}.ts`));
	const programs = sources.filter(({ file }) => file.startsWith('test/') && bundles.has(path.basename(file)));
	const folders = new Set(programs.map(({ file }) => path.dirname(file)));
	return sources.some(({ file, text }) => folders.has(path.dirname(file)) && takesFlag(text, flag));
}

/** Whether a text takes a flag: by hand, by `parseArgs`, or by Limn's own table of flags. */
export function takesFlag(text: string, flag: string): boolean {
	const name = flag.replace(/^--/, '');
	return (
		text.includes(`'${flag}'`) ||
		new RegExp(`(?:\\b${name}|'${name}'): \\{\\s*(?:type|value|multiple|about): `).test(text)
	);
}

function faultOfOwn(): string | undefined {
	const program = manifest.bin['limn'];
	if (program === undefined) return 'package.json has no program limn';
	return existsSync(program) ? undefined : `there is no ${program}`;
}

/** What neither asks anybody nor goes on for ever: it is run as it stands. Else it is asked for its help, which names every flag. */
const harmless = new Set(['check', 'models', 'help']);

/** What stands before the words of one of Limn's own commands. */
const ways = ['limn', 'npx limn', `node ${manifest.bin['limn'] ?? ''}`].map((way) => way.split(' '));

/** The words of one of Limn's own commands; `undefined`: it is another program's. */
function ownWords({ words }: Command): readonly string[] | undefined {
	const way = ways.find((start) => start.every((word, at) => words[at] === word));
	return way && words.slice(way.length);
}

/** Whether a command is one of Limn's own command line. */
export function isOwn(command: Command): boolean {
	return ownWords(command) !== undefined;
}

/** A copy of the sample workspace, for as long as the work lasts: what one command makes is there for the next. */
export function inSample<T>(work: (folder: string) => T): T {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'limn-page-'));
	try {
		cpSync('test/sample', folder, { recursive: true });
		return work(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Runs one of Limn's own in a folder, without any key. Throws where it fails. `dry`: asks for its help only. */
export function runOwn(command: Command, folder: string, dry: boolean): void {
	const args = ownWords(command) ?? [];
	const [first = ''] = args;
	const isFree = ['generate', 'edit'].includes(first) && args.some((word) => word.startsWith('sketch/'));
	if (!dry && (harmless.has(first) || first.startsWith('--') || isFree)) {
		run(args, folder);
		return;
	}
	const help = run(first === '' || first.startsWith('--') ? ['--help'] : [first, '--help'], folder);
	for (const flag of args.filter((word) => /^--(?!help)\w/.test(word)))
		if (!help.includes(flag)) throw new Error(`the help of limn ${first} does not name ${flag}`);
}

function run(args: readonly string[], cwd: string): string {
	const program = path.resolve(manifest.bin['limn'] ?? '');
	const { PATH = '' } = process.env;
	return execFileSync(process.execPath, [program, ...args], {
		cwd,
		env: { PATH, HOME: cwd },
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: 30_000,
	});
}
