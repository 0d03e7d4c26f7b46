import type { Span } from '../../span';

/** The ends of lines as Typst has them. */
export const lineEnd = /\r\n|[\n\v\f\r\x85\u2028\u2029]/g;
const blank = /[^\S\n\v\f\r\x85\u2028\u2029]/;
const name = /[\p{L}_][\p{L}\p{N}\p{M}_-]*/uy;
const colon = /\s*:/y;
const quoteOrEscape = /["\\]/g;
const commentMark = /\/\*|\*\//g;

/** Goes through Typst text, whatever the place: what is a name, where a string, raw text, a comment and an address end. */
export class TypstScanner {
	at = 0;

	constructor(readonly text: string) {}

	/** Behind the mark of a block comment, which may have others in it: goes behind its end, and says where its words end. */
	skipNested(): number {
		for (let depth = 1; depth > 0;) {
			const mark = this.take(commentMark);
			if (mark === '') return this.at;
			depth += mark === '/*' ? 1 : -1;
		}
		return this.at - 2;
	}

	/** Behind the opening quote; goes behind the closing one. */
	readString(): Span {
		const start = this.at;
		for (;;) {
			const sign = this.take(quoteOrEscape);
			if (sign !== '\\') return { start, end: this.at - sign.length };
			this.at++;
		}
	}

	/** Behind the opening marks: one, or three and more, end with as many; two are empty. */
	skipRaw(marks: number): void {
		if (marks === 2) return;
		const end = this.text.indexOf('`'.repeat(marks), this.at);
		this.at = end < 0 ? this.text.length : end + marks;
	}

	/** An address in markup is no comment though it has `//`; brackets in it come in pairs. */
	skipAddress(): void {
		const closers: string[] = [];
		for (; this.at < this.text.length; this.at++) {
			const sign = this.text.charAt(this.at);
			if (sign === '[') closers.push(']');
			else if (sign === '(') closers.push(')');
			else if (sign === ']' || sign === ')') {
				if (closers.pop() !== sign) return;
			} else if (!/[\w!#$%&*+,\-./:;=?@~']/.test(sign)) return;
		}
	}

	/** Not over the end of the line. */
	skipBlanks(): void {
		while (blank.test(this.text.charAt(this.at))) this.at++;
	}

	/** The name that begins there; empty: none does. */
	nameAt(at: number): string {
		name.lastIndex = at;
		return name.exec(this.text)?.[0] ?? '';
	}

	/** Goes behind a `:` if that comes next. */
	skipColon(): boolean {
		colon.lastIndex = this.at;
		const follows = colon.test(this.text);
		if (follows) this.at = colon.lastIndex;
		return follows;
	}

	/** The next of the signs, and goes behind it; nothing, and to the end, where there is none. */
	take(signs: RegExp): string {
		signs.lastIndex = this.at;
		const found = signs.exec(this.text);
		this.at = found ? found.index + found[0].length : this.text.length;
		return found?.[0] ?? '';
	}

	/** Where it is found, or the end. */
	find(wanted: RegExp, from: number): number {
		wanted.lastIndex = from;
		return wanted.exec(this.text)?.index ?? this.text.length;
	}
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** What a string says, given what is between its quotes. */
export function unescapeString(text: string): string {
	return text.replace(
		/\\(?:u\{([\dA-Fa-f]{1,6})\}|([^]))/gu,
		(whole, code: string | undefined, sign: string | undefined) => {
			if (code === undefined) return escapes[sign ?? ''] ?? sign ?? whole;
			const point = Number.parseInt(code, 16);
			return point > 0x10_ff_ff ? whole : String.fromCodePoint(point);
		},
	);
}
