import type { Span } from '../../span';
import { Expressions } from './expressions';
import { Finder } from '../text/finder';
import { jsxTags, readTag, strictTags, type Tag } from './imgTag';
import { isPunctuation, labelAt, labelOf, resourceAt } from './markdownLinks';

/** MDX: JSX and expressions where Markdown has HTML. */
export type Dialect = 'markdown' | 'mdx';

/** Where a link leads: to an address of its own, or to one that the document defines elsewhere. */
export type LinkTarget = { readonly destination: Span } | { readonly definition: LinkDefinition };

export interface LinkDefinition {
	/** In the document. */
	readonly target: Span;
	readonly href: string;
}

/** By `labelOf` their labels. */
export type Definitions = ReadonlyMap<string, LinkDefinition>;

/** `[label](…)`, or with `!` before it. */
export interface Link {
	readonly span: Span;
	readonly label: Span;
	readonly image: boolean;
	readonly target: LinkTarget;
}

/** Is told what stands in the text of a block, in the order in which it ends. Spans are those of the text. */
export interface InlineSink {
	link(link: Link): void;
	tag(tag: Tag): void;
	comment(span: Span, words: Span): void;
	code(span: Span, inner: Span): void;
	autolink(span: Span): void;
	/** A backslash before a sign or a line's end. */
	escape(at: number): void;
	/** `*`, `_` or `&`; says how many characters are read. */
	sign(at: number): number;
}

/** A bracket that may begin a link or a picture. */
interface Opener {
	readonly at: number;
	readonly image: boolean;
	/** Another bracket stands inside, so that what is inside is the label of no definition. */
	nested: boolean;
}

const longestLabel = 999;
const autolink = /<(?:[A-Za-z][A-Za-z\d+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z\d.-]+)>/y;
const closingTag = /<\/[A-Za-z][A-Za-z\d-]*[ \t\r\n]*>/y;

/** Reads the text of one block by CommonMark's algorithm: once from left to right, with a stack of brackets. */
export function scanInline(text: string, dialect: Dialect, definitions: Definitions, sink: InlineSink): void {
	new InlineScanner(text, dialect, definitions, sink).run();
}

class InlineScanner {
	private at = 0;
	private readonly openers: Opener[] = [];
	/** Openers of links below this index are inside of no link: links have no links in them. */
	private inactive = 0;
	private readonly finder: Finder;
	private readonly expressions: Expressions;
	private readonly mdx: boolean;
	/** Where the last run of so many backticks begins. */
	private lastRuns: Map<number, number> | undefined;

	constructor(
		private readonly text: string,
		dialect: Dialect,
		private readonly definitions: Definitions,
		private readonly sink: InlineSink,
	) {
		this.finder = new Finder(text);
		this.expressions = new Expressions(text);
		this.mdx = dialect === 'mdx';
	}

	run(): void {
		while (this.at < this.text.length) this.step(this.text[this.at]);
	}

	private step(character: string | undefined): void {
		if (character === '[') this.open(false);
		else if (character === ']') this.close();
		else if (character === '!' && this.text[this.at + 1] === '[') this.open(true);
		else if (character === '\\') this.backslash();
		else if (character === '`') this.code();
		else if (character === '<') this.at = this.endOfAngle(this.at) ?? this.at + 1;
		else if (character === '{' && this.mdx) this.expression();
		else if (character === '*' || character === '_' || character === '&') this.at += this.sink.sign(this.at);
		else this.at++;
	}

	private open(image: boolean): void {
		const outer = this.openers.at(-1);
		if (outer) outer.nested = true;
		this.openers.push({ at: this.at, image, nested: false });
		this.at += image ? 2 : 1;
	}

	private close(): void {
		const end = this.at++;
		const opener = this.openers.pop();
		if (!opener) return;
		const index = this.openers.length;
		const active = opener.image || index >= this.inactive;
		this.inactive = Math.min(this.inactive, index);
		const label = { start: opener.at + (opener.image ? 2 : 1), end };
		const found = active ? this.targetBehind(label, opener.nested) : undefined;
		if (!found) return;
		if (!opener.image) this.inactive = index;
		this.at = found.end;
		const span = { start: opener.at, end: found.end };
		this.sink.link({ span, label, image: opener.image, target: found.target });
	}

	/** `(destination)`, `[label of a definition]`, `[]`, or nothing. */
	private targetBehind(label: Span, nested: boolean): { target: LinkTarget; end: number } | undefined {
		const { text } = this;
		const behind = label.end + 1;
		const resource = resourceAt(text, behind);
		if (resource) return { target: { destination: resource.destination }, end: resource.end };
		const second = labelAt(text, behind);
		const full = second !== undefined && second.end > second.start;
		const { start, end } = full ? second : label;
		if (end - start > longestLabel || (!full && nested)) return undefined;
		const definition = this.definitions.get(labelOf(text.slice(start, end)));
		return definition && { target: { definition }, end: second ? second.end + 1 : behind };
	}

	private backslash(): void {
		const isEscape = isPunctuation(this.text.charCodeAt(this.at + 1));
		const isLineBreak = /^\r?\n/.test(this.text.slice(this.at + 1, this.at + 3));
		if (isEscape || isLineBreak) this.sink.escape(this.at);
		this.at += isEscape ? 2 : 1;
	}

	/** Code ends at as many backticks as it begins with; without them they are text. */
	private code(): void {
		const { text, at: start } = this;
		const from = endOfRun(text, start);
		const length = from - start;
		this.at = from;
		this.lastRuns ??= lastRunsOf(text);
		if ((this.lastRuns.get(length) ?? -1) < from) return;
		for (let close = text.indexOf('`', from); close >= 0; close = text.indexOf('`', this.at)) {
			this.at = endOfRun(text, close);
			if (this.at - close === length) {
				this.sink.code({ start, end: this.at }, { start: from, end: close });
				return;
			}
		}
	}

	/** The end of what begins with `<` at `at`; `undefined`: it is text. */
	private endOfAngle(at: number): number | undefined {
		const { text, mdx, sink } = this;
		const bare = mdx ? undefined : (this.endOfAutolink(at) ?? endOf(closingTag, text, at) ?? this.endOfDeclaration(at));
		if (bare !== undefined) return bare;
		const tag = readTag(text, at, mdx ? jsxTags((brace) => this.expressions.endOf(brace)) : strictTags);
		if (tag) sink.tag(tag);
		return tag?.span.end;
	}

	private endOfAutolink(at: number): number | undefined {
		const end = endOf(autolink, this.text, at);
		if (end !== undefined) this.sink.autolink({ start: at, end });
		return end;
	}

	/** Comments, processing instructions and what else of HTML has no name. */
	private endOfDeclaration(at: number): number | undefined {
		const { text } = this;
		if (text.startsWith('<!--', at)) {
			// `<!-->` and `<!--->` are whole.
			const end = text.startsWith('>', at + 4)
				? at + 5
				: text.startsWith('->', at + 4)
					? at + 6
					: this.behind('-->', at + 4);
			if (end !== undefined) this.sink.comment({ start: at, end }, { start: at + 4, end: Math.max(at + 4, end - 3) });
			return end;
		}
		if (text.startsWith('<![CDATA[', at)) return this.behind(']]>', at + 9);
		if (text.startsWith('<?', at)) return this.behind('?>', at + 2);
		return /[A-Za-z]/.test(text.charAt(at + 2)) && text.startsWith('<!', at) ? this.behind('>', at + 2) : undefined;
	}

	private behind(mark: string, from: number): number | undefined {
		const at = this.finder.next(mark, from);
		return at < this.text.length ? at + mark.length : undefined;
	}

	private expression(): void {
		const start = this.at;
		const end = this.expressions.endOf(start);
		this.at = end ?? start + 1;
		if (end === undefined) return;
		const inner = this.text.slice(start + 1, end - 1);
		const open = inner.length - inner.trimStart().length;
		const close = inner.trimEnd().length - 2;
		if (inner.startsWith('/*', open) && inner.indexOf('*/', open + 2) === close)
			this.sink.comment({ start, end }, { start: start + open + 3, end: start + close + 1 });
	}
}

function lastRunsOf(text: string): Map<number, number> {
	const runs = new Map<number, number>();
	for (let at = text.indexOf('`'); at >= 0;) {
		const end = endOfRun(text, at);
		runs.set(end - at, at);
		at = text.indexOf('`', end);
	}
	return runs;
}

function endOfRun(text: string, at: number): number {
	let end = at;
	while (text[end] === '`') end++;
	return end;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : undefined;
}
