import assert from 'node:assert/strict';
import { settlementOf } from '../../../src/spending/settlementOf';
import { planOf } from '../builders';

const begun = { id: 'j', at: '2026-11-22T12:00:00.000Z', model: 'openai/vendor/easel:2@1', n: 2 };
const outcome = { pictures: 1, usd: 0.04, estimated: true, open: 1 };

describe('what a job comes to in the ledger', () => {
	it('is told with who made what, for which document', () => {
		assert.deepEqual(settlementOf(planOf({ n: 2 }), begun, outcome, 'docs/a.md'), {
			job: 'j',
			at: begun.at,
			model: begun.model,
			operation: 'generate',
			pictures: 1,
			usd: 0.04,
			estimated: true,
			openUsd: 0.04,
			document: 'docs/a.md',
		});
	});

	it('reckons what may have been paid besides by what was set aside, where there is no price', () => {
		const plan = planOf({ n: 2 });
		const unpriced = { ...plan, offer: { ...plan.offer, price: { ...plan.offer.price, rows: [] } } };
		assert.equal(settlementOf(unpriced, { ...begun, usd: 0.5 }, outcome, '').openUsd, 0.25);
		assert.equal(settlementOf(unpriced, begun, outcome, '').openUsd, 0);
	});
});
