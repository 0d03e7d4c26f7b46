import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findOffered } from '../../../src/catalogue/catalogue';
import { daysBetween, isDay, isRetired, retirementOf } from '../../../src/catalogue/lifecycle';
import type { Day, Offered } from '../../../src/catalogue/model';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { catalogue } from '../builders';

const dayMs = 86_400_000;
const days = fc
	.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

/** The easel of the tests, retired by its maker and by its vendor. */
function retiredOn(model: Day | undefined, offer: Day | undefined): Offered {
	const [ownModel] = catalogue.models;
	const [ownOffer] = catalogue.offers;
	assert.ok(ownModel && ownOffer);
	return {
		model: { ...ownModel, ...(model !== undefined && { retired: model }) },
		offer: { ...ownOffer, ...(offer !== undefined && { retired: offer }) },
	};
}

describe('days', () => {
	it('are counted as the calendar does', () => {
		fc.assert(
			fc.property(days, days, (from, to) => {
				assert.equal(daysBetween(from, to), Math.round((Date.parse(to) - Date.parse(from)) / dayMs), `${from} ${to}`);
			}),
			{ numRuns: 2000 },
		);
	});

	const examples: readonly (readonly [from: Day, to: Day, days: number])[] = [
		['2026-11-21', '2026-12-01', 10],
		['2026-12-01', '2026-11-21', -10],
		['2026-11-21', '2026-11-21', 0],
		['2028-02-28', '2028-03-01', 2],
		['2027-02-28', '2027-03-01', 1],
		['2000-02-28', '2000-03-01', 2],
		['1900-02-28', '1900-03-01', 1],
		['2026-12-31', '2027-01-01', 1],
		['1970-01-01', '2026-11-21', 20_778],
	];
	for (const [from, to, count] of examples) {
		it(`are ${count} from ${from} to ${to}`, () => assert.equal(daysBetween(from, to), count));
	}

	it('compare as texts as they follow each other', () => {
		fc.assert(
			fc.property(days, days, (one, other) => {
				assert.equal(one < other, daysBetween(one, other) > 0);
				assert.ok(isDay(one));
			}),
		);
	});

	it('are told from what has not their form, which is not counted', () => {
		for (const text of [
			'',
			'soon',
			'2026',
			'2026-11',
			'2026-13-01',
			'2026-00-01',
			'2026-01-00',
			'2026-01-32',
			'26-01-01',
			'2026-1-1',
			' 2026-01-01',
			'2026-01-01T00:00:00Z',
		]) {
			assert.equal(isDay(text), false, text);
			assert.ok(Number.isNaN(daysBetween(text, '2026-11-21')), text);
			assert.ok(Number.isNaN(daysBetween('2026-11-21', text)), text);
		}
	});
});

describe('the end of a model', () => {
	it('is the vendor’s day where it has one of its own, else the maker’s', () => {
		assert.equal(retirementOf(retiredOn(undefined, undefined)), undefined);
		assert.equal(retirementOf(retiredOn('2026-12-01', undefined)), '2026-12-01');
		assert.equal(retirementOf(retiredOn('2026-12-01', '2026-12-16')), '2026-12-16');
		assert.equal(retirementOf(retiredOn(undefined, '2026-12-16')), '2026-12-16');
	});

	it('has come on the day itself', () => {
		const model = retiredOn('2026-12-01', undefined);
		assert.equal(isRetired(model, '2026-11-30'), false);
		assert.equal(isRetired(model, '2026-12-01'), true);
		assert.equal(isRetired(model, '2027-01-01'), true);
		assert.equal(isRetired(retiredOn(undefined, undefined), '9999-12-31'), false);
	});

	const ends: readonly (readonly [name: string, day: Day | undefined])[] = [
		['openai/dall-e-2', '2026-05-12'],
		['openai/dall-e-3', '2026-05-12'],
		['lumenfall/dall-e-2', '2026-05-12'],
		['lumenfall/replicate/dall-e-2', '2026-05-12'],
		['openai/gpt-image-1', '2026-10-23'],
		['openai/gpt-image-1-mini', '2026-12-01'],
		['openai/gpt-image-1.5', '2026-12-01'],
		['lumenfall/gpt-image-1.5', '2026-12-01'],
		['openai/chatgpt-image-latest', '2026-12-01'],
		['openai/gpt-image-2', undefined],
		['openai/gpt-image-2-2026-04-21', undefined],
		['openai/gpt-image-2.5-sunburst', undefined],
		['openai/gpt-image-2.6-flare', undefined],
		['openai/never-heard-of', undefined],
		['custom/dall-e-2', undefined],
		['sketch/placeholder', undefined],
	];
	for (const [name, day] of ends) {
		it(`is ${day ?? 'nowhere in sight'} of ${name}`, () => {
			const found = findOffered(name, { models, offers });
			assert.ok(found);
			assert.equal(retirementOf(found), day);
		});
	}
});
