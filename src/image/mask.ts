import { type Margins, withMargins } from '../domain/margins';
import type { Rect, Size } from '../domain/size';
import { isOpaque } from './opaque';
import { overlap } from './overlap';
import type { Mask, Pixels } from './pixels';

/** Repaints the rectangles, whole pixels each; what of them is outside the picture does not count. */
export function maskOfRects(size: Size, rects: readonly Rect[]): Mask {
	const mask = plainMask(size, 0);
	for (const rect of rects) fill(mask, rect, 255);
	return mask;
}

/** The mask of an expansion: on the larger canvas everything is repainted but the source. `source` is its size. */
export function maskOfMargins(source: Size, margins: Margins): Mask {
	const mask = plainMask(withMargins(source, margins), 255);
	fill(mask, { x: margins.left, y: margins.top, width: source.width, height: source.height }, 0);
	return mask;
}

/**
 * Reads a picture of a mask: where it is transparent it is repainted, the more the clearer. One without any transparency
 * is read by brightness: white is repainted.
 */
export function maskOfPicture(pixels: Pixels): Mask {
	const { width, height, data } = pixels;
	const byBrightness = isOpaque(pixels);
	const values = new Uint8Array(width * height);
	for (let pixel = 0, at = 0; pixel < values.length; pixel++, at += 4) {
		values[pixel] = byBrightness ? brightness(data, at) : 255 - (data[at + 3] ?? 0);
	}
	return { width, height, data: values };
}

/** The smallest rectangle round everything that is repainted, however little. `undefined`: nothing is. */
export function boxOf({ width, height, data }: Mask): Rect | undefined {
	let [left, right, top, bottom] = [width, -1, height, -1];
	for (let y = 0; y < height; y++) {
		const start = y * width;
		let first = 0;
		while (first < width && data[start + first] === 0) first++;
		if (first === width) continue;
		let last = width - 1;
		while (last > right && data[start + last] === 0) last--;
		left = Math.min(left, first);
		right = Math.max(right, last);
		top = Math.min(top, y);
		bottom = y;
	}
	return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * The form that nearly every API understands, whether it reads alpha or brightness: clear white where the picture is repainted,
 * opaque black where it is kept.
 */
export function combinedForm(mask: Mask): Pixels {
	return drawn(mask, (value) => 255 - value);
}

/** Black where the picture is repainted, white where it is kept, nothing transparent: for models that read masks so. */
export function inverseForm({ width, height, data }: Mask): Pixels {
	return drawn({ width, height, data: data.map((value) => 255 - value) }, () => 255);
}

function drawn({ width, height, data }: Mask, alphaOf: (value: number) => number): Pixels {
	const pixels = new Uint8Array(data.length * 4);
	for (let pixel = 0, at = 0; pixel < data.length; pixel++, at += 4) {
		const value = data[pixel] ?? 0;
		pixels[at] = value;
		pixels[at + 1] = value;
		pixels[at + 2] = value;
		pixels[at + 3] = alphaOf(value);
	}
	return { width, height, data: pixels };
}

function plainMask({ width, height }: Size, value: number): Mask {
	return { width, height, data: new Uint8Array(width * height).fill(value) };
}

function fill({ width, height, data }: Mask, rect: Rect, value: number): void {
	const inside = overlap(rect, { x: 0, y: 0, width, height });
	for (let y = inside.y; y < inside.y + inside.height; y++) {
		data.fill(value, y * width + inside.x, y * width + inside.x + inside.width);
	}
}

/** Weighted as the eye does (ITU-R BT.601, as most servers read masks); the weights add up to 65536, so a grey stays what it is. */
function brightness(data: Uint8Array, at: number): number {
	return ((data[at] ?? 0) * 19595 + (data[at + 1] ?? 0) * 38470 + (data[at + 2] ?? 0) * 7471 + 32768) >> 16;
}
