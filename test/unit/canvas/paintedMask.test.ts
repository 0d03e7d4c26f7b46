import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isNotable, mostStrokes, paintedRects, usualFeather } from '../../../src/canvas/paintedMask';
import { paintedSchema } from '../../../src/canvas/paintedSchema';
import { maskOf } from '../../../src/canvas/rasterise';
import type { Stroke } from '../../../src/canvas/strokes';
import { maskOfRects } from '../../../src/image/mask';
import { strokeLists, wholeRects } from './strokesOf';

function line(numbers: number): Stroke {
	return { kind: 'line', size: 4, points: Array.from({ length: numbers }, () => 1) };
}

function notable(...strokes: readonly Stroke[]): boolean {
	return isNotable({ strokes, feather: 0 });
}

const size = { width: 30, height: 20 };

describe('a painted mask', () => {
	it('selects of rectangles what they select', () => {
		fc.assert(
			fc.property(fc.array(wholeRects, { maxLength: 4 }), (rects) => {
				const { strokes, feather } = paintedRects(rects);
				assert.deepEqual(maskOf(strokes, size), maskOfRects(size, rects));
				assert.equal(feather, usualFeather);
			}),
		);
	});

	it('is noted as long as it is short, all of its strokes together', () => {
		assert.ok(notable());
		assert.ok(notable(line(20_000)));
		assert.ok(!notable(line(20_002)));
		assert.ok(!notable(line(10_000), { kind: 'lasso', points: [0, 0] }, line(10_000)));
		const rect = { x: 0, y: 0, width: 1, height: 1 };
		assert.ok(notable(line(19_986), { kind: 'rectangle', rect }, { kind: 'place', from: rect, to: rect }));
		assert.ok(!notable(line(19_990), { kind: 'rectangle', rect }, { kind: 'place', from: rect, to: rect }));
		const inverts = Array.from({ length: mostStrokes }, () => ({ kind: 'invert' }) as const);
		assert.ok(notable(...inverts));
		assert.ok(!notable(...inverts, { kind: 'clear' }));
	});

	it('is the same after it was noted', () => {
		fc.assert(
			fc.property(strokeLists, fc.integer({ min: 0, max: 41 }), (strokes, feather) => {
				const given = { strokes, feather };
				assert.deepEqual(paintedSchema.parse(JSON.parse(JSON.stringify(given))), given);
			}),
		);
	});
});
