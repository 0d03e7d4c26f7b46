import type { Span } from '../../span';
import { CommentList } from '../text/commentList';
import type { DocumentParts, PictureLink } from '../language';
import { trimmed } from '../text/lines';
import { endOfStyleString, skipEscaped, unescapeStyle } from './styleText';
import { lineRest, skip } from '../markup/scriptText';

/** Which signs of a style sheet begin or end something that is not to be looked into. */
const sign = /\\[^]|\/[*/]|["']|(?<![\w\u0080-\uffff-])url\(|@[\w-]+|[;{}]/gi;

/** Rules that name other files than pictures, as far as the next `;` or brace. */
const namesOthers = /^@(?:import|namespace|use|forward|plugin|require|document|-moz-document)$/i;

/** Where a style sheet is being read. */
interface StyleReading {
	readonly text: string;
	/** SCSS, Less: comments to the end of the line, and values in strings. */
	readonly lined: boolean;
	readonly comments: CommentList;
	readonly pictures: PictureLink[];
	/** What is named here is no picture: a rule that names other files, or a font. */
	passing: 'no' | 'rule' | 'font';
}

/** The comments and pictures of a style sheet. `lined`: SCSS or Less. */
export function readStyle(text: string, lined: boolean): DocumentParts {
	const comments = new CommentList(text);
	const pictures = readFrom({ text, lined, comments, pictures: [], passing: 'no' }, 0);
	return { comments: comments.inOrder(), pictures };
}

/** Adds the comments of a style sheet that is the rest of a text. */
export function readStyleComments(text: string, start: number, lined: boolean, comments: CommentList): void {
	readFrom({ text, lined, comments, pictures: [], passing: 'no' }, start);
}

function readFrom(reading: StyleReading, start: number): readonly PictureLink[] {
	const { text } = reading;
	for (let at = start; at < text.length;) {
		sign.lastIndex = at;
		const found = sign.exec(text);
		if (!found) break;
		at = behind(reading, found.index, found[0]);
	}
	return reading.pictures;
}

/** Reads what begins with a sign, and says where it ends. */
function behind(reading: StyleReading, at: number, mark: string): number {
	const { text, lined, comments } = reading;
	// Also before a bracket, which then begins no address.
	if (mark.startsWith('\\')) return at + mark.length;
	if (mark === '/*') {
		const close = text.indexOf('*/', at + 2);
		if (close < 0) return text.length;
		comments.addStarred({ start: at, end: close + 2 }, { start: at + 2, end: close });
		return close + 2;
	}
	if (mark === '//') {
		if (!lined) return at + 2;
		const end = skip(lineRest, text, at);
		comments.addLine({ start: at, end });
		return end;
	}
	if (mark === '"' || mark === "'") return endOfStyleString(text, at, lined);
	if (mark.endsWith('(')) return behindUrl(reading, at);
	if (mark.startsWith('@')) {
		if (/^@font-face$/i.test(mark)) reading.passing = 'font';
		else if (namesOthers.test(mark)) reading.passing = 'rule';
	} else if (mark === '}' || reading.passing === 'rule') {
		reading.passing = 'no';
	}
	return at + mark.length;
}

const opening = /url\(\s*/iy;
const bare = /[^\\\s"'()]+/y;
const closing = /\s*\)/y;
const untilClosed = /[^)\\]+/y;

/** Adds the picture that the `url(` at `at` names, if it does, and says where that ends. */
function behindUrl(reading: StyleReading, at: number): number {
	const { text, lined } = reading;
	const start = skip(opening, text, at);
	const isQuoted = text[start] === '"' || text[start] === "'";
	const end = isQuoted ? endOfStyleString(text, start, lined) : skipEscaped(bare, text, start);
	const behind = skip(closing, text, end);
	if (behind === end) {
		// Not a plain address: the preprocessors compute it, CSS passes over it.
		return isQuoted ? end : lined ? start : skipEscaped(untilClosed, text, start);
	}
	addPicture(reading, { start: at, end: behind }, isQuoted ? { start: start + 1, end: end - 1 } : { start, end });
	return behind;
}

function addPicture({ text, lined, passing, pictures }: StyleReading, span: Span, written: Span): void {
	const target = trimmed(text, written);
	const words = text.slice(target.start, target.end);
	if (passing !== 'no' || (lined && /[#@]\{|^[$@]/.test(words))) return;
	const href = unescapeStyle(words);
	if (namesPicture(href)) pictures.push({ span, target, href, kind: 'url', lacksAlt: false });
}

/** Style sheets name fonts and other sheets in the same way: the end of the name is all there is to tell. */
function namesPicture(href: string): boolean {
	return !/^data:/i.test(href) && /\.(?:png|jpe?g|webp|gif|avif|svg)$/i.test(href.replace(/[?#][^]*$/, ''));
}
