/** A repeatable source of chances: the same text always gives the same row of numbers. */
export interface Dice {
	/** The next number, 0 <= n < 1. */
	readonly next: () => number;
	/** A number from `low` up to, but not including, `high`. */
	readonly between: (low: number, high: number) => number;
	/** A whole number from `low` to `high`, both included. */
	readonly whole: (low: number, high: number) => number;
	/** True in about `share` (0 to 1) of the throws. */
	readonly chance: (share: number) => boolean;
	/** One of the list. */
	readonly pick: <Item>(list: readonly [Item, ...Item[]]) => Item;
}

/** A 32-bit hash of a text's UTF-16 units (FNV-1a, then mixed until every bit depends on every unit). */
export function hash(text: string, basis = 0x811c9dc5): number {
	let value = basis;
	for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
	value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
	return (value ^ (value >>> 16)) >>> 0;
}

/** Dice loaded with a text. */
export function dice(text: string): Dice {
	const next = sfc32(hash(text), hash(text, 0x9e3779b9), hash(text, 0x243f6a88));
	const between = (low: number, high: number): number => low + (high - low) * next();
	const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
	return {
		next,
		between,
		whole,
		chance: (share) => next() < share,
		pick: (list) => list[whole(0, list.length - 1)] ?? list[0],
	};
}

/** Chris Doty-Humphrey's small fast counter generator: 32-bit whole-number maths only, so it never differs by machine. */
function sfc32(first: number, second: number, third: number): () => number {
	let a = first | 0;
	let b = second | 0;
	let c = third | 0;
	let counter = 1;
	const step = (): number => {
		const sum = (a + b + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + sum;
		return (sum >>> 0) / 4294967296;
	};
	for (let i = 0; i < 12; i++) step();
	return step;
}
