import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { maskOf } from '../../../src/canvas/rasterise';
import { current, noStrokes, redone, type Stroke, undone, withStroke } from '../../../src/canvas/strokes';
import type { Size } from '../../../src/domain/size';
import { maskOfRects } from '../../../src/image/mask';
import { sizes } from '../image/arbitrary';
import { slowMask } from './oracle';
import { drawn, erasing, painted, strokeLists, unmoved, wholeRects } from './strokesOf';

const invert: Stroke = { kind: 'invert' };

function rows(size: Size, ...strokes: readonly Stroke[]): string[] {
	return drawn(maskOf(strokes, size));
}

function dot(x: number, y: number, size: number): Stroke {
	return { kind: 'line', size, points: [x, y] };
}

describe('the pixels of a brush', () => {
	const canvas = { width: 7, height: 7 };

	it('are a dot of its size where it is pressed in the middle of a pixel', () => {
		assert.deepEqual(rows(canvas, dot(3.5, 3.5, 1)), [
			'.......',
			'.......',
			'.......',
			'...#...',
			'.......',
			'.......',
			'.......',
		]);
		assert.deepEqual(rows(canvas, dot(3.5, 3.5, 3)), [
			'.......',
			'.......',
			'..###..',
			'..###..',
			'..###..',
			'.......',
			'.......',
		]);
		assert.deepEqual(rows(canvas, dot(3.5, 3.5, 5)), [
			'.......',
			'..###..',
			'.#####.',
			'.#####.',
			'.#####.',
			'..###..',
			'.......',
		]);
		assert.deepEqual(rows(canvas, dot(3.5, 3.5, 6)), [
			'...#...',
			'.#####.',
			'.#####.',
			'#######',
			'.#####.',
			'.#####.',
			'...#...',
		]);
	});

	it('are as many on each side of the corner of pixels where it is pressed', () => {
		assert.deepEqual(rows({ width: 6, height: 4 }, dot(3, 2, 1)), ['......', '..##..', '..##..', '......']);
		assert.deepEqual(rows({ width: 6, height: 4 }, dot(3, 2, 4)), ['..##..', '.####.', '.####.', '..##..']);
	});

	it('are one at least, wherever it is pressed on the picture', () => {
		const place = fc.double({ min: 0, max: 5, noNaN: true });
		fc.assert(
			fc.property(place, place, fc.double({ min: 0, max: 1, noNaN: true }), (x, y, size) => {
				assert.ok(maskOf([dot(x, y, size)], { width: 5, height: 5 }).data.includes(255));
			}),
		);
	});

	it('follow it round corners', () => {
		assert.deepEqual(
			rows({ width: 14, height: 7 }, { kind: 'line', size: 3, points: [2.5, 1.5, 11.5, 1.5, 11.5, 4.5] }),
			[
				'.############.',
				'.############.',
				'.############.',
				'..........###.',
				'..........###.',
				'..........###.',
				'..............',
			],
		);
	});

	it('follow it aslant, with round ends', () => {
		assert.deepEqual(rows({ width: 14, height: 10 }, { kind: 'line', size: 4, points: [3, 3, 11, 7] }), [
			'..............',
			'..##..........',
			'.#####........',
			'.#######......',
			'..########....',
			'....########..',
			'......#######.',
			'........#####.',
			'..........##..',
			'..............',
		]);
	});

	it('are only those on the picture where it leaves it', () => {
		assert.deepEqual(rows({ width: 7, height: 4 }, { kind: 'line', size: 4, points: [-900, 2, 3, 2] }), [
			'####...',
			'#####..',
			'#####..',
			'####...',
		]);
	});
});

describe('the pixels of other tools', () => {
	it('are those inside the lasso', () => {
		assert.deepEqual(rows({ width: 12, height: 8 }, { kind: 'lasso', points: [1, 7, 6, 1, 11, 7] }), [
			'............',
			'............',
			'.....##.....',
			'....####....',
			'...######...',
			'..########..',
			'.##########.',
			'............',
		]);
	});

	it('are all that the lasso winds round, where it crosses itself', () => {
		assert.deepEqual(rows({ width: 12, height: 8 }, { kind: 'lasso', points: [1, 1, 11, 7, 11, 1, 1, 7] }), [
			'............',
			'.#........#.',
			'.##.....###.',
			'.####..####.',
			'.####..####.',
			'.##.....###.',
			'.#........#.',
			'............',
		]);
		const outside = [0, 0, 8, 0, 8, 6, 0, 6, 0, 0];
		const twice: Stroke = { kind: 'lasso', points: [...outside, 2, 2, 6, 2, 6, 4, 2, 4, 2, 2] };
		assert.deepEqual(rows({ width: 8, height: 6 }, twice), Array<string>(6).fill('########'));
		const back: Stroke = { kind: 'lasso', points: [...outside, 2, 2, 2, 4, 6, 4, 6, 2, 2, 2] };
		assert.deepEqual(rows({ width: 8, height: 6 }, back), [
			'########',
			'########',
			'##....##',
			'##....##',
			'########',
			'########',
		]);
	});

	it('are none of a lasso without an inside', () => {
		assert.deepEqual(rows({ width: 3, height: 1 }, { kind: 'lasso', points: [0, 0.5, 3, 0.5] }), ['...']);
		assert.deepEqual(rows({ width: 3, height: 1 }, { kind: 'lasso', points: [1.5, 0.5] }), ['...']);
	});

	it('are those of the rectangle', () => {
		assert.deepEqual(rows({ width: 5, height: 3 }, { kind: 'rectangle', rect: { x: 1, y: 1, width: 9, height: 1 } }), [
			'.....',
			'.####',
			'.....',
		]);
		fc.assert(
			fc.property(fc.array(wholeRects, { maxLength: 4 }), sizes, (rects, size) => {
				const strokes = rects.map((rect): Stroke => ({ kind: 'rectangle', rect }));
				assert.deepEqual(maskOf(strokes, size), maskOfRects(size, rects));
			}),
		);
	});
});

describe('the pixels after several acts', () => {
	const size = { width: 9, height: 5 };
	const box: Stroke = { kind: 'rectangle', rect: { x: 1, y: 1, width: 7, height: 3 } };
	const rubber: Stroke = { kind: 'line', size: 1, points: [2.5, 2.5, 6.5, 2.5], erases: true };
	const framed = ['.........', '.#######.', '.#.....#.', '.#######.', '.........'];
	const turned = ['#########', '#.......#', '#.#####.#', '#.......#', '#########'];

	it('are gone where the eraser was', () => {
		assert.deepEqual(rows(size, box, rubber), framed);
	});

	it('are there again where the brush was after the eraser', () => {
		assert.deepEqual(rows(size, box, rubber, dot(4.5, 2.5, 1)), [
			'.........',
			'.#######.',
			'.#..#..#.',
			'.#######.',
			'.........',
		]);
	});

	it('are the others once it is inverted, and what comes then paints and erases as before', () => {
		assert.deepEqual(rows(size, box, rubber, invert), turned);
		assert.deepEqual(rows(size, box, rubber, invert, { ...rubber, points: [0.5, 0.5, 8.5, 0.5] }), [
			'.........',
			...turned.slice(1),
		]);
	});

	it('are those before the last act once that is undone, and as they were once it is done again', () => {
		const list = [box, rubber, invert].reduce(withStroke, noStrokes);
		assert.deepEqual(rows(size, ...current(list)), turned);
		assert.deepEqual(rows(size, ...current(undone(list))), framed);
		assert.deepEqual(rows(size, ...current(redone(undone(list)))), turned);
		const [first] = rows(size, ...current(undone(undone(undone(list)))));
		assert.equal(first, '.........');
	});

	it('are none once it is cleared', () => {
		assert.deepEqual(rows(size, box, invert, { kind: 'clear' }), Array<string>(5).fill('.........'));
	});

	it('are elsewhere once it is moved', () => {
		const place: Stroke = {
			kind: 'place',
			from: { x: 1, y: 1, width: 7, height: 3 },
			to: { x: 2, y: 0, width: 7, height: 3 },
		};
		assert.deepEqual(rows(size, box, rubber, place), ['..#######', '..#.....#', '..#######', '.........', '.........']);
	});
});

describe('the laws of rasterising', () => {
	it('gives what the definition says, pixel by pixel', () => {
		fc.assert(
			fc.property(unmoved, sizes, (strokes, size) => {
				assert.deepEqual(rows(size, ...strokes), drawn(slowMask(strokes, size)));
			}),
			{ numRuns: 400 },
		);
	});

	it('gives 0 and 255 alone, the same each time, and leaves the strokes as they are', () => {
		fc.assert(
			fc.property(strokeLists, sizes, (strokes, size) => {
				const before = structuredClone(strokes);
				const mask = maskOf(strokes, size);
				assert.deepEqual(maskOf(strokes, size), mask);
				assert.deepEqual(strokes, before);
				assert.ok(mask.data.every((value) => value === 0 || value === 255));
				assert.deepEqual(
					[mask.width, mask.height, mask.data.length],
					[size.width, size.height, size.width * size.height],
				);
			}),
		);
	});

	it('knows no difference between what was undone and what was never done', () => {
		fc.assert(
			fc.property(strokeLists, painted, sizes, (strokes, more, size) => {
				const list = strokes.reduce(withStroke, noStrokes);
				assert.deepEqual(maskOf(current(undone(withStroke(list, more))), size), maskOf(strokes, size));
			}),
		);
	});

	it('gives the same when it is inverted twice, and none of the same when once', () => {
		fc.assert(
			fc.property(strokeLists, sizes, (strokes, size) => {
				const mask = maskOf(strokes, size);
				assert.deepEqual(maskOf([...strokes, invert, invert], size), mask);
				assert.deepEqual(
					maskOf([...strokes, invert], size).data,
					mask.data.map((value) => 255 - value),
				);
			}),
		);
	});

	it('gives the same after clearing as on nothing', () => {
		fc.assert(
			fc.property(strokeLists, strokeLists, sizes, (before, strokes, size) => {
				assert.deepEqual(maskOf([...before, { kind: 'clear' }, ...strokes], size), maskOf(strokes, size));
			}),
		);
	});

	it('gives nothing where the same was painted and erased, and all of it where it was painted last', () => {
		fc.assert(
			fc.property(strokeLists, painted, sizes, (strokes, stroke, size) => {
				const own = maskOf([stroke], size).data;
				const before = maskOf(strokes, size).data;
				const erased = maskOf([...strokes, stroke, erasing(stroke)], size).data;
				const again = maskOf([...strokes, erasing(stroke), stroke], size).data;
				assert.deepEqual(
					erased,
					before.map((value, at) => (own[at] ? 0 : value)),
				);
				assert.deepEqual(
					again,
					before.map((value, at) => (own[at] ? 255 : value)),
				);
			}),
		);
	});

	it('gives a part of a picture as the whole picture has it', () => {
		fc.assert(
			fc.property(unmoved, sizes, sizes, (strokes, a, b) => {
				const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
				const part = rows(a, ...strokes)
					.slice(0, height)
					.map((row) => row.slice(0, width));
				assert.deepEqual(rows({ width, height }, ...strokes), part);
			}),
		);
	});
});
