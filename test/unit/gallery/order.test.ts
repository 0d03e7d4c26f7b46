import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { GalleryItem } from '../../../src/gallery/item';
import { inOrder, nameRank, type Sort } from '../../../src/gallery/order';
import { itemOf, someItems } from './items';

function ordered(items: readonly GalleryItem[], sort: Sort): readonly GalleryItem[] {
	const steps = inOrder(items, sort);
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}

const sorts: readonly Sort[] = ['newest', 'oldest', 'name'];

describe('the order of pictures', () => {
	it('is by the time', () => {
		const items = [itemOf({ id: 'a', saved: 2 }), itemOf({ id: 'b', saved: 3 }), itemOf({ id: 'c', saved: 1 })];
		const ids = (sort: Sort) => ordered(items, sort).map(({ id }) => id);
		assert.deepEqual(ids('newest'), ['b', 'a', 'c']);
		assert.deepEqual(ids('oldest'), ['c', 'a', 'b']);
	});

	it('counts as people do in names', () => {
		const names = ['fox-10.png', 'Fox-2.png', 'élan.png', 'fox-1.png', 'fox.png', 'zoo.png', 'fox-002.png'];
		const items = names.map((name, index) => itemOf({ id: `${index}`, name }));
		assert.deepEqual(
			ordered(items, 'name').map(({ name }) => name),
			['élan.png', 'fox-1.png', 'Fox-2.png', 'fox-002.png', 'fox-10.png', 'fox.png', 'zoo.png'],
		);
		assert.ok(nameRank('9'.repeat(18)) < nameRank(`1${'0'.repeat(18)}`));
	});

	it('has every picture once, each before what comes after it', () => {
		fc.assert(
			fc.property(someItems, fc.constantFrom(...sorts), (items, sort) => {
				const order = ordered(items, sort);
				assert.deepEqual(new Set(order), new Set(items));
				assert.equal(order.length, items.length);
				for (const [index, item] of order.entries()) {
					const next = order[index + 1];
					if (!next) continue;
					if (sort === 'newest') assert.ok(item.saved >= next.saved);
					if (sort === 'oldest') assert.ok(item.saved <= next.saved);
					if (sort === 'name') assert.ok(nameRank(item.name) <= nameRank(next.name));
				}
			}),
		);
	});

	it('is the same whatever the order was before, in long lists too', () => {
		const many = Array.from({ length: 7001 }, (_, index) => itemOf({ id: `p${index}`, saved: (index * 7919) % 50 }));
		for (const sort of sorts) {
			const order = ordered(many, sort);
			assert.equal(order.length, many.length);
			assert.deepEqual(
				ordered(many.toReversed(), sort).map(({ id }) => id),
				order.map(({ id }) => id),
			);
		}
	});

	it('is made once of each list', () => {
		const items = [itemOf({ id: 'a' }), itemOf({ id: 'b' })];
		assert.equal(ordered(items, 'name'), ordered(items, 'name'));
		assert.notEqual(ordered(items, 'name'), ordered(items, 'oldest'));
		assert.notEqual(ordered([...items], 'name'), ordered(items, 'name'));
	});
});
