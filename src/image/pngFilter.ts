/**
 * How a row of a PNG is written: as it is, or each byte less what its neighbours make likely: the one to the left, the one above,
 * their mean, or Paeth's choice. `left` means the same byte of the pixel to the left.
 */
const filters = [0, 1, 2, 3, 4] as const;
export type Filter = (typeof filters)[number];

/** A row among others that lie one behind another, each behind a byte that names its filter. */
export interface FilteredRow {
	/** Where its bytes begin. */
	readonly at: number;
	readonly length: number;
	/** Bytes of a pixel, at least 1. */
	readonly step: number;
	/** Whether there is none above it. */
	readonly isFirst: boolean;
}

/** Undoes the filter of a row in place; `false` where there is no such filter. */
export function unfilterRow(rows: Uint8Array, { at, length, step, isFirst }: FilteredRow): boolean {
	const end = at + length;
	const above = length + 1;
	switch (rows[at - 1] ?? 0) {
		case 0:
			return true;
		case 1:
			return addLeft(rows, at, end, step);
		case 2:
			return isFirst || addAbove(rows, at, end, above);
		case 3:
			return isFirst ? addHalfLeft(rows, at, end, step) : addMean(rows, at, end, step, above);
		case 4:
			return isFirst ? addLeft(rows, at, end, step) : addPaeth(rows, at, end, step, above);
		default:
			return false;
	}
}

function addLeft(rows: Uint8Array, at: number, end: number, step: number): true {
	for (let i = at + step; i < end; i++) rows[i] = (rows[i] ?? 0) + (rows[i - step] ?? 0);
	return true;
}

function addAbove(rows: Uint8Array, at: number, end: number, above: number): true {
	for (let i = at; i < end; i++) rows[i] = (rows[i] ?? 0) + (rows[i - above] ?? 0);
	return true;
}

function addHalfLeft(rows: Uint8Array, at: number, end: number, step: number): true {
	for (let i = at + step; i < end; i++) rows[i] = (rows[i] ?? 0) + ((rows[i - step] ?? 0) >> 1);
	return true;
}

function addMean(rows: Uint8Array, at: number, end: number, step: number, above: number): true {
	const second = Math.min(at + step, end);
	for (let i = at; i < second; i++) rows[i] = (rows[i] ?? 0) + ((rows[i - above] ?? 0) >> 1);
	for (let i = second; i < end; i++) {
		rows[i] = (rows[i] ?? 0) + (((rows[i - step] ?? 0) + (rows[i - above] ?? 0)) >> 1);
	}
	return true;
}

function addPaeth(rows: Uint8Array, at: number, end: number, step: number, above: number): true {
	const second = Math.min(at + step, end);
	addAbove(rows, at, second, above);
	for (let i = second; i < end; i++) {
		rows[i] = (rows[i] ?? 0) + paeth(rows[i - step] ?? 0, rows[i - above] ?? 0, rows[i - above - step] ?? 0);
	}
	return true;
}

/** Of left, above and above left the one that is nearest to left + above - above left. */
function paeth(left: number, above: number, corner: number): number {
	const fromLeft = Math.abs(above - corner);
	const fromAbove = Math.abs(left - corner);
	const fromCorner = Math.abs(left + above - corner - corner);
	if (fromLeft <= fromAbove && fromLeft <= fromCorner) return left;
	return fromAbove <= fromCorner ? above : corner;
}

/** Writes a row's filtered bytes. `row` and `above` begin with `step` zeros, so that the first pixel has a neighbour; `into` does not. */
export function filterRow(filter: Filter, row: Uint8Array, above: Uint8Array, step: number, into: Uint8Array): void {
	switch (filter) {
		case 0:
			into.set(row.subarray(step));
			return;
		case 1:
			for (let i = step; i < row.length; i++) into[i - step] = (row[i] ?? 0) - (row[i - step] ?? 0);
			return;
		case 2:
			for (let i = step; i < row.length; i++) into[i - step] = (row[i] ?? 0) - (above[i] ?? 0);
			return;
		case 3:
			for (let i = step; i < row.length; i++) {
				into[i - step] = (row[i] ?? 0) - (((row[i - step] ?? 0) + (above[i] ?? 0)) >> 1);
			}
			return;
		case 4:
			for (let i = step; i < row.length; i++) {
				into[i - step] = (row[i] ?? 0) - paeth(row[i - step] ?? 0, above[i] ?? 0, above[i - step] ?? 0);
			}
			return;
	}
}

/** Every so many bytes of a long row one is looked at: prime to the bytes of a pixel, so that all channels have their turn. */
const stride = 5;

/** The filter that leaves the smallest differences. `row` and `above` begin with `step` zeros. */
export function likeliestFilter(row: Uint8Array, above: Uint8Array, step: number): Filter {
	let [none, left, up, mean, choice] = [0, 0, 0, 0, 0];
	for (let i = step; i < row.length; i += row.length > 512 ? stride : 1) {
		const [byte, a, b, c] = [row[i] ?? 0, row[i - step] ?? 0, above[i] ?? 0, above[i - step] ?? 0];
		none += distance(byte);
		left += distance(byte - a);
		up += distance(byte - b);
		mean += distance(byte - ((a + b) >> 1));
		choice += distance(byte - paeth(a, b, c));
	}
	const sums = [none, left, up, mean, choice];
	const least = Math.min(...sums);
	return filters.find((filter) => sums[filter] === least) ?? 0;
}

/** How far from 0 a difference is, as a byte with a sign. */
function distance(difference: number): number {
	return Math.abs((difference << 24) >> 24);
}
