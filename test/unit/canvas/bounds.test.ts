import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { boundsOf } from '../../../src/canvas/bounds';
import { coverageOf } from '../../../src/canvas/coverage';
import { extentOf } from '../../../src/canvas/extent';
import { maskOf } from '../../../src/canvas/rasterise';
import type { Stroke } from '../../../src/canvas/strokes';
import { boxOf } from '../../../src/image/mask';
import { sizes } from '../image/arbitrary';
import { erasing, painted, selectedOf, strokeLists, wholeRects } from './strokesOf';

const box = (x: number, y: number, width: number, height: number): Stroke => ({
	kind: 'rectangle',
	rect: { x, y, width, height },
});
const invert: Stroke = { kind: 'invert' };
const picture = { width: 100, height: 80 };
const whole = { x: 0, y: 0, ...picture };

describe('the bounds of a selection', () => {
	it('are nothing where nothing is painted, or nothing on the picture', () => {
		assert.equal(boundsOf([], picture), undefined);
		assert.equal(boundsOf([box(100, 0, 5, 5), erasing(box(1, 1, 5, 5))], picture), undefined);
		assert.equal(boundsOf([{ kind: 'line', size: 10, points: [-6, 40] }], picture), undefined);
		assert.equal(boundsOf([box(1, 1, 5, 5), { kind: 'clear' }], picture), undefined);
	});

	it('are the smallest rectangle round one stroke', () => {
		assert.deepEqual(boundsOf([box(90, 70, 30, 30)], picture), { x: 90, y: 70, width: 10, height: 10 });
		assert.deepEqual(boundsOf([{ kind: 'line', size: 10, points: [20, 20, 40, 30] }], picture), {
			x: 15,
			y: 15,
			width: 30,
			height: 20,
		});
		fc.assert(
			fc.property(wholeRects, sizes, (rect, size) => {
				const stroke: Stroke = { kind: 'rectangle', rect };
				assert.deepEqual(boundsOf([stroke], size), boxOf(maskOf([stroke], size)));
			}),
		);
	});

	it('are no more than a pixel too large on each side of a dot', () => {
		const eighths = fc.integer({ min: 400, max: 480 }).map((place) => place / 8);
		fc.assert(
			fc.property(eighths, eighths, fc.integer({ min: 1, max: 60 }), (x, y, size) => {
				const dot: Stroke = { kind: 'line', size, points: [x, y] };
				const [bounds, box] = [boundsOf([dot], picture), boxOf(maskOf([dot], picture))];
				assert.ok(bounds && box);
				assert.ok(box.x - bounds.x <= 1 && box.y - bounds.y <= 1);
				assert.ok(bounds.width - box.width <= 2 && bounds.height - box.height <= 2);
			}),
		);
	});

	it('are the whole picture once it is inverted, and as before once it is inverted back', () => {
		assert.deepEqual(boundsOf([box(1, 2, 3, 4), invert], picture), whole);
		assert.deepEqual(boundsOf([box(1, 2, 3, 4), invert, box(50, 50, 9, 9), invert], picture), {
			x: 1,
			y: 2,
			width: 3,
			height: 4,
		});
	});

	it('hold every pixel that is selected', () => {
		fc.assert(
			fc.property(strokeLists, sizes, (strokes, size) => {
				const bounds = boundsOf(strokes, size);
				const selected = selectedOf(maskOf(strokes, size));
				if (!bounds) return assert.deepEqual(selected, []);
				assert.ok(Math.min(bounds.x, bounds.y) >= 0 && Math.min(bounds.width, bounds.height) > 0);
				assert.ok(bounds.x + bounds.width <= size.width && bounds.y + bounds.height <= size.height);
				for (const [x, y] of selected) {
					assert.ok(x >= bounds.x && x < bounds.x + bounds.width && y >= bounds.y && y < bounds.y + bounds.height);
				}
			}),
		);
	});
});

describe('the extent of what is painted', () => {
	it('is nothing where nothing is', () => {
		assert.equal(extentOf([]), undefined);
		assert.equal(extentOf([invert]), undefined);
		assert.equal(extentOf([erasing(box(1, 1, 5, 5))]), undefined);
		assert.equal(extentOf([{ kind: 'lasso', points: [1, 1, 9, 1] }]), undefined);
	});

	it('is not clipped, nor made smaller by erasing', () => {
		const strokes = [box(-50, 2, 30, 40), erasing(box(-60, 0, 40, 90)), box(400, 10, 5, 5)];
		assert.deepEqual(extentOf(strokes), { x: -50, y: 2, width: 455, height: 40 });
	});

	it('is that of the hole in an inverted mask', () => {
		const [hole, other] = [box(10, 10, 20, 20), box(60, 10, 5, 5)];
		const extent = { x: 10, y: 10, width: 20, height: 20 };
		assert.deepEqual(extentOf([hole, invert]), extent);
		assert.deepEqual(extentOf([hole, invert, other]), extent);
		assert.deepEqual(extentOf([invert, erasing(hole)]), extent);
		assert.deepEqual(extentOf([invert, erasing(hole), invert]), extent);
	});

	it('is what a mask is moved by: it comes to be where it was to be', () => {
		const far = fc.integer({ min: -900, max: 900 });
		fc.assert(
			fc.property(fc.array(painted, { minLength: 1, maxLength: 5 }), far, far, (strokes, x, y) => {
				const from = extentOf(strokes);
				fc.pre(from !== undefined);
				const to = { ...from, x, y };
				assert.deepEqual(extentOf([...strokes, { kind: 'place', from, to }]), to);
			}),
		);
	});

	it('is what rectangles are sized by: they fill what they were to fill', () => {
		const boxes = fc.array(
			wholeRects.map((rect): Stroke => ({ kind: 'rectangle', rect })),
			{ minLength: 1, maxLength: 4 },
		);
		fc.assert(
			fc.property(boxes, wholeRects, (strokes, to) => {
				const from = extentOf(strokes);
				assert.ok(from);
				const sized = extentOf([...strokes, { kind: 'place', from, to }]);
				assert.deepEqual(sized, to);
			}),
		);
	});

	it('is that of every pixel of what is painted', () => {
		fc.assert(
			fc.property(fc.array(painted, { maxLength: 4 }), sizes, (strokes, size) => {
				const extent = extentOf(strokes);
				for (const [x, y] of selectedOf(maskOf(strokes, size))) {
					assert.ok(extent && x >= extent.x && x < extent.x + extent.width);
					assert.ok(y >= extent.y && y < extent.y + extent.height);
				}
			}),
		);
	});
});

describe('how much of a picture is selected', () => {
	it('is exact on small pictures', () => {
		fc.assert(
			fc.property(strokeLists, sizes, (strokes, size) => {
				const share = selectedOf(maskOf(strokes, size)).length / (size.width * size.height);
				assert.ok(Math.abs(coverageOf(strokes, size) - share) < 1e-12);
			}),
		);
	});

	it('is exact for what is small on a large one', () => {
		const large = { width: 8000, height: 5000 };
		assert.equal(coverageOf([box(7000, 4000, 200, 10)], large), 2000 / 40e6);
		assert.equal(coverageOf([{ kind: 'line', size: 1, points: [7.5, 4000.5] }], large), 1 / 40e6);
	});

	it('is about right for what is large', () => {
		const large = { width: 8000, height: 5000 };
		assert.ok(Math.abs(coverageOf([box(0, 0, 4000, 5000)], large) - 0.5) < 0.01);
		const disc: Stroke = { kind: 'line', size: 4000, points: [4000, 2500] };
		const exact =
			selectedOf(maskOf([{ ...disc, size: 400, points: [400, 250] }], { width: 800, height: 500 })).length / 4e5;
		assert.ok(Math.abs(coverageOf([disc], large) - exact) < 0.01);
		assert.ok(Math.abs(coverageOf([disc, invert], large) - (1 - exact)) < 0.01);
	});

	it('is 0 of nothing, 1 of everything, and between where a dot is missing or there', () => {
		const large = { width: 8000, height: 5000 };
		const all = box(0, 0, 8000, 5000);
		const dot: Stroke = { kind: 'line', size: 1, points: [3000.5, 3000.5] };
		assert.deepEqual([coverageOf([], large), coverageOf([all, erasing(all)], large)], [0, 0]);
		assert.deepEqual([coverageOf([all], large), coverageOf([invert], large)], [1, 1]);
		for (const strokes of [
			[all, erasing(dot)],
			[dot, invert],
			[invert, dot, invert, dot],
		]) {
			const share = coverageOf(strokes, large);
			assert.ok(share > 0 && share < 1, `${share}`);
		}
	});
});
