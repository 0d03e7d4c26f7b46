import type { Span } from '../../span';

/** The lines of a text, or of a part of it, without their ends. */
export function linesOf(
	text: string,
	{ start, end }: Span = { start: 0, end: text.length },
	lineEnd = /\r\n|[\n\r]/g,
): Span[] {
	const lines: Span[] = [];
	let from = start;
	lineEnd.lastIndex = 0;
	for (const { 0: mark, index } of text.slice(start, end).matchAll(lineEnd)) {
		lines.push({ start: from, end: start + index });
		from = start + index + mark.length;
	}
	return [...lines, { start: from, end }];
}

/** Without the white space at its ends. */
export function trimmed(text: string, { start, end }: Span): Span {
	const words = text.slice(start, end);
	const from = end - words.trimStart().length;
	return { start: from, end: from + words.trim().length };
}

function isFull({ start, end }: Span): boolean {
	return end > start;
}

/** The lines from the first to the last that are not blank, each without white space around it. */
export function wordsOf(text: string, lines: readonly Span[]): Span[] {
	const words = lines.map((line) => trimmed(text, line));
	return words.slice(Math.max(0, words.findIndex(isFull)), words.findLastIndex(isFull) + 1);
}
