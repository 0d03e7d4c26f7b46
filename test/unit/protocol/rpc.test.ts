import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { CallError } from '../../../src/protocol/client';
import { settled, Wire } from './wire';

/** The code and the words of the failure that a call ends with. */
async function failureOf(call: Promise<unknown>): Promise<string> {
	const reason: unknown = await call.then(
		() => undefined,
		(fault: unknown) => fault,
	);
	assert.ok(reason instanceof CallError, String(reason));
	assert.equal(reason.message, reason.failure.message);
	return `${reason.failure.code}: ${reason.failure.message}`;
}

describe('a call of the studio', () => {
	it('is answered', async () => {
		const { client } = new Wire();
		assert.equal(await client.call('double', { n: 21 }), 42);
	});

	it('carries bytes both ways', async () => {
		const { client } = new Wire();
		assert.deepEqual(await client.call('bytes', { file: new Uint8Array([0, 1, 255]) }), new Uint8Array([255, 254, 0]));
	});

	it('fails where the host fails, in its words', async () => {
		const { client } = new Wire();
		assert.equal(await failureOf(client.call('fail', { why: 'no room' })), 'failed: no room');
	});

	it('fails where a handler throws what is no error', async () => {
		const { client } = new Wire({ double: async () => Promise.reject(new RangeError('too much')) });
		assert.equal(await failureOf(client.call('double', { n: 1 })), 'failed: too much');
	});

	it('is answered in any order, each with its own answer', async () => {
		const { client, waiting } = new Wire();
		const first = client.call('wait', { name: 'first' });
		const second = client.call('wait', { name: 'second' });
		await settled();
		waiting.get('second')?.answer('2');
		waiting.get('first')?.answer('1');
		assert.deepEqual(await Promise.all([first, second]), ['1', '2']);
	});

	it('is never mixed up with another one, however they are answered', async () => {
		await fc.assert(
			fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }), async (order) => {
				const { client, waiting } = new Wire();
				const names = order.map(String);
				const answers = Promise.all(names.toSorted().map(async (name) => client.call('wait', { name })));
				await settled();
				for (const name of names) waiting.get(name)?.answer(`answer to ${name}`);
				assert.deepEqual(
					await answers,
					names.toSorted().map((name) => `answer to ${name}`),
				);
			}),
			{ numRuns: 50 },
		);
	});
});

describe('a call that nobody waits for', () => {
	it('ends at once, and the host is told', async () => {
		const { client, waiting } = new Wire();
		const controller = new AbortController();
		const call = client.call('wait', { name: 'long' }, controller.signal);
		await settled();
		controller.abort();
		assert.equal(await failureOf(call), 'cancelled: Cancelled.');
		await settled();
		assert.equal(waiting.get('long')?.signal.aborted, true);
	});

	it('is not made at all where the signal was aborted before', async () => {
		const wire = new Wire();
		const call = wire.client.call('double', { n: 1 }, AbortSignal.abort());
		assert.equal(await failureOf(call), 'cancelled: Cancelled.');
		assert.deepEqual(wire.up, []);
	});

	it('is answered by nobody afterwards', async () => {
		const wire = new Wire();
		const controller = new AbortController();
		const call = wire.client.call('wait', { name: 'long' }, controller.signal);
		await settled();
		controller.abort();
		await failureOf(call);
		await settled();
		wire.waiting.get('long')?.answer('late');
		await settled();
		assert.deepEqual(wire.down, []);
	});

	it('is not told of when its signal aborts after the answer', async () => {
		const wire = new Wire();
		const controller = new AbortController();
		assert.equal(await wire.client.call('double', { n: 2 }, controller.signal), 4);
		controller.abort();
		await settled();
		assert.deepEqual(
			wire.up.map(({ kind }) => kind),
			['call'],
		);
	});
});

describe('the host', () => {
	const unknown = 'There is no such call.';
	const unreadable = 'UnreadableCall';

	for (const [what, method, params, message] of [
		['a method that there is not', 'halve', { n: 1 }, unknown],
		['a name that every object has', 'constructor', {}, unknown],
		['a name that every object inherits', '__proto__', {}, unknown],
		['nothing given along', 'double', undefined, unreadable],
		['something else given along', 'double', { n: '1' }, unreadable],
		['more than is known given along', 'double', { n: 1, path: '/etc/passwd' }, unreadable],
	] as const) {
		it(`refuses ${what}`, async () => {
			const wire = new Wire();
			wire.say({ kind: 'call', id: 7, method, params });
			await settled();
			assert.deepEqual(wire.down, [{ kind: 'failed', id: 7, failure: { code: 'invalid', message } }]);
		});
	}

	it('passes over what is no message at all', async () => {
		await fc.assert(
			fc.asyncProperty(fc.anything(), async (message) => {
				const wire = new Wire();
				wire.say(message);
				await settled();
				assert.deepEqual(wire.down, []);
			}),
		);
	});

	it('passes over a cancellation of what it is not doing', async () => {
		const wire = new Wire();
		wire.say({ kind: 'cancel', id: 99 });
		assert.equal(await wire.client.call('double', { n: 3 }), 6);
	});

	it('cancels what is under way when it ends, and hears nothing more', async () => {
		const wire = new Wire();
		void wire.client.call('wait', { name: 'long' }).catch(() => undefined);
		await settled();
		wire.served.dispose();
		assert.equal(wire.waiting.get('long')?.signal.aborted, true);
		wire.say({ kind: 'call', id: 7, method: 'double', params: { n: 1 } });
		await settled();
		assert.deepEqual(wire.down, []);
	});

	it('abandons what nobody waits for any more, and answers what is asked then', async () => {
		const wire = new Wire();
		void wire.client.call('wait', { name: 'long' }).catch(() => undefined);
		await settled();
		wire.served.abandon();
		assert.equal(wire.waiting.get('long')?.signal.aborted, true);
		wire.waiting.get('long')?.answer('late');
		await settled();
		assert.deepEqual(wire.down, []);
		assert.equal(await wire.client.call('double', { n: 5 }), 10);
	});

	it('sends whole snapshots, so that one that was lost does no harm', async () => {
		const wire = new Wire();
		wire.served.push({ count: 1 });
		wire.isHidden = true;
		wire.served.push({ count: 2 });
		wire.isHidden = false;
		wire.served.push({ count: 3 });
		await settled();
		assert.deepEqual(wire.states, [{ count: 1 }, { count: 3 }]);
	});
});

describe('the studio’s end', () => {
	it('fails what is waited for when it ends, and hears nothing more', async () => {
		const wire = new Wire();
		const call = wire.client.call('wait', { name: 'long' });
		await settled();
		wire.client.dispose();
		assert.equal(await failureOf(call), 'ended: The view was closed.');
		wire.served.push({ count: 1 });
		await settled();
		assert.deepEqual(wire.states, []);
	});

	it('counts on from where it is told, so that a page is not given what the one before it asked for', async () => {
		const wire = new Wire({}, 5000);
		await wire.client.call('double', { n: 1 });
		assert.deepEqual(
			wire.up.flatMap((message) => message.id),
			[5001],
		);
	});

	it('passes over an answer to what it has not asked', async () => {
		const wire = new Wire();
		wire.say({ kind: 'call', id: 1000, method: 'double', params: { n: 1 } });
		await settled();
		assert.equal(await wire.client.call('double', { n: 4 }), 8);
	});
});
