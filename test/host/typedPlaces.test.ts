import assert from 'node:assert/strict';
import { parseMargins, parseRects } from '../../src/host/typedPlaces';

describe('places that are typed in folders', () => {
	it('are rectangles, one or several', () => {
		const [one, two] = [
			{ x: 1, y: 2, width: 3, height: 4 },
			{ x: -5, y: 0, width: 10, height: 10 },
		];
		assert.deepEqual(parseRects('1,2,3,4'), [one]);
		assert.deepEqual(parseRects(' 1, 2, 3, 4 ; -5 0 10 10;'), [one, two]);
		for (const text of [
			'',
			';',
			'1,2,3',
			'1,2,3,4,5',
			'1,2,0,4',
			'1,2,3,-4',
			'1.5,2,3,4',
			'1,2,3,4;x',
			'1,2,3,4;;1,2,3,4',
		])
			assert.equal(parseRects(text), undefined, text);
	});

	it('are margins as in CSS', () => {
		assert.deepEqual(parseMargins('8'), { top: 8, right: 8, bottom: 8, left: 8 });
		assert.deepEqual(parseMargins('1 2'), { top: 1, right: 2, bottom: 1, left: 2 });
		assert.deepEqual(parseMargins('1 2 3'), { top: 1, right: 2, bottom: 3, left: 2 });
		assert.deepEqual(parseMargins(' 1, 2, 3, 4 '), { top: 1, right: 2, bottom: 3, left: 4 });
		for (const text of ['', 'x', '-1', '1.5', '1 2 3 4 5']) assert.equal(parseMargins(text), undefined, text);
	});
});
