import type { Size } from '../domain/size';
import { overlap } from './overlap';
import type { Mask, Pixels } from './pixels';

/**
 * A new picture of a source and what was painted for it, which begins at `at` (whole pixels of the source). The mask has the source's
 * size. Where it is 0, and where nothing was painted, are the source's bytes; where it is 255 those of the painted picture; between, both are blended,
 * each colour by its alpha.
 */
export function composite(source: Pixels, painted: Pixels, mask: Mask, at = { x: 0, y: 0 }): Pixels {
	mustBeAlike(source, mask);
	const { width, height } = source;
	const data = source.data.slice();
	const place = { ...at, width: painted.width, height: painted.height };
	const area = overlap(place, { x: 0, y: 0, width, height });
	for (let y = area.y; y < area.y + area.height; y++) {
		const first = y * width + area.x;
		const from = ((y - at.y) * painted.width + area.x - at.x) * 4;
		const shares = mask.data.subarray(first, first + area.width);
		paintRow(data.subarray(first * 4, (first + area.width) * 4), painted.data.subarray(from), shares);
	}
	return { width, height, data };
}

/** How many pixels of those that a mask keeps differ in any byte. All three have the same size. */
export function changedOutside(before: Pixels, after: Pixels, mask: Mask): number {
	mustBeAlike(before, mask);
	mustBeAlike(before, after);
	let count = 0;
	for (let pixel = 0, at = 0; pixel < mask.data.length; pixel++, at += 4) {
		if (mask.data[pixel] === 0 && differ(before.data, after.data, at)) count++;
	}
	return count;
}

function differ(a: Uint8Array, b: Uint8Array, at: number): boolean {
	return a[at] !== b[at] || a[at + 1] !== b[at + 1] || a[at + 2] !== b[at + 2] || a[at + 3] !== b[at + 3];
}

/** A mask of another picture would not fail, only keep the wrong pixels. */
function mustBeAlike(a: Size, b: Size): void {
	if (a.width !== b.width || a.height !== b.height) {
		throw new Error(`${a.width}x${a.height} and ${b.width}x${b.height} are not one picture.`);
	}
}

function paintRow(row: Uint8Array, painted: Uint8Array, shares: Uint8Array): void {
	for (let pixel = 0, at = 0; pixel < shares.length; pixel++, at += 4) {
		const share = shares[pixel] ?? 0;
		if (share === 255) {
			row[at] = painted[at] ?? 0;
			row[at + 1] = painted[at + 1] ?? 0;
			row[at + 2] = painted[at + 2] ?? 0;
			row[at + 3] = painted[at + 3] ?? 0;
		} else if (share !== 0) {
			blend(row, painted, at, share);
		}
	}
}

/** Blends a pixel into another one; `share` of 255 is its part. Where both are clear nothing changes. */
function blend(row: Uint8Array, painted: Uint8Array, at: number, share: number): void {
	const below = (row[at + 3] ?? 0) * (255 - share);
	const above = (painted[at + 3] ?? 0) * share;
	const alpha = below + above;
	if (alpha === 0) return;
	row[at] = mean(row[at] ?? 0, below, painted[at] ?? 0, above, alpha);
	row[at + 1] = mean(row[at + 1] ?? 0, below, painted[at + 1] ?? 0, above, alpha);
	row[at + 2] = mean(row[at + 2] ?? 0, below, painted[at + 2] ?? 0, above, alpha);
	row[at + 3] = Math.round(alpha / 255);
}

/** The mean of two bytes, weighted. */
function mean(a: number, below: number, b: number, above: number, sum: number): number {
	return Math.round((a * below + b * above) / sum);
}
