import type { Span } from '../../span';
import { linesOf } from '../text/lines';

/** Lines end where docutils ends them. */
const lineEnd = /\r\n|[\n\r\x85\u2028\u2029]/g;
const tabStop = 8;

/** The lines of a reStructuredText document and how far they are indented. */
export class RestLines {
	/** Where each begins, without white space at its end. */
	readonly spans: readonly Span[];
	readonly words: readonly string[];
	/** In columns; a tab reaches to the next multiple of eight. -1: the line is blank. */
	readonly indents: readonly number[];

	constructor(readonly text: string) {
		const spans = linesOf(text, undefined, lineEnd);
		this.words = spans.map(({ start, end }) => text.slice(start, end).trimEnd());
		this.spans = spans.map(({ start }, row) => ({ start, end: start + (this.words[row]?.length ?? 0) }));
		this.indents = this.words.map(indentOf);
	}

	get count(): number {
		return this.words.length;
	}

	word(row: number): string {
		return this.words[row] ?? '';
	}

	span(row: number): Span {
		return this.spans[row] ?? { start: this.text.length, end: this.text.length };
	}

	/** -1 for blank lines, and behind the last. */
	indent(row: number): number {
		return this.indents[row] ?? -1;
	}

	/** The first row behind `row` that is no part of the block that is indented more than `column`, which may have blank lines in it. */
	endOfBlock(row: number, column: number): number {
		let end = row + 1;
		for (let next = row + 1; next < this.count; next++) {
			const indent = this.indent(next);
			if (indent >= 0 && indent <= column) break;
			if (indent >= 0) end = next + 1;
		}
		return end;
	}

	/** The same up to the first blank line. */
	endOfHead(row: number, column: number): number {
		let end = row + 1;
		while (this.indent(end) > column) end++;
		return end;
	}
}

function indentOf(words: string): number {
	if (words === '') return -1;
	let column = 0;
	for (const sign of words) {
		if (sign === '\t') column += tabStop - (column % tabStop);
		else if (/\s/.test(sign)) column++;
		else break;
	}
	return column;
}
