import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { digest, shared, slice } from '../../../src/generation/slices';
import { noise } from '../builders';
import { pictureFile } from '../pictureFiles';

const { data } = noise(1024, 2049, 3);
/** With nothing in it, in one slice, at its ends, and in three slices, the last of which is not full. */
const lengths = [0, 1, 1000, slice - 1, slice, slice + 1, 2 * slice, 2 * slice + 9];

describe('a file that is worked through in slices', () => {
	it('has the SHA-256 of the whole', async () => {
		for (const length of lengths) {
			const bytes = data.subarray(3, 3 + length);
			assert.equal(bytes.length, length);
			assert.equal(await digest(bytes), createHash('sha256').update(bytes).digest('hex'));
		}
	});

	it('has it as it came and as it is told, where it lies in a file, which is read once', async () => {
		for (const length of [0, 5, 12, 1000, 2 ** 19 + 12, slice + 1]) {
			const bytes = data.subarray(0, length);
			const { picture, reached } = pictureFile(bytes);
			const rest = Uint8Array.of(1, 2, 3);
			const upTo = Math.max(0, length - 12);
			const told = Buffer.concat([bytes.subarray(0, upTo), rest]);
			assert.equal(await digest(picture), createHash('sha256').update(bytes).digest('hex'));
			assert.equal(await digest({ picture, upTo, rest }), createHash('sha256').update(told).digest('hex'));
			assert.ok(reached.pieces <= length + 24 && reached.wholes === 0, `${reached.pieces}`);
		}
	});

	it('is shared as it is, byte for byte', async () => {
		for (const length of lengths) {
			const bytes = data.subarray(3, 3 + length);
			const copy = await shared(bytes);
			assert.ok(copy.buffer instanceof SharedArrayBuffer);
			assert.deepEqual(Buffer.compare(copy, bytes), 0);
		}
	});

	for (const [name, work] of Object.entries({ digest, shared })) {
		it(`gives everything else its turn between two of them: ${name}`, async () => {
			let turns = 0;
			let isDone = false;
			const others = (): void => {
				turns++;
				if (!isDone) setImmediate(others);
			};
			setImmediate(others);
			await work(data.subarray(0, 2 * slice + 9));
			isDone = true;
			assert.ok(turns >= 2, `${turns} turns`);
		});
	}
});
