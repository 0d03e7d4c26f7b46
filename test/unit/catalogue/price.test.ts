import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findOffered } from '../../../src/catalogue/catalogue';
import type { Offered, PriceRow } from '../../../src/catalogue/model';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { costOfTokens, formatUsd, isFree, pricePerPicture } from '../../../src/catalogue/price';
import type { Options } from '../../../src/domain/imageRequest';
import { parseSizeWish } from '../../../src/domain/size';
import { catalogue } from '../builders';

function known(name: string): Offered {
	const found = findOffered(name, { models, offers });
	assert.ok(found, name);
	return found;
}

function priceOf(name: string, size: string | undefined, options: Options = {}): number | undefined {
	return pricePerPicture(known(name), size === undefined ? undefined : parseSizeWish(size), options);
}

/** The easel of the tests, with another price list. */
function priced(rows: readonly PriceRow[]): Offered {
	const [model] = catalogue.models;
	const [offer] = catalogue.offers;
	assert.ok(model && offer);
	return { model, offer: { ...offer, price: { read: '2026-11-01', rows } } };
}

describe('the price of a picture', () => {
	const examples: readonly (readonly [model: string, size: string | undefined, options: Options, usd: number])[] = [
		['openai/gpt-image-2', '1024x1024', { quality: 'low' }, 0.006],
		['openai/gpt-image-2', '1024x1024', { quality: 'medium' }, 0.053],
		['openai/gpt-image-2', '1536x1024', { quality: 'high' }, 0.165],
		['openai/gpt-image-2', '1024x1024', {}, 0.211],
		['openai/gpt-image-2', '1024x1024', { quality: 'auto' }, 0.211],
		['openai/gpt-image-2', '1024x1536', {}, 0.165],
		['openai/gpt-image-2', undefined, {}, 0.211],
		['openai/gpt-image-2-2026-04-21', '1024x1024', { quality: 'low' }, 0.006],
		['openai/gpt-image-1.5', '1024x1536', { quality: 'high' }, 0.2],
		['openai/gpt-image-1', undefined, {}, 0.25],
		['openai/gpt-image-1-mini', '1024x1024', { quality: 'medium' }, 0.011],
		['openai/dall-e-3', '1024x1024', {}, 0.04],
		['openai/dall-e-3', '1024x1024', { quality: 'hd' }, 0.08],
		['openai/dall-e-3', '1792x1024', { quality: 'hd', style: 'natural' }, 0.12],
		['openai/dall-e-2', '256x256', {}, 0.016],
		['openai/dall-e-2', '512x512', { quality: 'standard' }, 0.018],
		['lumenfall/dall-e-2', undefined, {}, 0.02],
		['lumenfall/dall-e-2', '16:9', {}, 0.02],
		['lumenfall/openai/dall-e-2', '256x256', {}, 0.016],
		['lumenfall/gpt-image-2', '1024x1024', { quality: 'hd' }, 0.211],
		['lumenfall/gpt-image-2', '1024x1024', { quality: 'standard' }, 0.053],
		['lumenfall/gpt-image-1.5', '3:2', { quality: 'low' }, 0.013],
		['sketch/placeholder', '640x480', {}, 0],
		['custom/sd-cpp-local', '2048x2048', {}, 0],
	];
	for (const [model, size, options, usd] of examples) {
		it(`is $${usd} of ${model} ${size ?? ''} ${JSON.stringify(options)}`, () => {
			assert.equal(priceOf(model, size, options), usd);
		});
	}

	it('is unknown where nobody says it', () => {
		for (const model of [
			'openai/gpt-image-2.5-flare',
			'openai/gpt-image-2.6-sunburst',
			'openai/some-new',
			'custom/flux',
		]) {
			assert.equal(priceOf(model, '1024x1024'), undefined, model);
		}
		assert.equal(priceOf('openai/gpt-image-2', '1024x1024', { quality: 'nonsense' }), undefined);
	});

	it('grows with the pixels beyond the list, and does not shrink below it', () => {
		assert.equal(priceOf('openai/gpt-image-2', '2048x2048'), 4 * 0.211);
		assert.equal(priceOf('openai/gpt-image-2', '2048x1024', { quality: 'low' }), 2 * 0.006);
		assert.equal(priceOf('openai/gpt-image-2', '1024x640', { quality: 'medium' }), 0.053);
	});

	it('goes by the first fact that fits: a row without size or quality holds for any', () => {
		const anySize = priced([{ usd: 0.1, quality: 'low' }, { usd: 0.3 }]);
		const size = { kind: 'pixels', size: { width: 100, height: 100 } } as const;
		assert.equal(pricePerPicture(anySize, size, {}), 0.3);
		assert.equal(pricePerPicture(priced([{ usd: 0.1, quality: 'low' }]), size, { quality: 'low' }), 0.1);
		assert.equal(pricePerPicture(priced([{ usd: 0.1, quality: 'low' }]), size, { quality: 'high' }), undefined);
	});

	it('is never lower where the quality is left to the model than where it is named', () => {
		const rows = fc.array(
			fc.record(
				{
					usd: fc.integer({ min: 0, max: 1000 }).map((millis) => millis / 1000),
					size: fc.constantFrom('256x256', '512x512', '1024x512'),
					quality: fc.constantFrom('low', 'high'),
				},
				{ requiredKeys: ['usd'] },
			),
			{ maxLength: 8 },
		);
		const sizes = fc.option(fc.constantFrom('256x256', '512x512', '1024x512', '16:9', '2048x2048'), { nil: undefined });
		fc.assert(
			fc.property(rows, sizes, fc.constantFrom('low', 'high'), (rows, text, quality) => {
				const offered = priced(rows);
				const size = text === undefined ? undefined : parseSizeWish(text);
				const open = pricePerPicture(offered, size, {});
				const named = pricePerPicture(offered, size, { quality });
				const auto = pricePerPicture(offered, size, { quality: 'auto' });
				assert.equal(auto, open);
				assert.equal(open === undefined, rows.length === 0);
				if (named !== undefined && rows.every((row) => row.size === undefined))
					assert.ok(open !== undefined && open >= named);
				if (open !== undefined) assert.ok(Number.isFinite(open) && open >= 0);
			}),
		);
	});
});

describe('a free offer', () => {
	it('is one whose every price is known to be zero', () => {
		assert.ok(isFree(known('sketch/placeholder').offer));
		assert.ok(isFree(known('custom/sd-cpp-local').offer));
		assert.ok(!isFree(known('custom/some-model').offer));
		assert.ok(!isFree(known('openai/gpt-image-2').offer));
		assert.ok(!isFree(known('openai/gpt-image-2.6-flare').offer));
		assert.ok(!isFree(priced([{ usd: 0 }, { usd: 0.01 }]).offer));
	});
});

describe('the cost of tokens', () => {
	it('counts each kind at its own price', () => {
		const price = { textIn: 5, imageIn: 8, imageOut: 30 };
		assert.equal(costOfTokens(price, { textIn: 0, imageIn: 0, imageOut: 0 }), 0);
		assert.equal(costOfTokens(price, { textIn: 1_000_000, imageIn: 0, imageOut: 0 }), 5);
		assert.equal(costOfTokens(price, { textIn: 0, imageIn: 1_000_000, imageOut: 0 }), 8);
		assert.equal(costOfTokens(price, { textIn: 0, imageIn: 0, imageOut: 1_000_000 }), 30);
	});

	it('agrees with the price list where the reference names both', () => {
		// GPT Image 1.5: 4160 tokens are one square picture of high quality, 272 one of low.
		const { tokens } = known('openai/gpt-image-1.5').offer.price;
		assert.ok(tokens);
		assert.equal(formatUsd(costOfTokens(tokens, { textIn: 0, imageIn: 0, imageOut: 4160 })), '$0.1331');
		const mini = known('openai/gpt-image-1-mini').offer.price.tokens;
		assert.ok(mini);
		assert.equal(formatUsd(costOfTokens(mini, { textIn: 0, imageIn: 0, imageOut: 6240 })), '$0.0499');
	});
});

describe('an amount of money', () => {
	const examples: readonly (readonly [usd: number, text: string])[] = [
		[0, '$0.00'],
		[0.211, '$0.211'],
		[0.02, '$0.02'],
		[0.04, '$0.04'],
		[0.1, '$0.10'],
		[0.0053, '$0.0053'],
		[0.1 + 0.2, '$0.30'],
		[0.844, '$0.844'],
		[1, '$1.00'],
		[12.5, '$12.50'],
		[1234.56789, '$1234.5679'],
		[0.0001, '$0.0001'],
		[0.00004, '<$0.0001'],
		[0.99999, '$1.00'],
	];
	for (const [usd, text] of examples) it(`is written ${text}`, () => assert.equal(formatUsd(usd), text));

	it('has two to four decimals and is off by at most half of the last', () => {
		fc.assert(
			fc.property(fc.double({ min: 0.0001, max: 10_000, noNaN: true }), (usd) => {
				const text = formatUsd(usd);
				assert.match(text, /^\$\d+\.\d{2}(\d?[1-9])?$/);
				assert.ok(Math.abs(Number(text.slice(1)) - usd) <= 0.00005 + 1e-9);
			}),
		);
	});
});
