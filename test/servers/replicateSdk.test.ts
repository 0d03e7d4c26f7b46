import assert from 'node:assert/strict';
import { createReplicate } from '@ai-sdk/replicate';
import { generateImage } from 'ai';
import Replicate from 'replicate';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from './emulator';
import { colourOf } from './pictures';
import { replicateKey, startReplicate } from './replicate';
import { community, dataUri, fill, schnell, versionOf } from './replicateTesting';
import { blob, colourAt, emulators, opaque, pngOf, rightHalf, twoHalves } from './testing';

const prompt = 'a kiln';
const source = pngOf(twoHalves(512, 256));
const mask = pngOf(rightHalf(512, 256));

function clientOf({ baseUrl }: Emulator): Replicate {
	return new Replicate({ baseUrl, auth: replicateKey, useFileOutput: false });
}

async function download(url: unknown): Promise<Uint8Array> {
	return new Uint8Array(await (await fetch(String(url))).arrayBuffer());
}

/** Of what `run` gives, which is declared to be any object. */
function outputsOf(output: unknown): unknown[] {
	return Array.isArray(output) ? output : [output];
}

describe("Replicate's own client", () => {
	const started = emulators();
	const start = async (options = {}) => started(startReplicate(options));

	it('runs a quick model in one request', async () => {
		const emulator = await start();
		const input = { prompt, num_outputs: 2, output_format: 'png' };
		const outputs = outputsOf(await clientOf(emulator).run(schnell, { input }));
		assert.equal(outputs.length, 2);
		assert.deepEqual(await colourAt(await download(outputs[1]), 0.5), opaque(colourOf(prompt, 1)));
		const posts = emulator.requests.filter(({ path }) => path.includes('/predictions'));
		assert.deepEqual(
			posts.map(({ method }) => method),
			['POST'],
		);
		assert.equal(posts[0]?.headers['prefer'], 'wait');
	});

	it('polls until a prediction is over, and reads its progress', async () => {
		const emulator = await start({ polls: 3 });
		const seen: string[] = [];
		const wait = { mode: 'poll', interval: 1 } as const;
		const model = `${community}:${versionOf(community)}` as const;
		await clientOf(emulator).run(model, { input: { prompt }, wait }, ({ status }) => seen.push(status));
		assert.deepEqual(Array.from(new Set(seen)), ['starting', 'processing', 'succeeded']);
	});

	it('tells why a prediction failed', async () => {
		const emulator = await start({ outcome: 'nsfw' });
		await assert.rejects(clientOf(emulator).run(schnell, { input: { prompt } }), /NSFW content detected/);
		assert.equal(emulator.charges, 1);
	});

	it('creates, gets and cancels', async () => {
		const emulator = await start();
		const { predictions } = clientOf(emulator);
		const { id, status, urls } = await predictions.create({ model: schnell, input: { prompt } });
		assert.equal(status, 'starting');
		assert.equal(urls.get, `${emulator.baseUrl}/predictions/${id}`);
		assert.equal((await predictions.get(id)).status, 'processing');
		assert.equal((await predictions.cancel(id)).status, 'canceled');
		const finished = await predictions.create({ version: schnell, input: { prompt }, wait: 5 });
		assert.equal(finished.status, 'succeeded');
		assert.equal((await clientOf(emulator).wait(finished)).id, finished.id);
	});

	it('waits for a prediction', async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const created = await client.predictions.create({ model: schnell, input: { prompt } });
		assert.equal((await client.wait(created, { interval: 1 })).status, 'succeeded');
	});

	it('describes models and the account', async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const model = await client.models.get('openai', 'gpt-image-2');
		assert.equal(model.is_official, true);
		const version = await client.models.versions.get('openai', 'gpt-image-2', model.latest_version?.id ?? '');
		assert.deepEqual(version, model.latest_version);
		assert.equal((await client.accounts.current()).username, 'emulator');
	});

	// Its own strategy for data URIs sends the client instead of the inputs (1.4.0), so these are made here.
	const files = { uploads: [blob(source), blob(mask)], 'data URIs': [dataUri(source), dataUri(mask)] } as const;
	for (const [kind, [image, area]] of Object.entries(files)) {
		it(`edits files that come as ${kind}`, async () => {
			const emulator = await start({ perturbs: 'not' });
			const input = { prompt, image, mask: area, output_format: 'png' };
			const file = await download(await clientOf(emulator).run(fill, { input }));
			assert.deepEqual(await colourAt(file, 0.75), opaque(colourOf(prompt)));
			assert.deepEqual(await colourAt(file, 0.25), await colourAt(source, 0.25));
			const uploads = emulator.requests.filter(({ path }) => path === '/v1/files');
			assert.equal(uploads.length, kind === 'uploads' ? 2 : 0);
		});
	}

	it('hears what was wrong', async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const foo = client.run(schnell, { input: { prompt, foo: 1 } });
		await assert.rejects(foo, /422.*Additional property foo is not allowed/);
		await assert.rejects(client.run(community, { input: { prompt } }), /404/);
		const stranger = new Replicate({ baseUrl: emulator.baseUrl, auth: 'other' });
		await assert.rejects(stranger.accounts.current(), /401.*valid authentication token/);
	});
});

describe("Vercel's client of Replicate", () => {
	const started = emulators();

	it('makes pictures', async () => {
		const emulator = await started(startReplicate());
		const provider = createReplicate({ baseURL: emulator.baseUrl, apiToken: replicateKey });
		const { images } = await generateImage({
			model: provider.image(schnell),
			prompt,
			aspectRatio: '3:2',
			seed: 7,
			providerOptions: { replicate: { output_format: 'png' } },
		});
		const [image = assert.fail()] = images;
		assert.deepEqual(sniff(image.uint8Array), { format: 'png', width: 1216, height: 832 });
		assert.deepEqual(await colourAt(image.uint8Array, 0.5), opaque(colourOf(prompt, 0, 7)));
	});

	it('edits behind a mask', async () => {
		const emulator = await started(startReplicate({ perturbs: 'not' }));
		const provider = createReplicate({ baseURL: emulator.baseUrl, apiToken: replicateKey });
		const { image } = await generateImage({
			model: provider.image('black-forest-labs/flux-fill-dev'),
			prompt: { images: [source], text: prompt, mask },
			providerOptions: { replicate: { output_format: 'png' } },
		});
		assert.deepEqual(await colourAt(image.uint8Array, 0.75), opaque(colourOf(prompt)));
		assert.deepEqual(await colourAt(image.uint8Array, 0.25), await colourAt(source, 0.25));
	});

	it('runs a version, and says what is refused', async () => {
		const emulator = await started(startReplicate({ polls: 0 }));
		const provider = createReplicate({ baseURL: emulator.baseUrl, apiToken: replicateKey });
		const model = provider.image(`${community}:${versionOf(community)}`);
		const { image } = await generateImage({ model, prompt });
		assert.deepEqual(sniff(image.uint8Array), { format: 'png', width: 768, height: 768 });
		const quota = generateImage({ model, prompt: `${prompt} !quota`, maxRetries: 0 });
		await assert.rejects(quota, /insufficient credit/);
	});
});
