import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { english } from '../../../src/domain/message';
import { type Asked, judgeBudget } from '../../../src/spending/budget';
import { microsOf, sumOfUsd } from '../../../src/spending/money';
import { anyUsd } from './arbitraries';

const nothing = { today: 0, month: 0 };

function said(asked: Partial<Asked>): string | undefined {
	const message = judgeBudget({ limits: {}, spent: nothing, reserved: nothing, ...asked });
	return message && english(message);
}

describe('a budget', () => {
	it('that is not set has room for anything', () => {
		assert.equal(said({ usd: 1e6 }), undefined);
		assert.equal(said({}), undefined);
	});

	it('has room for exactly what is left', () => {
		const asked = { limits: { daily: 1 }, spent: { today: 0.6, month: 9 }, reserved: { today: 0.3, month: 9 } };
		assert.equal(said({ ...asked, usd: 0.1 }), undefined);
		assert.equal(
			said({ ...asked, usd: 0.11 }),
			'This costs about $0.11, and $0.10 of today’s budget of $1.00 is left. Raise it in the settings.',
		);
	});

	it('says which one is in the way', () => {
		const limits = { daily: 10, monthly: 20 };
		assert.match(
			said({ limits, spent: { today: 1, month: 19 }, usd: 2 }) ?? '',
			/\$1\.00 of this month’s budget of \$20\.00 is left/,
		);
		assert.match(
			said({ limits, spent: { today: 10, month: 20 }, usd: 2 }) ?? '',
			/Today’s budget of \$10\.00 is used up/,
		);
		assert.equal(
			said({ limits: { monthly: 20 }, spent: { today: 0, month: 30 }, usd: 2 }),
			'This month’s budget of $20.00 is used up. Raise it in the settings.',
		);
	});

	it('has room for what nobody knows the price of until it is used up', () => {
		const limits = { daily: 1 };
		assert.equal(said({ limits, spent: { today: 0.99, month: 0.99 } }), undefined);
		assert.match(
			said({ limits, spent: { today: 0.5, month: 0.5 }, reserved: { today: 0.5, month: 0 } }) ?? '',
			/used up/,
		);
		assert.match(said({ limits: { daily: 0 } }) ?? '', /used up/);
	});

	it('has room for what costs nothing', () => {
		assert.equal(said({ limits: { daily: 0 }, usd: 0 }), undefined);
		assert.equal(said({ limits: { daily: 1 }, spent: { today: 2, month: 2 }, usd: 0 }), undefined);
	});

	it('has room only for what does not pass it', () => {
		fc.assert(
			fc.property(anyUsd, anyUsd, anyUsd, anyUsd, (daily, spent, reserved, usd) => {
				const message = judgeBudget({
					limits: { daily },
					spent: { today: spent, month: 0 },
					reserved: { today: reserved, month: 0 },
					usd,
				});
				const passes = usd > 0 && microsOf(sumOfUsd([spent, reserved, usd])) > microsOf(daily);
				assert.equal(message !== undefined, passes);
			}),
		);
	});
});
