import assert from 'node:assert/strict';
import { findOffered } from '../../../src/catalogue/catalogue';
import type { Offer } from '../../../src/catalogue/model';
import { cardOf, cardsFor } from '../../../src/catalogue/modelCards';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import type { Operation } from '../../../src/domain/imageRequest';
import { parseSizeWish } from '../../../src/domain/size';
import { catalogue, sentence, terms } from '../builders';

function card(name: string, size?: string, operation: Operation = 'generate') {
	const cards = cardsFor(operation, parseSizeWish(size ?? ''), { models, offers }, terms);
	const found = cards.find((each) => each.name === name);
	return found && { title: found.title, price: sentence(found.price), badges: found.badges.map(sentence) };
}

describe('the card of a model', () => {
	it('says what it costs and what it can do besides', () => {
		assert.deepEqual(card('openai/gpt-image-2'), {
			title: 'GPT Image 2',
			price: 'up to $0.211',
			badges: ['edits', 'masks', 'transparent'],
		});
		assert.deepEqual(card('sketch/placeholder')?.badges.slice(0, 2), ['no AI', 'offline']);
		assert.deepEqual(card('openai/gpt-image-1.5')?.badges, ['edits', 'masks', 'transparent', 'retired on 2026-12-01']);
	});

	it('has the price of the size that is wished, or of the nearest that can be had', () => {
		assert.equal(card('openai/gpt-image-2', '1536x1024')?.price, 'up to $0.165');
		assert.equal(card('openai/gpt-image-1-mini', '16:9')?.price, 'up to $0.052 at 1536x1024');
		assert.equal(card('openai/gpt-image-1-mini', '1:1')?.price, 'up to $0.036', 'of the pixels that a ratio becomes');
		assert.equal(card('openai/gpt-image-2', '3840x2160')?.price, 'up to $1.669');
		assert.equal(card('openai/gpt-image-2.6-flare', '512x512')?.price, 'price unknown at 816x816');
		assert.equal(card('sketch/placeholder', '8x8')?.price, 'free at 16x16');
	});

	it('says that nothing is to be paid, or that nobody knows', () => {
		assert.equal(card('sketch/placeholder')?.price, 'free');
		assert.equal(card('openai/chatgpt-image-latest')?.price, 'price unknown');
	});

	it('is there for what the model can do, and while it is served', () => {
		assert.equal(card('openai/dall-e-2'), undefined, 'retired');
		assert.deepEqual(card('openai/gpt-image-2', undefined, 'vary')?.badges[0], 'emulated');
		assert.equal(card('runware/ideogram:4@3', undefined, 'vary'), undefined);
		assert.ok(card('sketch/placeholder', undefined, 'vary'));
		const asked = { ...terms, allowRetired: ['openai/dall-e-2'] };
		const names = cardsFor('generate', undefined, { models, offers }, asked).map(({ name }) => name);
		assert.ok(names.includes('openai/dall-e-2'));
	});

	it('comes first where it is recommended, and last where its end is known', () => {
		const names = cardsFor('generate', undefined, { models, offers }, terms)
			.filter(({ provider }) => provider === 'openai')
			.map(({ name }) => name);
		assert.equal(names[0], 'openai/gpt-image-2');
		assert.deepEqual(names.slice(-3), [
			'openai/gpt-image-1-mini',
			'openai/gpt-image-1.5',
			'openai/chatgpt-image-latest',
		]);
	});

	it('promises nothing of a model that nobody knows, and tells of one that is retired', () => {
		const unknown = findOffered('custom/llama', { models, offers }) ?? assert.fail();
		assert.deepEqual(cardOf(unknown, undefined).badges.map(sentence), ['abilities unknown']);
		const retired = findOffered('openai/dall-e-3', { models, offers }) ?? assert.fail();
		assert.deepEqual(cardOf(retired, undefined).badges.map(sentence), ['retired on 2026-05-12']);
	});

	it('leaves a size alone that nobody can wish', () => {
		const [offer] = catalogue.offers;
		assert.ok(offer);
		const untold: Offer = { ...offer, size: { kind: 'none' } };
		const [only] = cardsFor('generate', parseSizeWish('8x8'), { ...catalogue, offers: [untold] }, terms);
		assert.equal(sentence(only?.price), 'up to $0.04');
	});
});
