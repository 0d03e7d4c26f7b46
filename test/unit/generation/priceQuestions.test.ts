import assert from 'node:assert/strict';
import { check, type Plan } from '../../../src/catalogue/check';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { isImageError } from '../../../src/domain/imageError';
import { PriceQuestions } from '../../../src/generation/priceQuestions';
import type { Reply, Task } from '../../../src/providers/provider';
import { requestOf, terms } from '../builders';

const price: Reply = { status: 200, headers: {}, json: { data: [{ cost: 0.04 }] } };
const picture: Reply = { status: 200, headers: {}, picture: Uint8Array.of(137, 80, 78, 71) };

function planOf(model: string, n = 1): Plan {
	const plan = check(requestOf({ n, prompt: 'a fox', model, options: {} }), { models, offers }, terms);
	assert.ok('calls' in plan);
	return plan;
}

/** Whoever asks, with what is answered, and how often somebody heard it. */
function asker() {
	const questions = new PriceQuestions();
	const { signal } = new AbortController();
	const heard = { times: 0 };
	const ask = async (plan: Plan, reply: Reply, task?: Task) =>
		questions.ask(plan, task, async () => (heard.times++, reply), signal);
	return { ask, heard };
}

const runware = 'runware/runware:100@1';

async function send(): Promise<never> {
	throw new Error('gone');
}

describe('the question for a price', () => {
	it('is asked of the first call, and reckoned for all pictures', async () => {
		const { ask, heard } = asker();
		const plan = { ...planOf(runware, 5), calls: [2, 2, 1] };
		assert.equal(await ask(plan, price), 0.1);
		assert.equal(heard.times, 1);
	});

	it('takes no picture along', async () => {
		const { ask, heard } = asker();
		const task: Task = { operation: 'edit', images: [{ bytes: Uint8Array.of(1), format: 'png' }] };
		assert.equal(await ask(planOf(runware), price, task), undefined);
		assert.equal(heard.times, 0);
	});

	it('is never asked again of a provider that took it for an order', async () => {
		const { ask, heard } = asker();
		const taken = await ask(planOf(runware), picture);
		assert.ok(isImageError(taken) && taken.charged === 'unknown');
		assert.equal(await ask(planOf(runware), price), undefined);
		assert.equal(heard.times, 1);
		const elsewhere: Reply = { ...price, json: { total_cost_micros: 80_000, currency: 'USD' } };
		assert.equal(await ask(planOf('lumenfall/gpt-image-2'), elsewhere), 0.08);
	});

	it('ends cancelled with its job', async () => {
		const cancelled = new AbortController();
		cancelled.abort();
		const answer = await new PriceQuestions().ask(planOf(runware), undefined, send, cancelled.signal);
		assert.ok(isImageError(answer) && answer.code === 'cancelled');
		const fault = new PriceQuestions().ask(planOf(runware), undefined, send, new AbortController().signal);
		await assert.rejects(fault, /gone/);
	});
});
