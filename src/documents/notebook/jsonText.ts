import type { Span } from '../span';

/** Finds values in text that JSON.parse has taken, so that they can be changed where they stand and all else stays as it is. */

const blanks = /[ \t\r\n\uFEFF]*/y;
const scalar = /[^ \t\r\n,\]}]*/y;
const bracket = /["{}[\]]/g;

/** Where the value begins that a text consists of. */
export function startOfJson(text: string): number {
	return skip(blanks, text, 0);
}

/** Where the value of a key begins in the object at `at`; of several with one key the last counts. */
export function memberOf(text: string, at: number, key: string): number | undefined {
	let found: number | undefined;
	for (const start of partsOf(text, at, '{')) {
		const end = endOfString(text, start);
		const value = skip(blanks, text, skip(blanks, text, end) + 1);
		if (stringAt(text, start) === key) found = value;
	}
	return found;
}

/** Where the elements of the array at `at` begin and end. */
export function elementsOf(text: string, at: number): Span[] {
	return partsOf(text, at, '[').map((start) => ({ start, end: endOfValue(text, start) }));
}

/** The string at `at`; `undefined`: another value stands there. */
export function stringAt(text: string, at: number): string | undefined {
	const value: unknown = text[at] === '"' ? JSON.parse(text.slice(at, endOfString(text, at))) : undefined;
	return typeof value === 'string' ? value : undefined;
}

/** Where the character at `offset` of a string stands, as it is written; the string's first quote is at `at`. */
export function placeInString(text: string, at: number, offset: number): number {
	let place = at + 1;
	for (let left = offset; left > 0; left--) {
		if (text[place] !== '\\') place++;
		else place += text[place + 1] === 'u' ? 6 : 2;
	}
	return place;
}

/** Where the elements, or the keys, of the array or the object at `at` begin. */
function partsOf(text: string, at: number, open: '[' | '{'): number[] {
	const parts: number[] = [];
	if (text[at] !== open) return parts;
	let next = skip(blanks, text, at + 1);
	while (next < text.length && text[next] !== ']' && text[next] !== '}') {
		parts.push(next);
		let end = endOfValue(text, next);
		if (open === '{') end = endOfValue(text, skip(blanks, text, skip(blanks, text, end) + 1));
		next = skip(blanks, text, end);
		if (text[next] === ',') next = skip(blanks, text, next + 1);
	}
	return parts;
}

function endOfValue(text: string, at: number): number {
	if (text[at] === '"') return endOfString(text, at);
	if (text[at] !== '{' && text[at] !== '[') return skip(scalar, text, at);
	let depth = 0;
	let end = at;
	do {
		bracket.lastIndex = end;
		const found = bracket.exec(text);
		if (!found) return text.length;
		end = found[0] === '"' ? endOfString(text, found.index) : found.index + 1;
		if (found[0] === '{' || found[0] === '[') depth++;
		else if (found[0] !== '"') depth--;
	} while (depth > 0);
	return end;
}

function endOfString(text: string, at: number): number {
	for (let end = text.indexOf('"', at + 1); end > 0; end = text.indexOf('"', end + 1)) {
		let before = end;
		while (text[before - 1] === '\\') before--;
		if ((end - before) % 2 === 0) return end + 1;
	}
	return text.length;
}

function skip(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	pattern.test(text);
	return Math.max(at, pattern.lastIndex);
}
