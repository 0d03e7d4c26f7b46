import assert from 'node:assert/strict';
import { inParallel, Turns } from '../../../src/recipes/turns';
import { FakeTime } from './fakeTime';

describe('turns', () => {
	it('are given after eight milliseconds of work, and not before', async () => {
		const time = new FakeTime();
		const turns = new Turns(time.ports);
		for (let piece = 0; piece < 40; piece++) {
			await turns.run(() => time.work(1));
		}
		assert.equal(time.pauses, 4);
		assert.equal(time.longest, 8);
	});

	it('are one for all who wait, and none of them works on past the next', async () => {
		const time = new FakeTime();
		const turns = new Turns(time.ports);
		time.work(9);
		const worker = async () => {
			for (let piece = 0; piece < 5; piece++) {
				await turns.run(() => time.work(3));
			}
		};
		await Promise.all([worker(), worker(), worker()]);
		assert.equal(time.pauses, 5);
		assert.equal(time.longest, 9);
	});
});

describe('inParallel', () => {
	it('works on a few at a time and keeps the order of the results', async () => {
		let running = 0;
		let most = 0;
		const results = await inParallel([5, 1, 4, 2, 3], 2, async (n) => {
			most = Math.max(most, ++running);
			for (let turn = 0; turn < n; turn++) await Promise.resolve();
			running--;
			return n * 10;
		});
		assert.deepEqual(results, [50, 10, 40, 20, 30]);
		assert.equal(most, 2);
		assert.deepEqual(await inParallel([], 4, async () => assert.fail()), []);
	});

	it('begins nothing more after a failure', async () => {
		const begun: number[] = [];
		const work = async (n: number) => {
			begun.push(n);
			await Promise.resolve();
			if (n === 2) throw new Error('two');
		};
		await assert.rejects(inParallel([1, 2, 3, 4, 5, 6, 7, 8], 2, work), /two/);
		await new Promise(setImmediate);
		assert.ok(begun.length <= 4, begun.join());
	});
});
