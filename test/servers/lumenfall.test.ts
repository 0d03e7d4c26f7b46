import assert from 'node:assert/strict';
import * as z from 'zod';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from './emulator';
import { startLumenfall } from './lumenfall';
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
const inline = { response_format: 'b64_json' };

async function refusal(answering: ReturnType<typeof post>): Promise<unknown[]> {
	const { status, body } = await answering;
	const error = z.strictObject({ message: z.string(), type: z.string(), code: z.string() }).parse(body.error);
	return [status, error.code, error.message];
}

async function sizeFor(emulator: Emulator, fields: object): Promise<string> {
	const answer = await post(emulator, generations, {
		model: 'gemini-3-pro-image',
		prompt: 'a well',
		...inline,
		...fields,
	});
	const { width, height } = sniff(pictureIn(answer)) ?? {};
	assert.equal(answer.body['size'], `${width}x${height}`);
	return `${width}x${height}`;
}

describe('the emulator of Lumenfall', () => {
	const started = emulators();
	const start = async () => started(startLumenfall());

	it('gives addresses of its own, unless it is asked for the bytes', async () => {
		const emulator = await start();
		const { body, headers } = await post(emulator, generations, { model: 'gpt-image-2', prompt: 'a well' });
		const url = body.data?.[0]?.url ?? '';
		assert.ok(url.startsWith(`${emulator.origin}/media/`));
		const file = new Uint8Array(await (await fetch(url)).arrayBuffer());
		assert.deepEqual(await colourAt(file, 0.5), opaque(colourOf('a well')));
		const { metadata } = z.object({ metadata: z.object({ cost: z.number(), executed_model: z.string() }) }).parse(body);
		assert.deepEqual(metadata, { cost: 0.053, executed_model: 'openai/gpt-image-2' });
		assert.equal(headers.get('x-lumenfall-provider'), 'openai');
		assert.equal(headers.get('x-lumenfall-model'), 'openai/gpt-image-2');
		assert.equal(headers.get('x-lumenfall-request-id'), body['id']);
	});

	it('takes sizes as pixels, as ratio and as resolution', async () => {
		const emulator = await start();
		assert.equal(await sizeFor(emulator, { size: '640x512' }), '640x512');
		assert.equal(await sizeFor(emulator, { size: '16:9' }), '1360x768');
		assert.equal(await sizeFor(emulator, { aspect_ratio: '9:16' }), '768x1360');
		assert.equal(await sizeFor(emulator, { aspect_ratio: '1:1', resolution: '2K' }), '2048x2048');
		assert.equal(await sizeFor(emulator, {}), '1024x1024');
	});

	it('converts sizes to those that the model knows', async () => {
		const emulator = await start();
		assert.equal(await sizeFor(emulator, { model: 'dall-e-2', size: '500x500' }), '512x512');
		assert.equal(await sizeFor(emulator, { model: 'gpt-image-1.5', size: '16:9' }), '1536x1024');
	});

	it('encodes in every format for every model', async () => {
		const emulator = await start();
		for (const format of ['png', 'jpeg', 'gif', 'webp', 'avif']) {
			const fields = { model: 'replicate/dall-e-2', prompt: 'a well', size: '256x256', output_format: format };
			const answer = await post(emulator, generations, { ...inline, ...fields });
			assert.deepEqual(sniff(pictureIn(answer)), { format, width: 256, height: 256 });
		}
		const large = { model: 'gpt-image-2', prompt: 'a well', size: '2048x1024', output_format: 'avif' };
		assert.deepEqual((await refusal(post(emulator, generations, large))).slice(0, 2), [400, 'INVALID_REQUEST']);
	});

	it('passes on what it does not know', async () => {
		const emulator = await start();
		const fields = { model: 'flux.1-schnell', prompt: 'a well', guidance_scale: 3, seed: 7, quality: 'hd' };
		assert.equal((await post(emulator, generations, fields)).status, 200);
		assert.deepEqual(Object.keys(emulator.requests[0]?.fields ?? {}), Object.keys(fields));
	});

	it('estimates without making or billing anything', async () => {
		const emulator = await start();
		const { body } = await post(emulator, `${generations}?dryRun=true`, {
			model: 'gemini-3-pro-image',
			prompt: 'a well',
			n: 2,
		});
		assert.equal(body['total_cost_micros'], 80_000);
		assert.equal(body.data, undefined);
		assert.equal(emulator.charges, 0);
	});

	it('bills what it makes', async () => {
		const emulator = await start();
		await post(emulator, generations, { model: 'gemini-3-pro-image', prompt: 'a well', n: 2 });
		const { body } = await get(emulator, `${emulator.origin}/v1/balance`);
		assert.deepEqual(body['available'], { amount: 24.92, currency: 'USD' });
	});

	it('lists models, and describes one', async () => {
		const emulator = await start();
		const { body } = await get(emulator, `${emulator.baseUrl}/models`);
		assert.ok(body.data?.some((model) => model['id'] === 'dall-e-2'));
		const plain = await get(emulator, `${emulator.baseUrl}/models/dall-e-2`);
		assert.equal(plain.body['schema'], undefined);
		const detailed = await get(emulator, `${emulator.baseUrl}/models/dall-e-2?schema=true`);
		assert.equal(typeof detailed.body['schema'], 'object');
	});

	it('refuses in its own words', async () => {
		const emulator = await start();
		const ask = async (fields: object, headers = {}) =>
			refusal(post(emulator, generations, { model: 'gpt-image-2', prompt: 'a well', ...fields }, headers));
		assert.deepEqual(await ask({ model: 'gpt-image-3' }), [
			404,
			'MODEL_NOT_FOUND',
			"Model 'gpt-image-3' not found. Did you mean 'gpt-image-2'?",
		]);
		assert.deepEqual((await ask({ model: 'vertex/dall-e-2' })).slice(0, 2), [404, 'MODEL_NOT_FOUND']);
		assert.deepEqual((await ask({ model: 'gpt-image-1' })).slice(0, 2), [404, 'MODEL_DISABLED']);
		assert.deepEqual(await ask({ prompt: 'a'.repeat(1001) }), [
			400,
			'INVALID_REQUEST',
			'prompt: Too big: expected string to have <=1000 characters',
		]);
		assert.deepEqual((await ask({ model: 'x/openai/gpt-image-2' })).slice(0, 2), [404, 'MODEL_NOT_FOUND']);
		for (const size of ['999999x999999', '20000x16', '0x1024', '1:0']) {
			assert.deepEqual((await ask({ size })).slice(0, 2), [400, 'INVALID_REQUEST'], size);
		}
		assert.deepEqual((await ask({ n: 11 })).slice(0, 2), [400, 'INVALID_REQUEST']);
		const other = { authorization: 'Bearer other' };
		assert.deepEqual((await ask({}, other)).slice(0, 2), [401, 'AUTHENTICATION_FAILED']);
		assert.equal(emulator.charges, 0);
	});

	it('says faults in its own words', async () => {
		const emulator = await start();
		const wanted = {
			moderation: [400, 'CONTENT_POLICY_VIOLATION'],
			quota: [402, 'INSUFFICIENT_BALANCE'],
			'rate-limit': [429, 'RATE_LIMITED'],
			billing: [402, 'INSUFFICIENT_BALANCE'],
			'503-once': [503, 'INTERNAL_ERROR'],
			exhausted: [502, 'ALL_PROVIDERS_EXHAUSTED'],
			unverified: [403, 'UPSTREAM_ERROR'],
		};
		for (const [name, expected] of Object.entries(wanted)) {
			const fields = { model: 'gpt-image-2', prompt: `a well !${name}` };
			assert.deepEqual((await refusal(post(emulator, generations, fields))).slice(0, 2), expected);
		}
	});

	it('answers a page at the wrong base', async () => {
		const emulator = await start();
		const response = await fetch(`${emulator.origin}/v1/images/generations`, { method: 'POST' });
		assert.equal(response.status, 404);
		assert.match(await response.text(), /<html>/);
	});
});

describe('edits at the emulator of Lumenfall', () => {
	const started = emulators();
	const source = pngOf(twoHalves(512, 512));
	const mask = blob(pngOf(rightHalf(512, 512)));
	const fields = { prompt: 'a well', size: '512x512', ...inline };

	it('heed a mask where the provider does', async () => {
		const emulator = await started(startLumenfall({ perturbs: 'not' }));
		const edit = async (model: string) =>
			pictureIn(await post(emulator, '/images/edits', formOf({ ...fields, model, image: blob(source), mask })));
		assert.deepEqual(await colourAt(await edit('dall-e-2'), 0.25), await colourAt(source, 0.25));
		assert.deepEqual(await colourAt(await edit('gpt-image-2'), 0.75), opaque(colourOf('a well')));
		assert.notDeepEqual(await colourAt(await edit('gemini-3-pro-image'), 0.75), opaque(colourOf('a well')));
	});

	it('refuse JSON, models that cannot, and several images where one is known', async () => {
		const emulator = await started(startLumenfall());
		const edit = async (body: object) => (await refusal(post(emulator, '/images/edits', body)))[1];
		const form = (model: string) => formOf({ ...fields, model, 'image[]': [blob(source), blob(source)] });
		assert.equal(await edit({ ...fields, model: 'dall-e-2', images: [] }), 'INVALID_REQUEST');
		assert.equal(await edit(form('flux.1-schnell')), 'INVALID_REQUEST');
		assert.equal(await edit(form('dall-e-2')), 'INVALID_REQUEST');
		assert.equal((await post(emulator, '/images/edits', form('gpt-image-2'))).status, 200);
	});
});
