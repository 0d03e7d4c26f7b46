import assert from 'node:assert/strict';
import type { Call, Task } from '../../../../src/providers/provider';
import { sentence } from '../../builders';
import { callFor, jpeg, png } from '../calls';
import {
	creation,
	described,
	edit,
	file,
	files,
	gptInputs,
	type Inputs,
	inputOf,
	oneOf,
	prompt,
	stranger,
	text,
	warningsOf,
	whole,
} from './models';

type Variant = readonly [title: string, wish: Parameters<typeof callFor>[1], inputs: Inputs, input: object];

describe('the inputs of any model', () => {
	const variants: readonly Variant[] = [
		['a prompt called text', {}, { text }, { text: prompt }],
		['a prompt called positive_prompt', {}, { positive_prompt: text }, { positive_prompt: prompt }],
		['the prompt before other texts', {}, { text, prompt: text }, { prompt }],
		[
			'a count that would be four',
			{},
			{ prompt: text, num_outputs: { ...whole, default: 4 } },
			{ prompt, num_outputs: 1 },
		],
		['num_images', {}, { prompt: text, num_images: whole }, { prompt, num_images: 1 }],
		['n', {}, { prompt: text, n: whole }, { prompt, n: 1 }],
		['a count of a list', {}, { prompt: text, num_outputs: oneOf(1, 4) }, { prompt, num_outputs: 1 }],
		['a count that is never one', {}, { prompt: text, num_outputs: oneOf(2, 4) }, { prompt }],
		[
			'jpg',
			{ format: 'jpeg' },
			{ prompt: text, output_format: oneOf('webp', 'jpg', 'png') },
			{ prompt, output_format: 'jpg' },
		],
		[
			'jpeg',
			{ format: 'jpeg' },
			{ prompt: text, output_format: oneOf('jpeg', 'png') },
			{ prompt, output_format: 'jpeg' },
		],
		[
			'a PNG instead',
			{ format: 'webp' },
			{ prompt: text, output_format: oneOf('jpg', 'png') },
			{ prompt, output_format: 'png' },
		],
		['a format that is made here', { format: 'webp' }, { prompt: text, output_format: oneOf('tiff') }, { prompt }],
		[
			'a format in any words',
			{ format: 'jpeg' },
			{ prompt: text, output_format: text },
			{ prompt, output_format: 'jpeg' },
		],
		[
			'a format by name',
			{ options: { output_format: 'tiff' } },
			{ prompt: text, output_format: oneOf('tiff', 'png') },
			{ prompt, output_format: 'tiff' },
		],
		[
			'options of any value',
			{ options: { steps: 'many', go_fast: true } },
			{ prompt: text, steps: whole, go_fast: {} },
			{ prompt, steps: 'many', go_fast: true },
		],
		['a seed', { options: { seed: '7' } }, { prompt: text, seed: whole }, { prompt, seed: 7 }],
		[
			'a seed in all its digits',
			{ options: { seed: '18446744073709551615' } },
			{ prompt: text, seed: whole },
			{ prompt, seed: 18446744073709551615n },
		],
		['a seed that is none', { options: { seed: -1 } }, { prompt: text, seed: whole }, { prompt, seed: -1 }],
	];
	for (const [title, wish, inputs, input] of variants) {
		it(`have ${title}`, () => assert.deepEqual(inputOf(callFor(stranger, wish), inputs), input));
	}

	it('leave out what the model has no word for, and say so', () => {
		const call = callFor(stranger, { options: { steps: 4, seed: 1, quality: 'low' } });
		assert.deepEqual(inputOf(call, { prompt: text, steps: whole, image: file }), { prompt, steps: 4 });
		assert.deepEqual(warningsOf(call, { prompt: text, steps: whole, image: file }), [
			'replicate/a/b does not take the option seed: it was left out. It takes: steps.',
			'replicate/a/b does not take the option quality: it was left out. It takes: steps.',
		]);
	});

	it('are told in warnings of any length, of which each is short', () => {
		const inputs = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${'x'.repeat(3000)}${index}`, text]));
		const ratios = oneOf(...Array.from({ length: 400 }, (_, index) => `${index + 50}:1`));
		const call = callFor(stranger, { options: { steps: 4 }, size: { kind: 'ratio', ratio: { width: 1, height: 1 } } });
		const warnings = warningsOf(call, { prompt: text, aspect_ratio: ratios, ...inputs });
		assert.equal(warnings.length, 2);
		for (const warning of warnings) {
			assert.ok(warning.length < 2000, String(warning.length));
			assert.match(warning, /, …\.$/);
		}
	});

	it('count the seed up through the job', () => {
		const call = callFor(stranger, { options: { seed: '9007199254740993' } }, { before: 3 });
		assert.deepEqual(inputOf(call, { prompt: text, seed: whole }), { prompt, seed: 9007199254740996n });
	});

	it('ask for as many pictures as the model gives at once', () => {
		const call = callFor(stranger, {}, { n: 6 });
		const upTo4 = { prompt: text, num_outputs: { ...whole, maximum: 4 } };
		assert.deepEqual(inputOf(call, upTo4), { prompt, num_outputs: 4 });
		assert.deepEqual(inputOf(call, { prompt: text, num_outputs: oneOf(1, 2, 4, 8) }), { prompt, num_outputs: 4 });
	});

	it('cannot lead the prompt or the pictures elsewhere', () => {
		const options = { text: 'b', prompt: 'c', input_image: 'https://x.org/a.png' };
		const call = callFor(stranger, { operation: 'edit', options }, edit(png));
		assert.deepEqual(inputOf(call, { prompt: text, input_image: file }), { prompt, input_image: png });
		assert.deepEqual(inputOf(callFor(stranger, { options }), { text }), { text: prompt });
	});
});

describe('the pictures of an edit', () => {
	const names = ['image', 'input_image', 'image_input', 'input_images', 'images', 'init_image', 'base_image'];
	for (const name of names) {
		it(`go into ${name}, one or many`, () => {
			const one = callFor(stranger, { operation: 'edit' }, edit(png));
			assert.deepEqual(inputOf(one, { prompt: text, [name]: file }), { prompt, [name]: png });
			assert.deepEqual(inputOf(one, { prompt: text, [name]: files }), { prompt, [name]: [png] });
			const two = callFor(stranger, { operation: 'edit' }, edit(png, jpeg));
			assert.deepEqual(inputOf(two, { prompt: text, [name]: files }), { prompt, [name]: [png, jpeg] });
		});
	}

	it('that are several go into the input that takes several', () => {
		const call = callFor(stranger, { operation: 'edit' }, edit(png, jpeg));
		assert.deepEqual(inputOf(call, { prompt: text, image: file, images: files }), { prompt, images: [png, jpeg] });
	});

	it('that are several pass over a list that is too short for them', () => {
		const call = callFor(stranger, { operation: 'edit' }, edit(png, jpeg, png));
		const inputs = { prompt: text, input_images: { ...files, maxItems: 2 }, images: { ...files, maxItems: 3 } };
		assert.deepEqual(inputOf(call, inputs), { prompt, images: [png, jpeg, png] });
		const one = callFor(stranger, { operation: 'edit' }, edit(png));
		assert.deepEqual(inputOf(one, inputs), { prompt, input_images: [png] });
	});

	const pair = { prompt: text, image: file, images: { anyOf: [{ type: 'null' }, { ...files, maxItems: 2 }] } };
	const impossible: readonly (readonly [title: string, changes: Partial<Call>, inputs: Inputs, words: RegExp])[] = [
		['no picture', edit(png), { prompt: text }, /replicate\/a\/b takes no picture\. Choose another model/],
		['one picture', edit(png, jpeg), { prompt: text, image: file }, /takes one picture only/],
		['two pictures', edit(png, jpeg, png), pair, /replicate\/a\/b takes at most 2 pictures, not 3\. Leave some out\./],
		['no prompt', edit(png), { image: file }, /takes no prompt/],
	];
	for (const [title, changes, inputs, words] of impossible) {
		it(`cannot be sent to a model that takes ${title}, and nothing is created`, () => {
			const step = creation(callFor(stranger, { operation: 'edit' }, { ...changes, n: 2 }), described(inputs));
			assert.ok('done' in step);
			assert.deepEqual(
				step.failures?.map(({ code, charged }) => [code, charged]),
				Array.from({ length: 2 }, () => ['unsupported', 'no']),
			);
			assert.match(sentence(step.failures?.[0]?.message), words);
		});
	}

	it('are a fault of Limn’s own where there is no such request', () => {
		const margins = { top: 1, right: 1, bottom: 1, left: 1 };
		const tasks: readonly Task[] = [
			{ operation: 'vary', image: png, strength: 'subtle' },
			{ operation: 'expand', image: png, margins },
		];
		for (const task of tasks) {
			assert.throws(() => creation(callFor(stranger, {}, { task }), described(gptInputs)), new RegExp(task.operation));
		}
	});
});
