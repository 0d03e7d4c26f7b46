import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { sizeRuleOf } from '../../../src/catalogue/catalogue';
import { check } from '../../../src/catalogue/check';
import { fitSize } from '../../../src/catalogue/fitSize';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import type { ImageRequest } from '../../../src/domain/imageRequest';
import { formatSizeWish, parseSizeWish } from '../../../src/domain/size';
import type { Catalogue, Offer } from '../../../src/catalogue/model';
import { catalogue, planOf, requestOf, sentence, terms } from '../builders';

/** The problems of a request that must have some. */
function problemsOf(changes: Partial<ImageRequest>, tables = catalogue) {
	const result = check(requestOf(changes), tables, terms);
	assert.ok(!('calls' in result), 'must be refused');
	assert.ok(result.length > 0);
	return result.map(({ code, message, charged }) => ({ code, charged, text: sentence(message) }));
}

describe('checking a request that can be done', () => {
	it('gives a plan with everything filled in', () => {
		const request = requestOf({ prompt: ' a fox \n', n: 5, options: { quality: 'high', seed: 7 } });
		const plan = check(request, catalogue, terms);
		assert.deepEqual(plan, {
			offer: catalogue.offers[0],
			model: catalogue.models[0],
			request,
			prompt: 'a fox',
			size: { kind: 'pixels', size: { width: 1024, height: 1024 } },
			options: { quality: 'high', seed: 7 },
			calls: [4, 1],
			warnings: [],
			format: 'png',
		});
	});

	it('splits the count into as few calls as the vendor allows, full ones first', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20 }), (n, picturesPerCall) => {
				const tables = { ...catalogue, offers: catalogue.offers.map((offer) => ({ ...offer, picturesPerCall })) };
				const plan = check(requestOf({ n }), tables, terms);
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
		const { size: exact } = planOf({ size: { kind: 'pixels', size: { width: 100, height: 50 } } });
		const { size: wide } = planOf({ size: { kind: 'ratio', ratio: { width: 16, height: 9 } } });
		assert.deepEqual(exact, { kind: 'pixels', size: { width: 100, height: 50 } });
		assert.deepEqual(wide, { kind: 'pixels', size: { width: 1360, height: 765 } });
	});
});

/** The tables with one offer, changed. */
function tablesWith(changes: Partial<Offer>): Catalogue {
	const [offer] = catalogue.offers;
	assert.ok(offer);
	return { ...catalogue, offers: [{ ...offer, ...changes }] };
}

describe('what a vendor has of its own', () => {
	it('may be another limit of prompts, to either side', () => {
		const prompt = 'x'.repeat(60);
		assert.ok('calls' in check(requestOf({ prompt }), tablesWith({ promptLimit: 60 }), terms));
		const [problem] = problemsOf({ prompt: 'x'.repeat(41) }, tablesWith({ promptLimit: 40 }));
		assert.equal(problem?.text, 'The prompt has 41 characters, this model takes 40. Shorten it.');
	});

	it('may be that it cannot be told a size: the wish is left out, and that is said', () => {
		const tables = tablesWith({ size: { kind: 'none' } });
		const size = parseSizeWish('16:9') ?? assert.fail();
		const plan = check(requestOf({ size }), tables, terms);
		assert.ok('calls' in plan);
		assert.equal(plan.size, undefined);
		assert.deepEqual(plan.warnings.map(sentence), [
			'openai/vendor/easel:2@1 cannot be told a size: 16:9 was left out.',
		]);
		const silent = check(requestOf(), tables, terms);
		assert.deepEqual('calls' in silent && silent.warnings, []);
	});

	it('may be a word of its own for the count, which then asks for so many, split as ever', () => {
		const tables = tablesWith({ controls: [{ kind: 'count', name: 'numberResults' }] });
		const plan = check(requestOf({ options: { numberResults: 9, seed: 1 } }), tables, terms);
		assert.ok('calls' in plan);
		assert.deepEqual([plan.request.n, plan.calls, plan.options], [9, [4, 4, 1], { seed: 1 }]);
		for (const numberResults of [0, 101, 1.5, 'many']) {
			const [problem] = problemsOf({ options: { numberResults } }, tables);
			assert.equal(problem?.text, 'The count must be a whole number from 1 to 100.', String(numberResults));
		}
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
		assert.equal(planOf({ prompt: '👩‍🚀'.repeat(16) }).prompt, '👩‍🚀'.repeat(16));
		assert.match(problemsOf({ prompt: '👩‍🚀'.repeat(17) })[0]?.text ?? '', /^The prompt has 51 characters/);
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
		const [problem] = problemsOf({ model: 'sketch/oils' });
		assert.equal(problem?.code, 'unsupported');
		assert.match(problem?.text ?? '', /no model sketch\/oils\. Available: sketch\/easel\.$/);
		const nothing = problemsOf({ model: 'sketch/oils' }, { ...catalogue, offers: catalogue.offers.slice(0, 1) });
		assert.match(nothing[0]?.text ?? '', /Available: openai\/vendor\/easel:2@1\.$/);
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
			problemsOf({ ...wrong, model: 'sketch/nope' }).map(({ code }) => code),
			['bad-input', 'bad-input', 'unsupported'],
		);
	});
});

const side = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 999_999 }));
const sides = fc.record({ width: side, height: side });
const requests: fc.Arbitrary<ImageRequest> = fc.record(
	{
		operation: fc.constant('generate'),
		prompt: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 3990, maxLength: 4010 }), fc.constant(' ')),
		model: fc.oneof(
			fc.constantFrom('openai/vendor/easel:2@1', 'sketch/easel', 'sketch/placeholder', 'runware/x', 'auto'),
			fc.constantFrom(
				'openai/gpt-image-2',
				'lumenfall/gpt-image-2',
				'openai/dall-e-2',
				'custom/sd-cpp-local',
				'custom/x',
			),
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

describe('counting a prompt', () => {
	it('goes by code points: surrogate pairs are one, what a joiner joins is several', () => {
		const pieces = fc.constantFrom('a', ' b', 'é', 'e\u0301', '😀', '👩‍🚀', '🇩🇪', '\u{10FFFF}', '\uD800', '漢');
		fc.assert(
			fc.property(fc.array(pieces, { minLength: 1, maxLength: 60 }), (words) => {
				const prompt = words.join('');
				const count = Array.from(prompt.trim()).length;
				const result = check(requestOf({ prompt }), catalogue, terms);
				assert.equal('calls' in result, count <= 50);
				if ('calls' in result) return assert.equal(result.prompt, prompt.trim());
				const expected = `The prompt has ${count} characters, this model takes 50. Shorten it.`;
				assert.equal(sentence(result[0]?.message), expected);
			}),
		);
	});
});

/** What the real tables make of a request: the plan's size, options and warnings, or the sentences that refuse. */
function judge(changes: Partial<ImageRequest>): string[] {
	const result = check(requestOf(changes), { models, offers }, terms);
	if (!('calls' in result)) return result.map(({ message }) => sentence(message));
	const size = result.size ? formatSizeWish(result.size) : 'any';
	return [size, JSON.stringify(result.options), ...result.warnings.map((warning) => sentence(warning))];
}

function sized(text: string): Pick<ImageRequest, 'size'> {
	const size = parseSizeWish(text);
	assert.ok(size);
	return { size };
}

function unknown(name: string): string {
	return `Limn does not know the model ${name}: it is sent as named, and its abilities are not checked.`;
}

/** How twelve pictures are split. */
function calls(model: string): readonly number[] {
	const plan = check(requestOf({ model, n: 12 }), { models, offers }, { ...terms, allowRetired: [model] });
	assert.ok('calls' in plan);
	return plan.calls;
}

describe('checking with the real tables', () => {
	const model = 'openai/gpt-image-2';

	it('takes what GPT Image 2 takes', () => {
		assert.deepEqual(judge({ model }), ['1024x1024', '{}']);
		assert.deepEqual(judge({ model, ...sized('16:9'), options: { quality: 'high', background: 'opaque' } }), [
			'1280x720',
			'{"quality":"high","background":"opaque"}',
		]);
		assert.match(judge({ model, ...sized('512x512') })[0] ?? '', /The nearest size is 816x816\.$/);
		assert.match(judge({ model, options: { seed: 7 } })[2] ?? '', /does not take the option seed/);
	});

	it('refuses what would be refused there, all at once', () => {
		const options = { quality: 'hd', partial_images: 4, background: 'transparent' };
		assert.deepEqual(judge({ model, ...sized('100x100'), format: 'jpeg', options }), [
			'quality cannot be hd. Allowed: low, medium, high, auto.',
			'partial_images must be a whole number from 0 to 3, not 4.',
			'A JPEG has no transparent background. Ask for png or webp.',
			'The size 100x100 cannot be made: both sides must be multiples of 16 from 16 to 3840, the long one at most 3 times the short one, and the pixels together 655360 to 8294400. The nearest size is 816x816.',
		]);
	});

	it('sends a model that it does not know, and says so', () => {
		assert.deepEqual(judge({ model: 'openai/gpt-image-9', options: { seed: 1 } }), [
			'any',
			'{"seed":1}',
			unknown('openai/gpt-image-9'),
		]);
		assert.deepEqual(judge({ model: 'lumenfall/flux', ...sized('16:9') }), ['16:9', '{}', unknown('lumenfall/flux')]);
		assert.deepEqual(judge({ model: ' custom/flux ', ...sized('100x100') }), ['100x100', '{}', unknown('custom/flux')]);
	});

	it('sends what a server of one’s own takes besides', () => {
		const options = { seed: '42', steps: '20', cfg_scale: 1.5, negative_prompt: 'blur', strength: 0.5 };
		assert.deepEqual(judge({ model: 'custom/sd-cpp-local', options }), [
			'any',
			'{"seed":"42","steps":20,"cfg_scale":1.5,"negative_prompt":"blur"}',
			'custom/sd-cpp-local takes the option strength only for edit: it was left out.',
		]);
	});

	it('splits by what the vendor gives at once', () => {
		assert.deepEqual(calls('openai/gpt-image-2'), [10, 2]);
		assert.deepEqual(
			calls('openai/dall-e-3'),
			Array.from({ length: 12 }, () => 1),
		);
		assert.deepEqual(
			calls('custom/any'),
			Array.from({ length: 12 }, () => 1),
		);
	});
});

describe('checking any request', () => {
	for (const [name, tables] of [
		['a catalogue of the tests', catalogue],
		['the real catalogue', { models, offers }],
	] as const) {
		it(`ends with a sound plan or with reasons, with ${name}`, () => {
			fc.assert(
				fc.property(requests, (request) => {
					const result = check(request, tables, terms);
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
					const rule = sizeRuleOf(result);
					if (result.size) assert.deepEqual(fitSize(result.size, rule), result.size);
					else assert.ok(rule.kind === 'open' && !request.size);
					const kept = Object.keys(result.options).length;
					const unknown = result.model.controls === 'open' ? 1 : 0;
					assert.equal(kept + result.warnings.length - unknown, Object.keys(request.options).length);
					assert.ok(result.offer.operations.includes(request.operation));
				}),
				{ numRuns: 1000 },
			);
		});
	}
});
