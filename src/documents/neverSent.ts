import { normalizePath } from './paths';

/** Characters, and ways to read its braces: of a glob with more nobody knows what it means. */
const most = { characters: 300, readings: 50 };

/**
 * Whether one of these globs names a file. `path`: relative to a workspace folder, or absolute; an absolute one is named only by globs
 * that begin at the top themselves.
 *
 * `*` `?` `[a-z]` `{a,b}` and `**` mean what they mean to the editor. A glob without a slash fits at any depth, one that names a folder
 * covers what is below. Capitals do not count, a `!` takes nothing away: what follows it is named. `${workspaceFolder}/` is the top.
 * Wherever a glob can be read in two ways both hold, and one that is too wild to be tried, or that begins with what nobody here can
 * resolve, covers every file: rather too little is sent than too much.
 */
export function neverSent(globs: readonly string[]): (path: string) => boolean {
	const readings = globs.flatMap((glob) => readingsOf(glob).concat(readingsOf(meantBy(glob), unresolved)));
	return (path) => {
		const isAbsolute = path.startsWith('/');
		const segments = segmentsOf(plain(path));
		return readings.some((reading) => (reading.isAbsolute || !isAbsolute) && fits(reading.parts, segments));
	};
}

/** Without what is not part of a glob here, though people write it; as it is written it counts, too. */
function meantBy(glob: string): string {
	return glob
		.trim()
		.replace(/^!+\s*/, '')
		.replace(/^\$\{workspaceFolder\}(?=[/\\]|$)/i, '/');
}

/** A variable, a home folder, an address: where that is, nobody here knows. */
const unresolved = /\$\{|^~(?:[/\\]|$)|^[a-z][a-z\d+.-]+:/i;

interface Reading {
	readonly isAbsolute: boolean;
	readonly parts: readonly Part<string>[];
}

/** What stands for one item, or `any`: for as many as there are, none too. */
type Part<T> = 'any' | ((item: T) => boolean);

/** Only the last `any` is tried again: the time is that of one list times the other. */
function fits<T>(parts: readonly Part<T>[], items: readonly T[]): boolean {
	let [at, any, retry] = [0, -1, 0];
	for (let index = 0; index < items.length;) {
		const [part, item] = [parts[at], items[index]];
		if (part === 'any') [any, retry, at] = [at, index, at + 1];
		else if (part && item !== undefined && part(item)) [at, index] = [at + 1, index + 1];
		else if (any >= 0) [at, index, retry] = [any + 1, retry + 1, retry + 1];
		else return false;
	}
	return parts.slice(at).every((part) => part === 'any');
}

const everything: Reading = { isAbsolute: true, parts: ['any'] };

function readingsOf(glob: string, wild?: RegExp): readonly Reading[] {
	if (glob.trim() === '') return [];
	const alternatives = glob.length > most.characters ? undefined : withoutBraces(plain(glob));
	if (!alternatives || [glob, ...alternatives].some((each) => wild?.test(each))) return [everything];
	// A name may have these signs itself.
	return [...alternatives, plain(glob)].flatMap((each) => [readingOf(each, true), readingOf(each, false)]);
}

/** As paths are compared: file systems differ in capitals, in how letters with marks are stored, and in the sign between names. */
function plain(text: string): string {
	return text.toLowerCase().normalize('NFC').replaceAll('\\', '/');
}

function segmentsOf(path: string): string[] {
	return normalizePath(path).split('/').filter(Boolean);
}

function readingOf(glob: string, hasClasses: boolean): Reading {
	const isAnchored = glob.replace(/\/$/, '').includes('/');
	const named = segmentsOf(glob).map((segment): Part<string> => {
		if (segment === '**') return 'any';
		const parts = charactersOf(segment, hasClasses);
		return (name) => fits(parts, Array.from(name));
	});
	return { isAbsolute: /^(?:\/|[a-z]:)/.test(glob), parts: [...(isAnchored ? [] : ['any' as const]), ...named, 'any'] };
}

function charactersOf(segment: string, hasClasses: boolean): Part<string>[] {
	const tokens = segment.match(hasClasses ? /\[[!^]?[^\]]+\]|./gsu : /./gsu) ?? [];
	return tokens.map((token): Part<string> => {
		if (token === '*') return 'any';
		if (token === '?') return () => true;
		return token.length > 2 && token.startsWith('[') ? classOf(token) : (character) => character === token;
	});
}

function classOf(token: string): (character: string) => boolean {
	const [, not, members = ''] = /^\[([!^]?)(.+)\]$/su.exec(token) ?? [];
	const ranges = Array.from(members.matchAll(/(.)-(.)|./gsu), ([one, from = one, to = one]) => [from, to] as const);
	return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== Boolean(not);
}

/** Every way to choose one of `{a,b}`, in braces within braces too. `undefined`: there are too many. */
function withoutBraces(glob: string): readonly string[] | undefined {
	const [done, open]: [string[], string[]] = [[], [glob]];
	for (let each = open.pop(); each !== undefined; each = open.pop()) {
		const choices = firstChoice(each);
		if (choices) open.push(...choices);
		else done.push(each);
		if (done.length + open.length > most.readings) return undefined;
	}
	return done;
}

/** The ways to choose from the first innermost braces; `undefined`: there are none with a choice. */
function firstChoice(glob: string): string[] | undefined {
	const [braces, inner = ''] = /\{([^{}]*,[^{}]*)\}/.exec(glob) ?? [];
	return braces === undefined ? undefined : inner.split(',').map((each) => glob.replace(braces, () => each));
}
