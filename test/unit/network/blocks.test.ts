import assert from 'node:assert/strict';
import { blockSize, giveBack, lendBlock } from '../../../src/network/blocks';
import { JsonBody } from '../../../src/network/jsonBody';
import { Shelf } from '../../../src/network/shelf';
import { Spill, spillLimits } from '../../../src/network/spill';
import { randomBytesOf } from './builders';

/** All that are free. */
function takeAll(): Set<Buffer> {
	const all = new Set<Buffer>();
	// Nobody keeps more.
	for (let count = 0; count < 64; count++) all.add(lendBlock());
	return all;
}

/** Those that were lent again of the known ones. */
function againOf(known: ReadonlySet<Buffer>): number {
	return [...takeAll()].filter((block) => known.has(block)).length;
}

/** The only free ones from now on: so many. */
function lay(count: number): Set<Buffer> {
	const blocks = new Set([...takeAll()].slice(0, count));
	blocks.forEach(giveBack);
	return blocks;
}

describe('blocks of memory', () => {
	it('are lent again, to one at a time', () => {
		const known = lay(1);
		const [first, second] = [lendBlock(), lendBlock()];
		assert.ok(known.has(first));
		assert.notEqual(first, second);
		assert.deepEqual([first.length, second.length], [blockSize, blockSize]);
	});

	it('are two megabytes at most while nobody needs them, and no halves', () => {
		const known = takeAll();
		known.forEach(giveBack);
		giveBack(Buffer.alloc(blockSize / 2));
		const again = takeAll();
		assert.equal([...again].filter((block) => known.has(block)).length, 8);
		assert.ok([...again].every(({ length }) => length === blockSize));
	});

	it('come back from what waited and is dropped, whether it was full or not', () => {
		const known = lay(3);
		const held = new Spill().hold();
		held.append(Buffer.alloc(2.5 * blockSize));
		assert.equal(againOf(known), 0);
		held.drop();
		assert.equal(againOf(known), 3);
	});

	it('come back from what waited and went into a file', () => {
		const known = lay(1);
		const spill = new Spill({ ...spillLimits, memory: 0 });
		const held = spill.hold();
		held.append(Buffer.alloc(blockSize));
		held.seal();
		assert.equal(againOf(known), 1);
		held.drop();
		assert.equal(againOf(known), 0);
		spill.close();
	});

	it('come back from a picture that is there, and from one that is not wanted', () => {
		const shelf = new Shelf();
		for (const end of ['take', 'drop'] as const) {
			const known = lay(1);
			const picture = shelf.hold();
			picture.append(Buffer.alloc(3 * blockSize));
			picture[end]();
			assert.equal(againOf(known), 1, end);
			picture.drop();
			assert.equal(againOf(known), 0, end);
		}
		shelf.release();
	});

	it('all come back from a body whose pictures are there', () => {
		const known = lay(6);
		const body = new JsonBody();
		body.push(Buffer.from(`["${Buffer.from(randomBytesOf(3_000_000, 1)).toString('base64')}"]`));
		assert.equal(body.limits.text, 4 * blockSize);
		body.end();
		assert.equal(againOf(known), 6);
		body.close();
		body.shelf.release();
	});
});
