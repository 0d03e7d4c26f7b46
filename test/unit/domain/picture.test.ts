import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isPictureBytes, pieceOf, wholeOf } from '../../../src/domain/picture';
import { pictureFile } from '../pictureFiles';

const place = fc.nat(60);

describe('the bytes of a picture', () => {
	it('are known as such, wherever they lie', () => {
		assert.deepEqual(
			[isPictureBytes(Uint8Array.of(1)), isPictureBytes(pictureFile(Uint8Array.of(1)).picture)],
			[true, true],
		);
		const others = ['AAAA', [1], { path: '/', length: 1, reader: {} }, undefined, null];
		assert.deepEqual(
			others.map(isPictureBytes),
			others.map(() => false),
		);
	});

	it('are the same in pieces and as a whole, in a file and in memory', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), place, place, async (bytes, from, to) => {
				const { picture } = pictureFile(bytes);
				assert.deepEqual(pieceOf(picture, from, to), new Uint8Array(pieceOf(bytes, from, Math.max(from, to))));
				assert.deepEqual([await wholeOf(picture), await wholeOf(bytes)], [bytes, bytes]);
			}),
		);
	});

	it('begin a file that goes on in another way', async () => {
		const { picture } = pictureFile(Uint8Array.of(1, 2, 3, 4));
		const rest = Uint8Array.of(9, 8);
		assert.deepEqual(await wholeOf({ picture, upTo: 3, rest }), Uint8Array.of(1, 2, 3, 9, 8));
		assert.deepEqual(await wholeOf({ picture, upTo: 0, rest }), rest);
	});
});
