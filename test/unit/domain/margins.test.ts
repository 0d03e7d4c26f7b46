import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { marginsForRatio, noMargins, withMargins } from '../../../src/domain/margins';

describe('the margins of a ratio', () => {
	it('widen a square on both sides, and keep it in the middle', () => {
		assert.deepEqual(marginsForRatio({ width: 900, height: 900 }, { width: 16, height: 9 }), {
			...noMargins,
			left: 350,
			right: 350,
		});
	});

	it('heighten what is too wide; of an odd pixel more below', () => {
		assert.deepEqual(marginsForRatio({ width: 100, height: 51 }, { width: 1, height: 1 }), {
			...noMargins,
			top: 24,
			bottom: 25,
		});
	});

	it('are nothing where the picture has the ratio', () => {
		assert.deepEqual(marginsForRatio({ width: 1600, height: 900 }, { width: 16, height: 9 }), noMargins);
	});

	it('give the ratio as truly as whole pixels can, along one side alone', () => {
		const side = fc.integer({ min: 1, max: 5000 });
		const part = fc.integer({ min: 1, max: 30 });
		fc.assert(
			fc.property(side, side, part, part, (width, height, across, down) => {
				const margins = marginsForRatio({ width, height }, { width: across, height: down });
				const size = withMargins({ width, height }, margins);
				assert.ok(size.width === width || size.height === height);
				assert.ok(Math.abs(margins.left - margins.right) <= 1 && Math.abs(margins.top - margins.bottom) <= 1);
				const wished = size.height === height ? (height * across) / down : width;
				const upright = size.width === width ? (width * down) / across : height;
				assert.ok(Math.abs(size.width - wished) <= 0.5 || Math.abs(size.height - upright) <= 0.5 + 1e-9);
			}),
		);
	});
});
