import type { Span } from '../../span';
import { altOf } from './asciidocAttributes';
import type { Finder } from '../text/finder';
import type { PictureLink } from '../language';

/** A reference, given where its parts are. */
export function pictureOf(text: string, span: Span, target: Span, attributes: Span): PictureLink {
	const alt = altOf(text, attributes, true);
	const href = text.slice(target.start, target.end);
	return { span, target, href, kind: 'url', ...(alt && { alt }), lacksAlt: !alt };
}

const sign = /\\?image:|\\?(?:\+\+\+?|\$\$)|\\?(?:pass|stem|latexmath|asciimath):[a-z,-]*\[|\+/g;
const signHere = new RegExp(sign.source, 'y');
const passEnd = /(?<=\S)\+(?![\p{L}\p{N}\p{M}_])/gu;
const targetEnd = /[[\n\r]/g;
const listEnd = /(?<!\\)\]/g;

/** The pictures in lines of text, `image:fox.png[…]`; what is passed through as it is, like formulas, is passed over. */
export function picturesInLine(finder: Finder, { start, end }: Span): PictureLink[] {
	const { text } = finder;
	const pictures: PictureLink[] = [];
	for (let at = finder.next(sign, start); at < end;) {
		const mark = signAt(text, at);
		let behind = at + mark.length;
		if (mark === 'image:') {
			const picture = imageAt(finder, at, end);
			if (picture) {
				pictures.push(picture);
				behind = picture.span.end;
			}
		} else if (!mark.startsWith('\\')) behind = endOfPass(finder, at, mark, end);
		at = finder.next(sign, behind);
	}
	return pictures;
}

function signAt(text: string, at: number): string {
	signHere.lastIndex = at;
	return signHere.exec(text)?.[0] ?? ' ';
}

/** At `image:`: a target that begins and ends with no blank, on one line, and a list of attributes. */
function imageAt(finder: Finder, start: number, end: number): PictureLink | undefined {
	const { text } = finder;
	const target = { start: start + 'image:'.length, end: finder.next(targetEnd, start) };
	if (target.end >= end || text.charAt(target.end) !== '[') return undefined;
	if (/[\s:[]/.test(text.charAt(target.start)) || /\s/.test(text.charAt(target.end - 1))) return undefined;
	const list = target.end + 1;
	const close = finder.next(listEnd, list);
	if (close >= end) return undefined;
	return pictureOf(text, { start, end: close + 1 }, target, { start: list, end: close });
}

/** Behind what is passed through, or behind the mark where nothing is. */
function endOfPass(finder: Finder, at: number, mark: string, end: number): number {
	const behind = at + mark.length;
	if (mark === '+') {
		const isFree = !/[\p{L}\p{N}\p{M}_;:\\]/u.test(finder.text.charAt(at - 1)) && /\S/.test(finder.text.charAt(behind));
		const close = isFree ? finder.next(passEnd, behind + 1) : end;
		return close < end ? close + 1 : behind;
	}
	const closing = mark.endsWith('[') ? listEnd : mark;
	const close = finder.next(closing, behind);
	return close < end ? close + (mark.endsWith('[') ? 1 : mark.length) : behind;
}
