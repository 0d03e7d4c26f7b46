import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isPossible, marginsOf } from '../../../src/canvas/frame';
import { type Side, sidesOf } from '../../../src/canvas/resizeFrame';
import { type Snaps, snapped } from '../../../src/canvas/snapFrame';
import { framed, handles } from './framesOf';

const source = { width: 400, height: 300 };
const square = { width: 1, height: 1 };
const wide = { width: 16, height: 9 };
const allSides: readonly Side[] = ['top', 'right', 'bottom', 'left'];

const snaps: fc.Arbitrary<Snaps> = fc.record({
	step: fc.constantFrom(1, 2, 8, 16, 64),
	ratios: fc.constantFrom([], [square], [square, wide, { width: 3, height: 2 }, { width: 2, height: 3 }]),
	reach: fc.double({ min: 0, max: 60, noNaN: true }),
});

describe('what the sides of a frame are drawn to', () => {
	const none = { step: 1, ratios: [], reach: 10 };

	it('is the edge of the picture', () => {
		const frame = { x: -8, y: -40, width: 440, height: 340 };
		assert.deepEqual(snapped(frame, source, 'w', none), { frame: { ...frame, x: 0, width: 432 } });
		assert.deepEqual(snapped(frame, source, 'n', none), { frame });
	});

	it('is what the model takes', () => {
		const frame = { x: -60, y: -40, width: 460, height: 340 };
		const of64 = { step: 64, ratios: [], reach: 10 };
		assert.deepEqual(snapped(frame, source, 'w', of64), { frame: { x: -64, y: -40, width: 464, height: 340 } });
		assert.deepEqual(snapped(frame, source, 'nw', of64), { frame: { x: -64, y: -40, width: 464, height: 340 } });
		assert.deepEqual(snapped(frame, source, 'nw', { ...of64, reach: 24 }), {
			frame: { x: -64, y: -64, width: 464, height: 364 },
		});
		assert.deepEqual(snapped(frame, source, 'w', { ...of64, reach: 3 }), { frame });
	});

	it('is a ratio before that, and says which', () => {
		const frame = { x: 0, y: 0, width: 400, height: 390 };
		const both = { step: 64, ratios: [wide, square], reach: 12 };
		assert.deepEqual(snapped(frame, source, 's', both), { frame: { ...frame, height: 400 }, ratio: square });
		assert.deepEqual(snapped({ ...frame, y: -90 }, source, 'n', both), {
			frame: { ...frame, y: -100, height: 400 },
			ratio: square,
		});
	});

	it('is the nearest of several ratios, along one side of a corner', () => {
		const frame = { x: 0, y: 0, width: 530, height: 300 };
		const near = { width: 7, height: 4 };
		assert.deepEqual(snapped(frame, source, 'se', { step: 1, ratios: [near, wide], reach: 20 }), {
			frame: { ...frame, height: 303 },
			ratio: near,
		});
		assert.deepEqual(snapped(frame, source, 'e', { step: 1, ratios: [near, wide], reach: 20 }), {
			frame: { ...frame, width: 533 },
			ratio: wide,
		});
	});

	it('is no ratio that would cut the picture', () => {
		const frame = { x: 0, y: 0, width: 400, height: 300 };
		const narrow = { width: 131, height: 100 };
		assert.deepEqual(snapped(frame, source, 'e', { step: 1, ratios: [narrow], reach: 10 }), { frame });
	});

	it('is a ratio that the frame has already', () => {
		const frame = { x: 0, y: -100, width: 400, height: 400 };
		assert.deepEqual(snapped(frame, source, 'e', { step: 64, ratios: [square], reach: 0 }), { frame, ratio: square });
	});

	it('is nothing that would be too large', () => {
		const frame = { x: 0, y: 0, width: 8000, height: 7990 };
		assert.deepEqual(snapped(frame, source, 'e', { step: 64, ratios: [], reach: 30 }), { frame });
	});
});

describe('the laws of snapping', () => {
	it('moves no side farther than the reach, and none that is not dragged', () => {
		fc.assert(
			fc.property(framed, handles, snaps, ({ source: size, frame }, handle, to) => {
				const [old, now] = [marginsOf(size, frame), marginsOf(size, snapped(frame, size, handle, to).frame)];
				for (const side of allSides) {
					const most = sidesOf[handle].includes(side) ? to.reach : 0;
					assert.ok(Math.abs(now[side] - old[side]) <= most);
				}
			}),
		);
	});

	it('never cuts the picture, nor makes the frame too large', () => {
		fc.assert(
			fc.property(framed, handles, snaps, ({ source: size, frame }, handle, to) => {
				assert.ok(isPossible(snapped(frame, size, handle, to).frame, size));
			}),
		);
	});

	it('gives the ratio that it names, within rounding', () => {
		fc.assert(
			fc.property(framed, handles, snaps, ({ source: size, frame: before }, handle, to) => {
				const { frame, ratio } = snapped(before, size, handle, to);
				if (!ratio) return;
				const isWide = Math.abs(frame.width - (frame.height * ratio.width) / ratio.height) <= 0.5;
				assert.ok(isWide || Math.abs(frame.height - (frame.width * ratio.height) / ratio.width) <= 0.5);
			}),
		);
	});

	it('stays where it is drawn to', () => {
		fc.assert(
			fc.property(framed, handles, snaps, ({ source: size, frame }, handle, to) => {
				const stepsOnly = { ...to, ratios: [] };
				const once = snapped(frame, size, handle, stepsOnly);
				assert.deepEqual(snapped(once.frame, size, handle, stepsOnly), once);
			}),
		);
	});
});
