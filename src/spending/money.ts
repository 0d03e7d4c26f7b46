/** Millionths of a USD, whole: sums of them do not drift. What no price can be (less than nothing, no number) is 0, what is beyond all measure a billion USD. */
export type Micros = number;

const most = 1e15;

export function microsOf(usd: number): Micros {
	return usd > 0 ? Math.min(most, Math.round(usd * 1e6)) : 0;
}

export function usdOf(micros: Micros): number {
	return micros / 1e6;
}

/** The sum of so many USD, exact to a millionth, in whatever order they come. */
export function sumOfUsd(amounts: Iterable<number>): number {
	let sum = 0;
	for (const usd of amounts) sum += microsOf(usd);
	return usdOf(sum);
}
