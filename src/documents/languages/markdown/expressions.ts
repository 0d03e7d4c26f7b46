/** Finds the ends of JavaScript between braces, in a text where that may stand anywhere. */
export class Expressions {
	private readonly ends = new Map<number, number>();
	/** From here on everything is known: some brace there is never closed. */
	private known: number;

	constructor(private readonly text: string) {
		this.known = text.length;
	}

	/** Behind the brace that closes the one at `at`; `undefined`: none does. */
	endOf(at: number): number | undefined {
		if (at < this.known && !this.ends.has(at)) this.scan(at);
		return this.ends.get(at);
	}

	/** Braces in strings, templates and comments count for nothing. Those of regular expressions are counted: few have one alone. */
	private scan(from: number): void {
		const { text, ends } = this;
		/** Braces that are open, and -1 for each template. */
		const open: number[] = [];
		let at = from;
		do {
			const character = text[at];
			if (character === '\\') at++;
			else if (open.at(-1) === -1) {
				if (character === '`') open.pop();
				else if (character === '$' && text[at + 1] === '{') open.push(++at);
			} else if (character === '{') open.push(at);
			else if (character === '}') ends.set(open.pop() ?? from, at + 1);
			else if (character === '`') open.push(-1);
			else at = this.endOfQuiet(at) - 1;
			at++;
		} while (open.length > 0 && at < text.length);
		if (open.length > 0) this.known = from;
	}

	/** Behind a string or a comment that begins at `at`, else behind the character. An apostrophe of some text has no other in its line. */
	private endOfQuiet(at: number): number {
		const { text } = this;
		const character = text[at];
		if (character === '"' || character === "'") {
			for (let end = at + 1; end < text.length && text[end] !== '\n'; end++) {
				if (text[end] === '\\') end++;
				else if (text[end] === character) return end + 1;
			}
		}
		if (character !== '/' || (text[at + 1] !== '*' && text[at + 1] !== '/')) return at + 1;
		const block = text[at + 1] === '*';
		const end = text.indexOf(block ? '*/' : '\n', at + 2);
		return end < 0 ? text.length : end + (block ? 2 : 1);
	}
}
