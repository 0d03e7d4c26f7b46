/** What so great a part of the figures is below. */
export function share(figures: readonly number[], part: number): number {
	return figures.toSorted((a, b) => a - b)[Math.floor(figures.length * part)] ?? Number.NaN;
}

/** Of figures in any order. */
export function median(figures: readonly number[]): number {
	return share(figures, 0.5);
}
