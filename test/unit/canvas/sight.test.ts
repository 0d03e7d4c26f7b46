import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
	type CanvasSight,
	fitting,
	largestScale,
	panned,
	type Point,
	toPicture,
	toScreen,
	zoomed,
} from '../../../src/canvas/sight';
import type { Rect, Size } from '../../../src/domain/size';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const boxes: fc.Arbitrary<Size> = fc.record({ width: number(1, 3000), height: number(1, 3000) });
const areas: fc.Arbitrary<Rect> = fc.record({
	x: fc.integer({ min: -16384, max: 0 }),
	y: fc.integer({ min: -16384, max: 0 }),
	width: fc.integer({ min: 1, max: 16384 }),
	height: fc.integer({ min: 1, max: 16384 }),
});
const points: fc.Arbitrary<Point> = fc.record({ x: number(-50, 3050), y: number(-50, 3050) });
const factors = number(0.1, 10);

/** Sights as they become when somebody zooms and pans a fitting one. */
const seen: fc.Arbitrary<{ readonly area: Rect; readonly box: Size; readonly sight: CanvasSight }> = fc
	.tuple(areas, boxes, fc.array(fc.tuple(factors, points), { maxLength: 4 }))
	.map(([area, box, steps]) => ({
		area,
		box,
		sight: steps.reduce(
			(sight, [factor, about]) => panned(zoomed(sight, factor, about, area, box), about.x - 900, about.y - 900, area),
			fitting(area, box),
		),
	}));

function areClose(a: Point, b: Point, tolerance = 1e-6): void {
	assert.ok(Math.hypot(a.x - b.x, a.y - b.y) <= tolerance, `${a.x}, ${a.y} and ${b.x}, ${b.y}`);
}

function isAtEdge({ x, y }: Point, area: Rect): boolean {
	return x === area.x || y === area.y || x === area.x + area.width || y === area.y + area.height;
}

describe('what is seen of the canvas', () => {
	it('is a small picture as it is, in the middle', () => {
		const sight = fitting({ x: 0, y: 0, width: 200, height: 100 }, { width: 1000, height: 800 });
		assert.deepEqual(sight, { scale: 1, x: 100, y: 50 });
		assert.deepEqual(toScreen({ x: 0, y: 0 }, sight, { width: 1000, height: 800 }), { x: 400, y: 350 });
		assert.deepEqual(toPicture({ x: 400, y: 350 }, sight, { width: 1000, height: 800 }), { x: 0, y: 0 });
	});

	it('is the whole of a large one, with room round it', () => {
		const box = { width: 1048, height: 800 };
		const sight = fitting({ x: -500, y: 0, width: 4000, height: 2000 }, box);
		assert.deepEqual(sight, { scale: 0.25, x: 1500, y: 1000 });
		assert.deepEqual(toScreen({ x: -500, y: 0 }, sight, box), { x: 24, y: 150 });
		assert.deepEqual(toScreen({ x: 3500, y: 2000 }, sight, box), { x: 1024, y: 650 });
	});

	it('is something even where the box has no size yet', () => {
		for (const box of [
			{ width: 0, height: 0 },
			{ width: 10, height: 0 },
		]) {
			const { scale } = fitting({ x: 0, y: 0, width: 4096, height: 4096 }, box);
			assert.ok(scale > 0 && Number.isFinite(scale));
		}
	});

	it('fits wholly into any box that has room for its border', () => {
		fc.assert(
			fc.property(areas, boxes, (area, box) => {
				fc.pre(box.width > 50 && box.height > 50);
				const sight = fitting(area, box);
				const start = toScreen(area, sight, box);
				const end = toScreen({ x: area.x + area.width, y: area.y + area.height }, sight, box);
				assert.ok(Math.min(start.x, start.y) >= 24 - 1e-6);
				assert.ok(end.x <= box.width - 24 + 1e-6 && end.y <= box.height - 24 + 1e-6);
				assert.ok(sight.scale <= 1);
			}),
		);
	});

	it('leads from the screen to the picture and back', () => {
		fc.assert(
			fc.property(seen, points, ({ sight, box }, point) => {
				areClose(toScreen(toPicture(point, sight, box), sight, box), point, 1e-4);
				areClose(toPicture(toScreen(point, sight, box), sight, box), point, 1e-4);
			}),
		);
	});
});

describe('zooming', () => {
	const area = { x: 0, y: 0, width: 1000, height: 500 };
	const box = { width: 1048, height: 548 };

	it('keeps what is under the pointer there', () => {
		const about = { x: 274, y: 137 };
		const sight = zoomed(fitting(area, box), 4, about, area, box);
		assert.equal(sight.scale, 4);
		assert.deepEqual(toPicture(about, sight, box), { x: 250, y: 113 });
	});

	it('keeps it there whatever is zoomed, until the edge of the area is in the middle', () => {
		fc.assert(
			fc.property(seen, factors, points, ({ sight, area, box }, factor, about) => {
				const after = zoomed(sight, factor, about, area, box);
				if (!isAtEdge(after, area)) {
					areClose(toScreen(toPicture(about, sight, box), after, box), about, 1e-4);
				}
			}),
		);
	});

	it('comes back to what it was, in and out again', () => {
		const sight = fitting(area, box);
		const closer = zoomed(sight, 3, { x: 500, y: 300 }, area, box);
		const back = zoomed(closer, 1 / 3, { x: 500, y: 300 }, area, box);
		areClose(back, sight);
		assert.ok(Math.abs(back.scale - sight.scale) < 1e-9);
	});

	it('ends at 32 screen pixels to one, and at half of what fits', () => {
		const middle = { x: 524, y: 274 };
		assert.equal(zoomed(fitting(area, box), 1e9, middle, area, box).scale, largestScale);
		assert.equal(zoomed(fitting(area, box), 1e-9, middle, area, box).scale, 0.5);
		fc.assert(
			fc.property(seen, factors, points, ({ sight, area, box }, factor, about) => {
				const { scale } = zoomed(sight, factor, about, area, box);
				assert.ok(scale <= largestScale && scale >= Math.min(sight.scale, fitting(area, box).scale / 2));
			}),
		);
	});

	it('never makes larger what is to be smaller, when the box has grown meanwhile', () => {
		const small = fitting(area, { width: 148, height: 148 });
		assert.ok(zoomed(small, 0.9, { x: 9, y: 9 }, area, box).scale <= small.scale);
	});
});

describe('panning', () => {
	const area = { x: 0, y: 0, width: 1000, height: 500 };

	it('moves the picture with the pointer', () => {
		const sight = { scale: 2, x: 500, y: 250 };
		assert.deepEqual(panned(sight, 100, -60, area), { scale: 2, x: 450, y: 280 });
		fc.assert(
			fc.property(seen, points, number(-90, 90), number(-90, 90), ({ sight, area, box }, place, dx, dy) => {
				const after = panned(sight, dx, dy, area);
				const [from, to] = [toScreen(place, sight, box), toScreen(place, after, box)];
				if (!isAtEdge(after, area)) areClose(to, { x: from.x + dx, y: from.y + dy }, 1e-4);
			}),
		);
	});

	it('never loses the area: something of it is in the middle', () => {
		fc.assert(
			fc.property(seen, number(-1e6, 1e6), number(-1e6, 1e6), ({ sight, area }, dx, dy) => {
				for (const { x, y } of [sight, panned(sight, dx, dy, area)]) {
					assert.ok(x >= area.x && x <= area.x + area.width);
					assert.ok(y >= area.y && y <= area.y + area.height);
				}
			}),
		);
	});
});

describe('painting on what is seen', () => {
	it('comes to the same place of the picture, however fine the screen and however it is zoomed', () => {
		const area = { x: 0, y: 0, width: 4096, height: 4096 };
		for (const ratio of [1, 1.5, 2]) {
			const box = { width: 1500 / ratio, height: 900 / ratio };
			let sight = fitting(area, box);
			for (const factor of [1, 1.7, 5, 0.3, 2]) {
				sight = zoomed(sight, factor, { x: box.width / 3, y: box.height / 2 }, area, box);
				const place = { x: 1234.5, y: 987.5 };
				// The pointer is where the place is drawn, to the pixel of that screen.
				const { x, y } = toScreen(place, sight, box);
				const point = { x: Math.round(x * ratio) / ratio, y: Math.round(y * ratio) / ratio };
				areClose(toPicture(point, sight, box), place, Math.SQRT1_2 / ratio / sight.scale + 1e-9);
			}
		}
	});
});
