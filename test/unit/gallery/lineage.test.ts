import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { childrenOf, parentOf } from '../../../src/gallery/lineage';
import { itemOf, someItems } from './items';

const source = itemOf({ id: 'source', picture: '1', saved: 1 });
const copy = itemOf({ id: 'copy', picture: '1', saved: 2 });
const edited = itemOf({ id: 'edited', picture: '2', parent: '1', saved: 4 });
const varied = itemOf({ id: 'varied', picture: '3', parent: '1', saved: 3 });
const found = itemOf({ id: 'found' });
const items = [edited, source, copy, varied, found];

describe('where pictures come from', () => {
	it('is the latest of the files that hold the parent', () => {
		assert.equal(parentOf(edited, items), copy);
		assert.equal(parentOf(edited, [source, edited]), source);
		assert.equal(parentOf(edited, [edited]), undefined);
		assert.equal(parentOf(source, items), undefined);
		assert.equal(parentOf(found, items), undefined);
	});

	it('has the children of all copies, the oldest first', () => {
		assert.deepEqual(childrenOf(source, items), [varied, edited]);
		assert.deepEqual(childrenOf(copy, items), [varied, edited]);
		assert.deepEqual(childrenOf(edited, items), []);
		assert.deepEqual(childrenOf(found, items), [], 'nobody knows what it holds');
	});

	it('never leads from a picture to itself', () => {
		const own = itemOf({ id: 'own', picture: '1', parent: '1' });
		assert.equal(parentOf(own, [own]), undefined);
		assert.deepEqual(childrenOf(own, [own]), []);
		const one = itemOf({ id: 'one', picture: '1', parent: '2' });
		const two = itemOf({ id: 'two', picture: '2', parent: '1' });
		assert.equal(parentOf(one, [one, two]), two);
		assert.deepEqual(childrenOf(one, [one, two]), [two], 'a circle is walked a step at a time');
	});

	it('leads back the way it came', () => {
		fc.assert(
			fc.property(someItems, (all) => {
				for (const item of all) {
					const parent = parentOf(item, all);
					if (parent) assert.ok(childrenOf(parent, all).includes(item));
					for (const child of childrenOf(item, all)) assert.equal(parentOf(child, all)?.picture, item.picture);
				}
			}),
		);
	});
});
