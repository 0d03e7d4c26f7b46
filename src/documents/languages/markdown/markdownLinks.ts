import type { Span } from '../../span';

/** Where a link of Markdown leads: its parts between the brackets and behind them, as CommonMark has them. */

/** An address with a title, or none, behind it. */
export interface Resource {
	readonly destination: Span;
	/** Behind the title; or behind the destination where no title follows. */
	readonly end: number;
	/** Behind the destination. */
	readonly bareEnd: number;
}

/** `[label]: destination "title"`. */
export interface Definition {
	/** See `labelOf`. */
	readonly label: string;
	readonly destination: Span;
	/** The start of the line below. */
	readonly end: number;
}

/** Characters that a label may have between its brackets. */
const labelLength = 999;
/** Parentheses inside of each other that an address may have. */
const depthOfParentheses = 32;

const blanks = /[ \t\r\n]*/y;
const restOfLine = /[ \t]*\r?(?:\n|$)/y;

/** What a label is known by: the case of letters and the number of blanks do not count. */
export function labelOf(text: string): string {
	const folded = text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
	return folded.toLowerCase().toUpperCase();
}

/** The text between the bracket at `at` and the one that closes it; brackets inside need a backslash. */
export function labelAt(text: string, at: number): Span | undefined {
	if (text[at] !== '[') return undefined;
	const limit = Math.min(text.length, at + labelLength + 2);
	for (let end = at + 1; end < limit; end++) {
		const character = text[end];
		if (character === ']') return { start: at + 1, end };
		if (character === '[') return undefined;
		if (character === '\\' && isBracket(text[end + 1])) end++;
	}
	return undefined;
}

/** What is between the parentheses of `[label](destination "title")`, and where they end; `at` is that of the first one. */
export function resourceAt(text: string, at: number): { destination: Span; end: number } | undefined {
	if (text[at] !== '(') return undefined;
	const start = skip(blanks, text, at + 1);
	if (text[start] === ')') return { destination: { start, end: start }, end: start + 1 };
	const found = destinationAt(text, start);
	if (!found) return undefined;
	for (const end of [found.end, found.bareEnd]) {
		const close = skip(blanks, text, end);
		if (text[close] === ')') return { destination: found.destination, end: close + 1 };
	}
	return undefined;
}

/** The definition of a link that a paragraph has at the start of a line. */
export function definitionAt(text: string, at: number): Definition | undefined {
	const label = labelAt(text, at);
	if (!label || text[label.end + 1] !== ':') return undefined;
	const name = labelOf(text.slice(label.start, label.end));
	const found = name === '' ? undefined : destinationAt(text, skip(blanks, text, label.end + 2));
	if (!found) return undefined;
	for (const end of [found.end, found.bareEnd]) {
		const next = skip(restOfLine, text, end);
		if (next > end || end === text.length) return { label: name, destination: found.destination, end: next };
	}
	return undefined;
}

function destinationAt(text: string, at: number): Resource | undefined {
	const pointed = text[at] === '<';
	const close = pointed ? closeOf(text, at, '>', '<\r\n') : undefined;
	const destination = pointed ? close !== undefined && { start: at + 1, end: close } : bareAt(text, at);
	if (!destination) return undefined;
	const bareEnd = destination.end + (pointed ? 1 : 0);
	const start = skip(blanks, text, bareEnd);
	const title = start > bareEnd ? titleEnd(text, start) : undefined;
	return { destination, end: title ?? bareEnd, bareEnd };
}

/** An address without marks around it: no blanks, and as many closing parentheses as opening ones. */
function bareAt(text: string, start: number): Span | undefined {
	let depth = 0;
	let at = start;
	for (; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code <= 0x20 || code === 0x7f) break;
		if (code === 0x5c && isPunctuation(text.charCodeAt(at + 1))) at++;
		else if (code === 0x28 && ++depth > depthOfParentheses) return undefined;
		else if (code === 0x29 && --depth < 0) break;
	}
	return at > start && depth <= 0 ? { start, end: at } : undefined;
}

function titleEnd(text: string, at: number): number | undefined {
	const mark = text.charAt(at);
	if (mark === '' || !'"\'('.includes(mark)) return undefined;
	const close = mark === '(' ? closeOf(text, at, ')', '(') : closeOf(text, at, mark);
	return close === undefined ? undefined : close + 1;
}

/** Where the mark stands that closes the one at `at`, unless one that may not be inside comes first. */
function closeOf(text: string, at: number, mark: string, unless = ''): number | undefined {
	for (let end = at + 1; end < text.length; end++) {
		const character = text.charAt(end);
		if (character === mark) return end;
		if (unless.includes(character)) return undefined;
		if (character === '\\' && isPunctuation(text.charCodeAt(end + 1))) end++;
	}
	return undefined;
}

function isBracket(character: string | undefined): boolean {
	return character === '[' || character === ']' || character === '\\';
}

export function isPunctuation(code: number): boolean {
	return (
		(code > 0x20 && code < 0x30) ||
		(code > 0x39 && code < 0x41) ||
		(code > 0x5a && code < 0x61) ||
		(code > 0x7a && code < 0x7f)
	);
}

/** Behind what the pattern takes at `at`; there, where it takes nothing. */
function skip(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : at;
}
