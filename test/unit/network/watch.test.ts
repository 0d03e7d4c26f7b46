import assert from 'node:assert/strict';
import { Watch } from '../../../src/network/watch';
import { collect, ManualClock, settle, streamOf } from './builders';

const patience = { deadlineMs: 1000, stallMs: 100, maxBytes: 10 };
const bytes = (length: number): Uint8Array => new Uint8Array(length);

function rig() {
	const clock = new ManualClock();
	const person = new AbortController();
	return { clock, person, watch: new Watch(person.signal, clock, patience) };
}

/** What rejects, and with what. */
async function errorOf(work: Promise<unknown>): Promise<unknown> {
	return work.then(
		() => assert.fail('it did not reject'),
		(error: unknown) => error,
	);
}

const forever = async (): Promise<never> => new Promise(() => undefined);

describe('the watch over an exchange', () => {
	it('hands on what comes, and counts it', async () => {
		const { watch, clock } = rig();
		const pieces = [bytes(3), bytes(7)];
		assert.deepEqual(await collect(watch.read(streamOf(pieces))), pieces);
		assert.equal(watch.bytes, 10);
		watch.close();
		assert.equal(watch.signal.aborted, false);
		assert.deepEqual(clock.due, []);
	});

	it('ends what brings a byte too many', async () => {
		const { watch } = rig();
		const error = await errorOf(collect(watch.read(streamOf([bytes(10), bytes(1)]))));
		assert.deepEqual(watch.explain(error), { lost: 'too-large', unseen: false, detail: 'more than 10 bytes' });
		assert.equal(watch.signal.aborted, true);
	});

	it('ends what takes too long, at the soonest of its times', async () => {
		const { watch, clock } = rig();
		const waiting = errorOf(watch.soon(forever()));
		assert.deepEqual(clock.due, [100, 1000]);
		clock.pass(100);
		assert.equal(watch.explain(await waiting).lost, 'stalled');
		const other = rig();
		const patient = errorOf(other.watch.until(forever()));
		other.clock.pass(1000);
		assert.equal(other.watch.explain(await patient).lost, 'timed-out');
	});

	it('keeps to what ended it first', async () => {
		const { watch, clock, person } = rig();
		const waiting = errorOf(watch.until(forever()));
		clock.pass(1000);
		person.abort(new Error('too late'));
		assert.equal(watch.explain(await waiting).lost, 'timed-out');
		const other = rig();
		const reason = new Error('in time');
		const cancelled = errorOf(other.watch.until(forever()));
		other.person.abort(reason);
		other.clock.pass(1000);
		assert.equal(await cancelled, reason);
		assert.throws(() => other.watch.explain(reason), reason);
	});

	it('ends at once where the person was faster', async () => {
		const clock = new ManualClock();
		const reason = new Error('earlier');
		const watch = new Watch(AbortSignal.abort(reason), clock, patience);
		assert.equal(watch.signal.reason, reason);
		assert.equal(await errorOf(watch.soon(forever())), reason);
		assert.throws(() => watch.explain(reason), reason);
		watch.close();
		assert.deepEqual(clock.due, []);
	});

	it('waits for nothing when it has ended', async () => {
		const { watch, person } = rig();
		person.abort(new Error('over'));
		assert.match(String(await errorOf(watch.until(Promise.reject(new Error('unheard'))))), /over/);
		await settle();
	});

	it('tells what broke outside from a fault of its own side', async () => {
		const { watch } = rig();
		const outside = Object.assign(new Error('gone'), { code: 'ECONNRESET' });
		const error = await errorOf(watch.until(Promise.reject(outside)));
		assert.deepEqual(watch.explain(error), { lost: 'reset', unseen: false, detail: 'ECONNRESET: gone' });
		const fault = new TypeError('undefined is not a function');
		assert.throws(() => watch.explain(fault), fault);
	});

	it('ends what is not wanted any more, and leaves no trace on the signal of the person', () => {
		const { watch, person, clock } = rig();
		watch.close();
		assert.equal(watch.signal.aborted, true);
		const before = String(watch.signal.reason);
		person.abort(new Error('later'));
		assert.equal(String(watch.signal.reason), before);
		assert.deepEqual(clock.due, []);
	});
});
