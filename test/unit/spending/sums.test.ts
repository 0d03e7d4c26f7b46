import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { sumOfUsd } from '../../../src/spending/money';
import { amountsOf, groupsOf, Tally } from '../../../src/spending/sums';
import type { Settlement } from '../../../src/spending/ledger';
import { anyInstant, anySettlements, settlement } from './arbitraries';

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

function tallyOf(all: readonly Settlement[]): Tally {
	const tally = new Tally();
	for (const row of all) tally.add(row);
	return tally;
}

describe('what was spent', () => {
	it('is of a day and of a month, with what is dated later', () => {
		assert.deepEqual(tallyOf(rows).sums(since), { today: 56, month: 62, total: 63 });
	});

	it('counts against budgets with what may have been charged', () => {
		assert.deepEqual(tallyOf(rows).spent(since), { today: 56.25, month: 62.75 });
	});

	it('is the same in whatever order it was spent', () => {
		fc.assert(
			fc.property(anySettlements, (all) => {
				assert.deepEqual(tallyOf(all.toReversed()).sums(since), tallyOf(all).sums(since));
				assert.deepEqual(tallyOf(all.toReversed()).spent(since), tallyOf(all).spent(since));
			}),
		);
	});

	it('is the same as each row by itself, of whatever day', () => {
		const anyDay = fc.constantFrom('2024-02-28T13:45:00.000Z', '2030-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z');
		const anySince = fc.record({ today: fc.oneof(anyInstant, anyDay), month: fc.oneof(anyInstant, anyDay) });
		fc.assert(
			fc.property(anySettlements, anySince, (all, since) => {
				assert.deepEqual(
					tallyOf(all).spent(since),
					amountsOf(all, since, ({ usd, openUsd }) => usd + openUsd),
				);
				const { total, ...sums } = tallyOf(all).sums(since);
				assert.deepEqual(
					sums,
					amountsOf(all, since, ({ usd }) => usd),
				);
				assert.equal(total, sumOfUsd(all.map(({ usd }) => usd)));
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
				assert.equal(sumOfUsd(groups.map(({ usd }) => usd)), tallyOf(all).sums(since).total);
			}),
		);
	});
});
