import { Expressions } from './expressions';
import { Finder } from '../text/finder';
import { jsxTags, readTag } from './imgTag';

const importOrExport = /(?:import|export) /y;
const otherTag = /<\/?[\w$:.-]*\s*>/y;
const blankLine = /\n[ \t\r]*(?:\n|$)/g;

/** Finds the ends of what stands between the paragraphs of an MDX document: tags, expressions, imports and exports. */
export class MdxFlow {
	private readonly expressions: Expressions;
	private readonly finder: Finder;

	constructor(private readonly text: string) {
		this.expressions = new Expressions(text);
		this.finder = new Finder(text);
	}

	/** The end of the code that begins at `at`, where a line begins; `undefined`: none does. A blank line ends it, but not between braces. */
	endOfModule(at: number): number | undefined {
		importOrExport.lastIndex = at;
		if (!importOrExport.test(this.text)) return undefined;
		for (let from = at; ;) {
			const blank = this.finder.next(blankLine, from);
			const brace = this.finder.next('{', from);
			if (blank <= brace) return blank;
			from = this.expressions.endOf(brace) ?? brace + 1;
		}
	}

	/** The end of tags and expressions at `at` that have their lines for themselves; `undefined`: what is there is text. */
	endOfFlow(at: number): number | undefined {
		const { text } = this;
		let end = at;
		for (;;) {
			while (text[end] === ' ' || text[end] === '\t' || text[end] === '\r') end++;
			if (end >= text.length || text[end] === '\n') return end;
			const behind = this.endOfPart(end);
			if (behind === undefined) return undefined;
			end = behind;
		}
	}

	private endOfPart(at: number): number | undefined {
		if (this.text[at] === '{') return this.expressions.endOf(at);
		if (this.text[at] !== '<') return undefined;
		otherTag.lastIndex = at;
		if (otherTag.test(this.text)) return otherTag.lastIndex;
		return readTag(
			this.text,
			at,
			jsxTags((brace) => this.expressions.endOf(brace)),
		)?.span.end;
	}
}
