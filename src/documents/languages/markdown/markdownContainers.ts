import { isBlankText, type MarkdownLine } from './markdownLine';
import { openedFootnote, openedItem } from './markdownMarks';

/** A quote; or an item of a list or a footnote, whose lines are indented by so many columns. */
interface Container {
	readonly indent: number | 'quote';
	/** Nothing is in it yet: a blank line ends it. */
	empty: boolean;
}

/** Blocks in blocks: deeper ones are read as text. What takes its time from the square of a text's length is not worth reading. */
const deepest = 100;
const footnoteIndent = 4;
const quoteMark = 0x3e;
const bracket = 0x5b;

/** The quotes, items and footnotes that are open, each inside of the one before it. */
export class MarkdownContainers {
	private readonly open: Container[] = [];
	private quotes = 0;

	/** `codeIndent`: columns that make code of a line; no mark is looked for in it then. */
	constructor(
		private readonly line: MarkdownLine,
		private readonly codeIndent: number,
	) {}

	get depth(): number {
		return this.open.length;
	}

	/** Whether lines have marks before them, and not only blanks. */
	get hasQuotes(): boolean {
		return this.quotes > 0;
	}

	/** How many of them the line belongs to by its marks and its indentation, which are taken off. */
	continued(): number {
		const { line, open } = this;
		let kept = 0;
		for (const { indent, empty } of open) {
			if (indent === 'quote') {
				if (line.indent >= this.codeIndent || line.code !== quoteMark) break;
				this.skipQuoteMark();
			} else if (line.blank) {
				if (empty) break;
			} else if (line.indent >= indent) line.skipColumns(indent);
			else break;
			kept++;
		}
		return kept;
	}

	/** What begins in the line, if anything does; it is taken off when the container is entered. */
	opened(inParagraph: boolean): (() => void) | undefined {
		const { line } = this;
		if (this.depth >= deepest) return undefined;
		if (line.code === quoteMark) return () => this.enterQuote();
		if (line.code !== bracket) return this.openedItem(inParagraph);
		const length = openedFootnote(line);
		return length === undefined ? undefined : () => this.enterFootnote(length);
	}

	/** Says that something is in the innermost one. */
	fill(): void {
		const parent = this.open.at(-1);
		if (parent) parent.empty = false;
	}

	/** Ends all but so many. */
	close(depth: number): void {
		while (this.open.length > depth) if (this.open.pop()?.indent === 'quote') this.quotes--;
	}

	private enterQuote(): void {
		this.skipQuoteMark();
		this.open.push({ indent: 'quote', empty: false });
		this.quotes++;
	}

	private skipQuoteMark(): void {
		this.line.skipMark(1);
		this.line.skipColumns(1);
	}

	private enterFootnote(length: number): void {
		this.line.skipMark(length);
		this.line.skipColumns(Infinity);
		this.open.push({ indent: footnoteIndent, empty: false });
	}

	/** In the middle of a paragraph only an item with something in it begins a list, and only with a bullet or the number 1. */
	private openedItem(inParagraph: boolean): (() => void) | undefined {
		const { line } = this;
		const mark = openedItem(line);
		if (!mark) return undefined;
		const isBlank = isBlankText(line.text.slice(line.next + mark.length, line.end));
		if (inParagraph && (isBlank || !mark.first)) return undefined;
		return () => {
			const { indent } = line;
			line.skipMark(mark.length);
			const blanks = isBlank || line.indent > this.codeIndent ? 1 : line.indent;
			line.skipColumns(blanks);
			this.open.push({ indent: indent + mark.length + blanks, empty: true });
		};
	}
}
