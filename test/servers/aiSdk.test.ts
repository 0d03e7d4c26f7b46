import assert from 'node:assert/strict';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateImage, type GenerateImageResult } from 'ai';
import { sniff } from '../../src/image/sniff';
import { type CustomKind, startCustom } from './custom';
import { startLumenfall } from './lumenfall';
import { startOpenAI } from './openai';
import { colourOf } from './pictures';
import { colourAt, emulators, lumenfallKey, opaque, openaiKey, pngOf, rightHalf, twoHalves } from './testing';

function filesOf({ images }: GenerateImageResult): Uint8Array[] {
	return images.map(({ uint8Array }) => uint8Array);
}

function only(files: readonly Uint8Array[]): Uint8Array {
	assert.equal(files.length, 1);
	return files[0] ?? assert.fail();
}

describe("Vercel's client", () => {
	const started = emulators();
	const source = pngOf(twoHalves(1024, 1024));
	const mask = pngOf(rightHalf(1024, 1024));

	it('makes pictures at OpenAI', async () => {
		const emulator = await started(startOpenAI());
		const provider = createOpenAI({ baseURL: emulator.baseUrl, apiKey: openaiKey });
		const files = filesOf(
			await generateImage({ model: provider.image('gpt-image-2'), prompt: 'a kiln', n: 3, size: '1024x1536' }),
		);
		assert.deepEqual(
			files.map((file) => sniff(file)),
			Array.from({ length: 3 }, () => ({ format: 'png', width: 1024, height: 1536 })),
		);
		assert.equal(emulator.charges, 1);
	});

	it('edits behind a mask at OpenAI', async () => {
		const emulator = await started(startOpenAI());
		const provider = createOpenAI({ baseURL: emulator.baseUrl, apiKey: openaiKey });
		const prompt = { images: [source], text: 'a kiln', mask };
		const file = only(filesOf(await generateImage({ model: provider.image('gpt-image-2.5-flare'), prompt })));
		assert.deepEqual(await colourAt(file, 0.75), opaque(colourOf('a kiln')));
	});

	it('makes pictures and edits through Lumenfall', async () => {
		const emulator = await started(startLumenfall({ perturbs: 'not' }));
		const provider = createOpenAICompatible({ name: 'lumenfall', baseURL: emulator.baseUrl, apiKey: lumenfallKey });
		const model = provider.imageModel('dall-e-2');
		const file = only(filesOf(await generateImage({ model, prompt: 'a kiln', size: '512x512' })));
		assert.deepEqual(sniff(file), { format: 'png', width: 512, height: 512 });
		const prompt = { images: [source], text: 'a kiln', mask };
		const edited = only(filesOf(await generateImage({ model, prompt })));
		assert.deepEqual(await colourAt(edited, 0.75), opaque(colourOf('a kiln')));
		assert.deepEqual(await colourAt(edited, 0.25), await colourAt(source, 0.25), 'kept to the bit');
	});

	for (const kind of ['sd-cpp', 'localai', 'vllm-omni', 'sglang'] as const satisfies readonly CustomKind[]) {
		it(`makes pictures on ${kind}, without a key`, async () => {
			const emulator = await started(startCustom(kind));
			const provider = createOpenAICompatible({ name: kind, baseURL: emulator.baseUrl });
			const model = provider.imageModel('any');
			const file = only(filesOf(await generateImage({ model, prompt: 'a kiln', size: '640x512' })));
			assert.deepEqual(sniff(file), { format: 'png', width: 640, height: 512 });
			assert.equal(emulator.requests[0]?.headers['authorization'], undefined);
		});
	}

	it('edits on sd-cpp', async () => {
		const emulator = await started(startCustom('sd-cpp', { perturbs: 'not' }));
		const provider = createOpenAICompatible({ name: 'local', baseURL: emulator.baseUrl });
		const prompt = { images: [source], text: 'a kiln', mask };
		const file = only(filesOf(await generateImage({ model: provider.imageModel('any'), prompt })));
		assert.deepEqual(await colourAt(file, 0.75), opaque(colourOf('a kiln')));
		assert.deepEqual(await colourAt(file, 0.25), await colourAt(source, 0.25));
	});

	it('says so where a charged answer holds nothing', async () => {
		const emulator = await started(startOpenAI());
		const provider = createOpenAI({ baseURL: emulator.baseUrl, apiKey: openaiKey });
		const work = generateImage({ model: provider.image('gpt-image-2'), prompt: 'a kiln !empty', maxRetries: 0 });
		await assert.rejects(work, /No image generated/);
		assert.equal(emulator.charges, 1);
	});
});
