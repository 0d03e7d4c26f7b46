import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { frameOf, isPossible, marginsOf, widestMargin } from '../../../src/canvas/frame';
import { type Handle, resized, type Side, sidesOf } from '../../../src/canvas/resizeFrame';
import { mostPixels } from '../../../src/image/inspect';
import { framed, handles } from './framesOf';

const source = { width: 400, height: 300 };
const frame = { x: -10, y: -20, width: 440, height: 360 };
const allSides: readonly Side[] = ['top', 'right', 'bottom', 'left'];
const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const places = fc.oneof(
	fc.record({ x: number(900), y: number(900) }),
	fc.record({ x: number(40_000), y: number(40_000) }),
);

describe('dragging a side of a frame', () => {
	it('moves that side alone', () => {
		assert.deepEqual(resized(frame, 'e', { x: 600, y: 7 }, source), { ...frame, width: 610 });
		assert.deepEqual(resized(frame, 'w', { x: -50, y: 7 }, source), { ...frame, x: -50, width: 480 });
		assert.deepEqual(resized(frame, 'n', { x: 7, y: -50 }, source), { ...frame, y: -50, height: 390 });
		assert.deepEqual(resized(frame, 's', { x: 7, y: 500 }, source), { ...frame, height: 520 });
	});

	it('moves both sides of a corner', () => {
		assert.deepEqual(resized(frame, 'se', { x: 600, y: 500 }, source), { ...frame, width: 610, height: 520 });
		assert.deepEqual(resized(frame, 'nw', { x: -1, y: -2 }, source), { x: -1, y: -2, width: 431, height: 342 });
		assert.deepEqual(resized(frame, 'ne', { x: 450, y: 0 }, source), { x: -10, y: 0, width: 460, height: 340 });
		assert.deepEqual(resized(frame, 'sw', { x: 0, y: 300 }, source), { x: 0, y: -20, width: 430, height: 320 });
	});

	it('ends at the picture', () => {
		assert.deepEqual(resized(frame, 'e', { x: 100, y: 0 }, source), { ...frame, width: 410 });
		assert.deepEqual(resized(frame, 'nw', { x: 50, y: 5000 }, source), { x: 0, y: 0, width: 430, height: 340 });
	});

	it('ends at whole pixels', () => {
		assert.deepEqual(resized(frame, 'w', { x: -50.4, y: 0.3 }, source), { ...frame, x: -50, width: 480 });
	});

	it('ends at the widest margin', () => {
		const flat = { width: 100, height: 10 };
		const before = { x: 0, y: 0, ...flat };
		assert.deepEqual(resized(before, 'w', { x: -99_999, y: 0 }, flat), {
			x: -widestMargin,
			y: 0,
			width: 16_484,
			height: 10,
		});
	});

	it('ends where the frame would have too many pixels, and leaves the other sides where they are', () => {
		const tall = { x: 0, y: 0, width: 400, height: 8000 };
		assert.deepEqual(resized(tall, 'e', { x: 9000, y: 0 }, source), { ...tall, width: 8000 });
		assert.deepEqual(resized(tall, 'w', { x: -9000, y: 0 }, source), { ...tall, x: -7600, width: 8000 });
		const wide = { x: 0, y: 0, width: 8000, height: 300 };
		assert.deepEqual(resized(wide, 's', { x: 0, y: 9000 }, source), { ...wide, height: 8000 });
	});

	it('shares what is too much among both sides of a corner', () => {
		const { width, height } = resized(frame, 'se', { x: 12_000, y: 12_000 }, source);
		assert.ok(Math.abs(width - height) < 50 && width * height > 0.99 * mostPixels);
	});

	it('leaves nothing added where the place is no number', () => {
		assert.deepEqual(resized(frame, 'e', { x: NaN, y: 0 }, source), { ...frame, width: 410 });
	});
});

describe('the laws of dragging', () => {
	it('gives a frame of whole pixels that holds the picture and is not too large, wherever it is dragged', () => {
		fc.assert(
			fc.property(framed, handles, places, ({ source: size, frame: before }, handle, place) => {
				const after = resized(before, handle, place, size);
				assert.ok(isPossible(after, size), JSON.stringify(after));
				assert.ok(
					[after.x, after.y, after.width, after.height].every(
						(value) => Number.isInteger(value) && !Object.is(value, -0),
					),
				);
			}),
			{ numRuns: 1000 },
		);
	});

	it('leaves the sides that are not dragged where they are', () => {
		fc.assert(
			fc.property(framed, handles, places, ({ source: size, frame: before }, handle, place) => {
				const [old, now] = [marginsOf(size, before), marginsOf(size, resized(before, handle, place, size))];
				for (const side of allSides) if (!sidesOf[handle].includes(side)) assert.equal(now[side], old[side]);
			}),
		);
	});

	it('goes where it is dragged, if the frame may go there', () => {
		fc.assert(
			fc.property(framed, framed, handles, ({ source: size, frame: before }, { frame: other }, handle) => {
				const { left, right, top, bottom } = marginsOf(size, other);
				fc.pre(Math.min(left, right, top, bottom) >= 0);
				const wished = { ...marginsOf(size, before) };
				for (const side of sidesOf[handle]) wished[side] = marginsOf(size, other)[side];
				fc.pre(isPossible(frameOf(size, wished), size));
				const place = {
					x: handle.endsWith('w') ? -wished.left : size.width + wished.right,
					y: handle.startsWith('n') ? -wished.top : size.height + wished.bottom,
				};
				assert.deepEqual(resized(before, handle, place, size), frameOf(size, wished));
			}),
		);
	});

	it('has a handle for each side and each corner', () => {
		const names: readonly Handle[] = ['n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw'];
		const sides = names.map((name) => sidesOf[name].toSorted().join());
		assert.equal(new Set(sides).size, 8);
		for (const side of allSides) assert.equal(names.filter((name) => sidesOf[name].includes(side)).length, 3);
	});
});
