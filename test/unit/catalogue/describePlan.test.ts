import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describePlan } from '../../../src/catalogue/describePlan';

describe('a picture that goes out to be described', () => {
	it('goes out whole, and no larger than models look at', () => {
		for (const [source, size] of [
			[
				{ width: 64, height: 48 },
				{ width: 64, height: 48 },
			],
			[
				{ width: 2000, height: 900 },
				{ width: 1024, height: 461 },
			],
			[
				{ width: 1, height: 16_000 },
				{ width: 1, height: 1024 },
			],
		] as const) {
			assert.deepEqual(describePlan(source).sends, { part: { x: 0, y: 0, ...source }, size });
		}
	});

	it('is never enlarged, and never without a pixel', () => {
		const side = fc.integer({ min: 1, max: 16_384 });
		fc.assert(
			fc.property(side, side, (width, height) => {
				const { size } = describePlan({ width, height }).sends;
				assert.ok(size.width >= 1 && size.width <= Math.min(width, 1024));
				assert.ok(size.height >= 1 && size.height <= Math.min(height, 1024));
			}),
		);
	});
});
