import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { limit } from '../../../src/generation/limit';

/** Tasks that end when a test says so. */
class Stage {
	readonly started: number[] = [];
	readonly #ends = new Map<number, (failed: boolean) => void>();

	task(id: number): () => Promise<number> {
		return async () => {
			this.started.push(id);
			return new Promise((resolve, reject) => {
				this.#ends.set(id, (failed) => (failed ? reject(new Error(`${id}`)) : resolve(id)));
			});
		};
	}

	get running(): number[] {
		return [...this.#ends.keys()];
	}

	end(id: number, failed = false): void {
		const end = this.#ends.get(id);
		this.#ends.delete(id);
		end?.(failed);
	}
}

/** Lets everything happen that waits for nothing but its turn. */
async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

describe('limiting tasks', () => {
	it('runs at most so many at a time, in order, however they end', async () => {
		const orders = fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 30, maxLength: 30 });
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 5 }),
				fc.integer({ min: 0, max: 12 }),
				orders,
				async (most, count, ends) => {
					const stage = new Stage();
					const limited = limit(() => most);
					const ids = Array.from({ length: count }, (_, index) => index);
					const results = Promise.allSettled(ids.map(async (id) => limited(stage.task(id))));
					const failed = new Set<number>();
					for (const [pick, fails] of ends) {
						await settle();
						const waiting = count - stage.started.length;
						assert.ok(stage.running.length <= most);
						assert.ok(waiting === 0 || stage.running.length === most, 'no place stays empty');
						const id = stage.running[pick % Math.max(1, stage.running.length)];
						if (id === undefined) break;
						if (fails) failed.add(id);
						stage.end(id, fails);
					}
					assert.deepEqual(stage.started, ids);
					const statuses = (await results).map(({ status }) => status);
					assert.deepEqual(
						statuses,
						ids.map((id) => (failed.has(id) ? 'rejected' : 'fulfilled')),
					);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('gives each caller the result, or the failure, of its own task', async () => {
		const limited = limit(() => 1);
		const results = await Promise.allSettled([
			limited(async () => 'one'),
			limited(async () => Promise.reject(new Error('two'))),
			limited(async () => 3),
		]);
		assert.deepEqual(results, [
			{ status: 'fulfilled', value: 'one' },
			{ status: 'rejected', reason: new Error('two') },
			{ status: 'fulfilled', value: 3 },
		]);
	});

	it('frees the place of a task that throws before it waits', async () => {
		const limited = limit(() => 1);
		const broken = limited(() => assert.fail('at once'));
		await assert.rejects(broken, /at once/);
		assert.equal(await limited(async () => 'next'), 'next');
	});

	it('lets another in once a task has left, though it goes on', async () => {
		const limited = limit(() => 1);
		const stage = new Stage();
		const first = limited(async (leave) => {
			leave();
			leave();
			return stage.task(1)();
		});
		const others = [2, 3].map(async (id) => limited(stage.task(id)));
		await settle();
		assert.deepEqual(stage.running, [1, 2], 'leaving twice frees one place');
		stage.end(1);
		await first;
		await settle();
		assert.deepEqual(stage.running, [2], 'its end frees no other');
		stage.end(2);
		await settle();
		stage.end(3);
		await Promise.all(others);
	});

	it('has all places free again after a rush', async () => {
		const limited = limit(() => 2);
		const rush = Array.from({ length: 6 }, (_, index) => index);
		await Promise.all(rush.map(async (id) => limited(async () => id)));
		const stage = new Stage();
		const both = Promise.all([limited(stage.task(1)), limited(stage.task(2))]);
		await settle();
		assert.deepEqual(stage.running, [1, 2]);
		stage.end(1);
		stage.end(2);
		assert.deepEqual(await both, [1, 2]);
	});

	it('keeps two limits apart', async () => {
		const stage = new Stage();
		const [one, other] = [limit(() => 1), limit(() => 1)];
		const both = Promise.all([one(stage.task(1)), other(stage.task(2))]);
		await settle();
		assert.deepEqual(stage.running, [1, 2]);
		stage.end(1);
		stage.end(2);
		assert.deepEqual(await both, [1, 2]);
	});

	it('follows a limit that changes', async () => {
		let most = 1;
		const limited = limit(() => most);
		const stage = new Stage();
		const all = Promise.all([1, 2, 3].map(async (id) => limited(stage.task(id))));
		await settle();
		assert.deepEqual(stage.running, [1]);
		most = 2;
		stage.end(1);
		await settle();
		assert.deepEqual(stage.running, [2, 3]);
		stage.end(2);
		stage.end(3);
		assert.deepEqual(await all, [1, 2, 3]);
	});

	it('lets a task whose wait is given up begin at once, and takes no place for it', async () => {
		const limited = limit(() => 1);
		const stage = new Stage();
		const first = limited(stage.task(1));
		const controller = new AbortController();
		const given = limited(stage.task(2), controller.signal);
		const third = limited(stage.task(3));
		await settle();
		assert.deepEqual(stage.running, [1]);
		controller.abort();
		await settle();
		assert.deepEqual(stage.running, [1, 2]);
		stage.end(2);
		assert.equal(await given, 2);
		await settle();
		assert.deepEqual(stage.running, [1], 'the third still waits for the first');
		stage.end(1);
		await settle();
		assert.deepEqual(stage.running, [3]);
		stage.end(3);
		assert.deepEqual(await Promise.all([first, third]), [1, 3]);
		assert.equal(await limited(async () => 4, AbortSignal.abort()), 4);
	});
});
