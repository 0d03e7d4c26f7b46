import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import { startOpenAI } from './openai';
import { assertRefused, type Refused } from './refused';
import { colourAt, emulators, formOf, get, pictureIn, post } from './testing';

const refusals: readonly (readonly [title: string, fields: object, refused: Refused])[] = [
	['a model that never was', { model: 'gpt-image-9' }, [404, 'model_not_found', 'model']],
	['dall-e-2, retired', { model: 'dall-e-2' }, [404, 'model_not_found', 'model']],
	['dall-e-3, retired', { model: 'dall-e-3' }, [404, 'model_not_found', 'model']],
	['gpt-image-1, retired', { model: 'gpt-image-1' }, [404, 'model_not_found', 'model']],
	['no model', { model: undefined }, [400, 'missing_required_parameter', 'model']],
	['no prompt', { prompt: undefined }, [400, 'missing_required_parameter', 'prompt']],
	['an empty prompt', { prompt: '' }, [400, 'empty_string', 'prompt']],
	['a prompt that is a number', { prompt: 7 }, [400, 'invalid_type', 'prompt']],
	['a prompt of 32001 characters', { prompt: '𝒂'.repeat(32_001) }, [400, 'string_above_max_length', 'prompt']],
	['a seed', { seed: 1 }, [400, 'unknown_parameter', 'seed']],
	['response_format', { response_format: 'b64_json' }, [400, 'unknown_parameter', 'response_format']],
	['style', { style: 'vivid' }, [400, 'unknown_parameter', 'style']],
	['input_fidelity without a picture', { input_fidelity: 'high' }, [400, 'unknown_parameter', 'input_fidelity']],
	['complexity before 2.6', { complexity: 'low' }, [400, 'unknown_parameter', 'complexity']],
	['n of 0', { n: 0 }, [400, 'integer_below_min_value', 'n']],
	['n of 11', { n: 11 }, [400, 'integer_above_max_value', 'n']],
	['n of 1.5', { n: 1.5 }, [400, 'invalid_type', 'n']],
	['4 partial images', { partial_images: 4, stream: true }, [400, 'integer_above_max_value', 'partial_images']],
	['stream as text', { stream: 'yes' }, [400, 'invalid_type', 'stream']],
	['quality xhigh before 2.5', { quality: 'xhigh' }, [400, 'invalid_value', 'quality']],
	['quality hd', { quality: 'hd' }, [400, 'invalid_value', 'quality']],
	['GIF before 2.6', { output_format: 'gif' }, [400, 'invalid_value', 'output_format']],
	['transparent JPEG', { background: 'transparent', output_format: 'jpeg' }, [400, 'invalid_value', 'background']],
	['compressed PNG', { output_compression: 50 }, [400, 'invalid_value', 'output_compression']],
	['compression of 101', { output_compression: 101 }, [400, 'integer_above_max_value', 'output_compression']],
	['512x512', { size: '512x512' }, [400, 'invalid_value', 'size']],
	['1000x1000, off the grid', { size: '1000x1000' }, [400, 'invalid_value', 'size']],
	['3856x1088, too long', { size: '3856x1088' }, [400, 'invalid_value', 'size']],
	['2560x816, too flat', { size: '2560x816' }, [400, 'invalid_value', 'size']],
	['3840x2176, too many pixels', { size: '3840x2176' }, [400, 'invalid_value', 'size']],
	['a size that is no size', { size: 'large' }, [400, 'invalid_value', 'size']],
	['an old model beyond its presets', { model: 'gpt-image-1.5', size: '1280x720' }, [400, 'invalid_value', 'size']],
];

const newest = 'gpt-image-2.6-flare';
const previews: readonly (readonly [title: string, fields: object, refused: Refused])[] = [
	['a streamed GIF', { output_format: 'gif', stream: true }, [400, 'invalid_value', 'stream']],
	['two SVGs', { output_format: 'svg', n: 2 }, [400, 'invalid_value', 'n']],
	['frames of a PNG', { frame_count: 4 }, [400, 'invalid_value', 'frame_count']],
	['1 frame', { output_format: 'gif', frame_count: 1 }, [400, 'integer_below_min_value', 'frame_count']],
];

const generations = '/images/generations';

describe('generations at the emulator of OpenAI', () => {
	const started = emulators();

	for (const [title, fields, refused] of refusals) {
		it(`refuse ${title}`, async () => {
			const emulator = await started(startOpenAI());
			await assertRefused(post(emulator, generations, { model: 'gpt-image-2', prompt: 'a hut', ...fields }), refused);
			assert.equal(emulator.charges, 0);
		});
	}

	for (const [title, fields, refused] of previews) {
		it(`refuse ${title}`, async () => {
			const emulator = await started(startOpenAI());
			await assertRefused(post(emulator, generations, { model: newest, prompt: 'a hut', ...fields }), refused);
		});
	}

	it('refuse who has no key, and who has a wrong one', async () => {
		const emulator = await started(startOpenAI());
		const body = { model: 'gpt-image-2', prompt: 'a hut' };
		await assertRefused(post(emulator, generations, body, { authorization: '' }), [401, null, null]);
		await assertRefused(post(emulator, generations, body, { authorization: 'Bearer other' }), [
			401,
			'invalid_api_key',
			null,
		]);
	});

	it('refuse what is no JSON, and what is no object', async () => {
		const emulator = await started(startOpenAI());
		await assertRefused(post(emulator, generations, formOf({ prompt: 'a hut' })), [
			400,
			'unsupported_content_type',
			null,
		]);
		await assertRefused(post(emulator, generations, []), [400, null, null]);
	});

	it('take the sizes at the edges of the rules', async () => {
		const emulator = await started(startOpenAI());
		for (const size of ['1024x640', '832x800', '3840x1280', '1440x480', '2048x2048']) {
			const [width, height] = size.split('x').map(Number);
			const answer = await post(emulator, generations, {
				model: 'gpt-image-2',
				prompt: 'a hut',
				size,
				output_format: 'webp',
			});
			assert.deepEqual(sniff(pictureIn(answer)), { format: 'webp', width, height });
		}
	});

	it('clear the edges of a transparent picture', async () => {
		const emulator = await started(startOpenAI());
		const body = { model: 'gpt-image-2', prompt: 'a hut', background: 'transparent' };
		const picture = pictureIn(await post(emulator, generations, body));
		assert.equal((await colourAt(picture, 0.05))[3], 0);
		assert.equal((await colourAt(picture, 0.5))[3], 255);
	});

	it('retire models by the day', async () => {
		const emulator = await started(startOpenAI({ today: '2026-12-01' }));
		const body = { model: 'gpt-image-1.5', prompt: 'a hut' };
		await assertRefused(post(emulator, generations, body), [404, 'model_not_found', 'model']);
	});

	it('know no other addresses, and no variations', async () => {
		const emulator = await started(startOpenAI());
		await assertRefused(post(emulator, '/images/variations', formOf({ image: 'x' })), [404, null, null]);
		assert.equal((await get(emulator, `${emulator.baseUrl}/models/dall-e-2`)).status, 404);
	});
});

describe('generations before the retirement', () => {
	const started = emulators();
	const legacy = async () => started(startOpenAI({ legacy: true }));

	it('give dall-e-2 in its sizes, by address or inline', async () => {
		const emulator = await legacy();
		const inline = await post(emulator, generations, {
			prompt: 'a hut',
			size: '256x256',
			response_format: 'b64_json',
			n: 2,
		});
		assert.deepEqual(sniff(pictureIn(inline, 1)), { format: 'png', width: 256, height: 256 });
		const { body } = await post(emulator, generations, { model: 'dall-e-2', prompt: 'a hut' });
		assert.ok(body.data?.[0]?.url?.startsWith(emulator.origin));
	});

	it('let addresses expire after an hour', async () => {
		let time = 0;
		const emulator = await started(startOpenAI({ legacy: true, now: () => time }));
		const { body } = await post(emulator, generations, { model: 'dall-e-3', prompt: 'a hut' });
		const { url = '', revised_prompt: revised } = body.data?.[0] ?? {};
		assert.equal(revised, 'a hut, in detail');
		assert.equal((await fetch(url ?? '')).status, 200);
		time = 3_600_000;
		assert.equal((await fetch(url ?? '')).status, 403);
	});

	const limits: typeof refusals = [
		['dall-e-2 with 1001 characters', { prompt: 'a'.repeat(1001) }, [400, 'string_above_max_length', 'prompt']],
		['dall-e-2 in HD', { quality: 'hd' }, [400, 'invalid_value', 'quality']],
		['dall-e-2 with a style', { style: 'vivid' }, [400, 'unknown_parameter', 'style']],
		['dall-e-2 streaming', { stream: true }, [400, 'unknown_parameter', 'stream']],
		['dall-e-2 as WebP', { output_format: 'webp' }, [400, 'unknown_parameter', 'output_format']],
		['dall-e-2 on auto', { size: 'auto' }, [400, 'invalid_value', 'size']],
		['two of dall-e-3', { model: 'dall-e-3', n: 2 }, [400, 'integer_above_max_value', 'n']],
		[
			'4001 characters for dall-e-3',
			{ model: 'dall-e-3', prompt: 'a'.repeat(4001) },
			[400, 'string_above_max_length', 'prompt'],
		],
	];
	for (const [title, fields, refused] of limits) {
		it(`refuse ${title}`, async () => {
			await assertRefused(
				post(await legacy(), generations, { model: 'dall-e-2', prompt: 'a hut', ...fields }),
				refused,
			);
		});
	}
});
