import type { Span } from '../documents/span';

/** One `key=value` of a recipe. */
export interface Pair {
	readonly key: string;
	/** Without quotes. */
	readonly value: string;
	readonly span: Span;
	/** Without quotes. */
	readonly valueSpan: Span;
}

/** What stands in a recipe, as it is written. Spans are of the words that were read. */
export interface RecipeWords {
	/** With its white space as written; possibly empty. */
	readonly prompt: Span;
	readonly pairs: readonly Pair[];
	/** Where the bar before the pairs is; absent: there is none. */
	readonly bar?: number;
}

/** What marks a comment as a recipe. */
const mark = 'limn:';

/**
 * A key and its value; quotes are for values with blanks, and nothing in them is escaped (contract §4). Without quotes there are none in it:
 * else the end of a value in quotes would be a value too.
 */
const pair = /([A-Za-z_][\w.-]*)=(?:"([^"]*)"|([^\s"]*))(?=\s|$)/y;

const blank = /\s*/y;

/** Whether a comment's words say that it is a recipe. */
export function isRecipe(words: string): boolean {
	return words.startsWith(mark);
}

/** Reads words that begin with `limn:`: a prompt, then optionally a last ` | ` and nothing but pairs. */
export function readWords(words: string): RecipeWords {
	const end = words.trimEnd().length;
	const tail = tailOf(words.slice(0, end));
	const start = skipBlanks(words, mark.length);
	const prompt = { start, end: Math.max(start, words.slice(0, tail?.bar ?? end).trimEnd().length) };
	return { prompt, pairs: tail?.pairs ?? [], ...(tail && { bar: tail.bar }) };
}

/** How many of a recipe's lines are its own, where other words may stand in the lines behind its pairs: as many as there are if it has none. */
export function countLines(lines: readonly string[]): number {
	for (const [index, line] of lines.entries()) {
		const tail = tailOf(index === 0 ? line : mark + line);
		if (!tail) continue;
		let end = index + 1;
		while (isPairs(lines[end] ?? '')) end++;
		if (tail.pairs.length > 0 || end > index + 1) return end;
	}
	return lines.length;
}

/** Whether a line holds pairs and nothing else. */
function isPairs(line: string): boolean {
	return (pairsIn(line.trim(), 0)?.length ?? 0) > 0;
}

/** The last bar that has nothing but pairs behind it: a bar before that one belongs to the prompt, one behind it to a value in quotes. */
function tailOf(words: string): { bar: number; pairs: readonly Pair[] } | undefined {
	let quotes = 0;
	let behind = words.length;
	for (let bar = words.lastIndexOf('|'); bar >= mark.length; bar = words.lastIndexOf('|', bar - 1)) {
		quotes += words.slice(bar, behind).split('"').length - 1;
		behind = bar;
		if (bar > mark.length && !/\s/.test(words.charAt(bar - 1))) continue;
		if (!/^\s?$/.test(words.charAt(bar + 1))) continue;
		const pairs = pairsIn(words, bar + 1);
		if (pairs) return { bar, pairs };
		// With as many opening as closing quotes behind it, this bar is in none.
		if (quotes % 2 === 0) return undefined;
	}
	return undefined;
}

/** The pairs from here to the end; `undefined`: something else is there too. */
function pairsIn(words: string, from: number): Pair[] | undefined {
	const pairs: Pair[] = [];
	let at = skipBlanks(words, from);
	while (at < words.length) {
		pair.lastIndex = at;
		const match = pair.exec(words);
		if (!match) return undefined;
		const [written, key = '', quoted, bare = ''] = match;
		const value = quoted ?? bare;
		const start = at + key.length + (quoted === undefined ? 1 : 2);
		const end = at + written.length;
		pairs.push({ key, value, span: { start: at, end }, valueSpan: { start, end: start + value.length } });
		at = skipBlanks(words, end);
	}
	return pairs;
}

function skipBlanks(words: string, from: number): number {
	blank.lastIndex = from;
	return from + (blank.exec(words)?.[0].length ?? 0);
}
