import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Rect } from '../../../src/domain/size';
import { composite, changedOutside } from '../../../src/image/composite';
import { framed, framedMask, onCanvas, placed } from '../../../src/image/frame';
import { maskOfMargins } from '../../../src/image/mask';
import { overlap } from '../../../src/image/overlap';
import { scaled } from '../../../src/image/resample';
import type { Mask, Pixels } from '../../../src/image/pixels';
import { noise } from '../builders';
import {
	drawnMask,
	greatestDifference,
	masks,
	nearestPixel,
	pictures,
	plainMask,
	rects,
	sizes,
	smooth,
	valueAt,
} from './arbitrary';

const margin = fc.integer({ min: 0, max: 25 });
const margins = fc.record({ top: margin, right: margin, bottom: margin, left: margin });

/** The part of a canvas in a rectangle that lies on it. */
function cut(canvas: Pixels, { x, y, width, height }: Rect): Pixels {
	const rows = Array.from({ length: height }, (_, row) => {
		const start = ((y + row) * canvas.width + x) * 4;
		return [...canvas.data.subarray(start, start + width * 4)];
	});
	return { width, height, data: Uint8Array.from(rows.flat()) };
}

function boundsOf({ width, height }: Pixels): Rect {
	return { x: 0, y: 0, width, height };
}

/** The pixels of a scaled side that cover a part of pixel `index`: in whole numbers, without any rounding. */
function coverers(index: number, side: number, length: number): number[] {
	const all = Array.from({ length }, (_, place) => place);
	return all.filter((place) => place * side < (index + 1) * length && (place + 1) * side > index * length);
}

describe('a source on a larger canvas', () => {
	it('stays byte for byte, and its border goes on round it', () => {
		fc.assert(
			fc.property(pictures, margins, (source, added) => {
				const canvas = onCanvas(source, added);
				const { top, right, bottom, left } = added;
				assert.deepEqual([canvas.width, canvas.height], [source.width + left + right, source.height + top + bottom]);
				for (let y = 0; y < canvas.height; y++) {
					for (let x = 0; x < canvas.width; x++) {
						assert.deepEqual(nearestPixel(canvas, x, y), nearestPixel(source, x - left, y - top));
					}
				}
			}),
			{ numRuns: 40 },
		);
	});

	it('survives whatever is painted round it', () => {
		fc.assert(
			fc.property(pictures, margins, fc.integer(), (source, added, salt) => {
				const canvas = onCanvas(source, added);
				const mask = maskOfMargins(source, added);
				const result = composite(canvas, noise(canvas.width, canvas.height, salt), mask);
				assert.equal(changedOutside(canvas, result, mask), 0);
				const place = { x: added.left, y: added.top, width: source.width, height: source.height };
				assert.deepEqual(cut(result, place), source);
			}),
		);
	});
});

describe('what is in a frame', () => {
	it('is the canvas, pixel by pixel, and its border beyond it', () => {
		fc.assert(
			fc.property(pictures, rects, (canvas, frame) => {
				const seen = framed(canvas, frame, frame);
				assert.deepEqual([seen.width, seen.height], [frame.width, frame.height]);
				for (let y = 0; y < frame.height; y++) {
					for (let x = 0; x < frame.width; x++) {
						assert.deepEqual(nearestPixel(seen, x, y), nearestPixel(canvas, frame.x + x, frame.y + y));
					}
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('is the same scaled as a copy of it would be', () => {
		fc.assert(
			fc.property(pictures, rects, sizes, (canvas, frame, sent) => {
				assert.deepEqual(framed(canvas, frame, sent), scaled(framed(canvas, frame, frame), sent));
			}),
		);
	});
});

describe('what a model made for a frame', () => {
	it('is the canvas again where the model changed nothing and nothing was scaled', () => {
		fc.assert(
			fc.property(pictures, rects, (canvas, frame) => {
				const { pixels, at, cropped } = placed(framed(canvas, frame, frame), frame, canvas);
				const part = overlap(frame, boundsOf(canvas));
				assert.deepEqual({ ...at, width: pixels.width, height: pixels.height }, part);
				assert.deepEqual(pixels, cut(canvas, part));
				assert.equal(cropped, false);
				const everywhere = plainMask(canvas, () => 255);
				assert.deepEqual(composite(canvas, pixels, everywhere, at), canvas);
			}),
		);
	});

	it('is nearly the canvas again where it was scaled', () => {
		const canvas = smooth({ width: 120, height: 90 });
		const frames: readonly Rect[] = [
			{ x: 0, y: 0, width: 120, height: 90 },
			{ x: 30, y: 20, width: 64, height: 48 },
			{ x: -16, y: -20, width: 160, height: 120 },
			{ x: 70, y: 50, width: 80, height: 60 },
		];
		for (const frame of frames) {
			for (const scale of [0.5, 0.8, 1.3, 2]) {
				const sent = { width: Math.round(frame.width * scale), height: Math.round(frame.height * scale) };
				const { pixels, at, cropped } = placed(framed(canvas, frame, sent), frame, canvas, sent);
				const part = cut(canvas, { ...at, width: pixels.width, height: pixels.height });
				const most = greatestDifference(pixels, part);
				// Where the border's colours go on, the picture's course breaks off: that is less smooth.
				assert.ok(most <= (scale < 1 ? 12 : 4), `${JSON.stringify(frame)} at ${scale}: ${most}`);
				assert.equal(cropped, false);
			}
		}
	});

	it('always fills the part of the frame that is on the canvas', () => {
		fc.assert(
			fc.property(pictures, rects, sizes, sizes, (made, frame, canvas, sent) => {
				const { pixels, at } = placed(made, frame, canvas, sent);
				assert.deepEqual(
					{ ...at, width: pixels.width, height: pixels.height },
					overlap(frame, { x: 0, y: 0, ...canvas }),
				);
				assert.equal(pixels.data.length, pixels.width * pixels.height * 4);
			}),
		);
	});

	it('covers a frame of another ratio, in the middle', () => {
		const wide = smooth({ width: 60, height: 20 });
		const frame = { x: 0, y: 0, width: 20, height: 20 };
		const { pixels, cropped } = placed(wide, frame, frame);
		assert.deepEqual(pixels, cut(wide, { x: 20, y: 0, width: 20, height: 20 }));
		assert.equal(cropped, true);
		const high = smooth({ width: 20, height: 50 });
		assert.deepEqual(placed(high, frame, frame).pixels, cut(high, { x: 0, y: 15, width: 20, height: 20 }));
	});

	it('is squeezed where its ratio is off by as little as whole pixels make it', () => {
		const frame = { x: 0, y: 0, width: 100, height: 100 };
		assert.equal(placed(smooth({ width: 101, height: 100 }), frame, frame).cropped, false);
		assert.equal(placed(smooth({ width: 100, height: 103 }), frame, frame).cropped, true);
	});

	it('is stretched back where it was asked for squeezed', () => {
		const canvas = smooth({ width: 100, height: 60 });
		const frame = boundsOf(canvas);
		const sent = { width: 128, height: 64 };
		const back = placed(framed(canvas, frame, sent), frame, canvas, sent);
		assert.equal(back.cropped, false);
		assert.ok(greatestDifference(back.pixels, canvas) <= 3);
		const larger = placed(scaled(framed(canvas, frame, sent), { width: 256, height: 128 }), frame, canvas, sent);
		assert.equal(larger.cropped, false, 'twice the size has the same ratio');
		assert.ok(greatestDifference(larger.pixels, canvas) <= 3);
	});

	it('covers its canvas in whole pixels, though the frame is not of whole ones', () => {
		const frame = { x: 0, y: -63.16129032258064, width: 2, height: 2053.1612903225805 };
		assert.ok(frame.y + frame.height < 1990, 'as exactly as numbers say it');
		const { pixels, at } = placed(noise(128, 64, 1), frame, { width: 2, height: 1990 }, { width: 128, height: 2048 });
		assert.deepEqual([pixels.width, pixels.height, pixels.data.length], [2, 1990, 2 * 1990 * 4]);
		assert.deepEqual(at, { x: 0, y: 0 });
	});

	it('has no pixels where the frame is not on the canvas', () => {
		const { pixels } = placed(noise(4, 4, 1), { x: 50, y: 0, width: 4, height: 4 }, { width: 20, height: 20 });
		assert.equal(pixels.data.length, 0);
	});
});

function nearest(mask: Mask, x: number, y: number): number {
	return valueAt(mask, Math.min(mask.width - 1, Math.max(0, x)), Math.min(mask.height - 1, Math.max(0, y)));
}

describe('the mask in a frame', () => {
	it('is the mask, pixel by pixel, and goes on beyond it as at its border', () => {
		fc.assert(
			fc.property(masks, rects, (mask, frame) => {
				const seen = framedMask(mask, frame, frame);
				for (let y = 0; y < frame.height; y++) {
					for (let x = 0; x < frame.width; x++) {
						assert.equal(valueAt(seen, x, y), nearest(mask, frame.x + x, frame.y + y));
					}
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('has in every pixel the greatest value that it covers', () => {
		fc.assert(
			fc.property(masks, rects, sizes, (mask, frame, sent) => {
				const seen = framedMask(mask, frame, sent);
				assert.deepEqual(
					[seen.width, seen.height, seen.data.length],
					[sent.width, sent.height, sent.width * sent.height],
				);
				const wanted = new Uint8Array(seen.data.length);
				for (let y = 0; y < frame.height; y++) {
					for (let x = 0; x < frame.width; x++) {
						const value = nearest(mask, frame.x + x, frame.y + y);
						for (const row of coverers(y, frame.height, sent.height)) {
							for (const column of coverers(x, frame.width, sent.width)) {
								const at = row * sent.width + column;
								wanted[at] = Math.max(wanted[at] ?? 0, value);
							}
						}
					}
				}
				assert.deepEqual(seen.data, wanted);
			}),
			{ numRuns: 60 },
		);
	});

	it('loses no single pixel, however much smaller it gets', () => {
		for (let at = 0; at < 300; at += 7) {
			const speck = plainMask({ width: 300, height: 1 }, (pixel) => (pixel === at ? 255 : 0));
			const seen = framedMask(speck, { x: 0, y: 0, width: 300, height: 1 }, { width: 7, height: 1 });
			assert.ok(seen.data.some((value) => value === 255));
		}
	});

	it('keeps its edges where they are when it is enlarged', () => {
		const seen = framedMask(drawnMask('.#', '..'), { x: 0, y: 0, width: 2, height: 2 }, { width: 4, height: 4 });
		assert.deepEqual(seen, drawnMask('..##', '..##', '....', '....'));
	});
});
