import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { aligned } from '../../../src/spending/table';

describe('a table of text', () => {
	it('has each column below itself', () => {
		assert.deepEqual(
			aligned([
				['fox', '1', 'x'],
				['lighthouse', '22'],
				['🦊', '3', ''],
			]),
			['fox         1   x', 'lighthouse  22', '🦊           3'],
		);
		assert.deepEqual(aligned([]), []);
	});

	it('has a line for each row, with all its words', () => {
		const word = fc.stringMatching(/^[a-z]{1,8}$/);
		fc.assert(
			fc.property(fc.array(fc.array(word, { minLength: 1, maxLength: 4 })), (rows) => {
				assert.deepEqual(
					aligned(rows).map((line) => line.split(/ +/)),
					rows,
				);
			}),
		);
	});
});
