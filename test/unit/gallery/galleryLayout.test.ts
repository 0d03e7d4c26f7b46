import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { goal, heightOf, layoutOf, revealed, rowsInSight } from '../../../src/webview/gallery/layout';

const width = fc.integer({ min: 100, max: 3840 });
const height = fc.integer({ min: 100, max: 3840 });

describe('the grid of the gallery', () => {
	it('has two columns in a narrow place, and tiles of 128 pixels at least', () => {
		assert.equal(layoutOf(304, 600).columns, 2);
		fc.assert(
			fc.property(width, height, (w, h) => {
				const { columns, tile } = layoutOf(w, h);
				assert.ok(columns === 1 || tile >= 128);
			}),
		);
	});

	it('fills its width', () => {
		fc.assert(
			fc.property(width, height, (w, h) => {
				const { columns, tile, row } = layoutOf(w, h);
				assert.ok(Math.abs(columns * row - (row - tile) - w) < 0.001);
			}),
		);
	});

	it('never has more than 150 tiles, however large the screen', () => {
		fc.assert(
			fc.property(width, height, fc.nat(1_000_000), (w, h, top) => {
				const layout = layoutOf(w, h);
				const { first, end } = rowsInSight(layout, top, h);
				assert.ok((end - first) * layout.columns <= 150, `${(end - first) * layout.columns}`);
			}),
		);
	});

	it('has tiles for all that is in sight', () => {
		fc.assert(
			fc.property(width, height, fc.nat(100_000), (w, h, top) => {
				const layout = layoutOf(w, h);
				const { first, end } = rowsInSight(layout, top, h);
				assert.ok(first * layout.row <= top && end * layout.row >= top + h);
			}),
		);
	});

	it('is high enough for all, and no higher than browsers draw', () => {
		const layout = layoutOf(280, 600);
		assert.equal(heightOf(layout, 0), 0);
		assert.equal(heightOf(layout, 2), layout.tile);
		assert.ok(heightOf(layout, 50_000) < 16_000_000);
	});

	it('scrolls no more than it takes to have a picture in sight', () => {
		const layout = layoutOf(800, 600);
		assert.equal(revealed(layout, 0, 0, 600), 0);
		assert.equal(revealed(layout, 0, 500, 600), 0);
		fc.assert(
			fc.property(fc.nat(10_000), fc.nat(100_000), (index, top) => {
				const start = Math.floor(index / layout.columns) * layout.row;
				const at = revealed(layout, index, top, 600);
				assert.ok(at <= start && at + 600 >= start + layout.tile - 0.001);
				if (top <= start && top + 600 >= start + layout.tile) assert.equal(at, top);
			}),
		);
	});
});

describe('the keys of the grid', () => {
	const grid = { columns: 4, rows: 3, count: 10 };

	it('go to the neighbours, a page on and to the ends', () => {
		const goals = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
		assert.deepEqual(
			goals.map((key) => goal(key, 5, grid)),
			[4, 6, 1, 9, 1, 9, 0, 9],
		);
	});

	it('stay where nothing is above or below, but reach the last row from above its gap', () => {
		assert.equal(goal('ArrowUp', 2, grid), 2);
		assert.equal(goal('ArrowDown', 8, grid), 8);
		assert.equal(goal('ArrowDown', 7, grid), 9);
	});

	it('lead nowhere with other keys, or without pictures', () => {
		assert.equal(goal('a', 5, grid), undefined);
		assert.equal(goal('constructor', 5, grid), undefined);
		assert.equal(goal('End', 0, { ...grid, count: 0 }), undefined);
	});

	it('never leave the pictures', () => {
		const key = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End');
		const some = fc.record({
			columns: fc.integer({ min: 1, max: 12 }),
			rows: fc.nat(9),
			count: fc.integer({ min: 1, max: 99 }),
		});
		fc.assert(
			fc.property(key, some, fc.nat(98), (pressed, given, from) => {
				const to = goal(pressed, Math.min(from, given.count - 1), given);
				assert.ok(to !== undefined && to >= 0 && to < given.count);
			}),
		);
	});
});
