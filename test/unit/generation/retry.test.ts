import assert from 'node:assert/strict';
import { run } from '../../../src/generation/run';
import { Patience, patienceWith } from '../../../src/generation/retry';
import type { HttpRequest, Provider, Reply } from '../../../src/providers/provider';
import { unsent } from '../../../src/domain/imageError';
import { callOf, emptyReply, standingClock, worldOf } from './scripted';

const billed: HttpRequest = { kind: 'http', method: 'POST', path: '/images', billed: true };
const once: Provider = {
	begin: () => ({ next: billed }),
	read: () => ({ images: [{ bytes: new Uint8Array() }], done: true }),
	failure: () => unsent('server-error'),
};

describe('the patience with a provider', () => {
	it('is used up by repetitions, and comes back with answers and with time', () => {
		let now = 1_000_000;
		const patience = new Patience(() => now);
		assert.equal(patience.tokens, 100);
		for (let n = 0; n < 20; n++) patience.repeated();
		assert.equal(patience.tokens, 0);
		for (let n = 0; n < 5; n++) patience.answered();
		assert.equal(patience.tokens, 5);
		now += 30_000;
		assert.equal(patience.tokens, 10);
		now -= 3_600_000;
		assert.equal(patience.tokens, 10, 'whatever becomes of the clock');
		now += 86_400_000;
		assert.equal(patience.tokens, 100);
	});

	it('is one for all jobs, and another for each provider', () => {
		const clock = standingClock();
		assert.equal(patienceWith('openai', clock), patienceWith('openai', clock));
		assert.notEqual(patienceWith('openai', clock), patienceWith('runware', clock));
		assert.notEqual(patienceWith('openai', clock), patienceWith('openai', standingClock()));
	});

	it('ends: a server in trouble hears of 200 jobs 220 times, not 600, and of the next when it answers again', async () => {
		const clock = standingClock();
		let sent = 0;
		let answer: Reply = { status: 503, headers: {} };
		const send = async () => (sent++, answer);
		const make = async (): Promise<string[]> => {
			const kinds: string[] = [];
			const world = worldOf(send, { clock });
			for await (const { kind } of run(once, callOf(), world, new AbortController().signal)) kinds.push(kind);
			return kinds;
		};
		for (let n = 0; n < 200; n++) assert.deepEqual(await make(), ['failure']);
		assert.equal(sent, 220);
		answer = emptyReply;
		for (let n = 0; n < 5; n++) assert.deepEqual(await make(), ['image']);
		assert.equal(sent, 225);
		answer = { status: 503, headers: {} };
		assert.deepEqual(await make(), ['failure']);
		assert.equal(sent, 227, 'repeated once');
	});
});
