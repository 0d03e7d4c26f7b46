import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { maskOf } from '../../../src/canvas/rasterise';
import { resolved } from '../../../src/canvas/resolve';
import type { Stroke } from '../../../src/canvas/strokes';
import type { Rect } from '../../../src/domain/size';
import { sizes } from '../image/arbitrary';
import { strokeLists, traces, unmoved, wholeRects } from './strokesOf';

const unit = { x: 0, y: 0, width: 1, height: 1 };
const dot: Stroke = { kind: 'line', size: 6, points: [1, 2, 3, 4] };
const box = (rect: Rect): Stroke => ({ kind: 'rectangle', rect });
const place = (from: Rect, to: Rect): Stroke => ({ kind: 'place', from, to });

describe('strokes without clearing and moving', () => {
	it('are the very same where there is neither', () => {
		fc.assert(
			fc.property(unmoved, (strokes) => {
				const last = strokes.findLastIndex(({ kind }) => kind === 'clear');
				const plain = resolved(strokes);
				assert.equal(plain.length, strokes.length - last - 1);
				for (const [at, stroke] of plain.entries()) assert.equal(stroke, strokes[last + 1 + at]);
			}),
		);
	});

	it('are without what was painted, inverted and moved before the last clearing', () => {
		const strokes: Stroke[] = [
			dot,
			{ kind: 'clear' },
			dot,
			{ kind: 'invert' },
			place(unit, { ...unit, x: 9 }),
			{ kind: 'clear' },
		];
		assert.deepEqual(resolved(strokes), []);
		assert.deepEqual(resolved([...strokes, dot]), [dot]);
	});

	it('are moved and sized with what they were painted in, and lines are as thick as the mean of both sides', () => {
		assert.deepEqual(resolved([dot, place(unit, { x: 10, y: 20, width: 4, height: 9 })]), [
			{ kind: 'line', size: 36, points: [14, 38, 22, 56] },
		]);
		const half = place({ x: 2, y: 2, width: 8, height: 4 }, { x: 2, y: 2, width: 4, height: 2 });
		assert.deepEqual(resolved([{ kind: 'lasso', points: [2, 2, 10, 6, 4, 4], erases: true }, half]), [
			{ kind: 'lasso', points: [2, 2, 6, 4, 3, 3], erases: true },
		]);
	});

	it('are moved only where they were painted before, and inverting stays where it is', () => {
		const right = place(unit, { ...unit, x: 5 });
		assert.deepEqual(resolved([dot, { kind: 'invert' }, right, dot]), [
			{ kind: 'line', size: 6, points: [6, 2, 8, 4] },
			{ kind: 'invert' },
			dot,
		]);
	});

	it('are moved alone by what has no area', () => {
		const flat = place({ x: 1, y: 1, width: 0, height: 5 }, { x: 3, y: 4, width: 50, height: 50 });
		assert.deepEqual(resolved([dot, flat]), [{ ...dot, points: [3, 5, 5, 7] }]);
	});

	it('have rectangles of whole pixels, and one at least', () => {
		const third = place({ x: 0, y: 0, width: 3, height: 3 }, unit);
		assert.deepEqual(resolved([box({ x: 1, y: 2, width: 7, height: 8 }), third]), [
			box({ x: 0, y: 1, width: 3, height: 2 }),
		]);
		assert.deepEqual(resolved([box({ x: 5, y: 2, width: 1, height: 1 }), third]), [
			box({ x: 1, y: 0, width: 1, height: 1 }),
		]);
		assert.deepEqual(
			resolved([box({ x: 5, y: 5, width: 9, height: 9 }), place(unit, { x: 2, y: 3, width: 0, height: 0 })]),
			[box({ x: 2, y: 3, width: 1, height: 1 })],
		);
	});

	it('leave no gap between rectangles that touched', () => {
		fc.assert(
			fc.property(wholeRects, fc.integer({ min: 1, max: 30 }), wholeRects, wholeRects, (left, width, from, to) => {
				const right = { ...left, x: left.x + left.width, width };
				const boxes = [left, right].map(box);
				const [a, b] = resolved([...boxes, place(from, to)]);
				assert.ok(a?.kind === 'rectangle' && b?.kind === 'rectangle');
				assert.ok(b.rect.x <= a.rect.x + a.rect.width);
			}),
		);
	});
});

describe('the laws of moving', () => {
	it('leaves plain strokes, which are themselves when they are resolved again', () => {
		fc.assert(
			fc.property(strokeLists, (strokes) => {
				const plain = resolved(strokes);
				assert.ok(plain.every(({ kind }) => !['clear', 'place'].includes(kind)));
				assert.deepEqual(resolved(plain), plain);
			}),
		);
	});

	it('makes the same mask as the strokes that it resolves', () => {
		fc.assert(
			fc.property(strokeLists, sizes, (strokes, size) => {
				assert.deepEqual(maskOf(resolved(strokes), size), maskOf(strokes, size));
			}),
		);
	});

	it('brings rectangles back to where they were, from wherever and whatever size', () => {
		const boxes = fc.array(wholeRects.map(box), { maxLength: 4 });
		fc.assert(
			fc.property(boxes, wholeRects, wholeRects, sizes, (strokes, from, to, size) => {
				const back = [...strokes, place(from, to), place(to, from)];
				assert.deepEqual(resolved(back), strokes);
				assert.deepEqual(maskOf(back, size), maskOf(strokes, size));
			}),
		);
	});

	it('moves a mask by whole pixels as a whole', () => {
		const shift = fc.integer({ min: -20, max: 20 });
		fc.assert(
			fc.property(unmoved, wholeRects, shift, shift, (strokes, from, dx, dy) => {
				const still = strokes.filter(({ kind }) => kind !== 'invert');
				const to = { ...from, x: from.x + dx, y: from.y + dy };
				const { data } = maskOf(still, { width: 20, height: 20 });
				const moved = maskOf([...still, place(from, to)], { width: 20, height: 20 });
				for (const [at, value] of moved.data.entries()) {
					const [x, y] = [(at % 20) - dx, Math.floor(at / 20) - dy];
					if (Math.min(x, y) >= 0 && Math.max(x, y) < 20) assert.equal(value, data[y * 20 + x]);
				}
			}),
		);
	});

	it('brings what was in one rectangle into another, whatever comes between', () => {
		fc.assert(
			fc.property(traces, wholeRects, wholeRects, wholeRects, (points, from, over, to) => {
				const [straight] = resolved([{ kind: 'lasso', points }, place(from, to)]);
				const [detour] = resolved([{ kind: 'lasso', points }, place(from, over), place(over, to)]);
				assert.ok(straight?.kind === 'lasso' && detour?.kind === 'lasso');
				for (const [at, value] of straight.points.entries()) {
					assert.ok(Math.abs(value - (detour.points[at] ?? NaN)) < 1e-6);
				}
			}),
		);
	});
});
