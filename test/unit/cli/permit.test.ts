import assert from 'node:assert/strict';
import { check, type Plan } from '../../../src/catalogue/check';
import { catalogue } from '../../../src/cli/prepare';
import { permitFor } from '../../../src/cli/permit';
import { inWords } from '../../../src/cli/words';
import { type ImageError, isImageError, sentencesOf } from '../../../src/domain/imageError';
import { requestOf, terms } from '../builders';

function priced(usd: number | undefined, n = 1): Plan {
	const plan = check(requestOf({ n, prompt: 'a fox', model: 'runware/runware:100@1', options: {} }), catalogue, terms);
	assert.ok('calls' in plan);
	const rows = usd === undefined ? [] : [{ usd }];
	return { ...plan, offer: { ...plan.offer, price: { read: '2026-11-01', rows } } };
}

async function permit(plan: Plan, most: number, quoted?: number) {
	let asked = 0;
	const answer = await permitFor(plan, most, async () => (asked++, quoted));
	if (!isImageError(answer)) return { usd: answer.usd, asked };
	return { code: answer.code, charged: answer.charged, said: sentencesOf(answer).map(inWords).join(' '), asked };
}

describe('the permit of an order', () => {
	it('is given for what the list says, and nobody is asked', async () => {
		assert.deepEqual(await permit(priced(0.05, 5), 0.25), { usd: 0.25, asked: 0 });
		assert.deepEqual(await permit(priced(0), 0), { usd: 0, asked: 0 });
		assert.deepEqual(await permit(priced(9), Infinity), { usd: 9, asked: 0 });
		assert.deepEqual(await permit(priced(undefined), Infinity), { usd: undefined, asked: 0 });
	});

	it('is given for what the provider says, where the list is silent or would refuse', async () => {
		assert.deepEqual(await permit(priced(undefined, 2), 0.25, 0.1), { usd: 0.1, asked: 1 });
		assert.deepEqual(await permit(priced(5, 2), 0.25, 0.1), { usd: 0.1, asked: 1 });
	});

	it('is refused where the provider took the question for an order', async () => {
		const taken: ImageError = { code: 'bad-reply', charged: 'unknown' };
		assert.equal(await permitFor(priced(undefined), 0.25, async () => taken), taken);
	});

	it('is given to the micro-dollar', async () => {
		assert.deepEqual(await permit(priced(0.1, 3), 0.3), { usd: 0.1 * 3, asked: 0 });
	});

	it('is refused with the flag that gives it', async () => {
		const dear = await permit(priced(0.2, 2), 0.25);
		assert.deepEqual([dear.code, dear.charged], ['over-budget', 'no']);
		assert.equal(dear.said, 'This costs about $0.40, and --max-cost allows $0.25. Raise it to allow this.');
		const unknown = await permit(priced(undefined), 100);
		assert.match(unknown.said ?? '', /--max-cost any allows it\.$/);
	});

	it('is refused to secrets, whatever it may cost, and before anybody is asked', async () => {
		const secret = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
		const plan = priced(undefined);
		const hidden = { ...plan, request: { ...plan.request, prompt: `a fox ${secret}` } };
		const refused = await permit(hidden, 0.25, 0.1);
		assert.deepEqual([refused.code, refused.asked], ['bad-input', 0]);
		assert.ok(!(refused.said ?? '').includes(secret));
		const option = { ...plan, request: { ...plan.request, options: { note: secret } } };
		assert.equal((await permit(option, Infinity)).code, 'bad-input');
	});
});
