import type { Span } from '../../span';
import { type Attribute, pictureOfElement } from '../markup/elementPicture';
import type { PictureLink } from '../language';

/** An opening tag. */
export interface Tag {
	readonly name: string;
	readonly span: Span;
	readonly attributes: readonly Attribute[];
}

/** How attributes are written. */
export interface TagGrammar {
	/** What a tag begins with; group: its name. */
	readonly opening: RegExp;
	/** One attribute and the blanks before it; groups: name, value in double quotes, in single quotes, in none; `{` of JSX's `{...others}`. */
	readonly attribute: RegExp;
	/** JSX: where the expression ends whose brace is at `at`; `undefined`: nowhere. */
	readonly endOfBraces?: (at: number) => number | undefined;
}

/** As browsers read tags, who take what they get. */
export const lenientTags: TagGrammar = {
	opening: /<([A-Za-z][^ \t\r\n\f/>]*)/y,
	attribute:
		/[ \t\r\n\f/]*([^ \t\r\n\f/>=][^ \t\r\n\f/>=]*)(?:[ \t\r\n\f]*=[ \t\r\n\f]*(?:"([^"]*)"|'([^']*)'|([^ \t\r\n\f>"'][^ \t\r\n\f>]*)))?/y,
};

/** As CommonMark wants tags in a line of text. */
export const strictTags: TagGrammar = {
	opening: /<([A-Za-z][A-Za-z\d-]*)/y,
	attribute:
		/[ \t\r\n\f]+([A-Za-z_:][\w.:-]*)(?:[ \t\r\n\f]*=[ \t\r\n\f]*(?:"([^"]*)"|'([^']*)'|([^ \t\r\n\f"'=<>`]+)))?/y,
};

/** As JSX has them. */
export function jsxTags(endOfBraces: (at: number) => number | undefined): TagGrammar {
	return {
		opening: /<([A-Za-z_$][\w$:.-]*)/y,
		attribute: /\s*(?:([A-Za-z_$][\w$:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\{)))?|(\{))/y,
		endOfBraces,
	};
}

const closing = /[ \t\r\n\f]*\/?>/y;

/** The opening tag at `at`, where `<` stands; `undefined`: there is none, or it has no end. */
export function readTag(text: string, at: number, grammar: TagGrammar): Tag | undefined {
	const name = match(grammar.opening, text, at)?.[1];
	if (name === undefined) return undefined;
	const attributes: Attribute[] = [];
	let end = at + 1 + name.length;
	for (;;) {
		const close = match(closing, text, end);
		if (close) return { name, span: { start: at, end: end + close[0].length }, attributes };
		const found = readAttribute(text, end, grammar);
		if (!found) return undefined;
		attributes.push(found.attribute);
		end = found.end;
	}
}

function readAttribute(
	text: string,
	at: number,
	grammar: TagGrammar,
): { attribute: Attribute; end: number } | undefined {
	const found = match(grammar.attribute, text, at);
	if (!found) return undefined;
	const [whole, written = '', double, single, bare, spread] = found;
	const name = written.toLowerCase();
	const end = at + whole.length;
	const quoted = double ?? single;
	if (quoted !== undefined) return { attribute: textAttribute(name, end - 1 - quoted.length, end - 1), end };
	if (grammar.endOfBraces && (bare ?? spread) !== undefined) {
		const close = grammar.endOfBraces(end - 1);
		return close === undefined ? undefined : { attribute: codeAttribute(name, text, end, close - 1), end: close };
	}
	if (bare !== undefined) return { attribute: textAttribute(name, end - bare.length, end), end };
	return { attribute: { name, kind: 'text', value: undefined }, end };
}

function textAttribute(name: string, start: number, end: number): Attribute {
	return { name, kind: 'text', value: { start, end } };
}

/** An attribute of JSX with code between braces, of which only plain strings are read. No name: `{...others}`. */
function codeAttribute(name: string, text: string, start: number, end: number): Attribute {
	const [whole, before = '', , literal = ''] = /^(\s*)(["'`])([^"'`\\\r\n]*)\2\s*$/.exec(text.slice(start, end)) ?? [];
	if (name === '' || whole === undefined || literal.includes('${'))
		return { name: name === '' ? '...' : name, kind: 'computed', value: undefined };
	const from = start + before.length + 1;
	return { name, kind: 'script', value: { start: from, end: from + literal.length } };
}

/** The picture that `<img>` shows; `undefined`: its address is not written there. */
export function pictureOfTag(text: string, { span, attributes }: Tag): PictureLink | undefined {
	return pictureOfElement(text, span, attributes);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
	pattern.lastIndex = at;
	return pattern.exec(text) ?? undefined;
}
