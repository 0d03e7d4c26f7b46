import assert from 'node:assert/strict';
import { lumenfallImages } from '../../src/catalogue/imagesDialects';
import { sniff } from '../../src/image/sniff';
import { balanceOf, balanceRequest } from '../../src/providers/openai-images/balance';
import { controlsOfSchema, listRequest, schemaRequest, sightingsOf } from '../../src/providers/openai-images/modelList';
import { quotedBy } from '../../src/providers/openai-images/reply';
import { quoteFor } from '../../src/providers/openai-images/request';
import { callFor } from '../unit/providers/calls';
import { type CustomKind, startCustom } from './custom';
import { limn } from './limn';
import { startLumenfall } from './lumenfall';
import { startOpenAI } from './openai';
import { openaiModels } from './openaiModels';
import { colourOf } from './pictures';
import { colourAt, emulators, opaque } from './testing';

const started = emulators();
const prompt = 'a fox at dawn';
const ownModels: Readonly<Record<CustomKind, string>> = {
	'sd-cpp': 'sd-cpp-local',
	localai: 'stablediffusion',
	'vllm-omni': 'Qwen/Qwen-Image',
	sglang: 'black-forest-labs/FLUX.1-dev',
	strict: 'house-painter',
};

for (const transport of ['direct', 'editor'] as const) {
	describe(`Limn’s own client, ${transport}`, () => {
		const client = limn(transport);

		for (const { id } of openaiModels) {
			it(`generates by openai/${id}`, async () => {
				const emulator = await started(startOpenAI({ legacy: true }));
				const [picture] = await client.pictures(emulator, callFor(`openai/${id}`, { prompt }));
				assert.ok(picture);
				assert.deepEqual(sniff(picture), { format: 'png', width: 1024, height: 1024 });
				assert.deepEqual(await colourAt(picture, 0.5), opaque(colourOf(prompt)));
				assert.equal(emulator.charges, 1);
			});
		}

		for (const model of ['lumenfall/gpt-image-2', 'lumenfall/openai/gpt-image-1.5', 'lumenfall/replicate/dall-e-2']) {
			it(`generates by ${model}, and is told what it cost`, async () => {
				const emulator = await started(startLumenfall());
				const { images, failures } = await client.make(emulator, callFor(model, { prompt, n: 2, format: 'webp' }));
				assert.deepEqual(failures, []);
				assert.deepEqual(
					images.map(({ bytes }) => sniff(bytes)?.format),
					['webp', 'webp'],
				);
				assert.ok((images[0]?.costUsd ?? 0) > 0);
				assert.equal(images[0]?.revisedPrompt, undefined);
			});
		}

		for (const [kind, name] of Object.entries(ownModels)) {
			it(`generates by ${name} of a server of one’s own`, async () => {
				const emulator = await started(startCustom(kindOf(kind)));
				const [picture] = await client.pictures(emulator, callFor(`custom/${name}`, { prompt, options: { seed: 7 } }));
				assert.deepEqual(await colourAt(picture ?? new Uint8Array(), 0.5), opaque(colourOf(prompt, 0, 7)));
			});
		}

		it('shows a picture on its way, and then itself', async () => {
			const emulator = await started(startOpenAI());
			const call = callFor('openai/gpt-image-2', { prompt }, { watched: true });
			const { previews, images, failures } = await client.make(emulator, call);
			assert.deepEqual([previews.length, images.length, failures], [1, 1, []]);
			assert.notDeepEqual(await colourAt(previews[0] ?? new Uint8Array(), 0.5), opaque(colourOf(prompt)));
			assert.deepEqual(await colourAt(images[0]?.bytes ?? new Uint8Array(), 0.5), opaque(colourOf(prompt)));
			assert.ok((images[0]?.costUsd ?? 0) > 0);
		});

		it('gets several pictures at once, without a stream', async () => {
			const emulator = await started(startOpenAI());
			const call = callFor('openai/gpt-image-2', { prompt, n: 3 }, { watched: true });
			assert.equal((await client.pictures(emulator, call)).length, 3);
			assert.equal(emulator.requests[0]?.fields['stream'], undefined);
		});

		it('is told a price, and charged nothing for the telling', async () => {
			const emulator = await started(startLumenfall());
			const call = callFor('lumenfall/gpt-image-2', { prompt, n: 2 });
			const reply = await client.ask(emulator, quoteFor(call, lumenfallImages), 'lumenfall');
			assert.equal(quotedBy(reply), 0.106);
			assert.equal(emulator.charges, 0);
		});

		it('is told what is left of the account', async () => {
			const emulator = await started(startLumenfall());
			await client.pictures(emulator, callFor('lumenfall/gpt-image-2', { prompt }));
			assert.equal(balanceOf(await client.ask(emulator, balanceRequest, 'lumenfall')), 24.947);
			assert.equal(emulator.requests.at(-1)?.path, '/v1/balance');
		});
	});
}

function kindOf(text: string): CustomKind {
	return Object.keys(ownModels).find((kind): kind is CustomKind => kind === text) ?? assert.fail(text);
}

describe('what Limn’s own client reads of models', () => {
	const client = limn('direct');

	it('OpenAI: which of the models make pictures, when they end, and that each can be had', async () => {
		const emulator = await started(startOpenAI());
		const found = sightingsOf(await client.ask(emulator, listRequest, 'openai'), 'openai', false);
		const served = openaiModels.filter(({ shutdown = '9999' }) => shutdown > '2026-11-21');
		assert.deepEqual(
			found,
			served.map(({ id, shutdown = null }) => ({ provider: 'openai', name: id, retires: shutdown })),
		);
		for (const { name } of found) assert.equal((await client.pictures(emulator, callFor(`openai/${name}`))).length, 1);
	});

	it('Lumenfall: which of the models make pictures', async () => {
		const emulator = await started(startLumenfall());
		const found = sightingsOf(await client.ask(emulator, listRequest, 'lumenfall'), 'lumenfall', false);
		assert.ok(found.some(({ name, title }) => name === 'flux.1-schnell' && title === 'FLUX.1 schnell'));
		assert.deepEqual(emulator.requests[0]?.path, '/openai/v1/models');
	});

	for (const [kind, name] of Object.entries(ownModels)) {
		it(`${kind}: its only model`, async () => {
			const emulator = await started(startCustom(kindOf(kind)));
			const found = sightingsOf(await client.ask(emulator, listRequest, 'custom'), 'custom', true);
			assert.deepEqual(found, [{ provider: 'custom', name }]);
		});
	}

	it('Lumenfall: what a model takes', async () => {
		const emulator = await started(startLumenfall());
		const controls = async (name: string) =>
			controlsOfSchema(await client.ask(emulator, schemaRequest(name), 'lumenfall'));
		assert.deepEqual(await controls('fal/flux.1-schnell'), [
			{ kind: 'seed', name: 'seed' },
			{ kind: 'number', name: 'guidance_scale', min: 0, max: 20, whole: false },
		]);
		assert.deepEqual(await controls('gpt-image-2'), []);
	});
});

describe('what Limn’s own client says of refusals', () => {
	const client = limn('direct');
	const starts = { openai: startOpenAI, lumenfall: startLumenfall } as const;
	const refusals = {
		'!moderation': ['refused', 'no'],
		'!quota': ['no-credit', 'no'],
		'!billing': ['no-credit', 'no'],
		'!payment': ['no-credit', 'no'],
		'!bad-key': ['bad-key', 'no'],
		'!rate-limit': ['rate-limited', 'no', 1],
		'!503-once': ['server-error', 'no', 1],
		'!exhausted': ['server-error', 'unknown'],
	} as const;

	for (const [provider, start] of Object.entries(starts)) {
		it(`the same of ${provider} as of the others`, async () => {
			const emulator = await started(start());
			for (const [word, [code, charged, wait]] of Object.entries(refusals)) {
				const failure = await client.refusal(emulator, callFor(`${provider}/gpt-image-2`, { prompt: word }));
				assert.deepEqual([failure.code, failure.charged, failure.wait], [code, charged, wait], word);
				assert.match(failure.requestId ?? '', /^req_/);
			}
			assert.equal(emulator.charges, 0);
		});
	}
});
