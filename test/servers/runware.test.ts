import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sniff } from '../../src/image/sniff';
import { colourOf } from './pictures';
import { runwareKey, startRunware } from './runware';
import { ask, askFor, assertRefused, dataUri, inference, pictureOf, poll } from './runwareTesting';
import { colourAt, emulators, opaque, pngOf, twoHalves } from './testing';

const v4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const details = () => ({ taskType: 'accountManagement', taskUUID: randomUUID(), operation: 'getDetails' });

describe('the emulator of Runware', () => {
	const started = emulators();
	const start = async () => started(startRunware());

	it('takes a key in the header or as a first task', async () => {
		const emulator = await start();
		const key = { taskType: 'authentication', apiKey: 'any other' };
		assert.equal((await ask(emulator, [key, inference()], { authorization: '' })).data.length, 1);
		const alone = await ask(emulator, [key], { authorization: '' });
		assert.deepEqual([alone.status, alone.data, alone.errors], [200, [], []]);
	});

	it('refuses a wrong key and a missing one', async () => {
		const emulator = await start();
		const refused = { authorization: 'Bearer a-wrong-key' };
		const { status, errors } = await ask(emulator, [inference()], refused);
		assert.equal(status, 401);
		assert.deepEqual(errors, [
			{
				code: 'invalidApiKey',
				message: 'Invalid API key. Get one at https://my.runware.ai/signup',
				parameter: 'apiKey',
				type: 'string',
				taskType: 'authentication',
			},
		]);
		const missing = ask(emulator, [inference()], { authorization: '' });
		await assertRefused(missing, [401, 'missingApiKey', 'apiKey']);
		const bad = [{ taskType: 'authentication', apiKey: 'bad' }, inference()];
		await assertRefused(ask(emulator, bad, { authorization: '' }), [401, 'invalidApiKey', 'apiKey']);
		assert.equal(emulator.charges, 0);
	});

	it('refuses a body that is no array of tasks', async () => {
		const emulator = await start();
		for (const body of [inference(), 'no JSON', [], ['a task'], null]) {
			await assertRefused(ask(emulator, body), [400, 'invalidRequest', undefined]);
		}
	});

	it('does several tasks in one request, and says which failed', async () => {
		const emulator = await start();
		const [first, wrong, last] = [inference(), inference({ model: 'runware:0@0' }), inference()];
		const search = { taskType: 'modelSearch', taskUUID: randomUUID(), limit: 1 };
		const { status, data, errors } = await ask(emulator, [first, search, wrong, last]);
		assert.equal(status, 200);
		assert.deepEqual(
			data.map(({ taskType, taskUUID }) => [taskType, taskUUID]),
			[first, search, last].map(({ taskType, taskUUID }) => [taskType, taskUUID]),
		);
		assert.deepEqual(
			errors.map(({ code, taskType, taskUUID }) => [code, taskType, taskUUID]),
			[['invalidModel', 'imageInference', wrong.taskUUID]],
		);
		assert.equal(emulator.charges, 2);
		const failing = await ask(emulator, [wrong, { ...wrong, taskUUID: 'none' }]);
		assert.deepEqual([failing.status, failing.errors.length], [400, 2]);
	});

	it('gives a result for each picture', async () => {
		const emulator = await start();
		const task = inference({ numberResults: 3, includeCost: true, safety: { checkContent: true } });
		const answer = await ask(emulator, [task]);
		assert.deepEqual(
			answer.data.map((item) => Object.keys(item)),
			answer.data.map(() => ['taskType', 'taskUUID', 'imageUUID', 'imageBase64Data', 'seed', 'NSFWContent', 'cost']),
		);
		assert.ok(answer.data.every(({ taskUUID }) => taskUUID === task.taskUUID));
		const uuids = new Set(answer.data.map(({ imageUUID }) => String(imageUUID)));
		assert.equal(uuids.size, 3);
		for (const uuid of uuids) assert.match(uuid, v4);
		for (const index of answer.data.keys()) {
			assert.deepEqual(sniff(pictureOf(answer, index)), { format: 'png', width: 128, height: 192 });
			assert.deepEqual(await colourAt(pictureOf(answer, index), 0.5), opaque(colourOf('a hut', index)));
		}
		assert.equal(emulator.charges, 1);
	});

	it('gives exactly one of three fields, in each format', async () => {
		const emulator = await start();
		const fields = { outputType: undefined, outputFormat: undefined };
		const [byAddress] = (await askFor(emulator, fields)).data;
		const { imageURL, imageUUID } = byAddress ?? {};
		assert.equal(imageURL, `${emulator.origin}/image/os/a05d22/ws/2/ii/${String(imageUUID)}.jpg`);
		assert.deepEqual(Object.keys(byAddress ?? {}), ['taskType', 'taskUUID', 'imageUUID', 'imageURL', 'seed']);
		const download = await fetch(imageURL);
		assert.equal(download.headers.get('content-type'), 'image/jpeg');
		assert.equal(sniff(new Uint8Array(await download.arrayBuffer()))?.format, 'jpeg');
		const [byUri] = (await askFor(emulator, { outputType: 'dataURI', outputFormat: 'webp' })).data;
		assert.match(String(byUri?.['imageDataURI']), /^data:image\/webp;base64,/);
		assert.ok(!('imageURL' in (byUri ?? {})));
	});

	it('lets addresses expire: after a week, or when it is told to', async () => {
		let time = 0;
		const emulator = await started(startRunware({ now: () => time }));
		const addressOf = async (fields: object) =>
			String((await askFor(emulator, { outputType: 'URL', ...fields })).data[0]?.['imageURL']);
		const [short, long] = [await addressOf({ ttl: 60 }), await addressOf({})];
		const statuses = async () => [(await fetch(short)).status, (await fetch(long)).status];
		time = 59_999;
		assert.deepEqual(await statuses(), [200, 200]);
		time = 60_000;
		assert.deepEqual(await statuses(), [404, 200]);
		time = 604_800_000;
		assert.deepEqual(await statuses(), [404, 404]);
	});

	it('names seeds that no number keeps, and reads them', async () => {
		const emulator = await start();
		const { text, data } = await askFor(emulator);
		const digits = /"seed":(\d+)/.exec(text)?.[1] ?? '';
		assert.ok(BigInt(digits) > 2n ** 53n);
		assert.notEqual(String(data[0]?.['seed']), digits, 'JSON.parse rounds it');
		const body = JSON.stringify([inference({ seed: 1, numberResults: 2 })]);
		const huge = await ask(emulator, body.replace('"seed":1', '"seed": 6110856530272051867'));
		assert.deepEqual(huge.text.match(/"seed":\d+/g), ['"seed":6110856530272051867', '"seed":6110856530272051868']);
		const small = await askFor(emulator, { seed: 42 });
		assert.equal(small.data[0]?.['seed'], 42);
		assert.deepEqual(await colourAt(pictureOf(small), 0.5), opaque(colourOf('a hut', 0, 42)));
	});

	it('names no seed for models of other houses', async () => {
		const emulator = await start();
		for (const model of ['openai:gpt-image@2', 'google:4@3']) {
			const { data } = await askFor(emulator, { model, width: 1024, height: 1024 });
			assert.deepEqual(Object.keys(data[0] ?? {}), ['taskType', 'taskUUID', 'imageUUID', 'imageBase64Data']);
		}
	});

	it('takes a UUID only once', async () => {
		const emulator = await start();
		const task = inference();
		assert.equal((await ask(emulator, [task])).status, 200);
		const { taskType, taskUUID } = task;
		const again = await ask(emulator, [task]);
		assert.equal(again.status, 400);
		const { message: _, ...facts } = again.errors[0] ?? {};
		const context = { taskType, taskUUID, deliveryMethod: 'sync' };
		assert.deepEqual(facts, { code: 'conflictTaskUUID', parameter: 'taskUUID', context, taskType, taskUUID });
		const twins = await Promise.all([1, 2].map(async () => ask(emulator, [{ ...task, taskUUID: context.taskUUID }])));
		assert.deepEqual(
			twins.map(({ status }) => status),
			[400, 400],
		);
		assert.equal(emulator.charges, 1);
	});

	it('does only one of two equal requests at the same time', async () => {
		const emulator = await start();
		const task = inference();
		const twins = await Promise.all([ask(emulator, [task]), ask(emulator, [task])]);
		assert.deepEqual(
			twins.map(({ status }) => status).toSorted((a, b) => a - b),
			[200, 400],
		);
		assert.equal(emulator.charges, 1);
	});

	it('leaves the UUID free where it refuses', async () => {
		const emulator = await start();
		const task = inference();
		await assertRefused(ask(emulator, [{ ...task, steps: 0 }]), [400, 'invalidSteps', 'steps']);
		emulator.fail('queue-full');
		await assertRefused(ask(emulator, [task]), [429, 'rateLimitExceeded', undefined]);
		assert.equal((await ask(emulator, [task])).status, 200);
	});

	it('prices without making anything', async () => {
		const emulator = await start();
		const task = inference({ model: 'openai:gpt-image@2', width: 1024, height: 1024, numberResults: 3 });
		const priced = await ask(emulator, [task], { 'x-runware-dry-run': '1' });
		assert.deepEqual(priced.data, [{ taskType: 'imageInference', taskUUID: task.taskUUID, cost: 0.159 }]);
		assert.equal(emulator.charges, 0);
		const refused = ask(emulator, [{ ...task, width: 1000 }], { 'x-runware-dry-run': '1' });
		await assertRefused(refused, [400, 'invalidPixels', ['width', 'height']]);
		assert.equal((await ask(emulator, [task])).data.length, 3);
	});

	it('gives finished results again, without a new charge', async () => {
		const emulator = await start();
		const task = inference({ numberResults: 2 });
		const { data } = await ask(emulator, [task]);
		const again = await poll(emulator, task.taskUUID);
		for (const [index, item] of data.entries()) {
			assert.deepEqual(again.data[index], { ...item, status: 'success' });
		}
		assert.equal(emulator.charges, 1);
	});

	it('tells the balance in each of its forms', async () => {
		const seen = [];
		for (const balance of ['number', 'object', 'withheld'] as const) {
			const emulator = await started(startRunware({ balance }));
			await askFor(emulator, { model: 'openai:gpt-image@2', width: 1024, height: 1024 });
			seen.push((await ask(emulator, [details()])).data[0]?.['balance']);
		}
		assert.deepEqual(seen, [24.947, { amount: 24.947, freeBalance: 0, currency: 'USD' }, undefined]);
		const forbidding = await started(startRunware({ balance: 'forbidden' }));
		await assertRefused(ask(forbidding, [details()]), [403, 'insufficientPermissions', undefined]);
		const unknown = ask(forbidding, [{ ...details(), operation: 'getUsageActivity' }]);
		await assertRefused(unknown, [400, 'invalidOperation', 'operation']);
	});

	it('finds models', async () => {
		const emulator = await start();
		const search = async (fields: object) =>
			(await ask(emulator, [{ taskType: 'modelSearch', taskUUID: randomUUID(), ...fields }])).data[0];
		const found = await search({ search: 'flare', limit: 1 });
		assert.deepEqual([found?.['totalResults'], JSON.stringify(found).includes('2.5-flare')], [1, true]);
		assert.equal((await search({ search: 'DALL' }))?.['totalResults'], 0);
	});

	it('stores pictures and takes them by their UUIDs', async () => {
		const emulator = await start();
		const image = dataUri(pngOf(twoHalves(3072, 64)));
		const upload = { taskType: 'imageUpload', taskUUID: randomUUID(), image };
		const [uploaded] = (await ask(emulator, [upload])).data;
		const stored = new Uint8Array(await (await fetch(String(uploaded?.['imageURL']))).arrayBuffer());
		assert.deepEqual(sniff(stored), { format: 'png', width: 2048, height: 43 });
		const media = { taskType: 'mediaStorage', operation: 'upload', media: uploaded?.['imageUUID'] };
		const [kept] = (await ask(emulator, [{ ...media, taskUUID: randomUUID() }])).data;
		assert.deepEqual(Object.keys(kept ?? {}), ['taskType', 'taskUUID', 'operation', 'mediaUUID', 'mediaURL']);
		assert.equal((await askFor(emulator, { seedImage: kept?.['mediaUUID'] })).status, 200);
		const removal = { ...media, operation: 'delete', media: kept?.['mediaUUID'] };
		assert.equal((await ask(emulator, [{ ...removal, taskUUID: randomUUID() }])).status, 200);
		const gone = askFor(emulator, { seedImage: kept?.['mediaUUID'] });
		await assertRefused(gone, [400, 'invalidSeedImage', 'seedImage']);
	});

	it('knows one address', async () => {
		const emulator = await start();
		const headers = { authorization: `Bearer ${runwareKey}` };
		for (const path of ['', '/images/generations']) {
			assert.equal((await fetch(`${emulator.baseUrl}${path}`, { headers })).status, 404);
		}
	});
});
