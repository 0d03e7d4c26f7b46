import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { openaiImages } from '../../../../src/providers/openai-images/openaiImages';
import { quoteFor } from '../../../../src/providers/openai-images/request';
import type { Call, InputImage } from '../../../../src/providers/provider';
import { callFor, jpeg, png, sentFor } from '../calls';

/** The JSON body of a generation. */
function bodyFor(...given: Parameters<typeof callFor>): unknown {
	const { body, ...request } = sentFor(callFor(...given));
	assert.deepEqual(request, { kind: 'http', method: 'POST', path: '/images/generations', billed: true });
	assert.equal(body?.kind, 'json');
	return body.value;
}

/** A form's fields: texts as they are, files by name and type. */
function formFor(call: Call): { path: string; fields: readonly (readonly [string, string])[] } {
	const { path, body, billed } = sentFor(call);
	assert.ok(billed && body?.kind === 'form');
	const fields = body.parts.map((part) => {
		const value = 'text' in part ? part.text : `${part.fileName} (${part.file.format})`;
		return [part.name, value] as const;
	});
	return { path, fields };
}

/** Whether pictures are streamed, and how many unfinished ones are asked for. */
function partials(...given: Parameters<typeof callFor>): unknown {
	const { body } = sentFor(callFor(...given));
	return body?.kind === 'json' ? [body.value['stream'], body.value['partial_images']] : undefined;
}

function seeded(options: Call['options'], before: number, model = 'custom/flux'): Readonly<Record<string, unknown>> {
	const sent = sentFor(callFor(model, { options }, { before })).body;
	return sent?.kind === 'json' ? sent.value : {};
}

function edit(model: string, images = [png], mask?: InputImage): Call {
	return callFor(model, { operation: 'edit' }, { task: { operation: 'edit', images, ...(mask && { mask }) } });
}

function names(model: string, mask?: InputImage): string[] {
	return formFor(edit(model, [png], mask)).fields.map(([name]) => name);
}

/** The parts of an edit that hold its mask, by name and file. */
function masksOf(model: string): string[][] {
	const { body } = sentFor(edit(model, [jpeg], png));
	assert.ok(body?.kind === 'form');
	return body.parts.flatMap((part) => ('file' in part && part.file === png ? [[part.name, part.fileName]] : []));
}

const prompt = 'a fox at dawn';

describe('a generation', () => {
	const golden: readonly (readonly [title: string, given: Parameters<typeof callFor>, body: object])[] = [
		[
			'DALL·E 2: base64 asked for, and nothing that it does not know',
			['openai/dall-e-2', { n: 3, size: { kind: 'pixels', size: { width: 512, height: 512 } } }],
			{ model: 'dall-e-2', prompt, n: 3, size: '512x512', response_format: 'b64_json' },
		],
		[
			'DALL·E 3: quality and style',
			['openai/dall-e-3', { options: { quality: 'hd', style: 'natural' } }],
			{
				model: 'dall-e-3',
				prompt,
				n: 1,
				size: '1024x1024',
				response_format: 'b64_json',
				quality: 'hd',
				style: 'natural',
			},
		],
		[
			'GPT Image 1: streamed, with a format, and without response_format',
			['openai/gpt-image-1', { format: 'webp', options: { background: 'transparent' } }],
			{
				model: 'gpt-image-1',
				prompt,
				n: 1,
				size: '1024x1024',
				output_format: 'webp',
				background: 'transparent',
				stream: true,
			},
		],
		[
			'GPT Image 1 mini',
			['openai/gpt-image-1-mini', { options: { quality: 'low' } }],
			{
				model: 'gpt-image-1-mini',
				prompt,
				n: 1,
				size: '1024x1024',
				output_format: 'png',
				quality: 'low',
				stream: true,
			},
		],
		[
			'GPT Image 1.5: several at once come in one answer',
			['openai/gpt-image-1.5', { n: 4, format: 'jpeg', options: { output_compression: 80 } }],
			{
				model: 'gpt-image-1.5',
				prompt,
				n: 4,
				size: '1024x1024',
				output_format: 'jpeg',
				output_compression: 80,
			},
		],
		[
			'GPT Image 2: a size by the rule',
			[
				'openai/gpt-image-2',
				{ size: { kind: 'ratio', ratio: { width: 16, height: 9 } }, options: { moderation: 'low' } },
			],
			{
				model: 'gpt-image-2',
				prompt,
				n: 1,
				size: '1280x720',
				output_format: 'png',
				moderation: 'low',
				stream: true,
			},
		],
		[
			'GPT Image 2.5: the best quality',
			['openai/gpt-image-2.5-sunburst', { options: { quality: 'max' } }],
			{
				model: 'gpt-image-2.5-sunburst',
				prompt,
				n: 1,
				size: '1024x1024',
				output_format: 'png',
				quality: 'max',
				stream: true,
			},
		],
		[
			'GPT Image 2.6: complexity',
			['openai/gpt-image-2.6-flare', { options: { complexity: 'low' } }],
			{
				model: 'gpt-image-2.6-flare',
				prompt,
				n: 1,
				size: '1024x1024',
				output_format: 'png',
				complexity: 'low',
				stream: true,
			},
		],
		[
			'Lumenfall: a ratio, its own parameters, any vendor behind it',
			[
				'lumenfall/openai/dall-e-2',
				{
					n: 2,
					size: { kind: 'ratio', ratio: { width: 16, height: 9 } },
					format: 'webp',
					options: { resolution: '1K', output_compression: 70 },
				},
			],
			{
				model: 'openai/dall-e-2',
				prompt,
				n: 2,
				size: '16:9',
				output_format: 'webp',
				response_format: 'b64_json',
				resolution: '1K',
				output_compression: 70,
			},
		],
		[
			'a model that nobody knows: as named, with every option',
			['custom/flux-dev', { options: { seed: 42, steps: 20, negative_prompt: 'blur' } }],
			{
				model: 'flux-dev',
				prompt,
				n: 1,
				response_format: 'b64_json',
				seed: 42,
				steps: 20,
				negative_prompt: 'blur',
			},
		],
		[
			'stable-diffusion.cpp: what it takes beside the prompt stands in the prompt',
			['custom/sd-cpp-local', { options: { seed: '42', steps: 20 } }],
			{
				model: 'sd-cpp-local',
				prompt: `${prompt} <sd_cpp_extra_args>{"seed":42,"sample_params":{"sample_steps":20}}</sd_cpp_extra_args>`,
				n: 1,
				output_format: 'png',
				response_format: 'b64_json',
			},
		],
	];

	for (const [title, given, body] of golden) {
		it(`of ${title}`, () => assert.deepEqual(bodyFor(...given), body));
	}

	it('asks for an unfinished picture where somebody looks on, and for as many as are named', () => {
		assert.deepEqual(partials('openai/gpt-image-2', {}, { watched: true }), [true, 1]);
		assert.deepEqual(partials('openai/gpt-image-2', {}, { watched: false }), [true, undefined]);
		const options = { partial_images: 3 };
		assert.deepEqual(partials('openai/gpt-image-2', { options }), [true, 3]);
		assert.deepEqual(partials('openai/gpt-image-2', { options: { partial_images: 0 } }, { watched: true }), [
			true,
			undefined,
		]);
		assert.deepEqual(partials('openai/gpt-image-2', { options, n: 2 }), [undefined, undefined], 'only beside stream');
	});

	it('counts the seed up through the job, and keeps every digit', () => {
		assert.equal(seeded({ seed: 5 }, 3)['seed'], 8);
		assert.equal(seeded({ seed: '9007199254740993' }, 1)['seed'], '9007199254740994');
		const tagged = seeded({ seed: '9007199254740993' }, 1, 'custom/sd-cpp-local')['prompt'];
		assert.match(String(tagged), /"seed":9007199254740994[,}]/);
	});
});

describe('an edit', () => {
	it('of GPT Image 2 is a form whose files have names and types', () => {
		assert.deepEqual(formFor(edit('openai/gpt-image-2', [png], png)), {
			path: '/images/edits',
			fields: [
				['model', 'gpt-image-2'],
				['prompt', prompt],
				['n', '1'],
				['size', '1024x1024'],
				['output_format', 'png'],
				['stream', 'true'],
				['image', 'image.png (png)'],
				['mask', 'mask.png (png)'],
			],
		});
	});

	it('has marks over the picture where the model takes them', () => {
		const task = { operation: 'edit', images: [png], markup: png } as const;
		const call = callFor('openai/gpt-image-2.6-flare', { operation: 'edit' }, { task });
		assert.deepEqual(formFor(call).fields.at(-1), ['markup', 'markup.png (png)']);
	});

	it('has its mask under every name that the server may know, as the same file', () => {
		const [usual, vllm] = [
			['mask', 'mask.png'],
			['mask_image', 'mask.png'],
		];
		for (const model of ['openai/gpt-image-2', 'lumenfall/gpt-image-2', 'custom/sd-cpp-local', 'custom/gpt-image-2']) {
			assert.deepEqual(masksOf(model), [usual], model);
		}
		assert.deepEqual(masksOf('custom/Qwen/Qwen-Image-Edit'), [usual, vllm]);
		assert.deepEqual(names('custom/Qwen/Qwen-Image-Edit').slice(-1), ['image'], 'and none where there is none');
	});

	it('of several pictures repeats image[]', () => {
		const { fields } = formFor(edit('openai/gpt-image-1.5', [jpeg, png]));
		assert.deepEqual(fields.slice(-2), [
			['image[]', 'image.jpg (jpeg)'],
			['image[]', 'image-2.png (png)'],
		]);
	});

	it('of as many pictures as there may be keeps their order, and the mask goes last', () => {
		const images = Array.from({ length: 16 }, (_, index): InputImage => ({ ...png, bytes: Uint8Array.of(index) }));
		const { body } = sentFor(edit('openai/gpt-image-2', images, png));
		assert.ok(body?.kind === 'form');
		const files = body.parts.flatMap((part) => ('file' in part ? [`${part.name} ${part.file.bytes.join()}`] : []));
		assert.deepEqual(files, [...images.map((_, index) => `image[] ${index}`), `mask ${png.bytes.join()}`]);
	});

	it('of DALL·E 2, at OpenAI and at Lumenfall', () => {
		assert.deepEqual(names('openai/dall-e-2', png), [
			'model',
			'prompt',
			'n',
			'size',
			'response_format',
			'image',
			'mask',
		]);
		assert.deepEqual(names('lumenfall/dall-e-2', png), [
			'model',
			'prompt',
			'n',
			'size',
			'output_format',
			'response_format',
			'image',
			'mask',
		]);
	});
});

describe('variations', () => {
	it('of DALL·E 2 take a picture and no prompt', () => {
		const task = { operation: 'vary', image: png, strength: 'medium' } as const;
		assert.deepEqual(formFor(callFor('openai/dall-e-2', { operation: 'vary', n: 4 }, { task })), {
			path: '/images/variations',
			fields: [
				['model', 'dall-e-2'],
				['n', '4'],
				['size', '1024x1024'],
				['response_format', 'b64_json'],
				['image', 'image.png (png)'],
			],
		});
	});
});

describe('any request of the dialect', () => {
	it('is data: the same call sends the same, and changes nothing', () => {
		fc.assert(
			fc.property(fc.constantFrom('openai/gpt-image-2', 'lumenfall/x', 'custom/y'), fc.nat(99), (model, before) => {
				const call = Object.freeze(callFor(model, { options: { seed: 1 } }, { before }));
				assert.deepEqual(openaiImages.begin(call), openaiImages.begin(call));
				assert.deepEqual(structuredClone(sentFor(call)), sentFor(call));
			}),
		);
	});

	it('is a fault of Limn’s own where the dialect has no such thing', () => {
		const task = { operation: 'expand', image: png, margins: { top: 1, right: 1, bottom: 1, left: 1 } } as const;
		assert.throws(() => openaiImages.begin(callFor('openai/gpt-image-2', {}, { task })), /expands/);
		const call = callFor('openai/gpt-image-2');
		const { images: _, ...offer } = call.offer;
		assert.throws(() => openaiImages.begin({ ...call, offer }), /dialect/);
	});

	it('can ask for its price first, which makes and bills nothing', () => {
		const call = callFor('lumenfall/gpt-image-2', { n: 2 });
		const { images } = call.offer;
		assert.ok(images);
		const quote = quoteFor(call, images);
		const { body } = sentFor(call);
		assert.deepEqual(quote, {
			kind: 'http',
			method: 'POST',
			path: '/images/generations?dryRun=true',
			body,
			billed: false,
		});
	});
});
