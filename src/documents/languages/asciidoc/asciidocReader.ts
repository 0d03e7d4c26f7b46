import type { Span } from '../../span';
import { altOf } from './asciidocAttributes';
import { pictureOf, picturesInLine } from './asciidocInline';
import {
	type Delimiter,
	delimiterOf,
	isAttributeLine,
	isComment,
	isDirective,
	isListItem,
	isPicture,
	isUnderline,
	isVerbatimStyle,
	standsAlone,
} from './asciidocLine';
import { Finder } from '../text/finder';
import type { Comment, DocumentParts, PictureLink } from '../language';
import { joinLineComments } from '../text/lineComments';
import { linesOf, trimmed, wordsOf } from '../text/lines';

/** A block that has others in it, as far as the line `end`. */
interface Container {
	readonly end: number;
	readonly isTable: boolean;
}

/** Comments and the pictures of `image::` and `image:`; listings, literal paragraphs and what is passed through are passed over. */
export function readAsciidoc(text: string): DocumentParts {
	return new AsciidocReader(text).read();
}

class AsciidocReader {
	private readonly finder: Finder;
	private readonly spans: readonly Span[];
	/** Without white space at their ends. */
	private readonly lines: readonly string[];
	/** For each delimiter the line that ends its block. */
	private readonly ends: ReadonlyMap<number, number>;
	private readonly containers: Container[] = [];
	private readonly lineComments: Span[] = [];
	private readonly blockComments: Comment[] = [];
	private readonly pictures: PictureLink[] = [];
	/** The line that is read. */
	private row = 0;
	/** The lines `[…]` above, and whether one of them makes a listing of what follows. */
	private attributes: number[] = [];
	private isListing = false;
	/** Below an item of a list, where lines that are indented are text. */
	private inItem = false;

	constructor(private readonly text: string) {
		this.finder = new Finder(text);
		this.spans = linesOf(text);
		this.lines = this.spans.map(({ start, end }) => text.slice(start, end).trimEnd());
		this.ends = endsOf(this.lines);
	}

	read(): DocumentParts {
		while (this.row < this.lines.length) {
			if (this.row === this.containers.at(-1)?.end) this.leave();
			else this.readBlock(this.lines[this.row] ?? '');
		}
		const lines = joinLineComments(this.text, this.lineComments, /^\/\//);
		const comments = [...lines, ...this.blockComments].sort((a, b) => a.span.start - b.span.start);
		return { comments, pictures: this.pictures };
	}

	/** Where the block around ends. */
	private get limit(): number {
		return this.containers.at(-1)?.end ?? this.lines.length;
	}

	/** Behind the line that ends a block; one that has none ends with the block around it. */
	private leave(): void {
		this.containers.pop();
		if (this.row < this.limit) this.row++;
		this.forgetAttributes();
	}

	private readBlock(line: string): void {
		const delimiter = delimiterOf(line);
		if (line === '' || line === '+' || isDirective(line)) {
			this.inItem = line === '+' && this.inItem;
			this.row++;
		} else if (delimiter) this.readDelimited(delimiter);
		else if (isComment(line)) this.lineComments.push(this.spanOf(this.row++));
		else if (isAttributeLine(line)) this.readAttributes(line);
		else if (this.containers.at(-1)?.isTable) this.readCells(line);
		else if (!this.isListing && isPicture(line)) this.readPicture(this.spanOf(this.row++));
		else if (/^\.\.?[^ \t.]/.test(line)) this.readLines(this.row++);
		else this.readText(line);
	}

	private readDelimited({ kind }: Delimiter): void {
		const end = Math.min(this.ends.get(this.row) ?? this.limit, this.limit);
		const isListing = kind === 'verbatim' || (kind === 'open' && this.isListing);
		const first = this.row;
		this.forgetAttributes();
		this.inItem = false;
		if (kind !== 'comment' && !isListing) {
			this.containers.push({ end, isTable: kind === 'table' });
			this.row++;
			return;
		}
		this.row = Math.min(this.limit, end + 1);
		if (kind !== 'comment') return;
		const span = { start: this.spanOf(first).start, end: this.spanOf(this.row - 1).end };
		this.blockComments.push({ span, lines: wordsOf(this.text, this.spans.slice(first + 1, end)) });
	}

	private readAttributes(line: string): void {
		this.attributes.push(this.row++);
		this.isListing ||= isVerbatimStyle(line);
	}

	private forgetAttributes(): void {
		this.attributes = [];
		this.isListing = false;
	}

	/** `image::…[…]` */
	private readPicture(span: Span): void {
		const line = this.text.slice(span.start, span.end);
		const mark = 'image::'.length;
		let list = line.indexOf('[', mark);
		while (/\s/.test(line.charAt(list - 1))) list = line.indexOf('[', list + 1);
		const target = { start: span.start + mark, end: span.start + list };
		const picture = pictureOf(this.text, span, target, { start: target.end + 1, end: span.end - 1 });
		this.pictures.push(picture.alt ? picture : this.toldAbove(picture));
		this.forgetAttributes();
	}

	/** One line of a table; what stands before a `|` may be how the next cell looks. */
	private readCells(line: string): void {
		const { start } = this.spanOf(this.row++);
		let from = 0;
		for (const { 0: sign, index } of line.matchAll(/(?<!\\)\||$/g)) {
			const words = line.slice(from, index).replace(sign === '' ? '' : /(?<=\s)[\d.*+<^>]*[a-z]?$/, '');
			const cell = trimmed(this.text, { start: start + from, end: start + from + words.length });
			if (isPicture(this.text.slice(cell.start, cell.end))) this.readPicture(cell);
			else this.readInline(cell);
			from = index + 1;
		}
	}

	/** A picture with the `alt` of the lines of attributes above it. */
	private toldAbove(picture: PictureLink): PictureLink {
		for (const row of this.attributes.toReversed()) {
			const { start, end } = this.spanOf(row);
			const alt = altOf(this.text, { start: start + 1, end: end - 1 }, false);
			if (alt) return { ...picture, alt, lacksAlt: false };
		}
		return picture;
	}

	private readText(line: string): void {
		const isItem = isListItem(line);
		if (this.isListing) this.skipParagraph();
		else if (standsAlone(line)) this.readAlone(line);
		else if (this.containers.length === 0 && isUnderline(this.lines[this.row + 1] ?? '', line)) {
			this.readLines(this.row);
			this.row += 2;
		} else if (/^[ \t]/.test(line) && !isItem && !this.inItem) this.skipParagraph();
		else this.readParagraph(isItem);
		this.forgetAttributes();
	}

	/** A heading, or an entry, which may go on. */
	private readAlone(line: string): void {
		this.inItem = false;
		if (!line.startsWith(':')) this.readLines(this.row);
		else while ((this.lines[this.row] ?? '').endsWith(' \\') && this.row + 1 < this.limit) this.row++;
		this.row++;
	}

	/** Text, whatever its lines look like, but for comments. Right below the line of an item there may be a block. */
	private readParagraph(isItem: boolean): void {
		this.inItem ||= isItem;
		const begin = this.row;
		let first = this.row++;
		for (; this.row < this.limit; this.row++) {
			const line = this.lines[this.row] ?? '';
			if (this.endsParagraph(line) || (this.inItem && isListItem(line))) break;
			if (isItem && this.row === begin + 1 && (line.startsWith('image::') || isComment(line))) break;
			if (!isComment(line) && !isDirective(line)) continue;
			this.readLines(first, this.row - 1);
			if (isComment(line)) this.lineComments.push(this.spanOf(this.row));
			first = this.row + 1;
		}
		this.readLines(first, this.row - 1);
	}

	private skipParagraph(): void {
		do this.row++;
		while (this.row < this.limit && !this.endsParagraph(this.lines[this.row] ?? ''));
	}

	private endsParagraph(line: string): boolean {
		return line === '' || line === '+' || delimiterOf(line) !== undefined || isAttributeLine(line);
	}

	private readLines(first: number, last = first): void {
		if (first <= last) this.readInline({ start: this.spanOf(first).start, end: this.spanOf(last).end });
	}

	private readInline(span: Span): void {
		for (const picture of picturesInLine(this.finder, span)) this.pictures.push(picture);
	}

	/** A line without white space at its end. */
	private spanOf(row: number): Span {
		const { start = this.text.length } = this.spans[row] ?? {};
		return { start, end: start + (this.lines[row]?.length ?? 0) };
	}
}

function endsOf(lines: readonly string[]): Map<number, number> {
	const next = new Map<string, number>();
	const ends = new Map<number, number>();
	for (let row = lines.length - 1; row >= 0; row--) {
		const line = lines[row] ?? '';
		const delimiter = delimiterOf(line);
		const end = delimiter && next.get(delimiter.end);
		if (end !== undefined) ends.set(row, end);
		if (delimiter) next.set(line, row);
	}
	return ends;
}
