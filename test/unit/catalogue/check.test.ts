import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { check } from '../../../src/catalogue/check';
import { models, offers } from '../../../src/catalogue/models';
import type { ImageRequest } from '../../../src/domain/imageRequest';
import { formatSize } from '../../../src/domain/size';
import { catalogue, planOf, requestOf, sentence } from '../builders';

/** The problems of a request that must have some. */
function problemsOf(changes: Partial<ImageRequest>, tables = catalogue) {
	const result = check(requestOf(changes), tables);
	assert.ok(!('calls' in result), 'must be refused');
	assert.ok(result.length > 0);
	return result.map(({ code, message, charged }) => ({ code, charged, text: sentence(message) }));
}

describe('checking a request that can be done', () => {
	it('gives a plan with everything filled in', () => {
		const request = requestOf({ prompt: ' a fox \n', n: 5, options: { quality: 'high', seed: 7 } });
		const plan = check(request, catalogue);
		assert.deepEqual(plan, {
			offer: catalogue.offers[0],
			model: catalogue.models[0],
			request,
			prompt: 'a fox',
			size: { width: 1024, height: 1024 },
			options: { quality: 'high', seed: 7 },
			calls: [4, 1],
			warnings: [],
		});
	});

	it('splits the count into as few calls as the vendor allows, full ones first', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20 }), (n, picturesPerCall) => {
				const tables = { ...catalogue, offers: catalogue.offers.map((offer) => ({ ...offer, picturesPerCall })) };
				const plan = check(requestOf({ n }), tables);
				assert.ok('calls' in plan);
				assert.equal(
					plan.calls.reduce((sum, call) => sum + call, 0),
					n,
				);
				assert.equal(plan.calls.length, Math.ceil(n / picturesPerCall));
				assert.ok(
					plan.calls.every((call, index) => call === picturesPerCall || (index === plan.calls.length - 1 && call > 0)),
				);
			}),
		);
	});

	it('leaves out what the model does not take, and says so', () => {
		const plan = planOf({ options: { quality: 'low', steps: 30 } });
		assert.deepEqual(plan.options, { quality: 'low' });
		assert.deepEqual(
			plan.warnings.map((warning) => sentence(warning)),
			['openai/vendor/easel:2@1 does not take the option steps: it was left out. It takes: quality, seed.'],
		);
	});

	it('takes the size in pixels or as a ratio', () => {
		assert.equal(formatSize(planOf({ size: { kind: 'pixels', size: { width: 100, height: 50 } } }).size), '100x50');
		assert.equal(formatSize(planOf({ size: { kind: 'ratio', ratio: { width: 16, height: 9 } } }).size), '1360x765');
	});
});

describe('checking a request that cannot be done', () => {
	for (const prompt of ['', ' ', '\n\t\u00A0\u3000\uFEFF']) {
		it(`refuses the blank prompt ${JSON.stringify(prompt)}`, () => {
			assert.match(problemsOf({ prompt })[0]?.text ?? '', /^The prompt is empty/);
		});
	}

	it('counts a prompt as people do, and never cuts it', () => {
		assert.equal(planOf({ prompt: '😀'.repeat(50) }).prompt, '😀'.repeat(50));
		assert.equal(planOf({ prompt: ` ${'x'.repeat(50)} ` }).prompt.length, 50);
		assert.deepEqual(problemsOf({ prompt: 'x'.repeat(51) }), [
			{ code: 'bad-input', charged: 'no', text: 'The prompt has 51 characters, this model takes 50. Shorten it.' },
		]);
	});

	for (const n of [0, -1, 101, 1.5, Number.NaN, Infinity, -Infinity, 1e9]) {
		it(`refuses the count ${n}`, () => {
			assert.deepEqual(problemsOf({ n }), [
				{ code: 'bad-input', charged: 'no', text: 'The count must be a whole number from 1 to 100.' },
			]);
		});
	}

	it('refuses a size out of range and names the nearest', () => {
		const [problem] = problemsOf({ size: { kind: 'pixels', size: { width: 99_999, height: 1 } } });
		assert.equal(problem?.code, 'bad-input');
		assert.match(problem?.text ?? '', /99999x1 .* 16 to 4096 .* 4096x16/);
	});

	it('refuses a value that is not allowed and names those that are', () => {
		const [problem, second] = problemsOf({ options: { quality: 'best', seed: -1 } });
		assert.match(problem?.text ?? '', /quality cannot be best.*low, high/);
		assert.match(second?.text ?? '', /seed must be a whole number/);
	});

	it('refuses what is no model name', () => {
		for (const model of ['', 'dall-e', 'openai/', '/x', 'auto']) {
			assert.match(problemsOf({ model })[0]?.text ?? '', /is no model name. Write it as provider\/model/, model);
		}
		assert.match(problemsOf({ model: '' })[0]?.text ?? '', /^"" is no model name/);
	});

	it('refuses a provider that there is not, and names those that there are', () => {
		for (const provider of ['nobody', 'OpenAI', 'constructor', '__proto__']) {
			const [problem] = problemsOf({ model: `${provider}/x` });
			assert.equal(problem?.code, 'bad-input');
			assert.equal(problem?.text, `There is no provider ${provider}. Available: openai, sketch.`);
		}
	});

	it('refuses a model that the provider does not offer, and names those that it does', () => {
		const [problem] = problemsOf({ model: 'openai/easel' });
		assert.equal(problem?.code, 'unsupported');
		assert.match(problem?.text ?? '', /no model openai\/easel\. Available: openai\/vendor\/easel:2@1\.$/);
		assert.match(
			problemsOf({ model: 'runware/x' })[0]?.text ?? '',
			/Available: openai\/vendor\/easel:2@1, sketch\/easel\.$/,
		);
	});

	it('refuses what this vendor’s version of the model does not do', () => {
		for (const operation of ['edit', 'expand', 'vary'] as const) {
			const [problem] = problemsOf({ operation });
			assert.equal(problem?.code, 'unsupported');
		}
	});

	it('names every problem at once, also beside an unknown model', () => {
		const wrong = { prompt: ' ', n: 0, options: { quality: 'best' } };
		const size = { kind: 'pixels', size: { width: 1, height: 1 } } as const;
		assert.equal(problemsOf({ ...wrong, size }).length, 4);
		assert.deepEqual(
			problemsOf({ ...wrong, model: 'openai/nope' }).map(({ code }) => code),
			['bad-input', 'bad-input', 'unsupported'],
		);
	});
});

const side = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 999_999 }));
const sides = fc.record({ width: side, height: side });
const requests: fc.Arbitrary<ImageRequest> = fc.record(
	{
		operation: fc.constantFrom('generate', 'edit', 'expand', 'vary'),
		prompt: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 3990, maxLength: 4010 }), fc.constant(' ')),
		model: fc.oneof(
			fc.constantFrom('openai/vendor/easel:2@1', 'sketch/easel', 'sketch/placeholder', 'runware/x', 'auto'),
			fc.string(),
		),
		n: fc.oneof(fc.integer({ min: -2, max: 105 }), fc.double()),
		options: fc.dictionary(
			fc.oneof(fc.constantFrom('quality', 'seed', 'style', '__proto__', 'constructor'), fc.string()),
			fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constantFrom('low', 'orbits', '7', 7)),
			{ maxKeys: 4 },
		),
		size: fc.oneof(
			sides.map((size) => ({ kind: 'pixels', size }) as const),
			sides.map((ratio) => ({ kind: 'ratio', ratio }) as const),
		),
		format: fc.constantFrom('png', 'jpeg', 'webp'),
	},
	{ requiredKeys: ['operation', 'prompt', 'model', 'n', 'options', 'format'] },
);

describe('checking any request', () => {
	for (const [name, tables] of [
		['a catalogue of the tests', catalogue],
		['the real catalogue', { models, offers }],
	] as const) {
		it(`ends with a sound plan or with reasons, with ${name}`, () => {
			fc.assert(
				fc.property(requests, (request) => {
					const result = check(request, tables);
					if (!('calls' in result)) {
						assert.ok(result.length > 0);
						for (const { charged, message } of result) {
							assert.equal(charged, 'no');
							assert.doesNotMatch(message?.text.replace(/\{\d\}/g, '') ?? '', /[{}]/);
						}
						return;
					}
					assert.equal(
						result.calls.reduce((sum, call) => sum + call, 0),
						request.n,
					);
					assert.ok(result.calls.every((call) => call >= 1 && call <= result.offer.picturesPerCall));
					assert.ok(result.prompt !== '' && request.prompt.includes(result.prompt));
					const { min, max } = result.model.size;
					for (const pixels of [result.size.width, result.size.height]) {
						assert.ok(Number.isInteger(pixels) && pixels >= min && pixels <= max);
					}
					const kept = Object.keys(result.options).length;
					assert.equal(kept + result.warnings.length, Object.keys(request.options).length);
					assert.ok(result.offer.operations.includes(request.operation));
				}),
				{ numRuns: 1000 },
			);
		});
	}
});
