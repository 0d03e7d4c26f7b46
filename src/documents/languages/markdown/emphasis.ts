import type { Span } from '../../span';

/** Asterisks or underscores beside each other that may begin or end emphasis. */
interface Run {
	readonly at: number;
	readonly length: number;
	readonly mark: string;
	readonly opens: boolean;
	readonly closes: boolean;
	/** How many at its beginning and at its end are taken: an opener gives its last ones, a closer its first ones. */
	taken: number;
	given: number;
}

/** Finds the asterisks and underscores of a text that are marks of emphasis, by CommonMark's algorithm. */
export class Emphasis {
	private readonly runs: Run[] = [];

	constructor(private readonly text: string) {}

	/** The signs beside each other that begin at `at`; says how many they are. */
	add(at: number): number {
		const { text } = this;
		const mark = text.charAt(at);
		let end = at;
		while (text[end] === mark) end++;
		const before = characterBefore(text, at);
		const after = characterAt(text, end);
		const left = !isBlank(after) && (!isSign(after) || isBlank(before) || isSign(before));
		const right = !isBlank(before) && (!isSign(before) || isBlank(after) || isSign(after));
		const opens = left && (mark === '*' || !right || isSign(before));
		const closes = right && (mark === '*' || !left || isSign(after));
		this.runs.push({ at, length: end - at, mark, opens, closes, taken: 0, given: 0 });
		return end - at;
	}

	/** The marks of emphasis from `start` to the end of what was added, which is not looked at again. */
	marksSince(start: number): Span[] {
		let first = this.runs.length;
		while (first > 0 && (this.runs[first - 1]?.at ?? 0) >= start) first--;
		return pair(this.runs.splice(first));
	}
}

function pair(runs: readonly Run[]): Span[] {
	const marks: Span[] = [];
	/** Runs that may still begin something. */
	const open: Run[] = [];
	/** Below this many openers none is for such a closer: what was looked through in vain is not looked through again. */
	const bottoms = new Map<string, number>();
	for (const closer of runs) {
		while (closer.closes && rest(closer) > 0) {
			const key = `${closer.mark}${closer.opens}${closer.length % 3}`;
			const bottom = bottoms.get(key) ?? 0;
			let index = open.length - 1;
			while (index >= bottom && !matches(open[index], closer)) index--;
			const opener = index >= bottom ? open[index] : undefined;
			if (!opener) {
				bottoms.set(key, open.length);
				break;
			}
			const count = rest(opener) >= 2 && rest(closer) >= 2 ? 2 : 1;
			opener.given += count;
			const begin = opener.at + opener.length - opener.given;
			marks.push({ start: begin, end: begin + count });
			marks.push({ start: closer.at + closer.taken, end: closer.at + closer.taken + count });
			closer.taken += count;
			open.length = rest(opener) > 0 ? index + 1 : index;
			for (const [each, value] of bottoms) if (value > open.length) bottoms.set(each, open.length);
		}
		if (closer.opens && rest(closer) > 0) open.push(closer);
	}
	return marks;
}

function matches(opener: Run | undefined, closer: Run): boolean {
	if (opener?.mark !== closer.mark) return false;
	const isOdd = opener.closes || closer.opens;
	return !isOdd || (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}

function rest({ length, taken, given }: Run): number {
	return length - taken - given;
}

function characterAt(text: string, at: number): string {
	const code = text.codePointAt(at);
	return code === undefined ? '' : String.fromCodePoint(code);
}

function characterBefore(text: string, at: number): string {
	const isPair = /[\uDC00-\uDFFF]/.test(text.charAt(at - 1)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 2));
	return text.slice(Math.max(0, at - (isPair ? 2 : 1)), at);
}

function isBlank(character: string): boolean {
	return character === '' || /\s/.test(character);
}

function isSign(character: string): boolean {
	return /[\p{P}\p{S}]/u.test(character);
}
