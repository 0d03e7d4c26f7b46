import assert from 'node:assert/strict';
import type { Catalogue, Offer } from '../../../src/catalogue/model';
import { check } from '../../../src/catalogue/check';
import type { Terms } from '../../../src/catalogue/lifecycle';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import type { ImageError } from '../../../src/domain/imageError';
import type { ImageRequest } from '../../../src/domain/imageRequest';
import { requestOf, sentence, terms } from '../builders';

const tables: Catalogue = { models, offers };

/** The one problem of a request that is refused for its model. */
function refusal(changes: Partial<ImageRequest>, asked: Terms = terms, catalogue = tables): ImageError {
	const result = check(requestOf(changes), catalogue, asked);
	assert.ok(!('calls' in result));
	assert.equal(result.length, 1);
	const [problem] = result;
	assert.ok(problem);
	assert.equal(problem.code, 'model-unavailable');
	assert.equal(problem.charged, 'no');
	return problem;
}

function warningsOf(model: string, asked: Terms, catalogue = tables): string[] {
	const plan = check(requestOf({ model }), catalogue, asked);
	assert.ok('calls' in plan, 'must be sent');
	return plan.warnings.map((warning) => sentence(warning));
}

/** The tables with changes to one model. */
function withModel(id: string, changes: Partial<Catalogue['models'][number]>): Catalogue {
	return { offers, models: models.map((model) => (model.id === id ? { ...model, ...changes } : model)) };
}

function unpriced(offer: Offer): Offer {
	return { ...offer, price: { read: '2026-11-21', rows: [] } };
}

/** The tables with the prices of these models alone. */
function pricedOnly(ids: readonly string[]): Catalogue {
	return { models, offers: offers.map((offer) => (ids.includes(offer.model) ? offer : unpriced(offer))) };
}

describe('a retired model', () => {
	const examples: readonly (readonly [changes: Partial<ImageRequest>, text: string, successor: string])[] = [
		[
			{ model: 'openai/dall-e-3' },
			'openai/dall-e-3 was retired on 2026-05-12. Its successor openai/gpt-image-2 costs about $0.211 instead of $0.04 a picture.',
			'openai/gpt-image-2',
		],
		[
			{ model: 'openai/dall-e-3', options: { quality: 'hd' }, size: { kind: 'ratio', ratio: { width: 7, height: 4 } } },
			'openai/dall-e-3 was retired on 2026-05-12. Its successor openai/gpt-image-2 costs about $0.211 instead of $0.12 a picture.',
			'openai/gpt-image-2',
		],
		[
			{ model: 'openai/dall-e-2', size: { kind: 'pixels', size: { width: 256, height: 256 } } },
			'openai/dall-e-2 was retired on 2026-05-12. Its successor openai/gpt-image-2 costs about $0.211 instead of $0.016 a picture.',
			'openai/gpt-image-2',
		],
		[
			{ model: 'openai/dall-e-2', options: { quality: 'standard' } },
			'openai/dall-e-2 was retired on 2026-05-12. Its successor openai/gpt-image-2 costs about $0.053 instead of $0.02 a picture.',
			'openai/gpt-image-2',
		],
		[
			{ model: 'lumenfall/openai/dall-e-2' },
			'lumenfall/openai/dall-e-2 was retired on 2026-05-12. Its successor lumenfall/gpt-image-2 costs about $0.211 instead of $0.02 a picture.',
			'lumenfall/gpt-image-2',
		],
	];
	for (const [changes, text, successor] of examples) {
		it(`is not asked: ${changes.model} ${JSON.stringify(changes.options ?? {})}`, () => {
			const problem = refusal(changes);
			assert.equal(sentence(problem.message), text);
			assert.equal(problem.successor, successor);
		});
	}

	it('says what is known, and no more', () => {
		assert.equal(
			sentence(refusal({ model: 'openai/dall-e-3' }, terms, pricedOnly([])).message),
			'openai/dall-e-3 was retired on 2026-05-12. Choose its successor openai/gpt-image-2.',
		);
		assert.equal(
			sentence(refusal({ model: 'openai/dall-e-3' }, terms, pricedOnly(['gpt-image-2'])).message),
			'openai/dall-e-3 was retired on 2026-05-12. Its successor openai/gpt-image-2 costs about $0.211 a picture.',
		);
		assert.equal(
			sentence(refusal({ model: 'openai/dall-e-3' }, terms, pricedOnly(['dall-e-3'])).message),
			'openai/dall-e-3 was retired on 2026-05-12. Choose its successor openai/gpt-image-2.',
		);
	});

	it('has no successor where none can do the same', () => {
		const wordsOnly: Catalogue = {
			models,
			offers: offers.filter(({ name, operations }) => name === 'dall-e-2' || operations.length === 1),
		};
		const problem = refusal({ model: 'openai/dall-e-2', operation: 'vary' }, terms, wordsOnly);
		assert.equal(sentence(problem.message), 'openai/dall-e-2 was retired on 2026-05-12. Choose another model.');
		assert.equal(problem.successor, undefined);
	});

	it('is refused beside everything that is wrong with the words, and with nothing else', () => {
		const request = requestOf({ model: 'openai/dall-e-3', prompt: ' ', n: 0, options: { quality: 'best' } });
		const result = check(request, tables, terms);
		assert.ok(!('calls' in result));
		assert.deepEqual(
			result.map(({ code }) => code),
			['bad-input', 'bad-input', 'model-unavailable'],
		);
	});

	it('is refused from the very day on', () => {
		const model = 'openai/gpt-image-1.5';
		assert.match(sentence(refusal({ model }, { ...terms, today: '2026-12-01' }).message), /was retired on 2026-12-01/);
		assert.equal(warningsOf(model, { ...terms, today: '2026-11-30' }).length, 1);
	});

	it('is asked all the same where its name is among those that the person allows', () => {
		for (const model of ['openai/dall-e-3', 'lumenfall/dall-e-2', 'lumenfall/openai/dall-e-2']) {
			const allowRetired = ['other/model', ` ${model} `];
			assert.deepEqual(warningsOf(model, { ...terms, allowRetired }), [
				`${model} was retired on 2026-05-12. It is asked all the same, and may not answer.`,
			]);
		}
		refusal({ model: 'openai/dall-e-3' }, { ...terms, allowRetired: ['openai/dall-e-2', 'dall-e-3', '*', ''] });
	});
});

describe('a model that is soon retired', () => {
	it('is sent with its day and its successor', () => {
		assert.deepEqual(warningsOf('openai/gpt-image-1.5', terms), [
			'openai/gpt-image-1.5 is retired on 2026-12-01, in 10 days. Its successor is openai/gpt-image-2.',
		]);
		assert.deepEqual(warningsOf('lumenfall/gpt-image-1.5', terms), [
			'lumenfall/gpt-image-1.5 is retired on 2026-12-01, in 10 days. Its successor is lumenfall/gpt-image-2.',
		]);
	});

	it('is warned of from sixty days before', () => {
		assert.equal(warningsOf('openai/gpt-image-1-mini', { ...terms, today: '2026-10-02' }).length, 1);
		assert.equal(warningsOf('openai/gpt-image-1-mini', { ...terms, today: '2026-10-01' }).length, 0);
	});

	it('gets no successor that will be gone by then', () => {
		const dying = withModel('gpt-image-2', { retired: '2026-11-30' });
		assert.deepEqual(warningsOf('openai/gpt-image-1.5', terms, dying), [
			'openai/gpt-image-1.5 is retired on 2026-12-01, in 10 days. Choose another model by then.',
		]);
	});

	it('is none of those that are recommended', () => {
		for (const model of ['openai/gpt-image-2', 'lumenfall/gpt-image-2', 'sketch/placeholder']) {
			assert.deepEqual(warningsOf(model, terms), []);
		}
	});
});
