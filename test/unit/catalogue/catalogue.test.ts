import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { nameOf, offered, recommendedModel } from '../../../src/catalogue/catalogue';
import { models, offers } from '../../../src/catalogue/models';
import { findProvider, providers, sketchProvider } from '../../../src/catalogue/providers';
import { dialects } from '../../../src/generation/dialects';
import { parseModelName } from '../../../src/domain/modelName';
import { sketchStyles } from '../../../src/providers/sketch/paint';
import { catalogue } from '../builders';

describe('the catalogue as a value', () => {
	it('names an offer so that the name can be taken apart again', () => {
		const names = catalogue.offers.map(nameOf);
		assert.deepEqual(names, ['openai/vendor/easel:2@1', 'sketch/easel']);
		assert.deepEqual(parseModelName(names[0] ?? ''), { provider: 'openai', name: 'vendor/easel:2@1' });
	});

	it('joins each offer with its model, and drops one without', () => {
		const [offer, other] = catalogue.offers;
		assert.ok(offer && other);
		const orphan = { ...offer, model: 'nope' };
		assert.deepEqual(offered({ ...catalogue, offers: [orphan, other] }), [
			{ offer: other, model: catalogue.models[0] },
		]);
	});
});

describe('the recommended model', () => {
	it('is that of the first provider with a key that has one', () => {
		assert.equal(recommendedModel(catalogue, ['openai'], 'sketch'), 'openai/vendor/easel:2@1');
		assert.equal(recommendedModel(catalogue, ['runware', 'openai'], 'sketch'), 'openai/vendor/easel:2@1');
		assert.equal(recommendedModel(catalogue, ['sketch', 'openai'], 'sketch'), 'sketch/easel');
	});

	it('is the fallback’s where nobody has a key, and nothing where that has none', () => {
		assert.equal(recommendedModel(catalogue, [], 'sketch'), 'sketch/easel');
		assert.equal(recommendedModel(catalogue, ['runware'], 'sketch'), 'sketch/easel');
		assert.equal(recommendedModel(catalogue, [], 'nobody'), undefined);
		assert.equal(recommendedModel({ models: [], offers: [] }, ['openai'], 'sketch'), undefined);
	});

	it('is never one that is not recommended', () => {
		fc.assert(
			fc.property(
				fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
				fc.subarray(['openai', 'sketch']),
				(flags, keys) => {
					const offers = catalogue.offers.map((offer, index) => ({ ...offer, recommended: flags[index] === true }));
					const name = recommendedModel({ ...catalogue, offers }, keys, 'sketch');
					if (name !== undefined) assert.ok(offers.some((offer) => nameOf(offer) === name && offer.recommended));
					else
						assert.ok(
							!offers.some(({ provider, recommended }) => recommended && [...keys, 'sketch'].includes(provider)),
						);
				},
			),
		);
	});

	it('is the placeholder for a newcomer', () => {
		assert.equal(recommendedModel({ models, offers }, [], sketchProvider), 'sketch/placeholder');
	});
});

function assertDistinct(values: readonly string[]): void {
	assert.equal(new Set(values).size, values.length, values.join(' '));
}

describe('the tables', () => {
	it('have no two rows of one name', () => {
		assertDistinct(models.map(({ id }) => id));
		assertDistinct(models.map(({ title }) => title));
		assertDistinct(offers.map(nameOf));
		assertDistinct(providers.map(({ id }) => id));
		for (const { controls } of models) assertDistinct(controls.map(({ name }) => name));
	});

	it('offer only models that there are, by providers that there are and that Limn can speak to', () => {
		assert.equal(offered({ models, offers }).length, offers.length);
		for (const { provider } of offers) {
			assert.ok(findProvider(provider), provider);
			assert.ok(dialects.has(provider), provider);
		}
	});

	it('give each offer a name that a person can write, a count, something to do and a dated price', () => {
		for (const offer of offers) {
			assert.deepEqual(parseModelName(nameOf(offer)), { provider: offer.provider, name: offer.name });
			assert.ok(Number.isInteger(offer.picturesPerCall) && offer.picturesPerCall >= 1);
			assert.ok(offer.operations.length > 0);
			assert.equal(new Set(offer.operations).size, offer.operations.length);
			assert.ok(offer.price.usdPerPicture >= 0 && offer.price.usdPerPicture < 10);
			assert.equal(new Date(offer.price.read).toISOString().slice(0, 10), offer.price.read);
		}
	});

	it('recommend one model of each provider that sells any', () => {
		for (const provider of new Set(offers.map((offer) => offer.provider))) {
			assert.equal(offers.filter((offer) => offer.provider === provider && offer.recommended).length, 1, provider);
		}
	});

	it('give each model limits that hold for its own default', () => {
		for (const { size, promptLimit, controls } of models) {
			for (const side of [size.default.width, size.default.height]) assert.ok(side >= size.min && side <= size.max);
			assert.ok(promptLimit > 0);
			for (const control of controls) if (control.kind === 'choice') assert.ok(control.values.length > 1);
		}
	});

	it('know every style of the sketch, and no other', () => {
		const styles = models.find(({ id }) => id === 'placeholder')?.controls.find(({ name }) => name === 'style');
		assert.ok(styles?.kind === 'choice');
		assert.deepEqual(styles.values, sketchStyles);
	});

	it('name the providers, keys and addresses of the contract, in its order of asking', () => {
		const contract: readonly (readonly [id: string, variable: string | undefined, baseUrl: string | undefined])[] = [
			['openai', 'OPENAI_API_KEY', 'https://api.openai.com/v1'],
			['runware', 'RUNWARE_API_KEY', 'https://api.runware.ai/v1'],
			['lumenfall', 'LUMENFALL_API_KEY', 'https://api.lumenfall.ai/openai/v1'],
			['vincony', 'VINCONY_API_KEY', 'https://api.vincony.com/v1'],
			['replicate', 'REPLICATE_API_TOKEN', 'https://api.replicate.com/v1'],
			['custom', 'LIMN_CUSTOM_API_KEY', 'http://127.0.0.1:1234/v1'],
			['sketch', undefined, undefined],
		];
		assert.deepEqual(
			providers.map(({ id, key, baseUrl }) => [id, key?.variable, baseUrl]),
			contract,
		);
		assert.deepEqual(
			providers.filter(({ key }) => key?.optional).map(({ id }) => id),
			['custom'],
		);
	});

	it('are asked by the exact id', () => {
		assert.equal(findProvider('openai')?.title, 'OpenAI');
		for (const id of ['', 'OpenAI', 'constructor', '__proto__']) assert.equal(findProvider(id), undefined);
	});
});
