import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
	controlsOf,
	findOffered,
	nameOf,
	offered,
	recommendedModel,
	sizeRuleOf,
} from '../../../src/catalogue/catalogue';
import type { Catalogue } from '../../../src/catalogue/model';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { sketchProvider } from '../../../src/catalogue/providers';
import { parseModelName } from '../../../src/domain/modelName';
import { catalogue } from '../builders';

const tables: Catalogue = { models, offers };

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

/** Names of what is taken, or what stands for nobody knowing. */
function controlNames(name: string): string {
	const found = findOffered(name, tables);
	assert.ok(found, name);
	const controls = controlsOf(found);
	return controls === 'open' ? controls : controls.map((control) => control.name).join(' ');
}

describe('finding what is sold under a name', () => {
	it('finds every offer by its name, blanks around it or not', () => {
		for (const known of offered(tables)) {
			assert.deepEqual(findOffered(nameOf(known.offer), tables), known);
			assert.deepEqual(findOffered(` ${nameOf(known.offer)}\n`, tables), known);
		}
	});

	it('takes a vendor before a gateway’s model for the way there, and sends the longer name', () => {
		const plain = findOffered('lumenfall/dall-e-2', tables);
		for (const vendor of ['openai', 'replicate', 'vertex']) {
			const routed = findOffered(`lumenfall/${vendor}/dall-e-2`, tables);
			assert.equal(routed?.model, plain?.model);
			assert.deepEqual(routed?.offer, { ...plain?.offer, name: `${vendor}/dall-e-2` });
		}
		assert.equal(findOffered('lumenfall/openai/gpt-image-2', tables)?.offer.recommended, false);
	});

	it('does so for gateways only, and for one vendor only', () => {
		assert.equal(findOffered('openai/openai/dall-e-2', tables)?.model.controls, 'open');
		assert.equal(findOffered('custom/x/sd-cpp-local', tables)?.model.controls, 'open');
		assert.equal(findOffered('lumenfall/a/b/dall-e-2', tables)?.model.controls, 'open');
		assert.equal(findOffered('lumenfall//dall-e-2', tables)?.model.controls, 'open');
	});

	it('finds nothing under what is no name, and nothing where no name can be sent', () => {
		const names = ['', 'auto', 'openai', 'openai/', '/x', 'openai/a b', 'nobody/x', 'sketch/x'];
		for (const name of [...names, '__proto__/x', 'constructor/x', 'OpenAI/gpt-image-2']) {
			assert.equal(findOffered(name, tables), undefined, name);
		}
	});

	it('makes up an offer for any other name, of which nothing is known', () => {
		const name = fc.stringMatching(/^[\w.:@/-]{1,30}$/);
		fc.assert(
			fc.property(fc.constantFrom('openai', 'lumenfall', 'custom'), name, (provider, name) => {
				const found = findOffered(`${provider}/${name}`, tables);
				assert.ok(found);
				if (offers.some((offer) => offer.provider === provider && name.endsWith(offer.name))) return;
				const { model, offer } = found;
				assert.deepEqual([offer.provider, offer.name, nameOf(offer)], [provider, name, `${provider}/${name}`]);
				assert.equal(offer.model, model.id);
				assert.deepEqual(sizeRuleOf(found), { kind: 'open', ratios: provider === 'lumenfall' });
				assert.equal(model.controls, 'open');
				assert.equal(model.promptLimit, undefined);
				assert.deepEqual(offer.operations, ['generate', 'edit']);
				assert.equal(offer.picturesPerCall, provider === 'custom' ? 1 : 10);
				assert.deepEqual(offer.price.rows, []);
				assert.equal(offer.recommended, false);
				assert.ok(offer.images);
			}),
		);
	});
});

describe('what a vendor’s version of a model takes', () => {
	it('is its own where it says so, else the model’s', () => {
		const gateway = findOffered('lumenfall/gpt-image-2', tables);
		const maker = findOffered('openai/gpt-image-2', tables);
		assert.ok(gateway && maker);
		assert.deepEqual(sizeRuleOf(gateway), { kind: 'open', ratios: true });
		assert.equal(sizeRuleOf(maker), maker.model.size);
		assert.equal(sizeRuleOf(maker).kind, 'grid');
		assert.deepEqual(controlsOf(maker), maker.model.controls);
	});

	const examples: readonly (readonly [name: string, controls: string])[] = [
		['openai/dall-e-2', 'quality response_format user'],
		['openai/dall-e-3', 'quality style response_format user'],
		['openai/gpt-image-2', 'quality background moderation output_compression partial_images safety_identifier user'],
		['lumenfall/dall-e-2', 'quality user aspect_ratio resolution output_compression output_format response_format'],
		[
			'lumenfall/gpt-image-2',
			'background moderation safety_identifier user quality aspect_ratio resolution output_compression output_format response_format',
		],
		['custom/sd-cpp-local', 'seed negative_prompt steps cfg_scale strength output_compression'],
		['custom/other', 'open'],
		['sketch/placeholder', 'style seed'],
	];
	for (const [name, controls] of examples) {
		it(`is of ${name}: ${controls}`, () => assert.equal(controlNames(name), controls));
	}

	it('has no name twice', () => {
		for (const known of offered(tables)) {
			const controls = controlsOf(known);
			assert.ok(controls !== 'open');
			assert.equal(new Set(controls.map(({ name }) => name)).size, controls.length, nameOf(known.offer));
		}
	});
});
