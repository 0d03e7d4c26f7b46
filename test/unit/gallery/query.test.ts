import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { GalleryItem } from '../../../src/gallery/item';
import { type Days, everyPicture, type GalleryQuery, select, selecting } from '../../../src/gallery/query';
import { itemOf, someItems, someSearch } from './items';

const fox = itemOf({
	id: 'fox',
	prompt: 'A red fox at dawn',
	model: 'openai/gpt-image-2',
	operation: 'generate',
	saved: 30,
});
const owl = itemOf({ id: 'owl', prompt: 'An owl', model: 'sketch/placeholder', operation: 'edit', saved: 20 });
const map = itemOf({ id: 'map', prompt: 'Eine Straße', isFavourite: true, saved: 10 });
const items = [owl, map, fox];

function found(changes: Partial<GalleryQuery> = {}, all: readonly GalleryItem[] = items): string[] {
	return select(all, { ...everyPicture, ...changes });
}

function among(days: Days): string[] {
	return select(items, everyPicture, days);
}

const someQuery: fc.Arbitrary<GalleryQuery> = fc.record(
	{
		source: fc.constant('made' as const),
		search: someSearch,
		favourites: fc.boolean(),
		sort: fc.constantFrom('newest', 'oldest', 'name'),
		model: fc.constantFrom('openai/gpt-image-2', 'sketch/placeholder'),
		operation: fc.constantFrom('generate', 'edit'),
	},
	{ requiredKeys: ['source', 'search', 'favourites', 'sort'] },
);

describe('a query of the gallery', () => {
	it('finds every picture, the newest first', () => {
		assert.deepEqual(found(), ['fox', 'owl', 'map']);
		assert.deepEqual(found({}, []), []);
	});

	it('filters by model, operation and favourites', () => {
		assert.deepEqual(found({ model: 'openai/gpt-image-2' }), ['fox']);
		assert.deepEqual(found({ operation: 'edit' }), ['owl']);
		assert.deepEqual(found({ favourites: true }), ['map']);
		assert.deepEqual(found({ operation: 'edit', favourites: true }), []);
	});

	it('filters by days: the first instant is in them, the last is not', () => {
		assert.deepEqual(among({ since: 20 }), ['fox', 'owl']);
		assert.deepEqual(among({ before: 20 }), ['map']);
		assert.deepEqual(among({ since: 10, before: 30 }), ['owl', 'map']);
		assert.deepEqual(among({ since: 40, before: 30 }), []);
	});

	it('finds all words, in any order, in prompt and name and path', () => {
		assert.deepEqual(found({ search: 'dawn RED' }), ['fox']);
		assert.deepEqual(found({ search: '  ' }), ['fox', 'owl', 'map']);
		assert.deepEqual(found({ search: 'fox owl' }), []);
		assert.deepEqual(found({ search: 'images/owl' }), ['owl']);
		assert.deepEqual(found({ search: 'strasse' }), ['map']);
	});

	it('gives a part of the pictures, each once, in the order that all of them have', () => {
		fc.assert(
			fc.property(someItems, someQuery, (all, query) => {
				const ids = select(all, query);
				const { search: _, model: __, operation: ___, ...order } = { ...query, favourites: false };
				const everything = select(all, { ...order, search: '' });
				assert.deepEqual(everything.toSorted(), all.map(({ id }) => id).toSorted());
				assert.deepEqual(
					ids,
					everything.filter((id) => ids.includes(id)),
				);
			}),
		);
	});

	it('finds no more with another word', () => {
		fc.assert(
			fc.property(someItems, someQuery, someSearch, (all, query, word) => {
				const fewer = select(all, { ...query, search: `${query.search} ${word}` });
				const ids = new Set(select(all, query));
				assert.ok(fewer.every((id) => ids.has(id)));
			}),
		);
	});

	it('pauses often while it works through many', () => {
		const many = Array.from({ length: 10_000 }, (_, index) => itemOf({ id: `p${index}`, saved: index % 100 }));
		const steps = selecting(many, { ...everyPicture, search: 'p' });
		let pauses = 0;
		for (let step = steps.next(); !step.done; step = steps.next()) pauses++;
		assert.ok(pauses >= 10, `${pauses} pauses`);
	});

	it('changes nothing of what it is given', () => {
		const given = Object.freeze([...items].map((item) => Object.freeze(item)));
		assert.deepEqual(select(given, { ...everyPicture, sort: 'name' }), ['fox', 'map', 'owl']);
	});
});
