import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findOffered, nameOf, offered } from '../../../src/catalogue/catalogue';
import { check } from '../../../src/catalogue/check';
import { isRetired } from '../../../src/catalogue/lifecycle';
import type { Catalogue, Model, Offer } from '../../../src/catalogue/model';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import { succeed, successorOf } from '../../../src/catalogue/successor';
import type { ImageRequest } from '../../../src/domain/imageRequest';
import { parseSizeWish } from '../../../src/domain/size';
import { catalogue, requestOf, sentence, terms } from '../builders';

const tables: Catalogue = { models, offers };

/** What becomes of a request, and the sentences about it. */
function succession(changes: Partial<ImageRequest>): { request: ImageRequest; changes: string[] } {
	const result = succeed(requestOf(changes), tables, terms.today);
	assert.ok(result);
	return { request: result.request, changes: result.changes.map((change) => sentence(change)) };
}

function sized(text: string): Pick<ImageRequest, 'size'> {
	const size = parseSizeWish(text);
	assert.ok(size);
	return { size };
}

describe('a request for a successor', () => {
	it('is the same request where nothing else has to change', () => {
		const request = requestOf({ model: 'openai/gpt-image-1', n: 7, options: { quality: 'low', background: 'opaque' } });
		assert.deepEqual(succession(request), {
			request: { ...request, model: 'openai/gpt-image-2' },
			changes: ['The model is openai/gpt-image-2 instead of openai/gpt-image-1.'],
		});
	});

	const sizes: readonly (readonly [model: string, from: string, to: string])[] = [
		['openai/dall-e-2', '256x256', '816x816'],
		['openai/dall-e-2', '512x512', '816x816'],
		['openai/dall-e-2', '1024x1024', '1024x1024'],
		['openai/dall-e-3', '1792x1024', '1792x1024'],
		['openai/dall-e-3', '1024x1792', '1024x1792'],
		['openai/gpt-image-1.5', '1536x1024', '1536x1024'],
		['openai/gpt-image-1.5', '3:2', '3:2'],
		['lumenfall/dall-e-2', '256x256', '256x256'],
		['lumenfall/dall-e-2', '16:9', '16:9'],
	];
	for (const [model, from, to] of sizes) {
		it(`has the size ${to} for ${from} of ${model}`, () => {
			const { request, changes } = succession({ model, ...sized(from) });
			assert.deepEqual(request.size, sized(to).size);
			assert.equal(changes.includes(`The size is ${to} instead of ${from}.`), from !== to);
		});
	}

	it('has no size where none was wished', () => {
		assert.ok(!('size' in succession({ model: 'openai/dall-e-2' }).request));
	});

	const qualities: readonly (readonly [model: string, from: string, to: string | undefined])[] = [
		['openai/dall-e-3', 'standard', 'medium'],
		['openai/dall-e-3', 'hd', 'high'],
		['openai/dall-e-2', 'standard', 'medium'],
		['lumenfall/dall-e-2', 'standard', 'standard'],
		['openai/gpt-image-1', 'low', 'low'],
		['openai/gpt-image-1', 'auto', 'auto'],
		['openai/gpt-image-1', 'splendid', undefined],
	];
	for (const [model, from, to] of qualities) {
		it(`has the quality ${to} for ${from} of ${model}`, () => {
			const { request, changes } = succession({ model, options: { quality: from } });
			assert.equal(request.options['quality'], to);
			const said = `quality is ${to} instead of ${from}.`;
			assert.equal(changes.includes(said), to !== undefined && from !== to);
			if (to === undefined)
				assert.match(changes[1] ?? '', /^The option quality is left out: openai\/gpt-image-2 does not/);
		});
	}

	it('says the style in words, since GPT image models take none', () => {
		const model = 'openai/dall-e-3';
		const vivid = succession({ model, prompt: ' a fox\n', options: { style: 'vivid', quality: 'hd' } });
		assert.deepEqual([vivid.request.prompt, vivid.request.addition], [' a fox\n', 'Style: hyper-real and dramatic.']);
		assert.deepEqual(vivid.request.options, { quality: 'high' });
		assert.deepEqual(vivid.changes.slice(1), [
			'The style vivid is said in the prompt: hyper-real and dramatic.',
			'quality is high instead of hd.',
		]);
		const natural = succession({ model, prompt: 'a fox', options: { style: 'natural' } });
		assert.equal(natural.request.addition, 'Style: natural, less hyper-real.');
		assert.equal(succession({ model, prompt: 'a fox' }).request.addition, undefined);
		const other = succession({ model, prompt: 'a fox', options: { style: 'baroque' } });
		assert.equal(other.request.addition, undefined);
		assert.match(other.changes[1] ?? '', /^The option style is left out/);
	});

	it('leaves a long prompt alone where the words would not fit in', () => {
		const { request, changes } = succession({
			model: 'openai/dall-e-3',
			prompt: '😀'.repeat(31_990),
			options: { style: 'vivid' },
		});
		assert.equal(request.prompt, '😀'.repeat(31_990));
		assert.match(changes[1] ?? '', /^The option style is left out/);
	});

	it('drops what the successor does not take', () => {
		const options = { input_fidelity: 'high', quality: 'high' };
		const { request, changes } = succession({ model: 'openai/gpt-image-1', operation: 'edit', options });
		assert.deepEqual(request.options, { quality: 'high' });
		assert.deepEqual(changes.slice(1), ['The option input_fidelity is left out: openai/gpt-image-2 does not take it.']);
	});

	it('is none where there is no successor, and none that can do the same', () => {
		for (const model of ['openai/gpt-image-2', 'sketch/placeholder', 'custom/x', 'auto', 'nobody/x', 'sketch/x']) {
			assert.equal(succeed(requestOf({ model }), tables, terms.today), undefined, model);
		}
		const wordsOnly = {
			...tables,
			offers: tables.offers.map((offer) => ({ ...offer, operations: ['generate'] as const })),
		};
		const request = requestOf({ model: 'openai/dall-e-2', operation: 'vary' });
		assert.equal(succeed(request, wordsOnly, terms.today), undefined);
		assert.equal(succeed(request, tables, terms.today)?.request.model, 'openai/gpt-image-2');
	});
});

/** Models that follow one another, sold as `provider/model`; with a `!` recommended. */
function lineage(chain: readonly Partial<Model>[], sold: readonly string[]): Catalogue {
	const [model] = catalogue.models;
	const [offer] = catalogue.offers;
	assert.ok(model && offer);
	return {
		models: chain.map((changes) => ({ ...model, ...changes })),
		offers: sold.map((text): Offer => {
			const [provider = '', name = ''] = text.replace('!', '').split('/');
			return { ...offer, provider, name, model: name, recommended: text.endsWith('!') };
		}),
	};
}

/** The name of a model's successor for new pictures. */
function after(name: string, tables: Catalogue, today = terms.today): string | undefined {
	const found = findOffered(name, tables);
	assert.ok(found);
	const next = successorOf(found, 'generate', tables, today);
	return next && nameOf(next.offer);
}

describe('the model that takes another’s place', () => {
	const chain = [
		{ id: 'a', retired: '2025-01-01', successor: 'b' },
		{ id: 'b', retired: '2026-01-01', successor: 'c' },
		{ id: 'c' },
	];

	it('is the next that lives', () => {
		const sold = lineage(chain, ['openai/a', 'openai/b', 'openai/c']);
		assert.equal(after('openai/a', sold), 'openai/c');
		assert.equal(after('openai/a', sold, '2025-06-01'), 'openai/b');
		assert.equal(after('openai/b', sold), 'openai/c');
		assert.equal(after('openai/c', sold), undefined);
	});

	it('is at the same provider if it can, else where it is recommended', () => {
		assert.equal(after('openai/b', lineage(chain, ['lumenfall/c!', 'openai/b', 'openai/c'])), 'openai/c');
		assert.equal(after('openai/b', lineage(chain, ['openai/b', 'custom/c', 'lumenfall/c!'])), 'lumenfall/c');
		assert.equal(after('openai/b', lineage(chain, ['openai/b', 'custom/c'])), undefined);
	});

	it('is the one after where nobody sells the next', () => {
		const living = [{ id: 'a', successor: 'b' }, { id: 'b', successor: 'c' }, { id: 'c' }];
		assert.equal(after('openai/a', lineage(living, ['openai/a', 'openai/c'])), 'openai/c');
	});

	it('is nobody where models succeed each other in a circle, or one that there is not', () => {
		const circle = [
			{ id: 'a', retired: '2025-01-01', successor: 'b' },
			{ id: 'b', retired: '2025-01-01', successor: 'a' },
		];
		assert.equal(after('openai/a', lineage(circle, ['openai/a', 'openai/b'])), undefined);
		assert.equal(after('openai/a', lineage([{ id: 'a', successor: 'ghost' }], ['openai/a'])), undefined);
		assert.equal(after('openai/a', lineage([{ id: 'a', successor: 'a' }], ['openai/a'])), undefined);
	});

	it('is alive on the day, and another model, whichever the chain is', () => {
		const day = fc.constantFrom('2025-01-01', '2026-01-01', '2027-01-01', undefined);
		const links = fc.array(fc.record({ retired: day, successor: fc.constantFrom('m0', 'm1', 'm2', 'm3', undefined) }), {
			minLength: 4,
			maxLength: 4,
		});
		fc.assert(
			fc.property(links, fc.constantFrom('2024-06-01', '2025-06-01', '2026-06-01', '2028-01-01'), (links, today) => {
				const chain = links.map(({ retired, successor }, index) => ({
					id: `m${index}`,
					...(retired !== undefined && { retired }),
					...(successor !== undefined && { successor }),
				}));
				const tables = lineage(chain, ['openai/m0', 'openai/m1', 'lumenfall/m2!', 'openai/m3']);
				for (const known of offered(tables)) {
					const next = successorOf(known, 'generate', tables, today);
					if (!next) continue;
					assert.ok(!isRetired(next, today));
					assert.notEqual(next.model.id, known.model.id);
				}
			}),
		);
	});
});

describe('what a successor is asked', () => {
	const names = offered(tables).map(({ offer }) => nameOf(offer));
	const requests: fc.Arbitrary<ImageRequest> = fc.record(
		{
			operation: fc.constantFrom('generate', 'edit', 'vary'),
			prompt: fc
				.oneof(fc.string({ minLength: 1 }), fc.constant('x'.repeat(32_000)), fc.constant('😀'.repeat(3999)))
				.map((text) => `a${text}`.slice(0, 32_000)),
			model: fc.constantFrom(...names, 'lumenfall/openai/dall-e-2'),
			n: fc.integer({ min: 1, max: 100 }),
			options: fc.dictionary(
				fc.constantFrom('quality', 'style', 'background', 'output_compression', 'user', 'input_fidelity', 'seed', 'n'),
				fc.constantFrom('standard', 'hd', 'high', 'vivid', 'natural', 'transparent', 'low', 50, true, 'x'),
			),
			size: fc
				.constantFrom('256x256', '512x512', '1024x1024', '1792x1024', '16:9', '3:2', '9999x1', '5:1')
				.map((text) => sized(text).size ?? assert.fail()),
			format: fc.constantFrom('png', 'jpeg', 'webp'),
		},
		{ requiredKeys: ['operation', 'prompt', 'model', 'n', 'options', 'format'] },
	);

	it('can always be done, and takes every option that it is given', () => {
		fc.assert(
			fc.property(requests, fc.constantFrom('2026-11-21', '2026-12-24', '2027-06-01'), (request, today) => {
				const result = succeed(request, tables, today);
				if (!result) return;
				const plan = check(result.request, tables, { today, allowRetired: [] });
				assert.ok('calls' in plan, JSON.stringify(plan));
				assert.deepEqual(plan.warnings, []);
				assert.equal(result.request.n, request.n);
				assert.equal(result.request.operation, request.operation);
				assert.ok(result.request.prompt.startsWith(request.prompt.trim()));
				assert.ok(result.changes.length >= 1);
				const said = result.changes.map((change) => sentence(change)).join('\n');
				for (const [name, value] of Object.entries(request.options)) {
					if (result.request.options[name] !== value) assert.match(said, new RegExp(`\\b${name}\\b`));
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('exists for every retired model that makes pictures from words', () => {
		for (const known of offered(tables)) {
			const model = nameOf(known.offer);
			const result = succeed(requestOf({ model }), tables, '2027-01-01');
			assert.equal(result !== undefined, isRetired(known, '2027-01-01'), model);
		}
	});
});
