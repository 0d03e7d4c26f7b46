import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { microsOf, sumOfUsd, usdOf } from '../../../src/spending/money';

describe('money', () => {
	it('adds up without a drift', () => {
		assert.notEqual(0.1 + 0.2, 0.3);
		assert.equal(sumOfUsd([0.1, 0.2]), 0.3);
		assert.equal(sumOfUsd(Array.from({ length: 100_000 }, () => 0.011)), 1100);
		assert.equal(sumOfUsd([]), 0);
	});

	it('adds up to the same in any order', () => {
		const amounts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 30 });
		fc.assert(
			fc.property(amounts, (all) => {
				assert.equal(sumOfUsd(all.toReversed()), sumOfUsd(all));
				assert.equal(sumOfUsd(all.toSorted((a, b) => a - b)), sumOfUsd(all));
			}),
		);
	});

	it('is whole millionths, whatever a number is', () => {
		fc.assert(
			fc.property(fc.double(), (usd) => {
				const micros = microsOf(usd);
				assert.ok(Number.isSafeInteger(micros) && micros >= 0, String(micros));
				if (usd >= 0 && usd <= 1e9) assert.ok(Math.abs(usdOf(micros) - usd) <= 0.5e-6 + usd * 1e-15);
			}),
		);
	});

	it('is nothing where a price is none', () => {
		assert.deepEqual([-1, Number.NaN, Number.NEGATIVE_INFINITY, 0, -0].map(microsOf), [0, 0, 0, 0, 0]);
		assert.equal(microsOf(Infinity), 1e15);
	});
});
