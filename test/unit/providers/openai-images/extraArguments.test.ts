import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as z from 'zod';
import { withExtraArguments } from '../../../../src/providers/openai-images/extraArguments';

const tag = / <sd_cpp_extra_args>(.*)<\/sd_cpp_extra_args>$/;

describe('the extra arguments of stable-diffusion.cpp', () => {
	it('leave a prompt without them alone', () => {
		assert.deepEqual(withExtraArguments('a fox', { quality: 'high' }), {
			prompt: 'a fox',
			parameters: { quality: 'high' },
		});
	});

	it('each have their place', () => {
		const options = { seed: 42, negative_prompt: 'blur', strength: 0.6, steps: 20, cfg_scale: 1.5, quality: 'x' };
		const { prompt, parameters } = withExtraArguments('a fox', options);
		assert.deepEqual(parameters, { quality: 'x' });
		assert.deepEqual(JSON.parse(tag.exec(prompt)?.[1] ?? ''), {
			seed: 42,
			negative_prompt: 'blur',
			strength: 0.6,
			sample_params: { sample_steps: 20, guidance: { txt_cfg: 1.5 } },
		});
	});

	it('are one line of JSON with every digit of the seed, whatever the words are', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n }), fc.string({ unit: 'grapheme' }), (seed, negative_prompt) => {
				const { prompt } = withExtraArguments('a fox', { seed: `${seed}`, negative_prompt });
				const json = tag.exec(prompt)?.[1] ?? '';
				assert.ok(!json.includes('\n'));
				assert.ok(json.startsWith(`{"seed":${seed},`));
				assert.equal(
					z.object({ negative_prompt: z.string() }).parse(JSON.parse(json)).negative_prompt,
					negative_prompt,
				);
			}),
		);
	});
});
