import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { sumOfUsd } from '../../../src/spending/money';
import { Rows } from '../../../src/spending/rows';
import { anySettlements, settlement } from './arbitraries';

const since = { today: '2026-11-22T00:00:00.000Z', month: '2026-11-01T00:00:00.000Z' };

describe('rows', () => {
	it('are of each job the first', () => {
		const rows = new Rows();
		const [a, b] = [settlement({ job: 'a' }), settlement({ job: 'b' })];
		for (const row of [a, b, settlement({ job: 'a', usd: 9 })]) rows.add(row);
		assert.deepEqual(rows.all(), [a, b]);
		assert.deepEqual([rows.has('a'), rows.has('c')], [true, false]);
		assert.deepEqual(rows.tally.sums(since), { today: 0.08, month: 0.08, total: 0.08 });
	});

	it('come to what they are, however often each is told', () => {
		fc.assert(
			fc.property(anySettlements, (all) => {
				const rows = new Rows();
				for (const row of [...all, ...all.toReversed()]) rows.add(row);
				assert.deepEqual(rows.all(), all);
				assert.equal(rows.tally.sums(since).total, sumOfUsd(all.map(({ usd }) => usd)));
			}),
		);
	});

	it('that were handed out do not grow', () => {
		const rows = new Rows();
		const none = rows.all();
		rows.add(settlement());
		assert.deepEqual(none, []);
	});
});
