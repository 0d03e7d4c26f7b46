import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { extentOf } from '../../../src/canvas/extent';
import { placing } from '../../../src/canvas/placing';
import type { Stroke } from '../../../src/canvas/strokes';
import { editingSchema } from '../../../src/protocol/editing';
import type { Rect } from '../../../src/domain/size';
import { painted, traces, wholeRects } from './strokesOf';

const some = fc.array(painted, { minLength: 1, maxLength: 4 }).filter((strokes) => extentOf(strokes) !== undefined);

function extentAfter(strokes: readonly Stroke[], wished: Rect): Rect {
	const stroke = placing(strokes, wished);
	const extent = stroke && extentOf([...strokes, stroke]);
	assert.ok(extent);
	return extent;
}

/** How far a side is from where it was to be, at most. */
function farthest(a: Rect, b: Rect): number {
	const right = Math.abs(a.x + a.width - b.x - b.width);
	return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y), right, Math.abs(a.y + a.height - b.y - b.height));
}

/** All that the sides are off. */
function sum(a: Rect, b: Rect): number {
	const right = Math.abs(a.x + a.width - b.x - b.width);
	return Math.abs(a.x - b.x) + Math.abs(a.y - b.y) + right + Math.abs(a.y + a.height - b.y - b.height);
}

describe('bringing what is painted into a rectangle', () => {
	it('does nothing where nothing is painted', () => {
		assert.equal(placing([], { x: 0, y: 0, width: 9, height: 9 }), undefined);
		assert.equal(placing([{ kind: 'invert' }], { x: 0, y: 0, width: 9, height: 9 }), undefined);
	});

	it('gives a thick line the length that was asked for, though it stays as round as it is', () => {
		const line: Stroke = { kind: 'line', size: 20, points: [10, 50, 90, 50] };
		assert.deepEqual(extentOf([line]), { x: 0, y: 40, width: 100, height: 20 });
		const wished = { x: 0, y: 40, width: 200, height: 20 };
		const extent = extentAfter([line], wished);
		assert.deepEqual([extent.x, extent.width], [0, 200]);
	});

	it('moves by whole pixels exactly', () => {
		fc.assert(
			fc.property(some, fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }), (strokes, x, y) => {
				const from = extentOf(strokes);
				assert.ok(from);
				const to = { ...from, x, y };
				assert.deepEqual(placing(strokes, to), { kind: 'place', from, to });
				assert.deepEqual(extentAfter(strokes, to), to);
			}),
		);
	});

	it('sizes rectangles exactly', () => {
		fc.assert(
			fc.property(fc.array(wholeRects, { minLength: 1, maxLength: 4 }), wholeRects, (rects, to) => {
				const strokes = rects.map((rect): Stroke => ({ kind: 'rectangle', rect }));
				assert.deepEqual(extentAfter(strokes, to), to);
			}),
		);
	});

	it('sizes a lasso to the pixel', () => {
		fc.assert(
			fc.property(traces, wholeRects, (points, to) => {
				const lasso: Stroke = { kind: 'lasso', points };
				const { width, height } = extentOf([lasso]) ?? { width: 0, height: 0 };
				fc.pre(width > 1 && height > 1);
				assert.ok(farthest(extentAfter([lasso], to), to) <= 1);
			}),
		);
	});

	it('is never farther off than stretching by the numbers alone', () => {
		fc.assert(
			fc.property(some, wholeRects, (strokes, to) => {
				const from = extentOf(strokes);
				const plain = from && extentOf([...strokes, { kind: 'place', from, to }]);
				fc.pre(plain !== undefined);
				assert.ok(sum(extentAfter(strokes, to), to) <= sum(plain, to));
			}),
		);
	});

	it('keeps the size when what was sized is moved', () => {
		fc.assert(
			fc.property(some, wholeRects, fc.integer({ min: -900, max: 900 }), (strokes, to, right) => {
				const placed = placing(strokes, to);
				const extent = placed && extentOf([...strokes, placed]);
				assert.ok(placed?.kind === 'place');
				// A lasso without an area may be nowhere once it is that small.
				fc.pre(extent !== undefined);
				const wished = { ...extent, x: extent.x + right };
				const guess = { ...placed.to, x: placed.to.x + right };
				const moved = placing(strokes, wished, guess);
				const after = moved && extentOf([...strokes, moved]);
				assert.ok(after && sum(after, wished) <= 1);
			}),
		);
	});

	it('places nothing farther away than an order takes', () => {
		const dot: Stroke = { kind: 'line', size: 4, points: [50, 50] };
		const wished = { x: 99_000, y: -99_000, width: 150_000, height: 2 };
		const stroke = placing([dot], wished);
		editingSchema.parse({ kind: 'mask', strokes: [dot, stroke], feather: 0 });
		assert.equal(placing([{ ...dot, points: [100_500, 0] }], wished), undefined);
	});
});
