import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { certainShare } from '../../../src/canvas/certain';
import { coverageOf } from '../../../src/canvas/coverage';
import { maskOf } from '../../../src/canvas/rasterise';
import type { Stroke } from '../../../src/canvas/strokes';
import { sizes } from '../image/arbitrary';
import { erasing, selectedOf, strokeLists } from './strokesOf';

const picture = { width: 100, height: 80 };
const all: Stroke = { kind: 'rectangle', rect: { x: -3, y: 0, width: 103, height: 90 } };
const dot: Stroke = { kind: 'line', size: 4, points: [50, 40] };
const part: Stroke = { kind: 'rectangle', rect: { x: 40, y: 30, width: 20, height: 20 } };
const invert: Stroke = { kind: 'invert' };

describe('what is certain of a selection', () => {
	it('is right', () => {
		fc.assert(
			fc.property(strokeLists, sizes, (strokes, size) => {
				const share = certainShare(strokes, size);
				fc.pre(share !== undefined);
				assert.equal(selectedOf(maskOf(strokes, size)).length, share * size.width * size.height);
			}),
		);
	});

	it('is known of what covers all, of nothing, and of what is cleared away', () => {
		const lists: readonly (readonly [share: 0 | 1 | undefined, ...strokes: Stroke[]])[] = [
			[0],
			[1, invert],
			[0, dot, { kind: 'clear' }],
			[1, dot, { kind: 'clear' }, invert],
			[1, dot, all],
			[1, all, dot],
			[0, dot, erasing(all)],
			[0, erasing(dot)],
			[1, invert, erasing(all), invert],
			[0, { kind: 'line', size: 4, points: [-50, 40] }],
			[0, part, erasing(part)],
			[1, part, erasing(part), invert],
			[1, invert, erasing(dot), part],
			[undefined, part, dot, erasing({ kind: 'rectangle', rect: { x: 40, y: 30, width: 5, height: 5 } })],
			[undefined, dot],
			[undefined, dot, erasing(dot)],
			[undefined, all, erasing(dot)],
		];
		for (const [share, ...strokes] of lists)
			assert.equal(certainShare(strokes, picture), share, JSON.stringify(strokes));
	});

	it('decides when a share that is counted is 0 or 1', () => {
		const large = { width: 8000, height: 5000 };
		const most: Stroke = { kind: 'rectangle', rect: { x: 0, y: 0, width: 8000, height: 4999 } };
		const share = coverageOf([most], large);
		assert.ok(share > 0.99 && share < 1, `${share}`);
		const rest = coverageOf([most, invert], large);
		assert.ok(rest > 0 && rest < 0.01, `${rest}`);
	});
});
