import type { Span } from '../../span';
import { isBlankText, type MarkdownLine } from './markdownLine';

/** The marks that blocks of Markdown begin and end with, as CommonMark has them. The line's blanks are counted by who asks. */

/** The marks around a code block. */
export interface Fence {
	readonly mark: string;
	readonly length: number;
}

export interface ListMark {
	readonly length: number;
	/** May begin in the middle of a paragraph: a bullet, or the number 1. */
	readonly first: boolean;
}

const heading = /#{1,6}(?=[ \t\r\n]|$)/y;
const thematicBreak = /(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})(?=\r?(?:\n|$))/y;
const underline = /(?:=+|-+)[ \t]*(?=\r?(?:\n|$))/y;
const fence = /(?:`{3,}(?=[^`\r\n]*\r?(?:\n|$))|~{3,})/y;
const listMark = /(?:[-+*]|(\d{1,9})[.)])(?=[ \t\r\n]|$)/y;
const footnote = /\[\^[^\]\s\\[]{1,999}\]:/y;
const delimiterRow = /\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?(?=\r?(?:\n|$))/y;

export function isHeading(line: MarkdownLine): boolean {
	return match(heading, line) !== undefined;
}

export function isThematicBreak(line: MarkdownLine): boolean {
	return match(thematicBreak, line) !== undefined;
}

/** Whether the line makes a heading of the paragraph before it. */
export function isUnderline(line: MarkdownLine): boolean {
	return match(underline, line) !== undefined;
}

export function openedFence(line: MarkdownLine): Fence | undefined {
	const mark = match(fence, line)?.[0];
	return mark === undefined ? undefined : { mark: mark.charAt(0), length: mark.length };
}

/** A fence ends with marks of its own kind, at least as many, and nothing else. */
export function closesFence(line: MarkdownLine, { mark, length }: Fence): boolean {
	let at = line.next;
	while (at < line.end && line.text[at] === mark) at++;
	if (at - line.next < length) return false;
	while (at < line.end && isBlank(line.text.charCodeAt(at))) at++;
	return at === line.end;
}

export function openedItem(line: MarkdownLine): ListMark | undefined {
	const found = match(listMark, line);
	return found && { length: found[0].length, first: found[1] === undefined || Number(found[1]) === 1 };
}

/** The length of `[^1]:`, which a footnote of GFM begins with. */
export function openedFootnote(line: MarkdownLine): number | undefined {
	return match(footnote, line)?.[0].length;
}

/** Cells in the row of dashes below the head of a table; `undefined`: it is none, or the underline of a heading. */
export function delimiterCells(line: MarkdownLine): number | undefined {
	const row = match(delimiterRow, line)?.[0].trim();
	if (row === undefined || !/[|:]/.test(row)) return undefined;
	return row.replace(/^\||\|$/g, '').split('|').length;
}

/** Where the cells of a table's row begin and end. A bar behind a backslash divides nothing, nor does code: cells come first. */
export function cellsOf(text: string, from: number, to: number): Span[] {
	const cells: Span[] = [];
	let start = text[from] === '|' ? from + 1 : from;
	for (let at = start; at < to; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '|') {
			cells.push({ start, end: at });
			start = at + 1;
		}
	}
	if (!isBlankText(text.slice(start, to))) cells.push({ start, end: to });
	return cells;
}

function isBlank(code: number): boolean {
	return code === 32 || code === 9;
}

function match(pattern: RegExp, line: MarkdownLine): RegExpExecArray | undefined {
	pattern.lastIndex = line.next;
	return pattern.exec(line.text) ?? undefined;
}
