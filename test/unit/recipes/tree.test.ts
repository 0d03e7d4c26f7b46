import assert from 'node:assert/strict';
import { duringOneRun, stampOf } from '../../../src/recipes/tree';
import { MemoryTree } from './memoryTree';

describe('a stamp', () => {
	const now = 1_700_000_000_000;

	it('is another one after a change of time or size', () => {
		const stamps = [
			stampOf([now - 9000, now - 8000], 5, now),
			stampOf([now - 9001, now - 8000], 5, now),
			stampOf([now - 9000, now - 8001], 5, now),
			stampOf([now - 9000, now - 8000], 6, now),
		];
		assert.equal(new Set(stamps).size, 4);
		assert.equal(stamps[0], stampOf([now - 9000, now - 8000], 5, now + 1));
	});

	it('is none of a file that was written just now: it may be written again within the same tick', () => {
		assert.equal(stampOf([now - 1500], 5, now), undefined);
		assert.equal(stampOf([now - 9000, now - 1500], 5, now), undefined);
		assert.equal(stampOf([now + 1500], 5, now), undefined);
		assert.notEqual(stampOf([now + 9000], 5, now), undefined);
	});

	it('is none where the file system keeps no time', () => {
		assert.equal(stampOf([0], 5, now), undefined);
	});
});

describe('a tree during one run', () => {
	it('lists no folder twice, and remembers nothing else', async () => {
		const tree = new MemoryTree({ '/w/a.md': 'a' });
		const { list, read, stat } = duringOneRun(tree);
		const [one, two] = await Promise.all([list('/w'), list('/w'), list('/none'), list('/none')]);
		assert.deepEqual(one, [{ name: 'a.md', kind: 'file' }]);
		assert.equal(one, two);
		for (const look of [read, read, stat, stat]) await look('/w/a.md');
		assert.deepEqual(tree.asked, [
			'list /w',
			'list /none',
			'read /w/a.md',
			'read /w/a.md',
			'stat /w/a.md',
			'stat /w/a.md',
		]);
	});

	it('is another one in the next run', async () => {
		const tree = new MemoryTree({});
		assert.equal(await duringOneRun(tree).list('/w'), undefined);
		tree.files.set('/w/a.md', '');
		assert.equal((await duringOneRun(tree).list('/w'))?.length, 1);
	});
});
