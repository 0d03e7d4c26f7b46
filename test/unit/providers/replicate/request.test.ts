import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findOffered } from '../../../../src/catalogue/catalogue';
import { models } from '../../../../src/catalogue/models';
import { offers } from '../../../../src/catalogue/offers';
import { type Call, type Step, unbegun } from '../../../../src/providers/provider';
import { replicate } from '../../../../src/providers/replicate/replicate';
import { sentence } from '../../builders';
import { callFor, jpeg, nextOf, png, sentFor } from '../calls';
import {
	answer,
	creation,
	described,
	edit,
	gptInputs,
	inputOf,
	oneOf,
	pixels,
	prompt,
	ratio,
	schemaOf,
	stranger,
	text,
	warningsOf,
	whole,
} from './models';

/** A call of a model that nobody knows, with any name. */
function callNamed(name: string): Call {
	const found = findOffered(stranger, { models, offers });
	assert.ok(found);
	return { ...callFor(stranger), offer: { ...found.offer, name } };
}

describe('a model at Replicate', () => {
	it('is asked for first, which costs nothing', () => {
		const asked: readonly (readonly [name: string, path: string])[] = [
			['openai/gpt-image-2', '/models/openai/gpt-image-2'],
			['black-forest-labs/flux-1.1-pro', '/models/black-forest-labs/flux-1.1-pro'],
			['a_b/c.d-e', '/models/a_b/c.d-e'],
			['a/b:5c7d', '/models/a/b/versions/5c7d'],
		];
		for (const [name, path] of asked) {
			assert.deepEqual(sentFor(callNamed(name)), { kind: 'http', method: 'GET', path, billed: false });
		}
	});

	it('has a name of two parts, which leads nowhere else', () => {
		for (const name of [
			'a',
			'a/b/c',
			'a/',
			'/b',
			'../b',
			'a/..',
			'a/.b',
			'a/b?x',
			'a/b#x',
			'a/b c',
			'a/b:',
			'a/%2e',
			'ä/b',
		]) {
			const step = replicate.begin({ ...callNamed(name), n: 2 });
			assert.ok('done' in step, name);
			assert.deepEqual(
				step.failures?.map(({ code, charged, provider }) => [code, charged, provider]),
				Array.from({ length: 2 }, () => ['bad-input', 'no', 'replicate']),
			);
			assert.match(sentence(step.failures?.[0]?.message), /is no model of Replicate\. Write it as owner\/name or/);
		}
		fc.assert(
			fc.property(fc.string(), (name) => {
				const step = replicate.begin(callNamed(name));
				if ('next' in step) assert.match(nextOf(step).path, /^\/models\/\w[\w.-]*\/\w[\w.-]*(\/versions\/\w[\w.-]*)?$/);
			}),
		);
	});

	it('that does not describe itself is not paid', () => {
		for (const json of [undefined, null, [], {}, 'text', { id: 'p1', status: 'succeeded' }, { detail: 'x' }]) {
			const step = creation(callFor(stranger), json);
			assert.ok('done' in step);
			assert.deepEqual([step.failures?.[0]?.code, step.failures?.[0]?.charged], ['bad-reply', 'no']);
			assert.match(
				sentence(step.failures?.[0]?.message),
				/did not describe the model.*limn\.providers\.replicate\.baseUrl/,
			);
		}
	});
});

describe('a prediction', () => {
	it('of an official model has no version, and says soon how it is getting on', () => {
		const step = creation(callFor(stranger), described({ prompt: text }));
		assert.deepEqual(step, {
			next: {
				kind: 'http',
				method: 'POST',
				path: '/models/a/b/predictions',
				headers: { prefer: 'wait=5' },
				body: { kind: 'json', value: { input: { prompt } } },
				billed: true,
			},
			state: { handed: [], polls: 1, asked: 1 },
			warnings: [],
		});
	});

	it('of any other model is one of its latest version', () => {
		const { path, body } = nextOf(creation(callFor(stranger), described({ prompt: text }, { is_official: false })));
		assert.deepEqual([path, body], ['/predictions', { kind: 'json', value: { version: 'v1', input: { prompt } } }]);
	});

	it('of a version is one of that version, whatever the answer says', () => {
		const call = callNamed('a/b:v7');
		for (const json of [
			{ id: 'v9', openapi_schema: schemaOf({ prompt: text }) },
			described({ prompt: text }, { is_official: true }),
		]) {
			const { path, body } = nextOf(replicate.read(answer(json), call, unbegun));
			assert.deepEqual([path, body], ['/predictions', { kind: 'json', value: { version: 'v7', input: { prompt } } }]);
		}
	});

	it('is of the official kind where nobody says which', () => {
		for (const more of [
			{ is_official: undefined },
			{ is_official: null },
			{ is_official: false, latest_version: null },
		]) {
			assert.equal(
				nextOf(creation(callFor(stranger), described({ prompt: text }, more))).path,
				'/models/a/b/predictions',
			);
		}
	});
});

describe('a prediction that nobody finds by the name of its model', () => {
	const unsaid = { is_official: undefined };
	const missing = { status: 404, headers: {}, json: { detail: 'The requested resource could not be found.' } };
	const instead = (step: Step, call = callFor(stranger)) =>
		replicate.instead?.(nextOf(step), missing, call, step.state ?? unbegun);

	it('is created once more by the version, where nobody had said which kind it is', () => {
		const step = creation(callFor(stranger), described({ prompt: text }, unsaid));
		assert.equal(step.state?.version, 'v1');
		const other = instead(step);
		const { path, body, billed } = nextOf(other);
		assert.deepEqual([path, billed], ['/predictions', true]);
		assert.deepEqual(body, { kind: 'json', value: { version: 'v1', input: { prompt } } });
		assert.deepEqual(other?.state, { handed: [], polls: 1, asked: 1 });
		assert.equal(other && instead(other), undefined, 'and not once more');
	});

	it('is created no other way where it was said, or there is no version, or the answer is another one', () => {
		for (const more of [{ is_official: true }, { is_official: false }, { ...unsaid, latest_version: null }]) {
			assert.equal(instead(creation(callFor(stranger), described({ prompt: text }, more))), undefined);
		}
		const named = callNamed('a/b:v7');
		assert.equal(
			instead(replicate.read(answer(described({ prompt: text }, unsaid)), named, unbegun), named),
			undefined,
		);
		assert.equal(instead(replicate.begin(callFor(stranger))), undefined, 'a model that nobody finds stays unfound');
		const step = creation(callFor(stranger), described({ prompt: text }, unsaid));
		for (const status of [400, 409, 422]) {
			const reply = { ...missing, status };
			assert.equal(replicate.instead?.(nextOf(step), reply, callFor(stranger), step.state ?? unbegun), undefined);
		}
	});
});

const gpt = 'replicate/openai/gpt-image-2';

describe('the inputs of a known model', () => {
	const golden: readonly (readonly [title: string, given: Parameters<typeof callFor>, input: object])[] = [
		[
			'GPT Image 2: a ratio for the size, its own word for the count',
			[gpt, { n: 3, ...pixels(1536, 1024), options: { quality: 'low', moderation: 'low' } }],
			{
				prompt,
				aspect_ratio: '3:2',
				number_of_images: 3,
				output_format: 'png',
				quality: 'low',
				moderation: 'low',
			},
		],
		[
			'GPT Image 2: the count in the model’s word',
			[gpt, { options: { number_of_images: 4 } }],
			{ prompt, aspect_ratio: '1:1', number_of_images: 4, output_format: 'png' },
		],
		[
			'GPT Image 1.5: a format with its compression',
			['replicate/openai/gpt-image-1.5', { format: 'jpeg', options: { output_compression: 80 }, ...ratio(2, 3) }],
			{ prompt, aspect_ratio: '2:3', number_of_images: 1, output_format: 'jpeg', output_compression: 80 },
		],
		[
			'GPT Image 1: a clear background',
			['replicate/openai/gpt-image-1', { format: 'webp', options: { background: 'transparent' } }],
			{ prompt, aspect_ratio: '1:1', number_of_images: 1, output_format: 'webp', background: 'transparent' },
		],
		[
			'an edit: pictures in a list',
			[gpt, { operation: 'edit' }, edit(png, jpeg)],
			{ prompt, aspect_ratio: '1:1', number_of_images: 1, output_format: 'png', input_images: [png, jpeg] },
		],
		[
			'an edit of one picture: a list all the same',
			['replicate/openai/gpt-image-1.5', { operation: 'edit' }, edit(png)],
			{ prompt, aspect_ratio: '1:1', number_of_images: 1, output_format: 'png', input_images: [png] },
		],
	];
	for (const [title, given, input] of golden) {
		it(`are those of ${title}`, () => {
			assert.deepEqual(inputOf(callFor(...given), gptInputs), input);
			assert.deepEqual(inputOf(callFor(...given), undefined), input, 'also where Replicate shows no schema');
		});
	}

	it('of DALL·E 2 are what its schema says, which nobody has seen', () => {
		const call = callFor('replicate/openai/dall-e-2', pixels(512, 512));
		const sizes = { prompt: text, size: oneOf('256x256', '512x512', '1024x1024'), n: whole };
		assert.deepEqual(inputOf(call, sizes), { prompt, size: '512x512', n: 1 });
		assert.deepEqual(inputOf(call, { prompt: text, image_size: text }), { prompt });
		assert.deepEqual(inputOf(call, undefined), { prompt });
	});

	it('never hold a key', () => {
		const options = { openai_api_key: 'a key', quality: 'low', api_key: 'a key', REPLICATE_API_TOKEN: 'a key' };
		const call = callFor(stranger, { options });
		const inputs = { ...gptInputs, api_key: text, REPLICATE_API_TOKEN: text };
		assert.deepEqual(inputOf(call, inputs), { prompt, quality: 'low', number_of_images: 1, output_format: 'png' });
		assert.deepEqual(warningsOf(call, inputs), [
			'The option openai_api_key was left out: Limn sends no keys in options.',
			'The option api_key was left out: Limn sends no keys in options.',
			'The option REPLICATE_API_TOKEN was left out: Limn sends no keys in options.',
		]);
		assert.doesNotMatch(JSON.stringify(inputOf(callFor(stranger, { options }), undefined)), /key/);
	});
});
