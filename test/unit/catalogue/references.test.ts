import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findOffered, nameOf, type Offered, offered } from '../../../src/catalogue/catalogue';
import { check, type Plan } from '../../../src/catalogue/check';
import { jobOf, wayOf } from '../../../src/catalogue/job';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { isSureOfPictures, mostBesides, mostReferences } from '../../../src/catalogue/references';
import type { Alteration, ImageRequest } from '../../../src/domain/imageRequest';
import { requestOf, sentence, terms } from '../builders';

const tables = { models, offers };
const lenient = { ...terms, allowRetired: offers.map(nameOf) };
const strangers = ['openai/x', 'runware/x:1@1', 'lumenfall/x', 'vincony/x', 'replicate/x/y', 'custom/x'];
const all: readonly Offered[] = [...offered(tables), ...strangers.map(find)];

const source = { width: 1024, height: 1024 };
const selected = { x: 100, y: 100, width: 200, height: 200 };
const kinds: readonly Alteration[] = [
	{ operation: 'edit', source },
	{ operation: 'edit', source, selected },
	{ operation: 'edit', source, marked: true },
];

function find(name: string): Offered {
	return findOffered(name, tables) ?? assert.fail(name);
}

function judge(model: string, references: number, changes: Partial<Extract<Alteration, { operation: 'edit' }>> = {}) {
	const alteration: Alteration = { operation: 'edit', source, references, ...changes };
	return check(requestOf({ model, operation: 'edit', alteration }), tables, lenient);
}

function planOf(...asked: Parameters<typeof judge>): Plan {
	const plan = judge(...asked);
	assert.ok('calls' in plan, 'calls' in plan ? '' : sentence(plan[0]?.message));
	return plan;
}

function refusalOf(...asked: Parameters<typeof judge>): string {
	const plan = judge(...asked);
	assert.ok(!('calls' in plan) && plan.length === 1);
	return `${plan[0]?.code} ${plan[0]?.charged}: ${sentence(plan[0]?.message)}`;
}

function said({ warnings }: Plan): string {
	return warnings.map(sentence).join(' ');
}

describe('how many pictures go with a prompt', () => {
	const most: Readonly<Record<string, number>> = {
		'openai/gpt-image-1': 16,
		'openai/gpt-image-2': 16,
		'openai/gpt-image-2.6-flare': 16,
		'openai/dall-e-2': 0,
		'openai/dall-e-3': 0,
		'runware/openai:gpt-image@2': 16,
		'runware/google:4@3': 14,
		'runware/runware:400@2': 4,
		'runware/bfl:3@1': 2,
		'runware/runware:101@1': 1,
		'runware/runware:102@1': 0,
		'lumenfall/gpt-image-2': 16,
		'vincony/openai/gpt-image-2': 16,
		'vincony/openai/dall-e-2': 0,
		'replicate/openai/gpt-image-2': 16,
		'replicate/openai/dall-e-2': 0,
		'custom/sd-cpp-local': 16,
		'custom/x': 16,
		'sketch/placeholder': 1,
	};
	for (const [name, count] of Object.entries(most)) {
		it(`is ${count} at most of ${name}`, () => assert.equal(mostReferences(find(name)), count));
	}

	it('is none, or one and those besides it', () => {
		for (const found of all) {
			const count = mostReferences(found);
			assert.ok(Number.isInteger(count) && count >= 0 && count <= 16, nameOf(found.offer));
			assert.equal(count > 0, wayOf(found.offer, 'edit') !== undefined, nameOf(found.offer));
			assert.equal(mostBesides(found, 'edit'), Math.max(0, count - 1), nameOf(found.offer));
		}
	});

	it('is one where no mask can say which of them it belongs to, and for what is done to one picture', () => {
		assert.equal(mostBesides(find('openai/gpt-image-2'), 'mask'), 15);
		assert.equal(mostBesides(find('openai/gpt-image-2.6-flare'), 'markup'), 15);
		assert.equal(mostBesides(find('openai/gpt-image-2'), 'markup'), 0, 'it takes no markup');
		assert.equal(mostBesides(find('runware/openai:gpt-image@2.5-flare'), 'mask'), 15);
		for (const name of ['runware/openai:gpt-image@2', 'runware/ideogram:4@3', 'openai/dall-e-2', 'vincony/x']) {
			assert.equal(mostBesides(find(name), 'mask'), 0, name);
		}
		for (const found of all) {
			for (const job of ['generate', 'expand', 'vary'] as const) assert.equal(mostBesides(found, job), 0);
		}
	});

	it('is known of all that the tables have but one, which says so', () => {
		const unsure = offers.filter((offer) => wayOf(offer, 'edit') && !isSureOfPictures(offer));
		assert.deepEqual(unsure.map(nameOf), ['vincony/openai/gpt-image-2']);
		for (const { unverified = [] } of unsure) assert.match(unverified.join(' '), /How many it takes, nobody says/);
	});

	it('is marked where nobody first-hand has said it', () => {
		for (const name of ['lumenfall/gpt-image-2', 'replicate/openai/gpt-image-1.5', 'runware/runware:400@4']) {
			assert.match((find(name).offer.unverified ?? []).join(' '), /How many pictures go with a prompt/, name);
		}
	});
});

describe('an edit with other pictures', () => {
	it('is planned as one without, for as many as the model takes', () => {
		const [alone, with15] = [planOf('openai/gpt-image-2', 0), planOf('openai/gpt-image-2', 15)];
		assert.deepEqual([with15.alter, with15.warnings], [alone.alter, alone.warnings]);
		const [masked, both] = [0, 15].map((count) => planOf('openai/gpt-image-2', count, { selected }));
		assert.deepEqual(both?.alter, masked?.alter);
	});

	it('is refused by who takes fewer, with the number and with those that take so many', () => {
		assert.equal(
			refusalOf('sketch/placeholder', 1).replace(/, lumenfall.*$/, ''),
			'unsupported no: sketch/placeholder takes one picture only, not 2. These take 2: openai/gpt-image-2, runware/openai:gpt-image@2',
		);
		assert.match(
			refusalOf('runware/bfl:3@1', 2),
			/^unsupported no: runware\/bfl:3@1 takes at most 2 pictures, not 3\. These take 3: runware\/openai:gpt-image@2, /,
		);
		const refusal = refusalOf('runware/runware:400@2', 13);
		assert.match(refusal, /at most 4 pictures, not 14/);
		assert.match(refusal, /openai\/gpt-image-2/);
		assert.doesNotMatch(refusal, /sketch|runware:400@4|bfl/);
		assert.doesNotMatch(refusalOf('sketch/placeholder', 1), /vincony/, 'of which it is not known');
	});

	it('is refused by all where nobody takes so many', () => {
		assert.equal(
			refusalOf('openai/gpt-image-2', 16),
			'unsupported no: openai/gpt-image-2 takes at most 16 pictures, not 17. Leave some out.',
		);
		assert.match(refusalOf('custom/x', 16), /takes at most 16 pictures, not 17\. Leave some out\.$/);
	});

	it('is refused beside a mask where no mask goes out', () => {
		assert.match(
			refusalOf('runware/openai:gpt-image@2', 1, { selected }),
			/^unsupported no: runware\/openai:gpt-image@2 takes one picture where a part is selected, not 2\. These take 2: runware\/openai:gpt-image@2\.5-flare/,
		);
		assert.ok('calls' in judge('runware/openai:gpt-image@2', 1));
	});

	it('is no more possible than one without', () => {
		assert.match(refusalOf('openai/dall-e-3', 2), /^unsupported no: openai\/dall-e-3 cannot edit a picture/);
		assert.match(refusalOf('openai/dall-e-2', 2), /makes no edits without a mask/);
	});

	it('says where nobody knows how many are looked at', () => {
		const unsure = / looks at is not known\. It was sent 3\./;
		for (const name of ['vincony/openai/gpt-image-2', 'custom/x', 'lumenfall/x']) {
			assert.match(said(planOf(name, 2)), unsure, name);
			assert.doesNotMatch(said(planOf(name, 0)), unsure, name);
		}
		assert.match(said(planOf('custom/x', 2, { selected })), unsure);
		for (const name of ['openai/gpt-image-2', 'runware/x:1@1', 'custom/sd-cpp-local']) {
			assert.doesNotMatch(said(planOf(name, 2)), unsure, name);
		}
	});

	it('names the picture to a model that may not heed its mask', () => {
		const [alone, first] = [0, 1].map((count) => planOf('custom/x', count, { selected }).alter?.instruction ?? '');
		assert.match(first ?? '', / of the first image\. Leave/);
		assert.match(alone ?? '', / of the image\. Leave/);
	});
});

describe('an edit of any model, with any number of pictures', () => {
	const asked = fc.record({
		found: fc.constantFrom(...all),
		alteration: fc.constantFrom(...kinds),
		references: fc.integer({ min: 0, max: 20 }),
	});

	it('is planned if and only if the model takes so many', () => {
		fc.assert(
			fc.property(asked, ({ found, alteration, references }) => {
				const request: ImageRequest = requestOf({
					model: nameOf(found.offer),
					operation: 'edit',
					alteration: { ...alteration, ...(references > 0 && { references }) },
				});
				const job = jobOf(request);
				const plan = check(request, tables, lenient);
				const able = wayOf(found.offer, job) !== undefined && references <= mostBesides(found, job);
				assert.equal('calls' in plan, able, `${nameOf(found.offer)} ${job} ${references}`);
				if (!('calls' in plan)) assert.deepEqual([plan[0]?.code, plan[0]?.charged], ['unsupported', 'no']);
			}),
			{ numRuns: 400 },
		);
	});

	it('names only models that would take them', () => {
		fc.assert(
			fc.property(fc.constantFrom(...all), fc.integer({ min: 1, max: 15 }), (found, references) => {
				const plan = judge(nameOf(found.offer), references);
				if ('calls' in plan) return;
				const [, names] = /These take \d+: (.*)\.$/.exec(sentence(plan[0]?.message)) ?? [];
				for (const name of names?.split(', ') ?? []) assert.ok('calls' in judge(name, references), name);
			}),
		);
	});
});
