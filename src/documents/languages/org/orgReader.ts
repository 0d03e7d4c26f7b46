import type { Span } from '../../span';
import { Finder } from '../text/finder';
import type { Comment, DocumentParts, PictureLink } from '../language';
import { joinLineComments } from '../text/lineComments';
import { linesOf, wordsOf } from '../text/lines';
import { readAlt } from './orgAttributes';
import { linkAt, type OrgLink, pictureOf } from './orgLink';

const lineComment = /^[ \t]*#(?= |$)/;
const keyword = /^[ \t]*#\+(?:[^\s:]+:|(?:begin|end)_\S)/i;
const affiliated =
	/^[ \t]*#\+(?:ATTR_[-\w]+|CAPTION|DATA|HEADERS?|LABEL|NAME|PLOT|RESNAME|RESULTS?|TBLNAME)(?:\[.*\])?:/i;
const htmlAttributes = /^[ \t]*#\+ATTR_HTML:/i;
const verbatimBlock = /^[ \t]*#\+begin_(src|example|export|comment)(?=\s|$)/i;
const fixedWidth = /^[ \t]*:(?: |$)/;
const propertyDrawer = /^[ \t]*:PROPERTIES:[ \t]*$/i;
/** Lines that begin something else than a paragraph, or a new item: headlines, lists, tables, drawers. */
const ownElement = /^(?:\*+ |[ \t]*(?:[-+][ \t]|\d+[.)][ \t]|[A-Za-z][.)][ \t]|\||:\S+:[ \t]*$)|[ \t]+\*[ \t])/;
const blockEnds: Readonly<Record<string, RegExp>> = {
	src: /^[ \t]*#\+end_src[ \t]*$/gim,
	example: /^[ \t]*#\+end_example[ \t]*$/gim,
	export: /^[ \t]*#\+end_export[ \t]*$/gim,
	comment: /^[ \t]*#\+end_comment[ \t]*$/gim,
};
const drawerEnd = /^[ \t]*:END:[ \t]*$/gim;
const headline = /^\*+ /gm;
const linkOrVerbatim = /\[\[|[=~]/g;
const verbatimEnds: Readonly<Record<string, RegExp>> = {
	'=': /(?<=\S)=(?=[-\s.,:!?;'")}[\\]|$)/g,
	'~': /(?<=\S)~(?=[-\s.,:!?;'")}[\\]|$)/g,
};

/** Comments and the pictures of links without a description; source and example blocks, verbatim text and property drawers are passed over. */
export function readOrg(text: string): DocumentParts {
	return new OrgReader(text).read();
}

class OrgReader {
	private at = 0;
	private readonly lines: readonly Span[];
	private readonly finder: Finder;
	private readonly lineComments: Span[] = [];
	private readonly blockComments: Comment[] = [];
	private readonly pictures: PictureLink[] = [];
	/** The lines `#+ATTR_HTML:` right above, which are about the first link of the paragraph. */
	private attributes: Span[] = [];
	/** The line of the last `=` or `~`. */
	private row = 0;

	constructor(private readonly text: string) {
		this.lines = linesOf(text);
		this.finder = new Finder(text);
	}

	read(): DocumentParts {
		for (let line = this.lines[0]; line; line = this.lines[this.at]) this.readLine(line);
		const lines = joinLineComments(this.text, this.lineComments, /^#/);
		const comments = [...lines, ...this.blockComments].sort((a, b) => a.span.start - b.span.start);
		return { comments, pictures: this.pictures };
	}

	private readLine(line: Span): void {
		const words = this.wordsOf(line);
		if (affiliated.test(words)) {
			this.at++;
			if (htmlAttributes.test(words)) this.attributes.push(line);
			return;
		}
		if (this.isParagraph(words)) this.readParagraph(line);
		else if (ownElement.test(words) && !propertyDrawer.test(words)) {
			this.at++;
			this.attributes = [];
			this.readText(line);
		} else this.readOther(line, words);
		this.attributes = [];
	}

	private wordsOf({ start, end }: Span): string {
		return this.text.slice(start, end);
	}

	private isParagraph(words: string): boolean {
		return words.trim() !== '' && ![lineComment, keyword, fixedWidth, ownElement].some((mark) => mark.test(words));
	}

	/** Lines of text below each other. */
	private readParagraph(first: Span): void {
		let last = first;
		for (let line: Span | undefined = first; line && this.isParagraph(this.wordsOf(line)); line = this.lines[this.at]) {
			last = line;
			this.at++;
		}
		this.readText({ start: first.start, end: last.end });
	}

	/** Comments and what is passed over. */
	private readOther(line: Span, words: string): void {
		this.at++;
		const name = verbatimBlock.exec(words)?.[1]?.toLowerCase() ?? '';
		const end = blockEnds[name] ?? (propertyDrawer.test(words) ? drawerEnd : undefined);
		if (end) this.skipTo(end, line, name);
		else if (lineComment.test(words)) {
			this.lineComments.push({ start: line.start + words.indexOf('#'), end: line.end });
		}
	}

	/** Goes behind a block or drawer; one without an end is none, and none goes on behind a headline. */
	private skipTo(end: RegExp, first: Span, name: string): void {
		const last = this.finder.next(end, first.end);
		if (last >= this.text.length || last > this.finder.next(headline, first.end)) return;
		const begin = this.at;
		while ((this.lines[this.at]?.end ?? last) < last) this.at++;
		const inner = this.lines.slice(begin, this.at);
		const closing = this.lines[this.at++] ?? first;
		if (name !== 'comment') return;
		this.blockComments.push({ span: { start: first.start, end: closing.end }, lines: wordsOf(this.text, inner) });
	}

	/** Links in text, as far as they are not in `=…=` or `~…~`. */
	private readText({ start, end }: Span): void {
		let at = this.finder.next(linkOrVerbatim, start);
		while (at < end) {
			const sign = this.text.charAt(at);
			const link = sign === '[' ? linkAt(this.finder, at, end) : undefined;
			if (link) this.addPicture(link, start);
			const behind = link?.span.end ?? (sign === '[' ? at + 1 : this.endOfVerbatim(sign, at, end));
			at = this.finder.next(linkOrVerbatim, behind);
		}
	}

	/** Where verbatim text ends that may begin at `start`, at latest on the next line; else where the sign does. */
	private endOfVerbatim(sign: string, start: number, end: number): number {
		const mark = verbatimEnds[sign];
		const begins = /^(?:[-\s({'"]|)$/.test(this.text.charAt(start - 1)) && /\S/.test(this.text.charAt(start + 1));
		if (!mark || !begins) return start + 1;
		while ((this.lines[this.row]?.end ?? end) < start) this.row++;
		const close = this.finder.next(mark, start + 2);
		return close < Math.min(end, this.lines[this.row + 1]?.end ?? end) ? close + 1 : start + 1;
	}

	private addPicture({ span, target, description }: OrgLink, start: number): void {
		const picture = description ? undefined : pictureOf(this.text, target);
		const [attributes] = this.attributes;
		const alt = this.readAttributes();
		this.attributes = [];
		if (!picture) return;
		const isAlone = attributes && this.text.slice(start, span.start).trim() === '';
		this.pictures.push({
			span: { start: isAlone ? attributes.start : span.start, end: span.end },
			target: picture.span,
			href: picture.href,
			kind: picture.kind,
			...(alt && { alt }),
			// Org shows pictures in the editor, where nothing else is said of them.
			lacksAlt: false,
		});
	}

	private readAttributes(): PictureLink['alt'] {
		for (const line of this.attributes) {
			const value = { start: line.start + this.wordsOf(line).indexOf(':') + 1, end: line.end };
			const alt = readAlt(this.text, value);
			if (alt) return alt;
		}
		return undefined;
	}
}
