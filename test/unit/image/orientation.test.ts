import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { displayedSize, upright } from '../../../src/image/orientation';
import type { Pixels } from '../../../src/image/pixels';
import { pictures } from './arbitrary';

/** What Chromium shows of a stored picture `A B C` over `D E F`, by orientation; row after row. */
const seen: Readonly<Record<number, readonly string[]>> = {
	1: ['ABC', 'DEF'],
	2: ['CBA', 'FED'],
	3: ['FED', 'CBA'],
	4: ['DEF', 'ABC'],
	5: ['AD', 'BE', 'CF'],
	6: ['DA', 'EB', 'FC'],
	7: ['FC', 'EB', 'DA'],
	8: ['CF', 'BE', 'AD'],
};
const orientations = Object.keys(seen).map(Number);
/** The orientation that undoes each one. */
const opposite = [0, 1, 2, 3, 4, 5, 8, 7, 6];

/** A picture of which every letter is a pixel. */
function lettered(rows: readonly string[]): Pixels {
	const data = Uint8Array.from(rows.join(''), (letter) => letter.charCodeAt(0));
	return {
		width: rows[0]?.length ?? 0,
		height: rows.length,
		data: Uint8Array.from({ length: data.length * 4 }, (_, index) => (data[index >> 2] ?? 0) + (index & 3)),
	};
}

describe('a picture as it is displayed', () => {
	it('is turned and mirrored as browsers do it', () => {
		for (const orientation of orientations) {
			const wanted = lettered(seen[orientation] ?? []);
			assert.deepEqual(upright(lettered(['ABC', 'DEF']), orientation), wanted, `${orientation}`);
			const { width, height } = wanted;
			assert.deepEqual(displayedSize({ width: 3, height: 2 }, orientation), { width, height });
		}
	});

	it('has all the pixels of the stored one, which the opposite turn brings back', () => {
		fc.assert(
			fc.property(pictures, fc.constantFrom(...orientations), (pixels, orientation) => {
				const before = pixels.data.slice();
				const there = upright(pixels, orientation);
				assert.deepEqual(upright(there, opposite[orientation] ?? 1), pixels);
				assert.deepEqual(pixels.data, before, 'the pixels are not touched');
			}),
		);
	});

	it('is found in any part of a buffer', () => {
		const { width, height, data } = lettered(['ABC', 'DEF']);
		for (const offset of [1, 2, 3, 4]) {
			const buffer = new Uint8Array(data.length + 8);
			buffer.set(data, offset);
			const view = { width, height, data: buffer.subarray(offset, offset + data.length) };
			assert.deepEqual(upright(view, 6), lettered(seen[6] ?? []));
		}
	});
});
