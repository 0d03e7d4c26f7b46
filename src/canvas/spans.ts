import type { Rect } from '../domain/size';

/** Told of pixels beside each other in a row: those from one column to before another. */
export type OnSpan = (row: number, from: number, end: number) => void;

/** The column (or row) of the first pixel whose middle is at a place or behind it. */
export function firstFrom(place: number): number {
	return Math.ceil(place + 0.5) - 1;
}

/** The column (or row) behind the last pixel whose middle is at a place or before it. */
export function endAt(place: number): number {
	return Math.floor(place - 0.5) + 1;
}

/**
 * Passes on what of spans lies in a part of the picture, with those joined that overlap or touch and come one after another: what overlaps
 * itself a thousand times, as a thick line does, is filled once. `finish` passes on what is left.
 */
export function joined(part: Rect, onSpan: OnSpan): { readonly add: OnSpan; readonly finish: () => void } {
	const froms = new Int32Array(part.height).fill(-1);
	const ends = new Int32Array(part.height);
	const add = (row: number, wishedFrom: number, wishedEnd: number): void => {
		const from = Math.max(part.x, wishedFrom);
		const end = Math.min(part.x + part.width, wishedEnd);
		const at = row - part.y;
		const [lastFrom, lastEnd] = [froms[at], ends[at]];
		if (from >= end || lastFrom === undefined || lastEnd === undefined) return;
		const joins = lastFrom >= 0 && from <= lastEnd && end >= lastFrom;
		if (lastFrom >= 0 && !joins) onSpan(row, lastFrom, lastEnd);
		froms[at] = joins ? Math.min(from, lastFrom) : from;
		ends[at] = joins ? Math.max(end, lastEnd) : end;
	};
	const finish = (): void => {
		for (const [at, from] of froms.entries()) if (from >= 0) onSpan(part.y + at, from, ends[at] ?? 0);
	};
	return { add, finish };
}
