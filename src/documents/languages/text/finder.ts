/** Finds the next of something in a text again and again, ever further on, and looks at no part of the text twice for it. */
export class Finder {
	private readonly known = new Map<string | RegExp, { readonly from: number; readonly found: number }>();

	constructor(readonly text: string) {}

	/** Where the next one begins, at `from` or behind; behind the text where there is none. A pattern has the flag `g`. */
	next(wanted: string | RegExp, from: number): number {
		const known = this.known.get(wanted);
		if (known && known.from <= from && known.found >= from) return known.found;
		const found = this.search(wanted, from);
		this.known.set(wanted, { from, found });
		return found;
	}

	private search(wanted: string | RegExp, from: number): number {
		if (typeof wanted === 'string') {
			const found = this.text.indexOf(wanted, from);
			return found < 0 ? this.text.length : found;
		}
		wanted.lastIndex = from;
		return wanted.exec(this.text)?.index ?? this.text.length;
	}
}
