import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { framedTo, frameOf, isPossible, marginsOf, moved, widestMargin } from '../../../src/canvas/frame';
import { noMargins } from '../../../src/domain/margins';
import { mostPixels } from '../../../src/image/inspect';
import { framed, margins, sources } from './framesOf';

const source = { width: 400, height: 300 };

describe('a frame', () => {
	it('is the picture itself where nothing is added', () => {
		assert.deepEqual(frameOf(source, noMargins), { x: 0, y: 0, width: 400, height: 300 });
		assert.deepEqual(marginsOf(source, { x: 0, y: 0, width: 400, height: 300 }), noMargins);
	});

	it('begins left of the picture and above it by what is added there', () => {
		const added = { top: 1, right: 20, bottom: 300, left: 4000 };
		assert.deepEqual(frameOf(source, added), { x: -4000, y: -1, width: 4420, height: 601 });
	});

	it('is the same as its margins', () => {
		fc.assert(
			fc.property(sources, margins, (size, added) => {
				assert.deepEqual(marginsOf(size, frameOf(size, added)), added);
			}),
		);
	});

	it('is possible as long as it holds the picture and is not too large', () => {
		assert.ok(isPossible({ x: 0, y: 0, ...source }, source));
		assert.ok(!isPossible({ x: 1, y: 0, ...source }, source));
		assert.ok(!isPossible({ x: 0, y: 0, width: 400, height: 299 }, source));
		assert.ok(isPossible({ x: 0, y: 0, width: 400 + widestMargin, height: 300 }, source));
		assert.ok(!isPossible({ x: 0, y: 0, width: 401 + widestMargin, height: 300 }, source));
		assert.ok(isPossible({ x: 0, y: 0, width: 8000, height: 8000 }, source));
		assert.ok(!isPossible({ x: 0, y: 0, width: 8000, height: 8001 }, source));
	});
});

describe('moving a frame', () => {
	const frame = { x: -100, y: 0, width: 600, height: 300 };

	it('slides it as far as the picture stays inside', () => {
		assert.deepEqual(moved(frame, source, 30, 0), { ...frame, x: -70 });
		assert.deepEqual(moved(frame, source, 999, 0), { ...frame, x: 0 });
		assert.deepEqual(moved(frame, source, -999, 0), { ...frame, x: -200 });
		assert.deepEqual(moved(frame, source, 0, 50), frame);
		assert.deepEqual(moved(frame, source, 0.4, -0.4), frame);
	});

	it('keeps its size, whole pixels and the picture, wherever it is moved', () => {
		const far = fc.double({ min: -40_000, max: 40_000, noNaN: true });
		fc.assert(
			fc.property(framed, far, far, ({ source: size, frame: before }, dx, dy) => {
				const after = moved(before, size, dx, dy);
				assert.deepEqual([after.width, after.height], [before.width, before.height]);
				assert.ok(Number.isInteger(after.x) && Number.isInteger(after.y));
				assert.ok(isPossible(after, size));
				assert.ok(Math.abs(after.x - before.x) <= Math.abs(dx) + 0.5);
				assert.ok(Math.abs(after.y - before.y) <= Math.abs(dy) + 0.5);
			}),
		);
	});

	it('comes back by the same way where nothing stopped it', () => {
		const near = fc.integer({ min: -300, max: 300 });
		fc.assert(
			fc.property(framed, near, near, ({ source: size, frame: before }, dx, dy) => {
				const after = moved(before, size, dx, dy);
				assert.deepEqual(moved(after, size, before.x - after.x, before.y - after.y), before);
			}),
		);
	});
});

describe('a frame of a ratio', () => {
	const square = { width: 1, height: 1 };

	it('is the smallest, with the picture in the middle', () => {
		assert.deepEqual(framedTo(source, { width: 16, height: 9 }), { x: -66, y: 0, width: 533, height: 300 });
		assert.deepEqual(framedTo(source, square), { x: 0, y: -50, width: 400, height: 400 });
		assert.deepEqual(framedTo(source, { width: 4, height: 3 }), { x: 0, y: 0, ...source });
	});

	it('has the picture at another place where that is said', () => {
		assert.deepEqual(framedTo(source, square, { x: 0, y: 0 }), { x: 0, y: 0, width: 400, height: 400 });
		assert.deepEqual(framedTo(source, square, { x: 1, y: 1 }), { x: 0, y: -100, width: 400, height: 400 });
	});

	it('is none where it would be too large', () => {
		assert.equal(framedTo({ width: 8000, height: 8000 }, { width: 16, height: 9 }), undefined);
		assert.equal(framedTo({ width: 10, height: 1000 }, { width: 40, height: 1 }), undefined);
	});

	it('has the ratio within rounding, holds the picture, and is as large as it on one side', () => {
		const part = fc.integer({ min: 1, max: 40 });
		const anchor = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(sources, part, part, anchor, anchor, (size, width, height, x, y) => {
				const frame = framedTo(size, { width, height }, { x, y });
				if (!frame) {
					const [across, down] = [(size.height * width) / height, (size.width * height) / width];
					const largest = Math.max(size.width, across + 1) * Math.max(size.height, down + 1);
					return assert.ok(largest > mostPixels || Math.max(across - size.width, down - size.height) > widestMargin);
				}
				assert.ok(isPossible(frame, size));
				assert.ok(frame.width === size.width || frame.height === size.height);
				const isWide = Math.abs(frame.width - (frame.height * width) / height) <= 0.5;
				assert.ok(isWide || Math.abs(frame.height - (frame.width * height) / width) <= 0.5);
			}),
		);
	});
});
