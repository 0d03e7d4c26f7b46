import type { Comment, DocumentParts, PictureLink } from '../language';
import { wordsOf } from '../text/lines';
import { announcesLiteral, isAdornment, markAt, type RestMark } from './restLine';
import { RestLines } from './restLines';
import { pictureOf } from './restPicture';

/** Text whose next lines belong to it if they begin at `column`; or, of text behind a mark, anywhere to the right of that. */
interface Paragraph {
	readonly column: number;
	readonly isBehindMark: boolean;
	lines: number;
}

/** A place in a line. */
interface Place {
	readonly row: number;
	/** In the line. */
	readonly at: number;
	readonly column: number;
}

const footnote = /\[(?:\d+|#|\*|#?[\p{L}\p{N}]+(?:[-._+:][\p{L}\p{N}]+)*)\](?:[ \t]+|$)/uy;
const target = /_(?![ \t]|$)/y;
const substitution = /\|(?![ \t|])[^|\\]*(?:\\.[^|\\]*)*\|[ \t]+/y;
const directive = /([\p{L}\p{N}]+(?:[-._+:][\p{L}\p{N}]+)*)[ \t]?::(?:[ \t]+|$)/uy;
const listings = new Set([
	'code',
	'code-block',
	'sourcecode',
	'literalinclude',
	'include',
	'parsed-literal',
	'raw',
	'math',
	'highlight',
	'productionlist',
	'doctest',
	'testcode',
	'testoutput',
	'testsetup',
	'testcleanup',
	'prompt',
	'graphviz',
	'digraph',
	'graph',
	'mermaid',
	'uml',
	'plantuml',
	'csv-table',
	'toctree',
	'autosummary',
	'meta',
	'jinja',
]);

/** Comments and the pictures of `image`, `figure` and substitutions; literal blocks, code and tables that are drawn are passed over. */
export function readRest(text: string): DocumentParts {
	return new RestReader(text).read();
}

class RestReader {
	private readonly lines: RestLines;
	private row = 0;
	private paragraph: Paragraph | undefined;
	private readonly comments: Comment[] = [];
	private readonly pictures: PictureLink[] = [];

	constructor(private readonly text: string) {
		this.lines = new RestLines(text);
	}

	read(): DocumentParts {
		while (this.row < this.lines.count) this.readLine();
		return { comments: this.comments, pictures: this.pictures };
	}

	private readLine(): void {
		const indent = this.lines.indent(this.row);
		const { paragraph } = this;
		if (paragraph && this.continues(paragraph, indent)) {
			paragraph.lines++;
			this.row++;
			return;
		}
		this.paragraph = undefined;
		if (paragraph && this.isLiteralNext(paragraph, indent)) return;
		if (indent < 0) {
			this.row++;
			return;
		}
		const word = this.lines.word(this.row);
		this.readBody({ row: this.row, at: word.length - word.trimStart().length, column: indent });
	}

	private continues({ column, isBehindMark }: Paragraph, indent: number): boolean {
		return isBehindMark ? indent > column : indent === column;
	}

	/** Goes behind the literal block that a paragraph announces with its last line. */
	private isLiteralNext({ column, isBehindMark, lines }: Paragraph, indent: number): boolean {
		// A term with its definition right below announces nothing.
		if (!announcesLiteral(this.lines.word(this.row - 1)) || (indent >= 0 && lines < 2)) return false;
		let first = this.row;
		while (first < this.lines.count && this.lines.indent(first) < 0) first++;
		const own = isBehindMark ? column + 3 : column;
		if (this.lines.indent(first) > own) this.row = this.lines.endOfBlock(first - 1, own);
		else if (this.lines.indent(first) === own && first > this.row) this.row = this.endOfQuoted(first);
		else return false;
		return true;
	}

	/** Behind literal lines that are not indented but begin all with the same sign. */
	private endOfQuoted(first: number): number {
		const sign = this.lines.word(first).trimStart().charAt(0);
		if (!isAdornment(sign)) return first;
		let end = first;
		while (this.lines.indent(end) === this.lines.indent(first) && this.lines.word(end).trimStart().startsWith(sign))
			end++;
		return end;
	}

	/** What begins here; behind the mark of an item that is something else again. */
	private readBody({ row, at, column }: Place): void {
		const line = this.lines.word(row);
		const below = this.lines.word(row + 1).trimStart();
		const indentBelow = this.lines.indent(row + 1);
		for (let place = { row, at, column }; place.at < line.length;) {
			const mark = markAt(line, place.at, indentBelow === place.column ? below : '');
			if (mark.kind !== 'item') {
				this.readMark(mark, place);
				return;
			}
			place = { row, at: place.at + mark.length, column: place.column + mark.length };
		}
		this.row++;
	}

	private readMark(mark: RestMark, place: Place): void {
		const { row, at, column } = place;
		const line = this.lines.word(row);
		if (mark.kind === 'explicit') this.readExplicit(place, at + mark.length);
		else if (mark.kind === 'field') this.beginText(column, at + mark.length < line.length);
		else if (mark.kind === 'lines') while (this.lines.indent(this.row) >= 0) this.row++;
		else if (mark.kind === 'simpleTable') this.row = this.endOfTable(row);
		else if (mark.kind === 'adornment' && this.isOverline(place)) this.row += 3;
		else if (mark.kind === 'adornment' && line.length - at >= 4) this.row++;
		else if (this.isTitle(place)) this.row += 2;
		else this.beginParagraph(column);
	}

	private beginParagraph(column: number): void {
		this.paragraph = { column, isBehindMark: false, lines: 1 };
		this.row++;
	}

	/** Goes on behind a mark. */
	private beginText(column: number, hasText: boolean): void {
		if (hasText) this.paragraph = { column, isBehindMark: true, lines: 1 };
		this.row++;
	}

	/** Behind a table between lines `=== ===`: below its second line of that kind, or the first with nothing below. */
	private endOfTable(first: number): number {
		let borders = 0;
		for (let row = first + 1; row < this.lines.count; row++) {
			if (!/^\s*=[= ]*$/.test(this.lines.word(row))) continue;
			borders++;
			if (borders === 2 || this.lines.indent(row + 1) < 0) return row + 1;
		}
		return first + 1;
	}

	/** Whether a title is between this line and one like it. */
	private isOverline({ row, at }: Place): boolean {
		const over = this.lines.word(row).slice(at);
		const under = this.lines.word(row + 2).trimStart();
		const isFramed = this.lines.indent(row + 1) >= 0 && under.startsWith(over.charAt(0)) && isAdornment(under);
		return isFramed && over.length >= Math.min(4, this.lines.word(row + 1).trim().length);
	}

	private isTitle({ row, at, column }: Place): boolean {
		const under = this.lines.word(row + 1).trimStart();
		if (this.lines.indent(row + 1) !== column || !isAdornment(under)) return false;
		return under.length >= Math.min(4, this.lines.word(row).length - at);
	}

	/** Behind `..`: a comment, unless it is something else. */
	private readExplicit(place: Place, from: number): void {
		const { row, column } = place;
		const line = this.lines.word(row);
		const match = (pattern: RegExp, at: number) => {
			pattern.lastIndex = at;
			return pattern.exec(line);
		};
		const [note, name] = [match(footnote, from), match(substitution, from)];
		const behindName = from + (name?.[0].length ?? 0);
		const [mark, word = ''] = match(directive, behindName) ?? [];
		if (from >= line.length && this.lines.indent(row + 1) < 0) this.row++;
		else if (note) this.beginText(column, from + note[0].length < line.length);
		else if (match(target, from)) this.beginText(column, true);
		else if (mark !== undefined) this.readDirective(place, word.toLowerCase(), behindName + mark.length);
		else if (line.startsWith('|', from) && /[^ \t]/.test(line.charAt(from + 1))) this.beginText(column, true);
		else this.readComment(place, from);
	}

	private readDirective({ row, at, column }: Place, name: string, from: number): void {
		if (name === 'image' || name === 'figure') {
			const { start } = this.lines.span(row);
			const end = this.lines.endOfHead(row, column);
			const picture = pictureOf(this.lines, { start: start + at, from: start + from, row, end });
			if (picture) this.pictures.push(picture);
			this.row = end;
		} else if (listings.has(name)) this.row = this.lines.endOfBlock(row, column);
		else this.beginText(column, from < this.lines.word(row).length);
	}

	private readComment({ row, at, column }: Place, from: number): void {
		const end = this.lines.endOfBlock(row, column);
		const first = this.lines.span(row);
		const lines = [{ start: first.start + from, end: first.end }].concat(this.lines.spans.slice(row + 1, end));
		this.comments.push({
			span: { start: first.start + at, end: this.lines.span(end - 1).end },
			lines: wordsOf(this.text, lines),
		});
		this.row = end;
	}
}
