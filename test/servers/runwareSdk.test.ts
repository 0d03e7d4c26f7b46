import assert from 'node:assert/strict';
import path from 'node:path';
import type { createRunware as CreateRunware } from '@runware/ai-sdk-provider';
import { generateImage, type GenerateImageResult } from 'ai';
import * as z from 'zod';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from './emulator';
import { colourOf } from './pictures';
import { runwareKey, startRunware } from './runware';
import { runwareFaults } from './runwareFaults';
import { colourAt, emulators, opaque } from './testing';

/** The file that the package names for `require` is none that Node can read as such; the one beside it is. */
const file = path.join(path.dirname(require.resolve('@runware/ai-sdk-provider')), 'index.mjs');
const isCreator = (value: unknown): boolean => typeof value === 'function';
const { createRunware } = z.object({ createRunware: z.custom<typeof CreateRunware>(isCreator) }).parse(require(file));

async function made(emulator: Emulator, model: string, settings: object, n = 1): Promise<GenerateImageResult> {
	const provider = createRunware({ apiKey: runwareKey, baseURL: emulator.baseUrl });
	const image = provider.image(model, { maxImagesPerCall: 4, ...settings });
	return generateImage({ model: image, prompt: 'a kiln', n, size: '256x128', maxRetries: 0 });
}

/**
 * Runware's own client for Vercel's library. It always sends the obsolete `checkNSFW`, which no current model's table
 * names; it demands a seed, which only SD and FLUX give; it looks for `error`, where the API says `errors`.
 */
describe("Runware's client", () => {
	const started = emulators();
	const start = async () => started(startRunware({ takesCheckNSFW: true }));
	const schnell = 'runware:100@1';

	// It tells every answer, pictures and all, as a warning.
	before(() => Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false }));
	after(() => Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: undefined }));

	for (const outputType of ['URL', 'base64Data', 'dataURI'] as const) {
		it(`makes pictures with ${outputType}`, async () => {
			const emulator = await start();
			const { images } = await made(emulator, schnell, { outputType }, 2);
			for (const [index, { uint8Array }] of images.entries()) {
				assert.deepEqual(sniff(uint8Array), { format: 'png', width: 256, height: 128 });
				assert.deepEqual(await colourAt(uint8Array, 0.5), opaque(colourOf('a kiln', index)));
			}
			assert.deepEqual([images.length, emulator.charges], [2, 1]);
		});
	}

	it('does not send its key where the pictures are', async () => {
		const emulator = await start();
		await made(emulator, schnell, { outputType: 'URL' });
		const seen = emulator.requests.map(({ method, headers }) => [method, headers['authorization']]);
		assert.deepEqual(seen, [
			['POST', `Bearer ${runwareKey}`],
			['GET', undefined],
		]);
	});

	it('sets the controls of SDXL', async () => {
		const emulator = await start();
		const settings = {
			steps: 20,
			CFGScale: 7,
			scheduler: 'Euler',
			clipSkip: 1,
			negativePrompt: 'no people',
			includeCost: true,
		};
		const { images } = await made(emulator, 'civitai:403361@456538', settings);
		assert.equal(images.length, 1);
		const { warnings } = await made(emulator, schnell, { includeCost: true });
		assert.match(JSON.stringify(warnings), /\\"cost\\":0\.0006/);
	});

	it('edits with what it passes on', async () => {
		const emulator = await start();
		const provider = createRunware({ apiKey: runwareKey, baseURL: emulator.baseUrl });
		const work = async (fields: Record<string, string>) =>
			generateImage({
				model: provider.image('runware:101@1', { outputType: 'base64Data' }),
				prompt: 'a kiln',
				size: '256x128',
				providerOptions: { runware: fields },
				maxRetries: 0,
			});
		const { image } = await work({});
		const { image: edited } = await work({ seedImage: image.base64, positivePrompt: 'a hut' });
		assert.notDeepEqual(edited.uint8Array, image.uint8Array);
	});

	it('tells of refusals, of whatever status', async () => {
		const emulator = await start();
		await assert.rejects(made(emulator, 'openai:2@2', {}), /Unknown Runware API error/);
		emulator.fail(runwareFaults.errorsIn200);
		await assert.rejects(made(emulator, schnell, {}));
		assert.equal(emulator.charges, 0);
	});

	it('breaks at models without a seed, and at a current table', async () => {
		const emulator = await start();
		const provider = createRunware({ apiKey: runwareKey, baseURL: emulator.baseUrl });
		const model = provider.image('openai:gpt-image@2');
		await assert.rejects(generateImage({ model, prompt: 'a kiln', size: '1024x1024', maxRetries: 0 }));
		assert.equal(emulator.charges, 1, 'and it was charged');
		const strict = await started(startRunware());
		await assert.rejects(made(strict, schnell, {}));
		assert.equal(strict.charges, 0);
	});
});
