import assert from 'node:assert/strict';
import { createOpenRouter } from '@openrouter/ai-sdk-provider';
import { generateText, streamText } from 'ai';
import OpenAI, { APIError } from 'openai';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from './emulator';
import { colourOf } from './pictures';
import { colourAt, emulators, opaque, pngOf, twoHalves } from './testing';
import { startVincony, vinconyKey } from './vincony';
import { pictureAt } from './vinconyTesting';

const prompt = 'a kiln';
const model = 'google/gemini-3.1-flash-image';

function clientOf({ baseUrl }: Emulator, apiKey = vinconyKey): OpenAI {
	return new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0 });
}

function modelOf({ baseUrl }: Emulator) {
	return createOpenRouter({ baseURL: baseUrl, apiKey: vinconyKey }).chat(model);
}

function asked(words = prompt) {
	return { model, messages: [{ role: 'user' as const, content: words }] };
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

describe("OpenAI's own client at Vincony", () => {
	const started = emulators();
	const start = async (options = {}) => started(startVincony(options));

	it('reads a completion', async () => {
		const emulator = await start({ shape: 'text-markdown-data' });
		const { choices, usage } = await clientOf(emulator).chat.completions.create(asked());
		const file = await pictureAt(choices[0]?.message.content);
		assert.deepEqual(await colourAt(file, 0.5), opaque(colourOf(prompt)));
		assert.equal(choices[0]?.finish_reason, 'stop');
		assert.equal(usage?.total_tokens, 1302);
	});

	it('reads a stream', async () => {
		const emulator = await start({ shape: 'text-base64' });
		const stream = await clientOf(emulator).chat.completions.create({ ...asked(), stream: true });
		const pieces: string[] = [];
		for await (const { choices } of stream) pieces.push(choices[0]?.delta.content ?? '');
		assert.ok(pieces.length > 3);
		const file = await pictureAt(pieces.join(''));
		assert.deepEqual(await colourAt(file, 0.5), opaque(colourOf(prompt)));
	});

	it('reads why there is no picture', async () => {
		const emulator = await start();
		const { choices } = await clientOf(emulator).chat.completions.create(asked(`${prompt} !refusal`));
		assert.deepEqual([choices[0]?.message.content, choices[0]?.message.refusal], [null, 'I cannot draw that.']);
	});

	it('hears errors, in the middle of a stream too', async () => {
		const emulator = await start();
		const failure = await failureOf(clientOf(emulator).chat.completions.create(asked(`${prompt} !quota`)));
		assert.equal(failure.status, 402);
		assert.match(failure.message, /exceeded your current quota/);
		const stranger = clientOf(emulator, 'other').chat.completions.create(asked());
		assert.equal((await failureOf(stranger)).status, 401);
		const images = clientOf(emulator).images.generate({ model, prompt });
		assert.equal((await failureOf(images)).status, 404);
		const words = asked(`${prompt} !error-frame`);
		const stream = await clientOf(emulator).chat.completions.create({ ...words, stream: true });
		const reading = (async () => {
			for await (const { choices } of stream) assert.ok(choices[0]);
		})();
		await failureOf(reading);
	});
});

describe("OpenRouter's client at Vincony", () => {
	const started = emulators();
	const start = async (options = {}) => started(startVincony(options));

	it('finds the images of a message', async () => {
		const emulator = await start({ shape: 'images-url-object' });
		const { files, text } = await generateText({ model: modelOf(emulator), prompt });
		assert.equal(text, 'Here it is.');
		const [file = assert.fail()] = files;
		assert.equal(file.mediaType, 'image/png');
		assert.deepEqual(await colourAt(file.uint8Array, 0.5), opaque(colourOf(prompt)));
	});

	it('finds the images of a stream', async () => {
		const emulator = await start({ shape: 'images-url-object' });
		const [file = assert.fail()] = await streamText({ model: modelOf(emulator), prompt }).files;
		assert.deepEqual(await colourAt(file.uint8Array, 0.5), opaque(colourOf(prompt)));
		assert.deepEqual(emulator.requests[0]?.fields['stream'], true);
	});

	it('edits', async () => {
		const emulator = await start({ shape: 'images-url-object' });
		const image = pngOf(twoHalves(320, 200));
		const content = [
			{ type: 'text' as const, text: prompt },
			{ type: 'image' as const, image },
		];
		const { files } = await generateText({ model: modelOf(emulator), messages: [{ role: 'user', content }] });
		const [file = assert.fail()] = files;
		assert.deepEqual(sniff(file.uint8Array), { format: 'png', width: 320, height: 200 });
		assert.notDeepEqual(await colourAt(file.uint8Array, 0.25), await colourAt(file.uint8Array, 0.75));
	});

	it('hears refusals', async () => {
		const emulator = await start();
		const work = generateText({ model: modelOf(emulator), prompt: `${prompt} !quota`, maxRetries: 0 });
		await assert.rejects(work, { statusCode: 402 });
		assert.equal(emulator.charges, 0);
	});
});
