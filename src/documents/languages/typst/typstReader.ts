import type { Span } from '../../span';
import type { Comment, DocumentParts, PictureLink } from '../language';
import { joinLineComments } from '../text/lineComments';
import { linesOf, wordsOf } from '../text/lines';
import { TypstCall } from './typstCall';
import { lineEnd, TypstScanner, unescapeString } from './typstScanner';

/**
 * What the reader is in the middle of. `markup` lasts to the end or to its `]`, `group` (code in brackets) to `close`, `line` (`#let …`)
 * to the end of the line, `if` and `loop` to their body, `else` behind the body of an `if`, `value` (`#x`) as long as something stands
 * right behind it.
 */
type Frame =
	| { readonly kind: 'markup'; brackets: number; readonly call?: TypstCall | undefined }
	| { readonly kind: 'group'; readonly close: string; readonly call?: TypstCall | undefined }
	| { readonly kind: 'math' | 'line' | 'loop' | 'if' | 'else' | 'value' };

const markupSign = /\\|#|\$|`+|[[\]]|\/[/*]|https?:\/\//g;
const mathSign = /\\|#|\$|"|\/[/*]/g;
const codeToken =
	/[^\S\n\v\f\r\x85\u2028\u2029]+|[\n\v\f\r\x85\u2028\u2029]|\/[/*]|`+|[\p{L}_][\p{L}\p{N}\p{M}_-]*|\d[\w.%]*|[^]/uy;
const field = /\.([\p{L}_][\p{L}\p{N}\p{M}_-]*)/uy;
const statements = new Set(['let', 'set', 'show', 'import', 'include', 'return']);
const opened: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/** Comments and the pictures of `image("…")` in markup, code and math; raw text, strings and addresses are passed over. */
export function readTypst(text: string): DocumentParts {
	return new TypstReader(text).read();
}

class TypstReader extends TypstScanner {
	private readonly frames: Frame[] = [{ kind: 'markup', brackets: 0 }];
	private readonly lineComments: Span[] = [];
	private readonly blockComments: Comment[] = [];
	private readonly pictures: PictureLink[] = [];
	/** Pictures without words of their own: the caption of a figure around them may still speak for them. */
	private readonly untold: number[] = [];

	read(): DocumentParts {
		if (this.text.startsWith('#!')) this.at = this.find(lineEnd, 0);
		while (this.at < this.text.length) {
			const frame = this.frames.at(-1);
			if (frame) this.step(frame);
		}
		const lines = joinLineComments(this.text, this.lineComments, /^\/+/);
		const comments = [...lines, ...this.blockComments].sort((a, b) => a.span.start - b.span.start);
		return { comments, pictures: this.pictures };
	}

	private step(frame: Frame): void {
		if (frame.kind === 'markup') this.readMarkup(frame);
		else if (frame.kind === 'math') this.readMath();
		else if (frame.kind === 'value') this.readBehindValue();
		else if (frame.kind === 'else') this.readElse();
		else this.readCode(frame);
	}

	private readMarkup(frame: Frame & { kind: 'markup' }): void {
		const sign = this.take(markupSign);
		if (sign === '\\') this.at++;
		else if (sign === '#') this.readHash();
		else if (sign === '$') this.frames.push({ kind: 'math' });
		else if (sign.startsWith('`')) this.skipRaw(sign.length);
		else if (sign === '[') frame.brackets++;
		else if (sign === ']') {
			if (frame.brackets > 0) frame.brackets--;
			else if (this.frames.length > 1) this.close(frame.call);
		} else if (sign.startsWith('http')) this.skipAddress();
		else this.readComment(sign);
	}

	private readMath(): void {
		const sign = this.take(mathSign);
		if (sign === '\\') this.at++;
		else if (sign === '#') this.readHash();
		else if (sign === '$') this.frames.pop();
		else if (sign === '"') this.readString();
		else this.readComment(sign);
	}

	/** Code in markup: what follows the `#` decides how far it goes. */
	private readHash(): void {
		let word = this.nameAt(this.at);
		while (word === 'context') {
			this.at += word.length;
			this.skipBlanks();
			word = this.nameAt(this.at);
		}
		if (word !== '') {
			const start = this.at;
			this.at += word.length;
			if (statements.has(word)) this.frames.push({ kind: 'line' });
			else if (word === 'if') this.frames.push({ kind: 'if' });
			else if (word === 'for' || word === 'while') this.frames.push({ kind: 'loop' });
			else this.beginValue(word, start);
		} else if (/[[({"$`\d]/.test(this.text.charAt(this.at))) {
			this.frames.push({ kind: 'value' });
			this.readToken();
		}
	}

	private beginValue(word: string, start: number): void {
		this.frames.push({ kind: 'value' });
		if (this.text.charAt(this.at) === '(') this.openCall(word, start);
	}

	private readBehindValue(): void {
		const sign = this.text.charAt(this.at);
		field.lastIndex = this.at;
		const method = sign === '.' ? field.exec(this.text)?.[1] : undefined;
		if (method !== undefined) this.at += method.length + 1;
		else if (sign === '(' || sign === '[') this.readToken();
		else this.frames.pop();
	}

	/** What may follow the body of an `if`. */
	private readElse(): void {
		this.frames.pop();
		const start = this.at;
		this.skipBlanks();
		if (this.nameAt(this.at) !== 'else') {
			this.at = start;
			return;
		}
		this.at += 4;
		this.skipBlanks();
		if (this.nameAt(this.at) === 'if') {
			this.at += 2;
			this.frames.push({ kind: 'if' });
		} else if (/[[{]/.test(this.text.charAt(this.at))) this.readToken();
	}

	/** One token of code. A line of code in markup ends with it, and anything in it with the bracket that closes what is around it. */
	private readCode(frame: Frame): void {
		const sign = this.text.charAt(this.at);
		if (frame.kind === 'group') {
			if (sign === frame.close) {
				this.at++;
				this.close(frame.call);
			} else this.readToken(frame.call);
		} else if (/[)\]}\n\v\f\r\x85\u2028\u2029;]/.test(sign)) {
			this.frames.pop();
		} else if (frame.kind !== 'line' && (sign === '{' || (sign === '[' && /\s/.test(this.text.charAt(this.at - 1))))) {
			this.frames.pop();
			if (frame.kind === 'if') this.frames.push({ kind: 'else' });
			this.readToken();
		} else this.readToken();
	}

	private readToken(call?: TypstCall): void {
		const start = this.at;
		codeToken.lastIndex = start;
		const token = codeToken.exec(this.text)?.[0] ?? ' ';
		this.at += token.length;
		if (token.trim() === '') return;
		if (token === '//' || token === '/*') this.readComment(token);
		else if (token === ',') call?.endArgument();
		else if (token === '"') {
			const span = this.readString();
			call?.add({ span, isString: true });
		} else if (this.nameAt(start) === token) this.readName(token, start, call);
		else {
			call?.add({ span: { start, end: this.at }, isString: false });
			this.open(token);
		}
	}

	private readName(word: string, start: number, call: TypstCall | undefined): void {
		if (this.skipColon()) {
			call?.nameArgument(word);
			return;
		}
		call?.add({ span: { start, end: this.at }, isString: false });
		if (this.text.charAt(this.at) === '(') this.openCall(word, start);
	}

	/** Goes into what a token of code opens. */
	private open(token: string): void {
		const close = opened[token];
		if (close !== undefined) this.frames.push({ kind: 'group', close });
		else if (token === '[') this.frames.push({ kind: 'markup', brackets: 0 });
		else if (token === '$') this.frames.push({ kind: 'math' });
		else if (token.startsWith('`')) this.skipRaw(token.length);
	}

	private openCall(word: string, start: number): void {
		this.at++;
		const isField = this.text.charAt(start - 1) === '.';
		this.frames.push({ kind: 'group', close: ')', call: new TypstCall(this.text, isField ? '' : word, start) });
	}

	/** Ends a group or content. Content right behind a call is its last argument. */
	private close(call: TypstCall | undefined): void {
		this.frames.pop();
		if (!call) return;
		call.endArgument();
		if (this.text.charAt(this.at) === '[') {
			this.at++;
			this.frames.push({ kind: 'markup', brackets: 0, call });
		} else if (call.name === 'image') this.addPicture(call);
		else if (call.isTold && call.name === 'figure') this.tell(call);
	}

	private addPicture({ path, alt, isTold, start }: TypstCall): void {
		if (!path) return;
		if (!isTold) this.untold.push(this.pictures.length);
		this.pictures.push({
			span: { start: this.text.charAt(start - 1) === '#' ? start - 1 : start, end: this.at },
			target: path,
			href: unescapeString(this.text.slice(path.start, path.end)),
			kind: 'path',
			...(alt && { alt: { text: unescapeString(this.text.slice(alt.start, alt.end)), span: alt } }),
			lacksAlt: !isTold,
		});
	}

	/** What a figure says goes for the pictures in it. */
	private tell({ start }: TypstCall): void {
		for (;;) {
			const index = this.untold.at(-1) ?? -1;
			const picture = this.pictures[index];
			if (!picture || picture.span.start < start) return;
			this.pictures[index] = { ...picture, lacksAlt: false };
			this.untold.pop();
		}
	}

	/** Behind the `//` or `/*`; block comments have others in them. */
	private readComment(mark: string): void {
		const start = this.at - mark.length;
		if (mark === '//') {
			this.at = this.find(lineEnd, this.at);
			this.lineComments.push({ start, end: this.at });
		} else if (mark === '/*') {
			const inside = this.skipNested();
			const lines = linesOf(this.text, { start: start + 2, end: inside }, lineEnd);
			this.blockComments.push({ span: { start, end: this.at }, lines: wordsOf(this.text, lines) });
		}
	}
}
