import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as z from 'zod';
import { descriptionOf } from '../../../../src/providers/replicate/description';
import { callFor, nextOf, png } from '../calls';
import {
	answer,
	creation,
	described,
	edit,
	type Inputs,
	inputOf,
	oneOf,
	pixels,
	pngSized,
	prompt,
	ratio,
	stranger,
	text,
	warningsOf,
	whole,
} from './models';

const side = { ...whole, minimum: 256, maximum: 1440, multipleOf: 32 };
const ratios = oneOf('match_input_image', '1:1', '16:9', '21:9', '3:2');

describe('the size of the picture that is edited', () => {
	const inputs = { prompt: text, image: { type: 'string', format: 'uri' } };
	const editing = (width: number, height: number, more: Inputs = {}) => {
		const call = callFor(stranger, { operation: 'edit', ...pixels(640, 480) }, edit(pngSized(width, height)));
		const { prompt: _, image: __, ...said } = z.looseObject({}).parse(inputOf(call, { ...inputs, ...more }));
		return [said, warningsOf(call, { ...inputs, ...more }).length];
	};

	it('need not be said', () => {
		assert.deepEqual(editing(640, 480), [{}, 0]);
		assert.deepEqual(editing(640, 480, { aspect_ratio: oneOf('1:1') }), [{}, 0]);
		assert.deepEqual(editing(640, 479), [{}, 1], 'another one is not its own');
		const call = callFor(stranger, { operation: 'edit', ...ratio(4, 3) }, edit(pngSized(640, 480)));
		assert.equal(warningsOf(call, inputs).length, 1, 'nor is a ratio');
	});

	it('is said where the model has a word for it, or sides', () => {
		const kontext = { aspect_ratio: oneOf('match_input_image', '4:3') };
		assert.deepEqual(editing(640, 480, kontext), [{ aspect_ratio: 'match_input_image' }, 0]);
		assert.deepEqual(editing(1280, 480, kontext), [{ aspect_ratio: '4:3' }, 0]);
		const sides = { width: whole, height: whole };
		assert.deepEqual(editing(640, 480, { ...kontext, ...sides }), [{ width: 640, height: 480 }, 0]);
	});
});

describe('a size', () => {
	const said: readonly (readonly [title: string, size: object, inputs: Inputs, input: object])[] = [
		['pixels of a list', pixels(512, 512), { size: oneOf('256x256', '512x512') }, { size: '512x512' }],
		['pixels of a list with stars', pixels(512, 256), { size: oneOf('512*256') }, { size: '512*256' }],
		['pixels as a text', pixels(640, 480), { size: text }, { size: '640x480' }],
		['pixels as two sides', pixels(640, 480), { width: whole, height: whole }, { width: 640, height: 480 }],
		[
			'pixels before a ratio',
			pixels(1344, 768),
			{ width: whole, height: whole, aspect_ratio: ratios },
			{ width: 1344, height: 768 },
		],
		[
			'pixels where a ratio would count first',
			pixels(640, 480),
			{ width: side, height: side, aspect_ratio: oneOf('custom', '1:1') },
			{ width: 640, height: 480, aspect_ratio: 'custom' },
		],
		['pixels as a ratio', pixels(1920, 1080), { aspect_ratio: ratios }, { aspect_ratio: '16:9' }],
		['pixels as nearly a ratio', pixels(1344, 768), { aspect_ratio: ratios }, { aspect_ratio: '16:9' }],
		['pixels as any ratio', pixels(1344, 768), { aspect_ratio: text }, { aspect_ratio: '7:4' }],
		['a ratio of a list', ratio(32, 18), { aspect_ratio: ratios, width: side, height: side }, { aspect_ratio: '16:9' }],
		['a ratio as a text', ratio(5, 4), { aspect_ratio: text }, { aspect_ratio: '5:4' }],
		['a ratio as a listed size', ratio(2, 1), { size: oneOf('small', '512x512', '1024x512') }, { size: '1024x512' }],
		['a ratio as a size', ratio(16, 9), { size: text }, { size: '1472x832' }],
		['a ratio as two sides', ratio(1, 1), { width: whole, height: whole }, { width: 1024, height: 1024 }],
		[
			'a ratio on the model’s own grid',
			ratio(1, 2),
			{ width: { ...whole, multipleOf: 100 }, height: whole },
			{ width: 700, height: 1400 },
		],
		[
			'a ratio on the finest grid',
			ratio(1, 1),
			{ width: { multipleOf: 1 }, height: { multipleOf: 0.001 } },
			{ width: 1024, height: 1024 },
		],
		[
			'sides of a list',
			pixels(1000, 500),
			{ width: oneOf(512, 1024), height: oneOf(512, 1024) },
			{ width: 1024, height: 512 },
		],
		['sides within limits', pixels(4000, 100), { width: side, height: side }, { width: 1440, height: 256 }],
	];
	for (const [title, size, inputs, input] of said) {
		it(`is said as ${title}`, () => {
			assert.deepEqual(inputOf(callFor(stranger, size), { prompt: text, ...inputs }), { prompt, ...input });
		});
	}

	const unsaid: readonly (readonly [title: string, size: object, inputs: Inputs, words: RegExp])[] = [
		['no word for it', pixels(512, 512), {}, /^Replicate cannot tell this model a size: 512x512 was left out\.$/],
		[
			'other ratios',
			ratio(4, 5),
			{ aspect_ratio: ratios },
			/no size near 4:5: it was left out\. It takes: .*16:9, 21:9, 3:2\.$/,
		],
		['other sizes', pixels(512, 500), { size: oneOf('512x512') }, /512x500 was left out/],
		['one side alone', pixels(512, 500), { width: whole }, /512x500 was left out/],
		['a size of another kind', pixels(512, 500), { size: whole }, /512x500 was left out/],
	];
	for (const [title, size, inputs, words] of unsaid) {
		it(`is left out where there is ${title}`, () => {
			const call = callFor(stranger, size);
			assert.deepEqual(inputOf(call, { prompt: text, ...inputs }), { prompt });
			const warnings = warningsOf(call, { prompt: text, ...inputs });
			assert.equal(warnings.length, 1);
			assert.match(warnings[0] ?? '', words);
		});
	}

	it('that became another one is said', () => {
		const call = callFor(stranger, pixels(1000, 1000));
		assert.deepEqual(warningsOf(call, { prompt: text, width: side, height: side }), [
			'The size is 992x992 instead of 1000x1000.',
		]);
		assert.deepEqual(warningsOf(callFor(stranger, pixels(960, 960)), { prompt: text, width: side, height: side }), []);
	});

	it('gives way to the model’s own words', () => {
		const call = callFor(stranger, { ...ratio(1, 1), options: { aspect_ratio: '9:41' } });
		assert.deepEqual(inputOf(call, { prompt: text, aspect_ratio: ratios }), { prompt, aspect_ratio: '9:41' });
		assert.deepEqual(warningsOf(call, { prompt: text, aspect_ratio: ratios }), []);
	});
});

describe('a schema', () => {
	const sized = callFor(stranger, ratio(16, 9));

	it('may have its values anywhere', () => {
		const schemas = {
			ratios: { enum: ['1:1', '16:9'], type: 'string' },
			again: { $ref: '#/components/schemas/ratios' },
		};
		for (const property of [
			{ type: 'string', pattern: 'x', allOf: [{ $ref: '#/components/schemas/ratios' }] },
			{ $ref: '#/components/schemas/again' },
			{ anyOf: [{ type: 'null' }, { enum: ['16:9', null, 7] }] },
			{ oneOf: [{ type: ['null', 'string'], enum: ['16:9'] }] },
		]) {
			const components = { schemas: { ...schemas, Input: { properties: { prompt: text, aspect_ratio: property } } } };
			const json = described(undefined, { latest_version: { id: 'v', openapi_schema: { components } } });
			const { body } = nextOf(creation(sized, json));
			assert.deepEqual(body, { kind: 'json', value: { input: { prompt, aspect_ratio: '16:9' } } });
		}
	});

	it('may say of an array that it is one, or null', () => {
		const call = callFor(stranger, { operation: 'edit' }, edit(png));
		for (const property of [
			{ type: ['array', 'null'] },
			{ anyOf: [{ type: 'null' }, { type: 'array', items: {} }] },
			{ allOf: [{ type: 'array' }] },
		]) {
			assert.deepEqual(inputOf(call, { prompt: text, images: property }), { prompt, images: [png] });
		}
	});

	it('may go round in circles', () => {
		const self = { $ref: '#/components/schemas/self' };
		const many = Array.from({ length: 5000 }, () => self);
		const properties = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`i${index}`, { allOf: many }]));
		const schemas = { self: { allOf: many, anyOf: many }, Input: { properties: { prompt: self, ...properties } } };
		const json = described(undefined, { latest_version: { id: 'v', openapi_schema: { components: { schemas } } } });
		const began = performance.now();
		assert.ok('next' in creation(sized, json));
		assert.ok(performance.now() - began < 3000);
	});

	it('that many inputs refer to is read once for each depth, and not to its end', () => {
		let reads = 0;
		const shared = {
			type: 'string',
			get enum() {
				reads++;
				return Array.from({ length: 90_000 }, (_, index) => `${index + 1}:1`);
			},
		};
		const target = { $ref: '#/components/schemas/shared' };
		const properties = Object.fromEntries(
			Array.from({ length: 300 }, (_, index) => [`i${index}`, { allOf: [target, { allOf: [target] }, target] }]),
		);
		const schemas = { shared, Input: { properties: { prompt: text, aspect_ratio: target, ...properties } } };
		const json = described(undefined, { latest_version: { id: 'v', openapi_schema: { components: { schemas } } } });
		const inputs = descriptionOf(answer(json))?.inputs;
		assert.equal(inputs?.size, 300);
		for (const [name, { values }] of inputs) if (name !== 'prompt') assert.equal(values.length, 500, name);
		assert.ok(reads <= 3, String(reads));
	});

	it('may be missing or strange', () => {
		for (const schema of [undefined, null, {}, { components: { schemas: { Input: 7 } } }, 'x', []]) {
			const json = described(undefined, { latest_version: { id: 'v', openapi_schema: schema } });
			const call = callFor(stranger, { options: { seed: 1 } });
			assert.deepEqual(nextOf(creation(call, json)).body, { kind: 'json', value: { input: { prompt, seed: 1 } } });
		}
	});

	it('never breaks the reader', () => {
		const property = fc.oneof(
			fc.jsonValue(),
			fc.record({ type: fc.jsonValue(), enum: fc.jsonValue(), multipleOf: fc.jsonValue(), maximum: fc.jsonValue() }),
			fc.record({
				allOf: fc.array(fc.jsonValue()),
				minimum: fc.double(),
				maximum: fc.double(),
				multipleOf: fc.double(),
			}),
		);
		const known = ['text', 'size', 'width', 'height', 'aspect_ratio', 'num_outputs', 'output_format', 'seed', 'image'];
		const inputs = fc.dictionary(fc.oneof(fc.constantFrom(...known), fc.string()), property);
		const wishes = fc.constantFrom(ratio(16, 9), pixels(999, 1001), {});
		fc.assert(
			fc.property(inputs, wishes, fc.boolean(), (extra, wish, isEdit) => {
				const call = isEdit
					? callFor(stranger, { ...wish, operation: 'edit' }, edit(png))
					: callFor(stranger, { ...wish, options: { seed: 3, steps: 4 } });
				const components = { schemas: { Input: { properties: { prompt: text, ...extra } } } };
				const json = described(undefined, { latest_version: { id: 'v', openapi_schema: { components } } });
				const step = creation(call, json);
				if ('done' in step) assert.equal(step.failures?.[0]?.code, 'unsupported');
				else assert.ok(nextOf(step).billed);
			}),
		);
	});
});
