import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { marginsForRatio } from '../../src/domain/margins';
import type { Rect, Size } from '../../src/domain/size';
import { waves } from '../unit/generation/alterParts';
import type { Colour } from './pictures';

export const size = { width: 700, height: 500 };
export const selected: Rect = { x: 420, y: 150, width: 160, height: 120 };
export const margins = marginsForRatio(size, { width: 16, height: 9 });

/** What is changed: a shift by half a pixel would be seen in it, and a model's size does not hide it. */
export const photo = waves(size);

/** A saved picture, read by a decoder of other people's; places are those of the photograph in it. */
export class Result {
	private readonly png: PNG;

	constructor(
		file: Uint8Array,
		private readonly at = { x: 0, y: 0 },
	) {
		this.png = PNG.sync.read(Buffer.from(file));
	}

	get size(): Size {
		return { width: this.png.width, height: this.png.height };
	}

	colour(x: number, y: number): Colour {
		return colourIn(this.png, x + this.at.x, y + this.at.y);
	}

	/** By how much any channel differs from the photograph's at most, in the places that count. */
	apart(counts: (x: number, y: number) => boolean): number {
		let most = 0;
		for (let y = 0, from = 0; y < size.height; y++) {
			let to = ((y + this.at.y) * this.png.width + this.at.x) * 4;
			for (let x = 0; x < size.width; x++, from += 4, to += 4) {
				if (!counts(x, y)) continue;
				for (let channel = 0; channel < 4; channel++) {
					const apart = Math.abs((this.png.data[to + channel] ?? 0) - (photo.data[from + channel] ?? 0));
					if (apart > most) most = apart;
				}
			}
		}
		return most;
	}
}

function colourIn(
	{ width, data }: { readonly width: number; readonly data: Uint8Array },
	x: number,
	y: number,
): Colour {
	const at = (y * width + x) * 4;
	return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

function distance(a: Colour, b: Colour): number {
	return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

/** A place, and how many pixels it lies inside of what is repainted. */
type Place = readonly [x: number, y: number, depth: number];

/** Within the selection, or so many pixels of it. */
export function isSelected(x: number, y: number, near = 0): boolean {
	const [across, down] = [x - selected.x + near, y - selected.y + near];
	return across >= 0 && down >= 0 && across < selected.width + 2 * near && down < selected.height + 2 * near;
}

/** Across the middle of the selection, both ways. */
export const inside: readonly Place[] = [
	...Array.from(
		{ length: selected.width },
		(_, x) => [selected.x + x, 210, Math.min(x + 1, selected.width - x)] as const,
	),
	...Array.from(
		{ length: selected.height },
		(_, y) => [500, selected.y + y, Math.min(y + 1, selected.height - y)] as const,
	),
];

/** Across what is added, on either side: all but the outermost pixels, on which what was sent from beyond the canvas may have come off. */
export const around: readonly Place[] = [60, 250, 440].flatMap((y) =>
	[
		{ first: -1, step: -1, length: margins.left - 2 },
		{ first: size.width, step: 1, length: margins.right - 2 },
	].flatMap(({ first, step, length }) =>
		Array.from({ length }, (_, index) => [first + step * index, y, index + 1] as const),
	),
);

/** The photograph; round it its border goes on. */
export function photoAt(x: number, y: number): Colour {
	return colourIn(photo, Math.min(size.width - 1, Math.max(0, x)), y);
}

/**
 * That it is painted where it is to be, and fades in over 8 pixels. Emulators paint in one colour; without a mask they mix it half and
 * half into what they were sent, so that it shows where that was.
 */
export function assertPainted(result: Result, places: readonly Place[], isMixed: boolean): void {
	const [x, y] = places.find(([, , depth]) => depth > 12) ?? assert.fail();
	const paint = mapped(result.colour(x, y), photoAt(x, y), (made, below) => (isMixed ? 2 * made - below : made));
	for (const [column, row, depth] of places) {
		const below = photoAt(column, row);
		const made = isMixed ? mapped(below, paint, (a, b) => (a + b) / 2) : paint;
		const share = Math.min(1, depth / 9);
		const expected = mapped(below, made, (a, b) => a + (b - a) * share);
		const apart = distance(result.colour(column, row), expected);
		assert.ok(apart <= 2, `${column},${row}: ${result.colour(column, row).join()} instead of ${expected.join()}`);
	}
}

function mapped(a: Colour, b: Colour, to: (a: number, b: number) => number): Colour {
	return [to(a[0], b[0]), to(a[1], b[1]), to(a[2], b[2])];
}
