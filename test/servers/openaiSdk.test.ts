import assert from 'node:assert/strict';
import OpenAI, {
	APIError,
	APIUserAbortError,
	AuthenticationError,
	BadRequestError,
	NotFoundError,
	toFile,
} from 'openai';
import { sniff } from '../../src/image/sniff';
import { json } from './answer';
import type { Emulator } from './emulator';
import { startOpenAI } from './openai';
import { colourOf } from './pictures';
import { colourAt, emulators, opaque, openaiKey, pngOf, rightHalf, twoHalves } from './testing';

function clientOf(emulator: Emulator, apiKey = openaiKey): OpenAI {
	return new OpenAI({ baseURL: emulator.baseUrl, apiKey });
}

async function failureOf(work: PromiseLike<unknown>): Promise<APIError> {
	try {
		await work;
	} catch (error) {
		assert.ok(error instanceof APIError);
		return error;
	}
	return assert.fail('It did not fail.');
}

function bytesOf(text: string | undefined): Uint8Array {
	return Buffer.from(text ?? '', 'base64');
}

describe("OpenAI's own client", () => {
	const started = emulators();

	it('makes pictures that show what was asked for', async () => {
		const emulator = await started(startOpenAI());
		const prompt = 'a fox at dawn';
		const answer = await clientOf(emulator).images.generate({
			model: 'gpt-image-2',
			prompt,
			n: 2,
			size: '1536x1024',
			quality: 'low',
		});
		assert.equal(answer.data?.length, 2);
		for (const [index, picture] of (answer.data ?? []).entries()) {
			const file = bytesOf(picture.b64_json);
			assert.deepEqual(sniff(file), { format: 'png', width: 1536, height: 1024 });
			assert.deepEqual(await colourAt(file, 0.5), opaque(colourOf(prompt, index)));
		}
		assert.equal(answer.size, '1536x1024');
		assert.equal(answer.quality, 'low');
		assert.equal(answer.usage?.output_tokens, 334);
		assert.match(answer._request_id ?? '', /^req_/);
		assert.equal(emulator.charges, 1);
	});

	it('edits behind a mask, which guides and does not hold', async () => {
		const emulator = await started(startOpenAI());
		const source = pngOf(twoHalves(1024, 640));
		const prompt = 'a green door';
		const answer = await clientOf(emulator).images.edit({
			model: 'gpt-image-2.6-sunburst',
			prompt,
			image: [
				await toFile(source, 'source.png', { type: 'image/png' }),
				await toFile(source, 'b.png', { type: 'image/png' }),
			],
			mask: await toFile(pngOf(rightHalf(1024, 640)), 'mask.png', { type: 'image/png' }),
		});
		const file = bytesOf(answer.data?.[0]?.b64_json);
		assert.deepEqual(sniff(file), { format: 'png', width: 1024, height: 640 });
		assert.deepEqual(await colourAt(file, 0.75), opaque(colourOf(prompt)));
		const [kept, original] = [await colourAt(file, 0.25), await colourAt(source, 0.25)];
		assert.notDeepEqual(kept, original);
		assert.ok(kept.every((value, channel) => Math.abs(value - (original[channel] ?? 0)) <= 3));
		assert.equal(answer.usage?.input_tokens_details.image_tokens, 646);
		const [request] = emulator.requests;
		assert.deepEqual(Object.keys(request?.form ?? {}).toSorted(), ['image[]', 'mask', 'model', 'prompt']);
		assert.equal(request?.form?.['image[]']?.length, 2);
	});

	it('streams partial pictures and the whole one', async () => {
		const emulator = await started(startOpenAI());
		const stream = await clientOf(emulator).images.generate({
			model: 'gpt-image-2',
			prompt: 'a tide',
			stream: true,
			partial_images: 2,
			n: 2,
		});
		const events: string[] = [];
		for await (const step of stream) {
			events.push(step.type === 'image_generation.completed' ? 'whole' : `partial ${step.partial_image_index}`);
			assert.deepEqual(sniff(bytesOf(step.b64_json)), { format: 'png', width: 1024, height: 1024 });
		}
		assert.deepEqual(events, ['partial 0', 'partial 1', 'whole', 'partial 0', 'partial 1', 'whole']);
	});

	it('streams edits', async () => {
		const emulator = await started(startOpenAI());
		const stream = await clientOf(emulator).images.edit({
			model: 'gpt-image-2',
			prompt: 'a tide',
			image: await toFile(pngOf(twoHalves(1024, 1024)), 'a.png', { type: 'image/png' }),
			stream: true,
			partial_images: 1,
		});
		const types: string[] = [];
		for await (const step of stream) types.push(step.type);
		assert.deepEqual(types, ['image_edit.partial_image', 'image_edit.completed']);
	});

	it('throws where a stream says that it failed', async () => {
		const emulator = await started(startOpenAI());
		const stream = await clientOf(emulator).images.generate({
			model: 'gpt-image-2',
			prompt: '!stream-error',
			stream: true,
			partial_images: 1,
		});
		const seen: string[] = [];
		const failure = await failureOf(
			(async () => {
				for await (const step of stream) seen.push(step.type);
			})(),
		);
		assert.deepEqual(seen, ['image_generation.partial_image']);
		assert.match(failure.message, /server had an error/);
	});

	it('tells refusals apart, with the id of the request', async () => {
		const emulator = await started(startOpenAI());
		const images = clientOf(emulator).images;
		const blocked = await failureOf(images.generate({ model: 'gpt-image-2', prompt: 'a duel !moderation' }));
		assert.ok(blocked instanceof BadRequestError);
		assert.equal(blocked.code, 'moderation_blocked');
		assert.equal(blocked.type, 'image_generation_user_error');
		assert.match(blocked.requestID ?? '', /^req_/);
		const retired = await failureOf(images.generate({ model: 'dall-e-3', prompt: 'a duel' }));
		assert.ok(retired instanceof NotFoundError);
		assert.deepEqual([retired.code, retired.param], ['model_not_found', 'model']);
		const stranger = clientOf(emulator, 'another').images.generate({ model: 'gpt-image-2', prompt: 'a duel' });
		assert.ok((await failureOf(stranger)) instanceof AuthenticationError);
		assert.equal(emulator.charges, 0);
	});

	it('tries again after 429, and after a 500 that had been charged', async () => {
		const emulator = await started(startOpenAI());
		const images = clientOf(emulator).images;
		await images.generate({ model: 'gpt-image-2', prompt: 'a kite !rate-limit-now' });
		assert.equal(emulator.requests.length, 2);
		assert.equal(emulator.charges, 1);
		const headers = { 'retry-after-ms': '1' };
		emulator.fail({ says: '500 at once', answer: () => json(500, {}, headers) }, { times: 2 });
		await images.generate({ model: 'gpt-image-2', prompt: 'a kite' });
		assert.equal(emulator.requests.length, 5);
		assert.equal(emulator.charges, 4);
		assert.deepEqual(
			emulator.requests.slice(2).map(({ headers }) => headers['x-stainless-retry-count']),
			['0', '1', '2'],
		);
	});

	it('reaches what was retired in legacy mode', async () => {
		const emulator = await started(startOpenAI({ legacy: true }));
		const images = clientOf(emulator).images;
		const answer = await images.generate({ model: 'dall-e-2', prompt: 'a barn', size: '256x256' });
		const file = new Uint8Array(await (await fetch(answer.data?.[0]?.url ?? '')).arrayBuffer());
		assert.deepEqual(sniff(file), { format: 'png', width: 256, height: 256 });
		const varied = await images.createVariation({
			image: await toFile(file, 'barn.png', { type: 'image/png' }),
			size: '512x512',
			response_format: 'b64_json',
		});
		assert.deepEqual(sniff(bytesOf(varied.data?.[0]?.b64_json)), { format: 'png', width: 512, height: 512 });
	});

	it('lists models, those that are about to go with their day', async () => {
		const emulator = await started(startOpenAI());
		const client = clientOf(emulator);
		const ids: string[] = [];
		for await (const model of client.models.list()) ids.push(model.id);
		assert.ok(ids.includes('gpt-image-2.6-flare') && ids.includes('gpt-5') && !ids.includes('gpt-image-1'));
		const model = await client.models.retrieve('gpt-image-1.5');
		assert.deepEqual(Object.entries(model).at(-1), ['shutdown_date', '2026-12-01']);
	});

	it('does not wait for a connection that hangs when it is told to stop', async () => {
		const emulator = await started(startOpenAI());
		const stop = new AbortController();
		const waiting = clientOf(emulator).images.generate(
			{ model: 'gpt-image-2', prompt: 'a fog !hang' },
			{ signal: stop.signal },
		);
		const failure = failureOf(waiting);
		while (emulator.charges === 0) await new Promise(setImmediate);
		stop.abort();
		assert.ok((await failure) instanceof APIUserAbortError);
	});
});
