import assert from 'node:assert/strict';
import { type Job, jobOf, wayOf } from '../../../src/catalogue/job';
import type { Offer } from '../../../src/catalogue/model';
import { catalogue } from '../builders';

const [offer] = catalogue.offers;

function ways(changes: Partial<Offer>): string {
	if (!offer) throw new Error('The catalogue of the tests is empty.');
	const jobs: readonly Job[] = ['generate', 'edit', 'mask', 'expand', 'vary'];
	return jobs.map((job) => wayOf({ ...offer, ...changes }, job)?.slice(0, 2) ?? '–').join(' ');
}

describe('how a vendor does a job', () => {
	it('is its own way where it has one', () => {
		assert.equal(ways({ operations: ['generate', 'edit', 'expand', 'vary'], masks: 'taken' }), 'na na na na na');
	});

	it('is made of edits where it has none', () => {
		assert.equal(ways({ operations: ['generate', 'edit'], masks: 'taken' }), 'na na na em em');
		assert.equal(ways({ operations: ['generate', 'edit'] }), 'na na em em em');
		assert.equal(ways({ operations: ['generate', 'edit'], masks: 'unsure' }), 'na na em em em');
	});

	it('needs a mask where the vendor needs one', () => {
		assert.equal(ways({ operations: ['edit', 'expand'], masks: 'needed' }), '– – na na –');
		assert.equal(ways({ operations: ['edit'], masks: 'needed' }), '– – na em –');
	});

	it('is none for marks that the vendor does not take', () => {
		if (!offer) throw new Error('The catalogue of the tests is empty.');
		const edits: Offer = { ...offer, operations: ['edit'], masks: 'taken' };
		assert.equal(wayOf(edits, 'markup'), undefined);
		assert.equal(wayOf({ ...edits, markup: true }, 'markup'), 'native');
	});

	it('is none where the vendor takes no pictures', () => {
		assert.equal(ways({ operations: ['generate'] }), 'na – – – –');
		assert.equal(ways({ operations: ['expand'] }), '– – – na –');
	});
});

describe('what a request asks for', () => {
	const source = { width: 8, height: 8 };

	it('is its operation; an edit of a part is another thing than one of the whole', () => {
		assert.equal(jobOf({ operation: 'generate' }), 'generate');
		assert.equal(jobOf({ operation: 'edit', alteration: { operation: 'edit', source } }), 'edit');
		const selected = { x: 0, y: 0, width: 1, height: 1 };
		assert.equal(jobOf({ operation: 'edit', alteration: { operation: 'edit', source, selected } }), 'mask');
		assert.equal(jobOf({ operation: 'edit', alteration: { operation: 'edit', source, marked: true } }), 'markup');
		assert.equal(jobOf({ operation: 'vary', alteration: { operation: 'vary', source, strength: 'subtle' } }), 'vary');
	});
});
