import assert from 'node:assert/strict';
import { findOffered, nameOf } from '../../../src/catalogue/catalogue';
import { check } from '../../../src/catalogue/check';
import { diffusionModels } from '../../../src/catalogue/diffusionModels';
import type { Offered } from '../../../src/catalogue/model';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { pricePerPicture } from '../../../src/catalogue/price';
import { runwareOffers } from '../../../src/catalogue/runwareOffers';
import { parseSizeWish } from '../../../src/domain/size';
import { requestOf, sentence, terms } from '../builders';

function known(name: string): Offered {
	const found = findOffered(`runware/${name}`, { models, offers });
	assert.ok(found && runwareOffers.includes(found.offer), name);
	return found;
}

/** What nobody first-hand says of a row. */
function marked(name: string): string {
	const { model, offer } = known(name);
	return [model.unverified, offer.unverified, offer.price.unverified].flatMap((notes) => notes ?? []).join(' ');
}

function price(name: string, size: string, quality?: string): number | undefined {
	const usd = pricePerPicture(known(name), parseSizeWish(size), quality === undefined ? {} : { quality });
	return usd === undefined ? undefined : Math.round(usd * 1e4) / 1e4;
}

describe('the offers of Runware', () => {
	it('are those of the reference, with what each really does', () => {
		const abilities: Readonly<Record<string, string>> = {
			'openai:2@2': 'generate',
			'openai:2@3': 'generate',
			'openai:1@1': 'generate edit',
			'openai:1@2': 'generate edit',
			'openai:4@1': 'generate edit',
			'openai:gpt-image@2': 'generate edit',
			'openai:gpt-image@2.5-flare': 'generate edit mask',
			'openai:gpt-image@2.5-sunburst': 'generate edit mask',
			'runware:100@1': 'generate edit vary mask',
			'runware:101@1': 'generate edit expand vary mask',
			'runware:102@1': 'edit expand mask',
			'civitai:403361@456538': 'edit vary mask',
			'runware:z-image@turbo': 'generate edit vary mask',
			'bfl:1@2': 'edit mask',
			'bfl:1@3': 'expand',
			'ideogram:4@3': 'edit mask',
			'runware:400@4': 'generate edit',
			'runware:400@2': 'generate edit',
			'bfl:3@1': 'generate edit',
			'google:4@3': 'generate edit',
		};
		const found = runwareOffers.map(({ name, operations, masks }) => {
			return [name, [...operations, ...(masks ? ['mask'] : [])].join(' ')] as const;
		});
		assert.deepEqual(Object.fromEntries(found), abilities);
	});

	it('say where pictures, masks and margins go, where they are taken', () => {
		for (const { name, operations, masks, runware } of runwareOffers) {
			assert.ok(runware, name);
			const { references, source, mask, strength, outpaint } = runware;
			const edits = operations.includes('edit');
			if (edits) assert.ok(references ?? source, name);
			assert.equal(edits && mask !== undefined, masks !== undefined, name);
			assert.equal(operations.includes('vary'), source !== undefined && strength === true, name);
			assert.equal(operations.includes('expand'), source !== undefined && outpaint === true, name);
		}
	});

	it('give twenty pictures at once, and one is recommended', () => {
		for (const { picturesPerCall } of runwareOffers) assert.equal(picturesPerCall, 20);
		const recommended = runwareOffers.filter((offer) => offer.recommended).map(nameOf);
		assert.deepEqual(recommended, ['runware/openai:gpt-image@2']);
	});

	it('sell every diffusion model', () => {
		const sold = new Set(runwareOffers.map(({ model }) => model));
		for (const { id, unverified = [] } of diffusionModels) {
			assert.ok(sold.has(id), id);
			for (const note of unverified) assert.match(note, /^[A-Z].{20,}\.$/u, id);
		}
	});

	it('say of what is retired what takes its place there', () => {
		const request = requestOf({ model: 'runware/openai:2@2' });
		const problems = check(request, { models, offers }, terms);
		assert.ok(!('calls' in problems));
		assert.equal(problems[0]?.successor, 'runware/openai:gpt-image@2');
		assert.match(sentence(problems[0]?.message), /retired on 2026-05-12.*costs about \$0\.211 instead of \$0\.02/);
	});
});

describe('the prices of Runware', () => {
	it('are those of the reference', () => {
		assert.equal(price('openai:2@2', '256x256'), 0.02);
		assert.equal(price('openai:2@3', '1792x1024', 'hd'), 0.12);
		assert.equal(price('openai:4@1', '1024x1536', 'high'), 0.2);
		assert.equal(price('openai:4@1', '1536x1024', 'high'), 0.199);
		assert.equal(price('openai:gpt-image@2', '1024x1024', 'low'), 0.006);
		assert.equal(price('openai:gpt-image@2', '1536x1024', 'high'), 0.165);
		assert.equal(price('runware:400@4', '1024x1024'), 0.0006);
		assert.equal(price('bfl:3@1', '1392x752'), 0.04);
	});

	it('are rather too high where little is known, and unknown where nothing is', () => {
		assert.equal(price('openai:gpt-image@2', '1024x1024'), 0.211, 'the quality is left to the model');
		assert.equal(price('openai:gpt-image@2.5-sunburst', '2048x2048'), 0.668, 'four times the pixels');
		for (const name of ['openai:1@1', 'openai:1@2', 'runware:101@1', 'bfl:1@2', 'ideogram:4@3']) {
			assert.equal(price(name, '1024x1024'), undefined, name);
		}
	});
});

describe('what nobody first-hand says of Runware', () => {
	const notes: Readonly<Record<string, RegExp>> = {
		'openai:2@2': /page says \$0\.016, its own examples cost \$0\.02/,
		'openai:2@3': /those of OpenAI.*only hd/i,
		'openai:1@1': /16 at OpenAI.*day of retirement/,
		'openai:gpt-image@2': /16 at OpenAI.*limits of pixels and of the ratio/,
		'openai:gpt-image@2.5-flare': /name of the mask.*name of the pictures.*prompt may be.*background auto.*examples/,
		'runware:101@1': /seedImage and maskImage/,
		'runware:z-image@turbo': /sizes: said of newer models.*seedImage/,
		'bfl:1@2': /takes no width and height.*controls and their ranges.*takes a seed.*Which seeds are taken/,
		'bfl:1@3': /takes no width and height.*controls and their ranges.*takes a seed/,
		'bfl:3@1':
			/sizes: from documentation of October 2025.*How many pictures.*controls and their ranges.*seed.*measured/,
		'google:4@3': /sizes: read from.*still answers.*How many pictures.*measured/,
		'ideogram:4@3': /How long a prompt may be.*white is repainted/,
		'runware:400@4': /multiples of 16.*How many pictures.*measured/,
	};
	for (const [name, words] of Object.entries(notes)) {
		it(`is marked: ${name}`, () => assert.match(marked(name), words));
	}

	it('is marked once wherever a seed is taken, and nowhere else', () => {
		for (const { name, controls = [], unverified = [] } of runwareOffers) {
			const notes = unverified.filter((note) => /^Which seeds are taken: 32 bits.*2\^63/u.test(note));
			assert.equal(notes.length, controls.some(({ kind }) => kind === 'seed') ? 1 : 0, name);
		}
	});

	it('is said in whole sentences', () => {
		for (const { unverified = [], price } of runwareOffers) {
			for (const note of [...unverified, ...(price.unverified ?? [])]) assert.match(note, /^[A-Z].{20,}\.$/u);
		}
	});
});
