import type { Span } from '../../span';
import { Finder } from '../text/finder';
import { MarkdownContainers } from './markdownContainers';
import { definitionsOf } from './markdownDefinitions';
import { openedHtml } from './markdownHtml';
import type { Dialect } from './markdownInline';
import { MarkdownLine } from './markdownLine';
import {
	cellsOf,
	closesFence,
	delimiterCells,
	type Fence,
	isHeading,
	isThematicBreak,
	isUnderline,
	openedFence,
} from './markdownMarks';
import { MdxFlow } from './mdxFlow';

/** A block that is made of text, as the pieces of the document that it consists of, without what quotes put before its lines. */
export interface Block {
	readonly kind: 'paragraph' | 'text' | 'html';
	readonly pieces: readonly Span[];
}

/** What the next line may continue: what the quotes, items and footnotes that are open have in them. */
type Leaf =
	| Paragraph
	| { readonly kind: 'html'; readonly pieces: Piece[]; readonly last: number | 'blank' }
	| { readonly kind: 'fence'; readonly fence: Fence }
	| { readonly kind: 'code' | 'table' };

interface Paragraph {
	readonly kind: 'paragraph';
	readonly pieces: Piece[];
}

interface Piece {
	readonly start: number;
	end: number;
}

/**
 * The blocks of a document by CommonMark's algorithm, with the tables and footnotes of GFM: line by line, first what the open blocks say of
 * the line, then what begins in it. Blocks of code are left out. `from` is where the first line begins. Line ends are `\n` or `\r\n`.
 */
export function readBlocks(text: string, from: number, dialect: Dialect, found: (block: Block) => void): void {
	new BlockReader(text, dialect, found).read(from);
}

class BlockReader {
	private readonly line: MarkdownLine;
	private readonly finder: Finder;
	private readonly flow: MdxFlow | undefined;
	/** Columns that make code of a line. */
	private readonly codeIndent: number;
	private readonly containers: MarkdownContainers;
	private leaf: Leaf | undefined;
	/** Where the line begins that is read next; the rest of those before it is read already. */
	private ahead = 0;

	constructor(
		private readonly text: string,
		dialect: Dialect,
		private readonly found: (block: Block) => void,
	) {
		this.line = new MarkdownLine(text);
		this.finder = new Finder(text);
		this.flow = dialect === 'mdx' ? new MdxFlow(text) : undefined;
		this.codeIndent = dialect === 'mdx' ? Infinity : 4;
		this.containers = new MarkdownContainers(this.line, this.codeIndent);
	}

	read(from: number): void {
		const { text, line } = this;
		for (let at = from; at < text.length; at = this.ahead) {
			const mark = text.indexOf('\n', at);
			const end = mark < 0 ? text.length : mark;
			this.ahead = end + 1;
			const { leaf } = this;
			if (leaf?.kind === 'paragraph' && this.containers.depth === 0 && isWord(text.charCodeAt(at))) {
				const last = leaf.pieces.at(-1);
				if (last) last.end = trimEnd(text, at, end);
			} else {
				line.begin(at, trimEnd(text, at, end));
				this.readLine();
			}
		}
		this.close(0);
	}

	private readLine(): void {
		const kept = this.containers.continued();
		if (kept === this.containers.depth && this.continuesLeaf()) return;
		const depth = this.openContainers(kept);
		if (depth === undefined) return;
		if (this.line.blank) {
			// A line without anything ends what it does not belong to.
			if (depth < this.containers.depth || this.leaf?.kind === 'table') this.close(depth);
		} else if (this.leaf?.kind === 'paragraph') this.extend(this.leaf.pieces, this.line.next);
		else if (this.leaf?.kind === 'table' && depth === this.containers.depth)
			this.findCells(cellsOf(this.text, this.line.next, this.line.end));
		else {
			this.enter(depth);
			this.leaf = { kind: 'paragraph', pieces: [{ start: this.line.next, end: this.line.end }] };
		}
	}

	/** Whether the line is part of the last block, or ends it, and nothing more is to be read in it. */
	private continuesLeaf(): boolean {
		const { leaf, line } = this;
		switch (leaf?.kind) {
			case 'fence':
				if (line.indent < this.codeIndent && closesFence(line, leaf.fence)) this.leaf = undefined;
				return true;
			case 'html':
				if (leaf.last !== 'blank' || !line.blank) this.extend(leaf.pieces, line.at);
				if (leaf.last === 'blank' ? line.blank : leaf.last < line.end) this.close(this.containers.depth);
				return true;
			case 'code':
				if (line.blank || line.indent >= this.codeIndent) return true;
				this.leaf = undefined;
				return false;
			case 'paragraph':
				if (line.blank) this.close(this.containers.depth);
				return line.blank;
			case 'table':
			case undefined:
				return false;
		}
	}

	/**
	 * Opens what begins in the line. Gives how many quotes and items the line is inside of; `undefined`: nothing is left of the line. A line
	 * that begins nothing may continue a paragraph that its marks do not reach.
	 */
	private openContainers(kept: number): number | undefined {
		const { line } = this;
		let depth = kept;
		while (!line.blank) {
			if (line.indent >= this.codeIndent) {
				if (this.leaf?.kind === 'paragraph') return depth;
				this.enter(depth);
				this.leaf = { kind: 'code' };
				return undefined;
			}
			if (this.opensLeaf(depth)) return undefined;
			const enter = this.containers.opened(this.paragraphIn(depth) !== undefined);
			if (!enter) return depth;
			this.enter(depth++);
			enter();
		}
		return depth;
	}

	/** The paragraph that the line could continue, where it is in the same quotes and items. */
	private paragraphIn(depth: number): Paragraph | undefined {
		return this.leaf?.kind === 'paragraph' && depth === this.containers.depth ? this.leaf : undefined;
	}

	/** Whether the line is a block of its own, or begins one that has only lines in it. */
	private opensLeaf(depth: number): boolean {
		switch (this.line.text.charAt(this.line.next)) {
			case '#':
				return isHeading(this.line) && this.tell(depth, this.line.next, this.line.end);
			case '`':
			case '~':
				return this.opensFence(depth);
			case '<':
				return this.flow ? this.opensFlow(depth) : this.opensHtml(depth);
			case '{':
			case 'i':
			case 'e':
				return this.flow !== undefined && this.opensFlow(depth);
			case '=':
			case '-':
			case '*':
			case '_':
			case '|':
			case ':':
				return this.opensRow(depth) || this.endsInRule(depth);
			default:
				return false;
		}
	}

	private opensFence(depth: number): boolean {
		const fence = openedFence(this.line);
		if (!fence) return false;
		this.enter(depth);
		this.leaf = { kind: 'fence', fence };
		return true;
	}

	private opensHtml(depth: number): boolean {
		const { line } = this;
		const mark = openedHtml(line, this.leaf?.kind === 'paragraph');
		if (mark === undefined) return false;
		this.enter(depth);
		this.leaf = { kind: 'html', pieces: [], last: mark === 'blank' ? mark : this.finder.next(mark, line.next) };
		return this.continuesLeaf();
	}

	/** MDX: tags, expressions, imports and exports between paragraphs, however many lines they have. */
	private opensFlow(depth: number): boolean {
		const { line, flow } = this;
		if (!flow) return false;
		const isWord = /[a-z]/.test(line.text.charAt(line.next));
		// Modules begin where their line does.
		if (isWord && (depth > 0 || line.next > line.at || this.leaf?.kind === 'paragraph')) return false;
		const end = isWord ? flow.endOfModule(line.next) : flow.endOfFlow(line.next);
		if (end === undefined) return false;
		this.ahead = end + 1;
		if (isWord) this.enter(depth);
		else this.tell(depth, line.next, end);
		return true;
	}

	/** Whether the line makes a heading of the paragraph before it, or divides what is before it from what is below. */
	private endsInRule(depth: number): boolean {
		const { line } = this;
		const paragraph = isUnderline(line) ? this.paragraphIn(depth) : undefined;
		const isHeading = paragraph !== undefined && definitionsOf(this.text, paragraph.pieces).rest.length > 0;
		const ends = isHeading || isThematicBreak(line);
		if (ends) this.enter(depth);
		return ends;
	}

	/** Whether the line is the row of dashes below the head of a table, which was a paragraph's last line till now. */
	private opensRow(depth: number): boolean {
		const { text } = this;
		const pieces = this.paragraphIn(depth)?.pieces;
		const last = pieces?.at(-1);
		const count = last && delimiterCells(this.line);
		if (!pieces || !last || count === undefined) return false;
		const lineStart = Math.max(last.start, text.lastIndexOf('\n', last.end - 1) + 1);
		const start = last.end - text.slice(lineStart, last.end).trimStart().length;
		const cells = cellsOf(text, start, last.end);
		if (cells.length !== count) return false;
		if (lineStart > last.start) last.end = lineStart - 1;
		else pieces.pop();
		this.enter(depth);
		this.findCells(cells);
		this.leaf = { kind: 'table' };
		return true;
	}

	/** Begins something in the innermost of so many quotes and items, and ends what else is open. */
	private enter(depth: number): void {
		this.close(depth);
		this.containers.fill();
	}

	private close(depth: number): void {
		const { leaf } = this;
		this.leaf = undefined;
		if (leaf?.kind === 'paragraph' || leaf?.kind === 'html') this.found(leaf);
		this.containers.close(depth);
	}

	/** Adds what is left of the line. Where nothing but blanks is between lines, they are one piece. */
	private extend(pieces: Piece[], start: number): void {
		const last = pieces.at(-1);
		if (last && !this.containers.hasQuotes) last.end = this.line.end;
		else pieces.push({ start, end: this.line.end });
	}

	/** A line, or some, that are a block of their own. */
	private tell(depth: number, start: number, end: number): true {
		this.enter(depth);
		this.found({ kind: 'text', pieces: [{ start, end }] });
		return true;
	}

	private findCells(cells: readonly Span[]): void {
		for (const cell of cells) this.found({ kind: 'text', pieces: [cell] });
	}
}

/** Whether a line that begins so can only continue a paragraph: with a letter. */
function isWord(code: number): boolean {
	return (code > 0x40 && code < 0x5b) || (code > 0x60 && code < 0x7b) || code > 0x7f;
}

/** The end of a line without what `\r\n` leaves of its mark. */
function trimEnd(text: string, start: number, end: number): number {
	return end > start && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
}
