import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Size } from '../../../src/domain/size';
import { changedOutside, composite } from '../../../src/image/composite';
import { feathered } from '../../../src/image/feather';
import type { Mask, Pixels } from '../../../src/image/pixels';
import { noise } from '../builders';
import { masksOf, pictures, picturesOf, plainMask, sizes } from './arbitrary';

/** A source, a picture painted for it, and a mask, all of one size. */
const edits = sizes.chain((size) => fc.tuple(picturesOf(size), picturesOf(size), masksOf(size)));

const offset = fc.integer({ min: -30, max: 30 });

function pixel({ data }: Pixels, index: number): number[] {
	return [...data.subarray(index * 4, index * 4 + 4)];
}

function one(...colour: readonly number[]): Pixels {
	return { width: 1, height: 1, data: Uint8Array.from(colour) };
}

/** Two pixels blended. */
function blended(below: Pixels, above: Pixels, share: number): number[] {
	return [
		...composite(
			below,
			above,
			plainMask(below, () => share),
		).data,
	];
}

/** A mask that keeps everything. */
function kept(size: Size): Mask {
	return plainMask(size, () => 0);
}

/** The same in the middle of a larger buffer. */
function within<T extends Pixels | Mask>(picture: T): T {
	const buffer = new Uint8Array(picture.data.length + 9).fill(77);
	buffer.set(picture.data, 5);
	return { ...picture, data: buffer.subarray(5, 5 + picture.data.length) };
}

describe('a composite', () => {
	it('has the source byte for byte where the mask is 0, and the painted picture where it is 255', () => {
		fc.assert(
			fc.property(edits, ([source, painted, mask]) => {
				const before = [source.data.slice(), painted.data.slice(), mask.data.slice()];
				const result = composite(source, painted, mask);
				assert.deepEqual([source.data, painted.data, mask.data], before, 'nothing is touched');
				assert.deepEqual([result.width, result.height], [source.width, source.height]);
				for (const [at, share] of mask.data.entries()) {
					if (share === 0) assert.deepEqual(pixel(result, at), pixel(source, at));
					if (share === 255) assert.deepEqual(pixel(result, at), pixel(painted, at));
				}
				assert.equal(changedOutside(source, result, mask), 0);
			}),
		);
	});

	it('lies between both elsewhere', () => {
		fc.assert(
			fc.property(edits, ([source, painted, mask]) => {
				const result = composite(source, painted, mask);
				for (let at = 0; at < result.data.length; at++) {
					const ends = [source.data[at] ?? 0, painted.data[at] ?? 0];
					const found = result.data[at] ?? -1;
					assert.ok(found >= Math.min(...ends) && found <= Math.max(...ends));
				}
			}),
		);
	});

	it('of a picture with itself is that picture', () => {
		fc.assert(
			fc.property(edits, ([source, , mask]) => {
				assert.deepEqual(composite(source, source, mask), source);
			}),
		);
	});

	it('keeps what is outside a feathered mask, too', () => {
		fc.assert(
			fc.property(edits, ([source, painted, mask]) => {
				assert.equal(changedOutside(source, composite(source, painted, feathered(mask)), mask), 0);
			}),
		);
	});

	it('keeps the source where nothing was painted', () => {
		const arbitrary = fc.tuple(edits, pictures, offset, offset);
		fc.assert(
			fc.property(arbitrary, ([[source, , mask], painted, x, y]) => {
				const result = composite(source, painted, mask, { x, y });
				for (const [at, share] of mask.data.entries()) {
					const [column, row] = [(at % mask.width) - x, Math.floor(at / mask.width) - y];
					const isPainted = column >= 0 && row >= 0 && column < painted.width && row < painted.height;
					if (!isPainted || share === 0) assert.deepEqual(pixel(result, at), pixel(source, at));
					else if (share === 255) assert.deepEqual(pixel(result, at), pixel(painted, row * painted.width + column));
				}
			}),
		);
	});

	it('takes nothing from a painted picture of no pixels', () => {
		const source = noise(4, 3, 1);
		const nothing = { width: 0, height: 3, data: new Uint8Array() };
		const everywhere = plainMask(source, () => 255);
		assert.deepEqual(composite(source, nothing, everywhere, { x: 4, y: 0 }), source);
	});

	it('blends colours by their alpha', () => {
		assert.deepEqual(blended(one(0, 0, 0, 255), one(255, 100, 50, 255), 128), [128, 50, 25, 255]);
		assert.deepEqual(
			blended(one(9, 9, 9, 0), one(200, 100, 0, 255), 51),
			[200, 100, 0, 51],
			'what is clear has no colour',
		);
		assert.deepEqual(blended(one(200, 100, 0, 255), one(9, 9, 9, 0), 51), [200, 100, 0, 204]);
		assert.deepEqual(blended(one(1, 2, 3, 0), one(4, 5, 6, 0), 99), [1, 2, 3, 0]);
	});

	it('rounds, and counts the weakest share', () => {
		const [black, white] = [one(0, 0, 0, 255), one(255, 255, 255, 255)];
		assert.deepEqual(blended(black, white, 1), [1, 1, 1, 255]);
		assert.deepEqual(blended(black, one(1, 1, 1, 255), 127), [0, 0, 0, 255]);
		assert.deepEqual(blended(black, one(1, 1, 1, 255), 128), [1, 1, 1, 255]);
		assert.deepEqual(blended(one(9, 9, 9, 0), one(9, 9, 9, 1), 127), [9, 9, 9, 0]);
		assert.deepEqual(blended(one(9, 9, 9, 0), one(9, 9, 9, 1), 128), [9, 9, 9, 1]);
	});

	it('reads views into larger buffers', () => {
		const [source, painted] = [noise(6, 5, 1), noise(6, 5, 2)];
		const mask = plainMask(source, (at) => at * 9);
		const wanted = composite(source, painted, mask);
		assert.deepEqual(composite(within(source), within(painted), within(mask)), wanted);
	});
});

describe('what changed outside a mask', () => {
	it('is every kept pixel of which any byte differs, once', () => {
		fc.assert(
			fc.property(edits, ([before, after, mask]) => {
				let count = 0;
				for (const [at, share] of mask.data.entries()) {
					if (share === 0 && pixel(before, at).join() !== pixel(after, at).join()) count++;
				}
				assert.equal(changedOutside(before, after, mask), count);
			}),
		);
	});

	it('counts a colour that only differs below an alpha of 0', () => {
		assert.equal(changedOutside(one(1, 2, 3, 0), one(1, 2, 4, 0), kept(one())), 1);
		assert.equal(
			changedOutside(
				one(1, 2, 3, 0),
				one(1, 2, 4, 0),
				plainMask(one(), () => 1),
			),
			0,
		);
	});

	it('counts each of the four bytes', () => {
		const before = one(1, 2, 3, 4);
		for (const channel of [0, 1, 2, 3]) {
			const after = one(...before.data.map((value, at) => (at === channel ? value + 1 : value)));
			assert.equal(changedOutside(before, after, kept(before)), 1);
		}
	});

	it('is no question that pictures of two sizes answer', () => {
		const [a, b] = [noise(4, 6, 1), noise(6, 4, 1)];
		assert.throws(() => changedOutside(a, b, kept(a)), /4x6 and 6x4/);
		assert.throws(() => changedOutside(a, a, kept(b)), /4x6 and 6x4/);
		assert.throws(() => composite(a, a, kept(b)), /4x6 and 6x4/);
	});
});
