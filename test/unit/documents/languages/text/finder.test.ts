import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Finder } from '../../../../../src/documents/languages/text/finder';

describe('a finder', () => {
	it('finds the next one, at the place or behind it', () => {
		const finder = new Finder('a-->b-->');
		assert.deepEqual(
			[0, 1, 2, 5, 6, 8].map((from) => finder.next('-->', from)),
			[1, 1, 5, 5, 8, 8],
		);
	});

	it('says the length of the text where there is none', () => {
		assert.equal(new Finder('abc').next('x', 0), 3);
		assert.equal(new Finder('abc').next(/x/g, 2), 3);
		assert.equal(new Finder('').next('x', 0), 0);
	});

	it('finds what it would find alone, in any order', () => {
		const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c') });
		const questions = fc.array(fc.tuple(fc.constantFrom<string | RegExp>('a', 'ab', /b+/g, /(?=c)/g), fc.nat(12)));
		fc.assert(
			fc.property(letters, questions, (text, asked) => {
				const finder = new Finder(text);
				for (const [wanted, from] of asked)
					assert.equal(finder.next(wanted, from), new Finder(text).next(wanted, from));
			}),
		);
	});

	it('looks at no part of the text twice', () => {
		const text = 'a'.repeat(2_000_000);
		const finder = new Finder(text);
		for (let from = 0; from < text.length; from++) assert.equal(finder.next('b', from), text.length);
	});
});
