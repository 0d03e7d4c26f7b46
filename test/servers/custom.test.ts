import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import { type CustomKind, type CustomOptions, startCustom } from './custom';
import type { Emulator } from './emulator';
import { colourOf } from './pictures';
import {
	blob,
	colourAt,
	emulators,
	formOf,
	get,
	opaque,
	pictureIn,
	pngOf,
	post,
	rightHalf,
	twoHalves,
} from './testing';

const generations = '/images/generations';
const edits = '/images/edits';
const inline = { response_format: 'b64_json' };
const source = pngOf(twoHalves(128, 96));
const mask = pngOf(rightHalf(128, 96));

const started = emulators();
const start = async (kind: CustomKind, options?: CustomOptions) => started(startCustom(kind, options));

async function sizeOf(emulator: Emulator, size: string): Promise<string> {
	const answer = await post(emulator, generations, { model: 'any', prompt: 'a reef', size, ...inline });
	const found = sniff(pictureIn(answer));
	return `${found?.width}x${found?.height}`;
}

describe('sd-cpp', () => {
	it('has a size of its own where it cannot read one, and rounds nothing', async () => {
		const emulator = await start('sd-cpp');
		assert.equal(await sizeOf(emulator, 'auto'), '512x512');
		assert.equal(await sizeOf(emulator, '333x111'), '333x111');
	});

	it('reads the seed out of the prompt', async () => {
		const emulator = await start('sd-cpp');
		const prompt = 'a reef <sd_cpp_extra_args>{"seed":42,"sample_params":{"sample_steps":20}}</sd_cpp_extra_args>';
		const answer = await post(emulator, generations, { prompt, seed: 7 });
		assert.deepEqual(await colourAt(pictureIn(answer), 0.5), opaque(colourOf('a reef', 0, 42)));
	});

	it('reads masks by light: white is repainted, alpha means nothing', async () => {
		const emulator = await start('sd-cpp', { perturbs: 'not' });
		const edit = async (area: Uint8Array<ArrayBuffer>) =>
			pictureIn(await post(emulator, edits, formOf({ prompt: 'a reef', 'image[]': blob(source), mask: blob(area) })));
		for (const area of [mask, pngOf(rightHalf(128, 96), 3)]) {
			const picture = await edit(area);
			assert.deepEqual(await colourAt(picture, 0.75), opaque(colourOf('a reef')));
			assert.deepEqual(await colourAt(picture, 0.25), await colourAt(source, 0.25));
		}
		const blackened = rightHalf(128, 96);
		for (let at = 0; at < blackened.data.length; at += 4) blackened.data.fill(0, at, at + 3);
		const untouched = await edit(pngOf(blackened));
		assert.deepEqual(await colourAt(untouched, 0.75), await colourAt(source, 0.75), 'clear and black is kept');
	});

	it('says errors as text', async () => {
		const emulator = await start('sd-cpp');
		const errorOf = async (body: object, path = generations) => (await post(emulator, path, body)).body.error;
		assert.equal(await errorOf({ prompt: '' }), 'prompt required');
		assert.equal(await errorOf({ prompt: 'a <lora:x:1>' }), 'lora tags are not supported in the prompt');
		assert.equal(await errorOf({ prompt: 'a <sd_cpp_extra_args>{</sd_cpp_extra_args>' }), 'invalid sd_cpp_extra_args');
		const webp = formOf({ prompt: 'a', image: blob(source), output_format: 'webp' });
		assert.equal(await errorOf(webp, edits), 'invalid output_format, must be one of [png, jpeg]');
		assert.equal(await errorOf(formOf({ prompt: 'a' }), edits), 'image[] required');
		assert.equal(await errorOf({ prompt: 'a !503-once' }), 'server_error');
	});

	it('lists its model without saying that it lists', async () => {
		const emulator = await start('sd-cpp');
		const { body } = await get(emulator, `${emulator.baseUrl}/models`);
		assert.deepEqual(body, { data: [{ id: 'sd-cpp-local', object: 'model', owned_by: 'local' }] });
	});
});

describe('localai', () => {
	it('gives addresses, always of PNG', async () => {
		const emulator = await start('localai');
		const fields = { model: 'any', prompt: 'a reef|blur', size: '64x32', output_format: 'webp' };
		const { body } = await post(emulator, generations, fields);
		const url = body.data?.[0]?.url ?? '';
		assert.match(url, /\/generated-images\/b64\w+\.png$/);
		const file = new Uint8Array(await (await fetch(url)).arrayBuffer());
		assert.deepEqual(sniff(file), { format: 'png', width: 64, height: 32 });
		assert.deepEqual(await colourAt(file, 0.5), opaque(colourOf('a reef')));
	});

	it('starts from a picture in base64', async () => {
		const emulator = await start('localai');
		const file = Buffer.from(source).toString('base64');
		const answer = await post(emulator, generations, {
			model: 'any',
			prompt: 'a reef',
			size: '128x96',
			file,
			...inline,
		});
		assert.notDeepEqual(await colourAt(pictureIn(answer), 0.25), await colourAt(pictureIn(answer), 0.75));
	});

	it('needs a model, and knows no edits', async () => {
		const emulator = await start('localai');
		const { status, body } = await post(emulator, generations, { prompt: 'a reef' });
		assert.deepEqual([status, body.error], [400, { code: 400, message: 'no model specified', type: '' }]);
		assert.equal((await post(emulator, edits, formOf({ prompt: 'a reef' }))).status, 404);
	});

	it('paints over in one size', async () => {
		const emulator = await start('localai');
		const form = formOf({ model: 'any', prompt: 'a reef', image: blob(source), mask: blob(mask) });
		const { body } = await post(emulator, '/images/inpainting', form);
		const file = new Uint8Array(await (await fetch(body.data?.[0]?.url ?? '')).arrayBuffer());
		assert.deepEqual(sniff(file), { format: 'png', width: 512, height: 512 });
		assert.deepEqual(await colourAt(file, 0.75), opaque(colourOf('a reef')));
	});

	it('takes no size for a small square', async () => {
		assert.equal(await sizeOf(await start('localai'), 'auto'), '512x512');
	});
});

describe('vllm-omni', () => {
	it('draws on a grid of 16', async () => {
		const emulator = await start('vllm-omni');
		assert.equal(await sizeOf(emulator, '100x50'), '96x48');
		assert.equal(await sizeOf(emulator, 'auto'), '1024x1024');
	});

	it('draws by seed', async () => {
		const emulator = await start('vllm-omni');
		const answer = await post(emulator, generations, { prompt: 'a reef', size: '64x64', seed: 5 });
		assert.deepEqual(await colourAt(pictureIn(answer), 0.5), opaque(colourOf('a reef', 0, 5)));
		assert.deepEqual(Object.keys(answer.body.data?.[0] ?? {}), ['b64_json', 'url', 'revised_prompt']);
	});

	it("calls the mask by another name, and passes over OpenAI's", async () => {
		const emulator = await start('vllm-omni');
		const edit = async (name: string) =>
			pictureIn(await post(emulator, edits, formOf({ prompt: 'a reef', image: blob(source), [name]: blob(mask) })));
		assert.deepEqual(await colourAt(await edit('mask_image'), 0.75), opaque(colourOf('a reef')));
		assert.notDeepEqual(await colourAt(await edit('mask'), 0.75), opaque(colourOf('a reef')));
	});

	it('takes several pictures under either name', async () => {
		const emulator = await start('vllm-omni');
		for (const name of ['image', 'image[]']) {
			const form = formOf({ prompt: 'a reef', [name]: [blob(source), blob(source)] });
			assert.equal((await post(emulator, edits, form)).status, 200, name);
		}
	});

	it('gives the bare file where it is asked to', async () => {
		const emulator = await start('vllm-omni');
		const response = await fetch(`${emulator.baseUrl}${generations}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ prompt: 'a reef', size: '64x64', response_format: 'file' }),
		});
		assert.match(response.headers.get('content-disposition') ?? '', /^attachment/);
		assert.equal(sniff(new Uint8Array(await response.arrayBuffer()))?.width, 64);
	});

	it('says errors as FastAPI does, as text and as a list', async () => {
		const emulator = await start('vllm-omni');
		const url = await post(emulator, generations, { prompt: 'a reef', response_format: 'url' });
		assert.equal(url.status, 422);
		const message = "Input should be 'b64_json' or 'file'";
		assert.deepEqual(url.body.detail, [{ loc: ['body', 'response_format'], msg: message, type: 'value_error' }]);
		const size = await post(emulator, generations, { prompt: 'a reef', size: 'large' });
		assert.deepEqual([size.status, typeof size.body.detail], [400, 'string']);
	});
});

describe('sglang', () => {
	it('gives relative addresses, and paths that are none of ours', async () => {
		const emulator = await start('sglang');
		const { body } = await post(emulator, generations, { prompt: 'a reef', size: '64x64' });
		const [first] = body.data ?? [];
		assert.match(first?.url ?? '', /^\/v1\/images\/\w+\/content$/);
		assert.equal(first?.['revised_prompt'], 'a reef');
		const file = new Uint8Array(await (await fetch(new URL(first?.url ?? '', emulator.origin))).arrayBuffer());
		assert.equal(sniff(file)?.width, 64);
	});

	it('edits', async () => {
		const emulator = await start('sglang');
		const form = formOf({ prompt: 'a reef', 'image[]': blob(source), mask: blob(mask), ...inline });
		assert.deepEqual(await colourAt(pictureIn(await post(emulator, edits, form)), 0.75), opaque(colourOf('a reef')));
		const { status, body } = await post(emulator, edits, formOf({ prompt: 'a reef' }));
		assert.deepEqual([status, body.detail], [400, "Field 'image' or 'url' is required"]);
	});
});

describe('strict', () => {
	const fields = { model: 'any', prompt: 'a reef', image: blob(source), ...inline };

	it('reads masks by alpha, as OpenAI does', async () => {
		const emulator = await start('strict');
		const edit = async (area: Uint8Array<ArrayBuffer>) =>
			pictureIn(await post(emulator, edits, formOf({ ...fields, mask: blob(area) })));
		assert.deepEqual(await colourAt(await edit(mask), 0.75), opaque(colourOf('a reef')));
		const opaqueMask = pngOf(rightHalf(128, 96), 3);
		assert.notDeepEqual(await colourAt(await edit(opaqueMask), 0.75), opaque(colourOf('a reef')), 'white is not clear');
	});

	it('refuses what it does not know, by name', async () => {
		const emulator = await start('strict');
		const { status, body } = await post(emulator, edits, formOf({ ...fields, mask_image: blob(mask) }));
		const message = 'Extra inputs are not permitted';
		assert.deepEqual(
			[status, body.detail],
			[422, [{ loc: ['body', 'mask_image'], msg: message, type: 'extra_forbidden' }]],
		);
		assert.equal((await post(emulator, generations, { prompt: 'a reef', steps: 4 })).status, 422);
		assert.equal(emulator.charges, 0);
	});
});

describe('every local server', () => {
	for (const kind of ['sd-cpp', 'localai', 'vllm-omni', 'sglang', 'strict'] as const) {
		it(`${kind} refuses a size that it has no room for`, async () => {
			const body = { model: 'any', prompt: 'a reef', size: '999999x999999' };
			assert.equal((await post(await start(kind), generations, body)).status, 400);
		});

		it(`${kind} asks for a key where it has one`, async () => {
			const emulator = await start(kind, { key: 'secret' });
			const body = { model: 'any', prompt: 'a reef', size: '64x64' };
			assert.equal((await post(emulator, generations, body, { authorization: '' })).status, 401);
			assert.equal((await post(emulator, generations, body, { authorization: 'Bearer secret' })).status, 200);
			assert.equal(emulator.charges, 1);
		});
	}
});
