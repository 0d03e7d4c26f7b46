import type { Span } from '../../span';
import { decodeReferences } from '../text/characterReferences';
import { Emphasis } from './emphasis';
import { type Definitions, type Dialect, type InlineSink, type Link, scanInline } from './markdownInline';

/** What a reader sees of Markdown in a line: of links and pictures their text, without marks and escapes. Tags stay, and `~~` does. */
export function plainTextOf(text: string, dialect: Dialect, definitions: Definitions): string {
	if (!/[\\`*_&<[\]{\r\n]/.test(text)) return text;
	const marks = new Marks(text);
	scanInline(text, dialect, definitions, marks);
	return marks.plain();
}

/** Characters of `&name;`, at most. */
const longestReference = 34;

/** A piece of the text that is shown as another. */
type Edit = Span & { readonly text: string };

class Marks implements InlineSink {
	private readonly edits: Edit[] = [];
	private readonly emphasis: Emphasis;

	constructor(private readonly text: string) {
		this.emphasis = new Emphasis(text);
	}

	plain(): string {
		for (const mark of this.emphasis.marksSince(0)) this.hide(mark.start, mark.end);
		let plain = '';
		let at = 0;
		for (const { start, end, text } of this.edits.sort((one, other) => one.start - other.start)) {
			plain += this.text.slice(at, start) + text;
			at = end;
		}
		return (plain + this.text.slice(at)).replace(/[ \t]*\r?\n[ \t]*/g, '\n');
	}

	link({ span, label }: Link): void {
		for (const mark of this.emphasis.marksSince(label.start)) this.hide(mark.start, mark.end);
		this.hide(span.start, label.start);
		this.hide(label.end, span.end);
	}

	code(span: Span, inner: Span): void {
		const code = this.text.slice(inner.start, inner.end);
		const line = code.replace(/\r?\n/g, ' ');
		const isPadded = line.startsWith(' ') && line.endsWith(' ') && line.trim() !== '';
		this.edits.push({ ...span, text: isPadded ? line.slice(1, -1) : line });
	}

	autolink({ start, end }: Span): void {
		this.hide(start, start + 1);
		this.hide(end - 1, end);
	}

	escape(at: number): void {
		this.hide(at, at + 1);
	}

	sign(at: number): number {
		if (this.text[at] !== '&') return this.emphasis.add(at);
		const written = /^&#?[A-Za-z\d]+;/.exec(this.text.slice(at, at + longestReference))?.[0] ?? '';
		const text = decodeReferences(written);
		if (text === written) return 1;
		this.edits.push({ start: at, end: at + written.length, text });
		return written.length;
	}

	tag(): void {}
	comment(): void {}

	private hide(start: number, end: number): void {
		this.edits.push({ start, end, text: '' });
	}
}
