import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Task } from '../../../../src/providers/provider';
import { callFor, jpeg, png, sentFor } from '../calls';

const prompt = 'a fox at dawn';
const retired = 'vincony/openai/dall-e-2';
const current = 'vincony/openai/gpt-image-2';

/** The whole request, of which everything but the value is always the same. */
function valueFor(...given: Parameters<typeof callFor>): unknown {
	const { body, ...request } = sentFor(callFor(...given));
	assert.deepEqual(request, { kind: 'http', method: 'POST', path: '/chat/completions', billed: true });
	assert.equal(body?.kind, 'json');
	return body.value;
}

function edit(...images: (typeof png)[]): Task {
	return { operation: 'edit', images };
}

describe('a request through a chat', () => {
	const golden: readonly (readonly [title: string, given: Parameters<typeof callFor>, value: object])[] = [
		[
			'is that of Vincony’s page, word for word',
			[retired],
			{ model: 'openai/dall-e-2', messages: [{ role: 'user', content: prompt }] },
		],
		[
			'knows neither size, nor count, nor format',
			[current, { n: 3, format: 'webp', size: { kind: 'ratio', ratio: { width: 16, height: 9 } } }],
			{ model: 'openai/gpt-image-2', messages: [{ role: 'user', content: prompt }] },
		],
		[
			'leaves out what no known model takes there',
			[current, { options: { quality: 'low', seed: 7 } }],
			{ model: 'openai/gpt-image-2', messages: [{ role: 'user', content: prompt }] },
		],
		[
			'with a picture has two parts',
			[current, { operation: 'edit' }, { task: edit(png) }],
			{
				model: 'openai/gpt-image-2',
				messages: [
					{
						role: 'user',
						content: [
							{ type: 'text', text: prompt },
							{ type: 'image_url', image_url: { url: png } },
						],
					},
				],
			},
		],
		[
			'with several has one part for each, in their order',
			['vincony/google/some-model', { operation: 'edit' }, { task: edit(jpeg, png) }],
			{
				model: 'google/some-model',
				messages: [
					{
						role: 'user',
						content: [
							{ type: 'text', text: prompt },
							{ type: 'image_url', image_url: { url: jpeg } },
							{ type: 'image_url', image_url: { url: png } },
						],
					},
				],
			},
		],
		[
			'of a model that nobody knows has every option, and its seed counts up',
			['vincony/any/model', { options: { seed: 5, temperature: 0.5, modalities: 'image' } }, { before: 2 }],
			{
				model: 'any/model',
				messages: [{ role: 'user', content: prompt }],
				seed: 7,
				temperature: 0.5,
				modalities: 'image',
			},
		],
		[
			'keeps every digit of a seed',
			['vincony/any/model', { options: { seed: '9007199254740993' } }, { before: 1 }],
			{ model: 'any/model', messages: [{ role: 'user', content: prompt }], seed: 9007199254740994n },
		],
	];

	for (const [title, given, value] of golden) it(title, () => assert.deepEqual(valueFor(...given), value));

	it('cannot be led elsewhere by an option', () => {
		const options = { messages: 'none', model: 'dear', stream: true, prompt: 'b' };
		assert.deepEqual(valueFor('vincony/a/b', { options }), {
			model: 'a/b',
			messages: [{ role: 'user', content: prompt }],
		});
	});

	it('asks for one picture at a time', () => {
		assert.equal(callFor(current, { n: 3 }).n, 1);
		assert.equal(callFor('vincony/any/model', { n: 3 }).n, 1);
	});

	it('is a fault of Limn’s own where a chat has no such thing', () => {
		const margins = { top: 1, right: 1, bottom: 1, left: 1 };
		const tasks: readonly (readonly [Task, RegExp])[] = [
			[{ operation: 'edit', images: [png], mask: png }, /mask/],
			[{ operation: 'vary', image: png, strength: 'medium' }, /vary/],
			[{ operation: 'expand', image: png, margins }, /expand/],
		];
		for (const [task, words] of tasks) assert.throws(() => sentFor(callFor(current, {}, { task })), words);
	});

	it('is data: the same call sends the same, whatever its prompt', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), (words) => {
				const call = callFor(retired, {}, { prompt: words });
				assert.deepEqual(sentFor(call), sentFor(call));
				const { body } = sentFor(call);
				const messages = [{ role: 'user', content: words }];
				assert.deepEqual(body, { kind: 'json', value: { model: 'openai/dall-e-2', messages } });
			}),
		);
	});
});
