import assert from 'node:assert/strict';
import { NewestFirst } from '../../../src/host/gallery/newestFirst';

/** Work that goes on until it is told to end. */
class Bench {
	readonly begun: string[] = [];
	readonly #ends = new Map<string, () => void>();
	readonly queue = new NewestFirst<string>();

	async ask(key: string, signal = new AbortController().signal): Promise<string> {
		return this.queue.run(
			key,
			async () => {
				this.begun.push(key);
				await new Promise<void>((resolve) => this.#ends.set(key, resolve));
				if (key.startsWith('bad')) throw new Error(key);
				return key.toUpperCase();
			},
			signal,
		);
	}

	async end(key: string): Promise<void> {
		this.#ends.get(key)?.();
		await turn();
	}
}

async function turn(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

describe('work of which the newest is done first', () => {
	it('is done one at a time', async () => {
		const bench = new Bench();
		const all = Promise.all(['a', 'b', 'c'].map(async (key) => bench.ask(key)));
		await turn();
		assert.deepEqual(bench.begun, ['a']);
		await bench.end('a');
		assert.deepEqual(bench.begun, ['a', 'c']);
		await bench.end('c');
		await bench.end('b');
		assert.deepEqual(bench.begun, ['a', 'c', 'b']);
		assert.deepEqual(await all, ['A', 'B', 'C']);
	});

	it('is done once for all who ask, and is as new as the last of them', async () => {
		const bench = new Bench();
		const all = Promise.all(['a', 'b', 'c', 'b', 'a'].map(async (key) => bench.ask(key)));
		await turn();
		for (const key of ['a', 'b', 'c']) await bench.end(key);
		assert.deepEqual(bench.begun, ['a', 'b', 'c']);
		assert.deepEqual(await all, ['A', 'B', 'C', 'B', 'A']);
	});

	it('is not begun where nobody waits for it any more', async () => {
		const bench = new Bench();
		const [left, both] = [new AbortController(), new AbortController()];
		const first = bench.ask('a');
		const given = Promise.allSettled([bench.ask('b', left.signal), bench.ask('c', both.signal)]);
		const other = bench.ask('c');
		await turn();
		left.abort(new Error('left'));
		both.abort(new Error('left'));
		assert.deepEqual(
			(await given).map((result) => result.status === 'rejected' && String(result.reason)),
			['Error: left', 'Error: left'],
		);
		await bench.end('a');
		await bench.end('c');
		assert.deepEqual(bench.begun, ['a', 'c']);
		assert.deepEqual([await first, await other], ['A', 'C']);
	});

	it('is finished once it is begun, whoever leaves', async () => {
		const bench = new Bench();
		const controller = new AbortController();
		const left = bench.ask('a', controller.signal);
		const next = bench.ask('b');
		await turn();
		controller.abort(new Error('left'));
		await assert.rejects(left, /left/);
		assert.deepEqual(bench.begun, ['a'], 'still at it');
		const again = bench.ask('a');
		await bench.end('a');
		assert.equal(await again, 'A');
		await bench.end('b');
		assert.equal(await next, 'B');
		await assert.rejects(bench.ask('c', AbortSignal.abort(new Error('no'))), /no/);
	});

	it('goes on after a failure', async () => {
		const bench = new Bench();
		const bad = bench.ask('bad');
		const good = bench.ask('good');
		await turn();
		await bench.end('bad');
		await assert.rejects(bad, /bad/);
		await bench.end('good');
		assert.equal(await good, 'GOOD');
	});
});
