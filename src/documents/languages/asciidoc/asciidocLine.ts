/** What lines of AsciiDoc are by themselves. */

/** A block between two lines that are alike. */
export interface Delimiter {
	readonly kind: 'comment' | 'verbatim' | 'compound' | 'table' | 'open';
	/** The line that ends it. */
	readonly end: string;
}

const kinds: Readonly<Record<string, Delimiter['kind']>> = {
	'/': 'comment',
	'-': 'verbatim',
	'.': 'verbatim',
	'+': 'verbatim',
	'=': 'compound',
	'*': 'compound',
	_: 'compound',
};
const delimiter = /^(?:([-.+=*_/])\1{3,}|(--)|(```)(?!`).*|[|,:!]={3,})$/;
/** Styles that make a paragraph, or a block between lines `--`, a listing. */
const verbatimStyles = new Set(['source', 'listing', 'literal', 'pass', 'stem', 'latexmath', 'asciimath', 'comment']);
const attributeLine = /^\[(?:|[\p{L}\p{N}\p{M}_.#%{,"'].*|\[.*\])\]$/u;
const listItem =
	/^[ \t]*(?:-|\*+|\.+|•|\d+\.|[a-zA-Z]\.|[IVXivx]+\))[ \t]|^(?!\/\/[^/])[ \t]*[^ \t].*?(?::::{0,2}|;;)(?:$|[ \t])|^<(?:\d+|\.)>[ \t]/;

/** Lines are without white space at their ends. */
export function delimiterOf(line: string): Delimiter | undefined {
	const [, sign, open, fence] = delimiter.exec(line) ?? [];
	if (sign !== undefined) return { kind: kinds[sign] ?? 'compound', end: line };
	if (open !== undefined) return { kind: 'open', end: line };
	if (fence !== undefined) return { kind: 'verbatim', end: fence };
	return /^[|,:!]={3,}$/.test(line) ? { kind: 'table', end: line } : undefined;
}

export function isComment(line: string): boolean {
	return line.startsWith('//') && !line.startsWith('///');
}

export function isAttributeLine(line: string): boolean {
	return line.startsWith('[') && attributeLine.test(line);
}

export function isListItem(line: string): boolean {
	return listItem.test(line);
}

/** Conditions and the like, which are gone when the document is read. */
export function isDirective(line: string): boolean {
	return /^(?:ifdef|ifndef|ifeval|endif|include)::[^[]*\[.*\]$/.test(line);
}

/** A heading on one line, a break, or an entry like `:name: value`. */
export function standsAlone(line: string): boolean {
	return /^(?:(?:={1,6}|#{1,6})[ \t]+\S|'{3,}$|<{3,}$|([-*_])( *)\1\2\1$|:!?[\p{L}\p{N}_][^:]*:(?:[ \t]|$))/u.test(
		line,
	);
}

/** Whether a line makes a heading of the one above. */
export function isUnderline(line: string, title: string): boolean {
	return (
		/^(?:=+|-+|~+|\^+|\++)$/.test(line) &&
		Math.abs(line.length - title.length) < 2 &&
		/^(?!\.).*[\p{L}\p{N}]/u.test(title)
	);
}

/** Whether the blocks below such a line are listings. */
export function isVerbatimStyle(line: string): boolean {
	return verbatimStyles.has(/^\[([\w-]+)/.exec(line)?.[1] ?? '');
}

/** `image::…[…]`: a target that begins and ends with no blank, and attributes as far as the end of the line. */
export function isPicture(line: string): boolean {
	return line.startsWith('image::') && line.endsWith(']') && /^image::[^\s[](?:.*?[^\s])??\[/.test(line);
}
