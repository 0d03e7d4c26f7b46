import type { Span } from '../../span';
import type { Comment } from '../language';
import { joinLineComments } from './lineComments';

/** The comments of a text, as they are found from its beginning to its end. */
export class CommentList {
	readonly #text: string;
	readonly #blocks: Comment[] = [];
	/** Comments to the ends of their lines. */
	readonly #lines: Span[] = [];

	constructor(text: string) {
		this.#text = text;
	}

	/** A comment between two marks; `words` is what stands between them. */
	addBlock(span: Span, words: Span): void {
		this.#blocks.push({ span, lines: linesOf(this.#text.slice(words.start, words.end), words.start) });
	}

	/** A comment between `/*` and its counterpart: asterisks that lengthen these marks, or stand before the lines, are no words. */
	addStarred(span: Span, words: Span): void {
		const text = this.#text.slice(words.start, words.end);
		const blanked = text.replace(/^[^\S\r\n]*\*+(?=\s|$)/gm, blankOut).replace(/(?<=\s)\*+$/, blankOut);
		this.#blocks.push({ span, lines: linesOf(blanked, words.start) });
	}

	/** A comment from `//` to the end of its line. */
	addLine(span: Span): void {
		this.#lines.push(span);
	}

	inOrder(): Comment[] {
		const joined = joinLineComments(this.#text, this.#lines, /^\/\/+!?/);
		return [...this.#blocks, ...joined].sort((one, other) => one.span.start - other.span.start);
	}
}

const lineWithWords = /\S(?:[^\r\n]*\S)?/g;

/** The lines of a piece of text that begins at `offset`, without white space around them. Blank ones are left out. */
function linesOf(piece: string, offset: number): Span[] {
	const lines: Span[] = [];
	lineWithWords.lastIndex = 0;
	for (let found = lineWithWords.exec(piece); found; found = lineWithWords.exec(piece)) {
		const start = offset + found.index;
		lines.push({ start, end: start + found[0].length });
	}
	return lines;
}

function blankOut(marks: string): string {
	return ' '.repeat(marks.length);
}
