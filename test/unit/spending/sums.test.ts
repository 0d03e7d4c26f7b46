import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { sumOfUsd } from '../../../src/spending/money';
import { groupsOf, spentOf, sumsOf } from '../../../src/spending/sums';
import { anySettlements, settlement } from './arbitraries';

const since = { today: '2026-11-21T23:00:00.000Z', month: '2026-10-31T23:00:00.000Z' };

const rows = [
	settlement({ at: '2026-10-31T22:59:59.999Z', usd: 1 }),
	settlement({ at: '2026-10-31T23:00:00Z', usd: 2, openUsd: 0.5 }),
	settlement({ at: '2026-11-21T22:59:59Z', usd: 4 }),
	settlement({ at: '2026-11-21T23:00:00.000Z', usd: 8 }),
	settlement({ at: '2026-11-22T10:00:00.000Z', usd: 16, openUsd: 0.25, estimated: true }),
	// A clock was set back.
	settlement({ at: '2027-01-01T00:00:00.000Z', usd: 32, model: 'custom/a', document: '' }),
];

describe('what was spent', () => {
	it('is of a day and of a month, with what is dated later', () => {
		assert.deepEqual(sumsOf(rows, since), { today: 56, month: 62, total: 63 });
	});

	it('counts against budgets with what may have been charged', () => {
		assert.deepEqual(spentOf(rows, since), { today: 56.25, month: 62.75 });
	});

	it('is the same in whatever order it was spent', () => {
		fc.assert(
			fc.property(anySettlements, (all) => {
				assert.deepEqual(sumsOf(all.toReversed(), since), sumsOf(all, since));
				assert.deepEqual(spentOf(all.toReversed(), since), spentOf(all, since));
			}),
		);
	});

	it('is grouped by anything, and the groups come to all of it', () => {
		assert.deepEqual(
			groupsOf(rows, ({ model }) => model),
			[
				{ name: 'openai/gpt-image-2', pictures: 5, usd: 31, estimated: true, openUsd: 0.75 },
				{ name: 'custom/a', pictures: 1, usd: 32, estimated: false, openUsd: 0 },
			],
		);
		fc.assert(
			fc.property(anySettlements, (all) => {
				const groups = groupsOf(all, ({ at }) => at.slice(0, 4));
				assert.equal(sumOfUsd(groups.map(({ usd }) => usd)), sumsOf(all, since).total);
			}),
		);
	});
});
