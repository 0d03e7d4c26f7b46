import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Arrival, run, type Send } from '../../../src/generation/run';
import type { Call } from '../../../src/providers/provider';
import { type ScriptedStep, scripted, sendAtOnce } from './scripted';

const call: Call = {
	task: { operation: 'generate' },
	prompt: 'a fox',
	size: { width: 16, height: 16 },
	n: 1,
	before: 0,
	options: {},
	format: 'png',
};

function nameOf(arrival: Arrival | undefined): string {
	if (!arrival) return 'nothing';
	return arrival.kind === 'image' ? `image ${arrival.image.seed}` : `failure ${arrival.error.code}`;
}

async function next(arrivals: AsyncGenerator<Arrival, void>): Promise<string> {
	const { value } = await arrivals.next();
	return nameOf(value ?? undefined);
}

const scripts = fc.array(
	fc.record({ images: fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 3 }), failures: fc.nat(2) }),
	{ minLength: 1, maxLength: 5 },
);

describe('running a provider', () => {
	it('hands on everything that every step brings, in order, and sends once between two steps', async () => {
		await fc.assert(
			fc.asyncProperty(scripts, async (script) => {
				let sent = 0;
				const send: Send = async (request, signal) => {
					sent++;
					return sendAtOnce(request, signal);
				};
				const arrivals: string[] = [];
				for await (const arrival of run(
					scripted(() => script),
					call,
					send,
					new AbortController().signal,
				)) {
					arrivals.push(nameOf(arrival));
				}
				const expected = script.flatMap(({ images, failures }) => [
					...images.map((seed) => `image ${seed}`),
					...Array.from({ length: failures }, () => 'failure refused'),
				]);
				assert.deepEqual(arrivals, expected);
				assert.equal(sent, script.length - 1);
			}),
		);
	});

	it('hands a picture on before it asks for more', async () => {
		const script: readonly ScriptedStep[] = [{ images: ['a'] }, { images: ['b'] }];
		let sent = 0;
		const send: Send = async () => {
			sent++;
			return { body: new Uint8Array() };
		};
		const arrivals = run(
			scripted(() => script),
			call,
			send,
			new AbortController().signal,
		);
		assert.equal(await next(arrivals), 'image a');
		assert.equal(sent, 0);
		assert.equal(await next(arrivals), 'image b');
		assert.equal(sent, 1);
		assert.equal(await next(arrivals), 'nothing');
	});

	it('passes on the reply, the call and the signal', async () => {
		const body = Uint8Array.of(1, 2, 3);
		const { signal } = new AbortController();
		const first = scripted(() => [{ images: [] }, { images: [] }]).begin(call);
		const seen: unknown[] = [];
		const provider = {
			begin: (given: Call) => (seen.push(given), first),
			read: (reply: unknown, given: Call) => (seen.push(reply, given), { done: true as const }),
		};
		const send: Send = async (request, given) => (seen.push(request, given), { body });
		assert.equal((await run(provider, call, send, signal).next()).done, true);
		assert.ok('next' in first);
		assert.deepEqual(seen, [call, first.next, signal, { body }, call]);
	});

	it('ends with what ended the way out', async () => {
		const controller = new AbortController();
		controller.abort(new Error('enough'));
		const arrivals = run(
			scripted(() => [{ images: ['a'] }, { images: ['b'] }]),
			call,
			sendAtOnce,
			controller.signal,
		);
		await arrivals.next();
		await assert.rejects(arrivals.next(), /enough/);
	});
});
