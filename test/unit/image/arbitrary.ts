import * as fc from 'fast-check';
import type { Rect, Size } from '../../../src/domain/size';
import { maskOfRects } from '../../../src/image/mask';
import type { Mask, Pixels } from '../../../src/image/pixels';
import { noise } from '../builders';

const side = fc.integer({ min: 1, max: 40 });

export const sizes: fc.Arbitrary<Size> = fc.record({ width: side, height: side });

/** A picture of this size: noise, opaque, half clear, or all clear with colours under it. */
export function picturesOf({ width, height }: Size): fc.Arbitrary<Pixels> {
	return fc
		.tuple(fc.integer(), fc.constantFrom(undefined, 255, 130, 0))
		.map(([salt, alpha]) => noise(width, height, salt, alpha));
}

export const pictures: fc.Arbitrary<Pixels> = sizes.chain(picturesOf);

/** Rectangles near a picture, some of them beyond it. */
export const rects: fc.Arbitrary<Rect> = fc.record({
	x: fc.integer({ min: -20, max: 50 }),
	y: fc.integer({ min: -20, max: 50 }),
	width: side,
	height: side,
});

/** A mask of this size: rectangles, every value, specks in something kept, holes in something repainted, one pixel, all, none. */
export function masksOf(size: Size): fc.Arbitrary<Mask> {
	const count = size.width * size.height;
	const salted = (valueOf: (value: number) => number) => fc.integer().map((salt) => maskFrom(size, salt, valueOf));
	return fc.oneof(
		fc.array(rects, { maxLength: 5 }).map((list) => maskOfRects(size, list)),
		salted((value) => value),
		salted((value) => (value < 40 ? 255 : 0)),
		salted((value) => (value < 20 ? 0 : 255)),
		salted((value) => (value < 100 ? 0 : value > 160 ? 255 : value)),
		fc.integer({ min: 0, max: count - 1 }).map((pixel) => plainMask(size, (at) => (at === pixel ? 255 : 0))),
		fc.constantFrom(0, 255).map((value) => plainMask(size, () => value)),
	);
}

export const masks: fc.Arbitrary<Mask> = sizes.chain(masksOf);

function maskFrom(size: Size, salt: number, valueOf: (value: number) => number): Mask {
	const { data } = noise(size.width, size.height, salt);
	return plainMask(size, (at) => valueOf(data[at * 4 + 1] ?? 0));
}

/** A mask by the index of its pixels. */
export function plainMask({ width, height }: Size, valueAt: (at: number) => number): Mask {
	return { width, height, data: Uint8Array.from({ length: width * height }, (_, at) => valueAt(at)) };
}

/** A mask as it is drawn: `#` is repainted, what else is kept. */
export function drawnMask(...rows: readonly string[]): Mask {
	const width = rows[0]?.length ?? 0;
	return plainMask({ width, height: rows.length }, (at) => (rows.join('')[at] === '#' ? 255 : 0));
}

/** A picture of a smooth course of colours, as pictures are; opaque. */
export function smooth({ width, height }: Size): Pixels {
	const data = new Uint8Array(width * height * 4);
	for (let y = 0, at = 0; y < height; y++) {
		for (let x = 0; x < width; x++, at += 4) {
			data[at] = 128 + 100 * Math.sin(x / 19);
			data[at + 1] = 128 + 100 * Math.cos(y / 23);
			data[at + 2] = (255 * (x + y)) / (width + height);
			data[at + 3] = 255;
		}
	}
	return { width, height, data };
}

/** The four bytes of a pixel; of the nearest one outside of the picture. */
export function nearestPixel({ width, height, data }: Pixels, x: number, y: number): number[] {
	const [column, row] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))];
	const at = (row * width + column) * 4;
	return [...data.subarray(at, at + 4)];
}

/** The value of a mask, 0 outside of it. */
export function valueAt({ width, height, data }: Mask, x: number, y: number): number {
	return x < 0 || y < 0 || x >= width || y >= height ? 0 : (data[y * width + x] ?? 0);
}

/** The greatest difference of two pictures of one size, of all bytes. */
export function greatestDifference(a: Pixels, b: Pixels): number {
	let most = a.data.length === b.data.length ? 0 : Infinity;
	for (let at = 0; at < a.data.length; at++) most = Math.max(most, Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)));
	return most;
}
