import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ImageRecord } from '../../../../src/domain/imageRecord';
import { formatParameters, isSure, parseParameters } from '../../../../src/image/metadata/parameters';
import { recordOf, records } from './pictures';

const size = { width: 512, height: 768 };
const format = (changes: Partial<ImageRecord>): string => formatParameters(recordOf(changes), size);

const unquoted = (value: string): string => (/^".*"$/.test(value) ? String(JSON.parse(value)) : value);

/** What AUTOMATIC1111's own parser sees (`parse_generation_parameters`), by the expression that it uses. */
function seenByA1111(text: string) {
	const pattern = /\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)/g;
	const lines = text.trim().split('\n');
	const last = [...(lines.at(-1) ?? '').matchAll(pattern)];
	const words = (last.length < 3 ? lines : lines.slice(0, -1)).map((line) => line.trim());
	const split = words.findIndex((line) => line.startsWith('Negative prompt:'));
	return {
		prompt: (split === -1 ? words : words.slice(0, split)).join('\n'),
		negative: split === -1 ? '' : words.slice(split).join('\n').slice(16).trim(),
		parameters: last.length < 3 ? [] : last.map(([, name = '', value = '']) => [name, unquoted(value)]),
	};
}

describe('the text of AUTOMATIC1111, written', () => {
	it('has prompt, negative prompt and parameters in its order and its words', () => {
		const options = {
			negativePrompt: 'ugly, blurred',
			CFGScale: 7.5,
			steps: 20,
			scheduler: 'Euler a',
			quality: 'high',
		};
		assert.equal(
			format({ options, seed: '5' }),
			[
				'a fox at dawn',
				'Negative prompt: ugly, blurred',
				'Steps: 20, Sampler: Euler a, CFG scale: 7.5, Seed: 5, Size: 512x768, Model: openai/gpt-image-2, Version: Limn',
			].join('\n'),
		);
	});

	it('knows the controls by the names that other APIs have for them', () => {
		const options = {
			negative_prompt: 'ugly',
			guidance_scale: 3,
			num_inference_steps: 8,
			sampler_name: 'DPM',
			seed: 9,
		};
		assert.equal(
			format({ options }),
			[
				'a fox at dawn',
				'Negative prompt: ugly',
				'Steps: 8, Sampler: DPM, CFG scale: 3, Seed: 9, Size: 512x768, Model: openai/gpt-image-2, Version: Limn',
			].join('\n'),
		);
	});

	it('quotes what would end a value', () => {
		assert.match(format({ model: 'runware/runware:100@1' }), /, Model: "runware\/runware:100@1", Version: Limn$/);
		assert.match(format({ options: { sampler: 'a, "b"\n' } }), /\nSampler: "a, \\"b\\"\\n", Size/);
	});

	it('takes the seed of the picture before that of the request', () => {
		assert.match(format({ seed: '7', options: { seed: 6 } }), /Seed: 7, /);
	});

	it('is read by AUTOMATIC1111 as it was meant', () => {
		const word = fc.stringMatching(/^[a-z(][a-z0-9 ,.()]{0,30}[a-z)]$/);
		const model = fc.stringMatching(/^[a-z]{1,9}\/[a-z:@.,"\\0-9-]{1,20}$/);
		fc.assert(
			fc.property(word, word, model, fc.bigInt({ min: 0n }), (prompt, negativePrompt, model, seed) => {
				const seen = seenByA1111(format({ prompt, model, seed: String(seed), options: { negativePrompt, steps: 4 } }));
				assert.deepEqual(seen, {
					prompt,
					negative: negativePrompt,
					parameters: [
						['Steps', '4'],
						['Seed', String(seed)],
						['Size', '512x768'],
						['Model', model],
						['Version', 'Limn'],
					],
				});
			}),
		);
	});
});

describe('the text of AUTOMATIC1111, read', () => {
	const sample = [
		'girl with a beret, (detailed:1.2), ',
		'by Alphonse Mucha',
		'Negative prompt: ugly, [blurry],',
		'bad anatomy',
		'Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 965400086, Size: 512x512, Model hash: 45dee52b, Model: v1-5, ' +
			'Lora hashes: "one: aa, two: \\"bb\\"", Hires prompt: "a\\nb", Clip skip: 2, Version: v1.9.4',
	].join('\n');

	it('gives prompt, negative prompt and every parameter', () => {
		assert.deepEqual(parseParameters(sample), {
			prompt: 'girl with a beret, (detailed:1.2),\nby Alphonse Mucha',
			negative: 'ugly, [blurry],\nbad anatomy',
			parameters: [
				['Steps', '20'],
				['Sampler', 'DPM++ 2M Karras'],
				['CFG scale', '7'],
				['Seed', '965400086'],
				['Size', '512x512'],
				['Model hash', '45dee52b'],
				['Model', 'v1-5'],
				['Lora hashes', 'one: aa, two: "bb"'],
				['Hires prompt', 'a\nb'],
				['Clip skip', '2'],
				['Version', 'v1.9.4'],
			],
		});
	});

	it('sees what AUTOMATIC1111 sees', () => {
		const { parameters, prompt, negative } = seenByA1111(sample);
		assert.deepEqual(parseParameters(sample), { prompt, negative, parameters });
	});

	it('loses no digit of a seed', () => {
		const seed = '340282366920938463463374607431768211455';
		const found = parseParameters(`x\nSteps: 1, Seed: ${seed}, Size: 1x1`);
		assert.deepEqual(found.parameters[1], ['Seed', seed]);
	});

	it('takes a text without parameters for a prompt', () => {
		const found = parseParameters(' a fox\r\nat dawn, light: soft\n');
		assert.deepEqual(found, { prompt: 'a fox\nat dawn, light: soft', parameters: [] });
		assert.ok(!isSure(found));
	});

	it('finds few parameters, and those that lines follow, where they begin with steps', () => {
		assert.deepEqual(parseParameters('a fox\nSteps: 4, Seed: 5').parameters, [
			['Steps', '4'],
			['Seed', '5'],
		]);
		const found = parseParameters('a fox\nSteps: 4, Seed: 5, Size: 1x1\nTemplate: {red|blue} fox');
		assert.deepEqual([found.prompt, found.parameters.length], ['a fox', 3]);
	});

	it('bears quotes that nothing ends, values that are empty, and names that are none', () => {
		const text = 'x\nSteps: 4, B2:, Ä3: "", : 5, C4: "\\x", D5: y, A1: "open, E6: z';
		assert.deepEqual(parseParameters(text).parameters, [
			['Steps', '4'],
			['Ä3', ''],
			['C4', '"\\x"'],
			['D5', 'y'],
			['A1', '"open'],
			['E6', 'z'],
		]);
	});

	it('gives back what Limn wrote of any record, as far as one line each is', () => {
		fc.assert(
			fc.property(records, (record) => {
				const found = parseParameters(formatParameters(record, size));
				assert.ok(isSure(found));
				assert.deepEqual(found.parameters.at(-1), ['Version', 'Limn']);
			}),
		);
	});

	it('takes no time for a text that wants to take some', () => {
		const long = 100_000;
		const texts = [
			'a'.repeat(long),
			`${' '.repeat(long)}x`,
			'ab: "'.repeat(long),
			'ab: "\\'.repeat(long),
			'ab,'.repeat(long),
			`Steps: 1\n${'\n'.repeat(long)}x`,
			'Negative prompt:'.repeat(long),
			`Steps: 1, ${'a '.repeat(long)}`,
		];
		for (const text of texts) assert.ok(parseParameters(text).parameters.length <= 100);
	});
});
