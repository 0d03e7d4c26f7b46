import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from './emulator';
import { colourOf } from './pictures';
import { startReplicate } from './replicate';
import { type ReplicateOutcome, replicateOutcomes } from './replicatePredictions';
import {
	addressesIn,
	ask,
	community,
	create,
	dataUri,
	filesIn,
	fill,
	poll,
	schnell,
	versionOf,
} from './replicateTesting';
import { blob, colourAt, emulators, formOf, opaque, pngOf, rightHalf, twoHalves } from './testing';

const prompt = 'a mill';
const hour = 3_600_000;

async function statuses(emulator: Emulator, created: Awaited<ReturnType<typeof create>>): Promise<unknown[]> {
	const seen = [created.body.status];
	for (let index = 0; index < 3; index++) seen.push((await poll(emulator, created)).body.status);
	return seen;
}

describe('predictions at the emulator of Replicate', () => {
	const started = emulators();
	const start = async (options = {}) => started(startReplicate(options));

	it('go from starting through processing to success, a step for each poll', async () => {
		const emulator = await start();
		const created = await create(emulator, { prompt });
		assert.equal(created.status, 201);
		assert.deepEqual(await statuses(emulator, created), ['starting', 'processing', 'succeeded', 'succeeded']);
		assert.equal(emulator.charges, 1);
		const slow = await start({ polls: 3 });
		assert.deepEqual(await statuses(slow, await create(slow, { prompt })), [
			'starting',
			'processing',
			'processing',
			'succeeded',
		]);
		const endless = await start({ polls: Number.POSITIVE_INFINITY });
		const waited = await create(endless, { prompt }, schnell, { prefer: 'wait' });
		assert.deepEqual(new Set(await statuses(endless, waited)), new Set(['processing']));
		const instant = await start({ polls: 0 });
		assert.equal((await create(instant, { prompt })).body.status, 'succeeded');
	});

	it('are over when they are created, where the client waits and the model is quick', async () => {
		const emulator = await start();
		const seen = async (model: string, prefer: string) => {
			const { status, body } = await create(emulator, { prompt }, model, { prefer });
			return [status, body.status];
		};
		assert.deepEqual(await seen(schnell, 'wait'), [201, 'succeeded']);
		assert.deepEqual(await seen('openai/gpt-image-2', 'wait'), [201, 'succeeded']);
		assert.deepEqual(await seen('openai/gpt-image-2', 'wait=5'), [202, 'processing']);
		const body = { version: versionOf(community), input: { prompt } };
		const cold = await ask(emulator, '/predictions', body, { prefer: 'wait' });
		assert.deepEqual([cold.status, cold.body.status], [202, 'starting']);
	});

	it('say what is asked of them', async () => {
		const emulator = await start({ now: () => Date.UTC(2026, 10, 21) });
		const secret = { prompt, openai_api_key: 'mine' };
		const created = await create(emulator, secret, 'openai/gpt-image-1');
		await poll(emulator, created);
		const { body } = await poll(emulator, created);
		assert.deepEqual(body['input'], { prompt, openai_api_key: '[REDACTED]' });
		assert.deepEqual([body['model'], body['version'], body['error']], ['openai/gpt-image-1', 'hidden', null]);
		assert.deepEqual(body['metrics'], { predict_time: 40, total_time: 40.1 });
		assert.equal(body['completed_at'], '2026-11-21T00:00:00.000Z');
		const get = `${emulator.origin}/v1/predictions/${body.id}`;
		assert.deepEqual(body.urls, { get, cancel: `${get}/cancel`, web: `${emulator.origin}/p/${body.id}` });
	});

	const ends = {
		succeeded: ['succeeded', 1],
		failed: ['failed', 1],
		nsfw: ['failed', 1],
		flagged: ['failed', 0],
		canceled: ['canceled', 1],
		aborted: ['aborted', 0],
	} as const satisfies Readonly<Record<ReplicateOutcome, readonly [status: string, charges: number]>>;

	for (const outcome of replicateOutcomes) {
		it(`end ${outcome} where they are told to, by program or in the prompt`, async () => {
			for (const [options, words] of [[{ outcome }, prompt] as const, [{}, `${prompt} !${outcome}`] as const]) {
				const emulator = await start(options);
				const created = await create(emulator, { prompt: words });
				const [status, charges] = ends[outcome];
				assert.equal((await statuses(emulator, created)).at(-1), status);
				assert.equal(emulator.charges, charges);
				const { body } = await poll(emulator, created);
				assert.equal(body['error'] === null, status !== 'failed');
				assert.equal(body.output === null, status !== 'succeeded');
			}
		});
	}

	it('fail where what they show is moderated', async () => {
		const emulator = await start({ polls: 0 });
		const { status, body } = await create(emulator, { prompt: `${prompt} !moderation` });
		assert.deepEqual([status, body.status], [201, 'failed']);
		assert.match(String(body['error']), /flagged as sensitive/);
		assert.match(
			String((await create(emulator, { prompt: `${prompt} !nsfw` })).body['error']),
			/NSFW content detected/,
		);
	});

	it('can be canceled, again and again, and cost nothing that did not run', async () => {
		const emulator = await start();
		const cancel = async (created: Awaited<ReturnType<typeof create>>) =>
			(await ask(emulator, created.body.urls?.cancel ?? '', {})).body.status;
		const created = await create(emulator, { prompt });
		assert.equal(await cancel(created), 'canceled');
		assert.equal(await cancel(created), 'canceled');
		assert.equal(emulator.charges, 0);
		const running = await create(emulator, { prompt });
		await poll(emulator, running);
		assert.equal(await cancel(running), 'canceled');
		assert.equal((await poll(emulator, running)).body.status, 'canceled');
		assert.equal(emulator.charges, 1);
		const done = await create(emulator, { prompt }, schnell, { prefer: 'wait' });
		assert.equal(await cancel(done), 'succeeded');
	});

	it('lose their data after an hour, and are forgotten long after', async () => {
		let now = 0;
		const emulator = await start({ polls: 0, now: () => now });
		const created = await create(emulator, { prompt });
		const [url = ''] = addressesIn(created);
		now += hour - 1;
		assert.equal((await fetch(url)).status, 200);
		assert.equal((await poll(emulator, created)).body['data_removed'], false);
		now += 1;
		assert.equal((await fetch(url)).status, 404);
		const { body } = await poll(emulator, created);
		assert.deepEqual([body.status, body.output, body['data_removed'], body['input']], ['succeeded', null, true, {}]);
		now += 30 * 24 * hour;
		assert.equal((await poll(emulator, created)).status, 404);
	});

	it('run although nobody hears of them', async () => {
		const emulator = await start();
		const response = await fetch(`${emulator.baseUrl}/predictions`, { method: 'POST' });
		assert.equal(response.status, 401);
		assert.equal((await create(emulator, { prompt: `${prompt} !500` })).status, 500);
		assert.equal(emulator.charges, 1);
	});

	it('are polled without faults, unless these are asked for', async () => {
		const emulator = await start();
		const created = await create(emulator, { prompt: `${prompt} !url-gone` });
		emulator.fail('500');
		emulator.fail('url-missing');
		await poll(emulator, created);
		const done = await poll(emulator, created);
		const [url = ''] = addressesIn(done);
		assert.equal((await fetch(url)).status, 404, 'planned');
		assert.equal((await fetch(url)).status, 410, 'in the prompt');
		emulator.fail('502-html', { when: ({ path }) => path.includes('/predictions/') });
		await assert.rejects(poll(emulator, created), SyntaxError);
		assert.equal((await poll(emulator, created)).body.status, 'succeeded');
	});
});

describe('pictures of the emulator of Replicate', () => {
	const started = emulators();
	const source = pngOf(twoHalves(512, 256));
	const mask = dataUri(pngOf(rightHalf(512, 256)));
	const run = async (input: object, model = schnell) => {
		const emulator = await started(startReplicate({ polls: 0, perturbs: 'not' }));
		return filesIn(await create(emulator, input, model));
	};
	const only = async (input: object, model = schnell) => (await run(input, model))[0] ?? assert.fail();

	it('have the size and the format that was asked for', async () => {
		const file = await only({ prompt, aspect_ratio: '16:9', output_format: 'png' });
		assert.deepEqual(sniff(file), { format: 'png', width: 1344, height: 768 });
		assert.deepEqual(await colourAt(file, 0.5), opaque(colourOf(prompt)));
		assert.deepEqual(sniff(await only({ prompt, megapixels: '0.25' })), { format: 'webp', width: 512, height: 512 });
		const jpeg = await only({ prompt, aspect_ratio: '3:2', output_format: 'jpeg' }, 'openai/gpt-image-1.5');
		assert.deepEqual(sniff(jpeg), { format: 'jpeg', width: 1536, height: 1024 });
	});

	it('are several, each with a seed of its own', async () => {
		const files = await run({ prompt, num_outputs: 3, seed: 7, output_format: 'png', megapixels: '0.25' });
		const colours = await Promise.all(files.map(async (file) => colourAt(file, 0.5)));
		assert.deepEqual(
			colours,
			[0, 1, 2].map((index) => opaque(colourOf(prompt, index, 7))),
		);
		assert.equal((await run({ prompt, number_of_images: 2 }, 'openai/gpt-image-2')).length, 2);
	});

	it('are one address, several, or the file itself', async () => {
		const emulator = await started(startReplicate({ polls: 0 }));
		const output = async (input: object, model: string) => (await create(emulator, input, model)).body.output;
		const address = await output({ prompt, image: dataUri(source) }, fill);
		assert.match(String(address), /^http:\/\/127\.0\.0\.1:\d+\/delivery\/[a-z0-9]{26}\/out-0\.jpg$/);
		assert.ok(Array.isArray(await output({ prompt }, schnell)));
		assert.match(String(await output({ prompt }, 'emulator/thumbnail')), /^data:image\/png;base64,iVBOR/);
	});

	it('measure multiples of 64 where the model wants them', async () => {
		const emulator = await started(startReplicate({ polls: 0 }));
		const ask64 = async (width: number) =>
			ask(emulator, '/predictions', { version: versionOf(community), input: { prompt, width, height: 64 } });
		const [file] = await filesIn(await ask64(320));
		assert.deepEqual(sniff(file ?? assert.fail()), { format: 'png', width: 320, height: 64 });
		assert.equal((await ask64(300)).status, 422);
	});

	it('are painted where the mask is white', async () => {
		const file = await only({ prompt, image: dataUri(source), mask, output_format: 'png' }, fill);
		assert.deepEqual(sniff(file), { format: 'png', width: 512, height: 256 });
		assert.deepEqual(await colourAt(file, 0.75), opaque(colourOf(prompt)));
		assert.deepEqual(await colourAt(file, 0.25), await colourAt(source, 0.25));
	});

	it('come from uploads and from outputs, and from nowhere else', async () => {
		const emulator = await started(startReplicate({ polls: 0, perturbs: 'not' }));
		const { body } = await ask(emulator, '/files', formOf({ content: blob(source) }));
		const edited = await create(emulator, { prompt, image: body.urls?.get, mask, output_format: 'png' }, fill);
		const again = await create(
			emulator,
			{ prompt: 'a fox', image: edited.body.output, mask, output_format: 'png' },
			fill,
		);
		const [file = assert.fail()] = await filesIn(again);
		assert.deepEqual(await colourAt(file, 0.75), opaque(colourOf('a fox')));
		assert.deepEqual(await colourAt(file, 0.25), await colourAt(source, 0.25));
		for (const image of ['https://example.invalid/a.png', 'data:image/png;base64,AAAA']) {
			assert.equal((await create(emulator, { prompt, image }, fill)).body.status, 'failed');
		}
		assert.equal(emulator.charges, 2);
	});

	it('are not what was asked for, where a fault says so', async () => {
		assert.equal((await run({ prompt: `${prompt} !fewer`, num_outputs: 3 })).length, 2);
		assert.deepEqual(await run({ prompt: `${prompt} !empty` }), []);
	});
});
