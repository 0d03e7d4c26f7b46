import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { folded, matches, searchedPrompt, wordsOf } from '../../../src/gallery/search';
import { itemOf, someItems, someSearch } from './items';

describe('a search', () => {
	it('passes over capitals, accents and forms', () => {
		for (const [one, other] of [
			['FOX', 'fox'],
			['café', 'CAFE'],
			['cafe\u0301', 'café'],
			['Straße', 'STRASSE'],
			['ﬁne', 'fine'],
			['Ａ１', 'a1'],
			['Όσος', 'οσοσ'],
			['ｶﾞ', 'カ'],
		] as const)
			assert.equal(folded(one), folded(other), `${one} ${other}`);
		assert.notEqual(folded('狐'), folded('犬'));
	});

	it('reads a text once and for all', () => {
		fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(folded(folded(text)), folded(text))));
	});

	it('has words between blanks of any kind', () => {
		assert.deepEqual(wordsOf(' a \t red\nfox\u3000owl '), ['A', 'RED', 'FOX', 'OWL']);
		assert.deepEqual(wordsOf(''), []);
		assert.deepEqual(wordsOf(' \u0301 '), [], 'an accent alone is no word');
	});

	it('finds each word of a prompt, a name and a path', () => {
		const item = itemOf({ prompt: 'a red fox', name: 'dusk.png', path: 'docs/höhle/dusk.png' });
		for (const search of ['red', 'FO', 'dusk', 'hohle', 'docs/ fox', ''])
			assert.ok(matches(item, wordsOf(search)), search);
		assert.ok(!matches(item, wordsOf('fox owl')));
	});

	it('finds a word only within one of them', () => {
		assert.ok(!matches(itemOf({ prompt: 'red', name: 'fox' }), wordsOf('redfox')));
	});

	it('takes what looks like a pattern as it is', () => {
		assert.ok(matches(itemOf({ prompt: 'a (b) [c] .* <img onerror=1>' }), wordsOf('.* [c] <img')));
		assert.ok(!matches(itemOf({ prompt: 'abc' }), wordsOf('.*')));
	});

	it('reads the beginning of a very long prompt', () => {
		const long = itemOf({ prompt: `${'x'.repeat(searchedPrompt - 4)} fox owl` });
		assert.ok(matches(long, wordsOf('fox')));
		assert.ok(!matches(long, wordsOf('owl')));
	});

	it('finds every word that is in it', () => {
		fc.assert(
			fc.property(someItems, someSearch, (items, word) => {
				for (const item of items) {
					const own = { ...item, prompt: `${item.prompt} ${word}` };
					assert.ok(matches(own, wordsOf(word)));
				}
			}),
		);
	});
});
