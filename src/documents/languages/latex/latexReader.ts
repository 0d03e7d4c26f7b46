import type { Span } from '../../span';
import { Finder } from '../text/finder';
import { nameOfLatex, textOfLatex, withoutBraces } from './latexText';
import type { Comment, DocumentParts, PictureLink } from '../language';
import { joinLineComments } from '../text/lineComments';
import { linesOf, trimmed, wordsOf } from '../text/lines';

/** A picture whose arguments are being read. */
interface Reference {
	readonly start: number;
	/** The place: before an argument, or in one. */
	part: 'head' | 'options' | 'path';
	/** Where the argument begins, or the option, or the value of `alt`. */
	from: number;
	/** Open braces in the argument. */
	braces: number;
	/** What is being read of an option. */
	option: 'name' | 'alt' | 'value';
	alt?: Span;
}

const outside = /\\(?:[A-Za-z@]+|[^])|%/g;
const inside = /\\(?:[A-Za-z@]+|[^])|%|[\]{},=]|\r?\n[ \t]*\r?\n/g;
const blanks = /\s*/y;
const environment = /[ \t]*\{([A-Za-z]{1,40}\*?)\}/y;
const listingOptions = /\*?(?:\[[^\]\n]{0,500}\])?/y;
const listingLanguage = /\{[^{}\n]{0,80}\}/y;
const listings = new Set([
	'verbatim',
	'Verbatim',
	'BVerbatim',
	'LVerbatim',
	'alltt',
	'lstlisting',
	'minted',
	'filecontents',
]);
const inlineListings = new Set(['verb', 'Verb', 'lstinline', 'mintinline']);
const addresses = new Set(['url', 'nolinkurl', 'path', 'href']);

/** Comments and the pictures of `\includegraphics`; listings and addresses are passed over. */
export function readLatex(text: string): DocumentParts {
	return new LatexReader(text).read();
}

class LatexReader {
	private at = 0;
	private reference: Reference | undefined;
	private readonly finder: Finder;
	private readonly lineComments: Span[] = [];
	private readonly blockComments: Comment[] = [];
	private readonly pictures: PictureLink[] = [];

	constructor(private readonly text: string) {
		this.finder = new Finder(text);
	}

	read(): DocumentParts {
		while (this.at < this.text.length) {
			if (this.reference?.part === 'head') this.readHead(this.reference);
			else this.readToken(this.reference);
		}
		const lines = joinLineComments(this.text, this.lineComments, /^%+/);
		const comments = [...lines, ...this.blockComments].sort((a, b) => a.span.start - b.span.start);
		return { comments, pictures: this.pictures };
	}

	private readToken(reference: Reference | undefined): void {
		const signs = reference ? inside : outside;
		signs.lastIndex = this.at;
		const found = signs.exec(this.text);
		const token = found?.[0] ?? '';
		const start = found?.index ?? this.text.length;
		this.at = start + token.length;
		if (token === '%') this.readComment(start);
		else if (token.startsWith('\\')) this.readCommand(token.slice(1), start);
		else if (reference) this.readArgument(reference, token, start);
	}

	private readComment(start: number): void {
		this.at = Math.min(this.finder.next('\n', start), this.finder.next('\r', start));
		this.lineComments.push({ start, end: this.at });
	}

	private readCommand(name: string, start: number): void {
		if (name === 'includegraphics') {
			if (this.text.charAt(this.at) === '*') this.at++;
			this.reference = { start, part: 'head', from: 0, braces: 0, option: 'name' };
		} else if (name === 'begin') this.readEnvironment(start);
		else if (inlineListings.has(name)) this.skipInlineListing(name);
		else if (addresses.has(name) && this.text.charAt(this.at) === '{') {
			const end = this.finder.next('}', this.at);
			if (end < this.text.length) this.at = end + 1;
		}
	}

	/** Before the argument of a reference: blanks and comments, but no end of the paragraph. */
	private readHead(reference: Reference): void {
		const start = this.at;
		this.match(blanks);
		const sign = this.text.charAt(this.at);
		const isParted = /\n[^]*\n/.test(this.text.slice(start, this.at));
		if (sign === '%' && !isParted) {
			this.readComment(this.at);
			return;
		}
		if ((sign !== '[' && sign !== '{') || isParted) {
			this.reference = undefined;
			return;
		}
		this.at++;
		reference.part = sign === '[' ? 'options' : 'path';
		reference.from = this.at;
	}

	private readArgument(reference: Reference, token: string, start: number): void {
		if (token === '{') reference.braces++;
		else if (token === '}' && reference.braces > 0) reference.braces--;
		else if (token === '}' && reference.part === 'path') this.addPicture(reference, start);
		// An argument holds whole groups, and no end of a paragraph.
		else if (token === '}' || token.trim() === '') this.reference = undefined;
		else if (reference.braces === 0 && reference.part === 'options') this.readOption(reference, token, start);
	}

	private readOption(reference: Reference, token: string, start: number): void {
		if (token === '=') {
			if (reference.option !== 'name') return;
			const name = this.text.slice(reference.from, start).replace(/%.*/g, '');
			reference.option = name.trim() === 'alt' ? 'alt' : 'value';
			reference.from = this.at;
			return;
		}
		if (reference.option === 'alt') {
			reference.alt = withoutBraces(this.text, trimmed(this.text, { start: reference.from, end: start }));
		}
		reference.option = 'name';
		reference.from = this.at;
		if (token === ']') reference.part = 'head';
	}

	private addPicture({ start, from, alt }: Reference, end: number): void {
		this.reference = undefined;
		const target = trimmed(this.text, { start: from, end });
		this.pictures.push({
			span: { start, end: this.at },
			target,
			href: nameOfLatex(this.text.slice(target.start, target.end)),
			kind: 'path',
			...(alt && { alt: { text: textOfLatex(this.text.slice(alt.start, alt.end)), span: alt } }),
			// Most documents have no way to say it: LaTeX knows `alt` from 2021 on.
			lacksAlt: false,
		});
	}

	/** Behind `\begin`: a listing is passed over, and a comment is one. */
	private readEnvironment(start: number): void {
		const name = this.match(environment)?.[1] ?? '';
		if (name !== 'comment' && !listings.has(name.replace('*', ''))) return;
		const mark = `\\end{${name}}`;
		const inner = { start: this.at, end: this.finder.next(mark, this.at) };
		this.at = Math.min(this.text.length, inner.end + mark.length);
		if (name !== 'comment') return;
		this.blockComments.push({
			span: { start, end: this.at },
			lines: wordsOf(this.text, linesOf(this.text, inner)),
		});
	}

	/** `\verb|…|`, and with options and a language the like: as far as the next sign of the same kind, which is on the same line. */
	private skipInlineListing(name: string): void {
		this.match(listingOptions);
		if (name === 'mintinline') this.match(listingLanguage);
		const sign = this.text.charAt(this.at);
		if (sign.trim() === '') return;
		const end = this.finder.next(sign === '{' ? '}' : sign, this.at + 1);
		if (end < this.finder.next('\n', this.at)) this.at = end + 1;
	}

	private match(pattern: RegExp): RegExpExecArray | undefined {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text) ?? undefined;
		if (found) this.at += found[0].length;
		return found;
	}
}
