import assert from 'node:assert/strict';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode';
import * as z from 'zod';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from '../servers/emulator';
import { startReplicate } from '../servers/replicate';
import { runwareKey, startRunware } from '../servers/runware';
import { startVincony } from '../servers/vincony';
import { generate, type Result } from './contract';
import { standIns } from './standIn';
import { until } from './until';
import { bytesOf, closeEditors, filesBelow, folder } from './workspace';

/** What became of it, without the words. */
function outcome({ images, failures }: Result): string[] {
	return [...images.map(() => 'saved'), ...failures.map(({ code, charged }) => `${code} ${charged}`)];
}

function words({ failures }: Result): string {
	return failures.map(({ message }) => message).join(' ');
}

/** The tasks of all requests, Runware's polls apart. */
function tasks({ requests }: Emulator): Record<string, unknown>[] {
	return requests.flatMap(({ json }) => taskList.parse(json)).filter(({ taskType }) => taskType === 'imageInference');
}

const taskList = z.array(z.record(z.string(), z.unknown())).catch([]);

describe('Runware, Vincony and Replicate in folders', () => {
	const { set, standIn } = standIns(['runware', 'vincony', 'replicate']);

	afterEach(closeEditors);

	it('Runware: DALL·E 3 as on its page, where somebody serves it still', async () => {
		const runware = await standIn('runware', startRunware({ legacy: true }));
		await set('models.allowRetired', ['runware/openai:2@3']);
		const result = await generate({
			prompt: 'a cathedral library',
			model: 'runware/openai:2@3',
			size: '1792x1024',
			options: { 'providerSettings.openai.quality': 'hd', 'safety.checkContent': true, ttl: 3600 },
			folder: 'a b#ü/runware',
		});
		assert.deepEqual(outcome(result), ['saved']);
		assert.deepEqual(result.cost, { usd: 0.12, estimated: false });
		const [{ taskUUID, ...task } = {}] = tasks(runware);
		assert.match(String(taskUUID), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
		assert.deepEqual(task, {
			taskType: 'imageInference',
			model: 'openai:2@3',
			positivePrompt: 'a cathedral library',
			width: 1792,
			height: 1024,
			numberResults: 1,
			outputType: 'URL',
			outputFormat: 'PNG',
			deliveryMethod: 'async',
			includeCost: true,
			safety: { checkContent: true },
			ttl: 3600,
			providerSettings: { openai: { quality: 'hd' } },
		});
		const [image] = result.images;
		assert.ok(image);
		assert.deepEqual(sniff(await bytesOf(image)), { format: 'png', width: 1792, height: 1024 });
	});

	it('Runware: twenty-one pictures are two tasks, each paid once, whatever order they come in', async () => {
		const runware = await standIn('runware', startRunware());
		const wish = { prompt: 'many', model: 'runware/runware:100@1', size: '512x512', folder: 'twenty-one' };
		const result = await generate({ ...wish, options: { numberResults: 21 } });
		assert.equal(result.images.length, 21);
		assert.deepEqual(
			tasks(runware).map(({ numberResults }) => numberResults),
			[20, 1],
		);
		assert.equal(runware.charges, 2);
		assert.equal((await filesBelow(path.join(folder(0), 'twenty-one'))).length, 21);
	});

	it('Runware: what fails beside what comes is told, and what comes is kept', async () => {
		await standIn('runware', startRunware({ failing: 1 }));
		const wish = { prompt: 'three', model: 'runware/runware:100@1', size: '512x512', n: 3, folder: 'two of three' };
		const result = await generate(wish);
		assert.deepEqual(outcome(result).slice(0, 2), ['saved', 'saved']);
		assert.equal(result.failures.length, 1);
		assert.equal(result.failures[0]?.code, 'timed-out');
	});

	it('Runware: an answer that is lost is asked for, not ordered again', async () => {
		for (const fault of ['reset', '504-html'] as const) {
			const runware = await standIn('runware', startRunware());
			runware.fail(fault, { times: 1 });
			const wish = { prompt: `lost by ${fault}`, model: 'runware/runware:100@1', size: '512x512', folder: 'lost' };
			assert.deepEqual(outcome(await generate(wish)), ['saved'], fault);
			assert.deepEqual([tasks(runware).length, runware.charges], [1, 1], fault);
		}
	});

	it('Runware: a key that is none and an account without credit are told', async () => {
		process.env['RUNWARE_API_KEY'] = 'a-bad-key';
		await standIn('runware', startRunware());
		const wish = { model: 'runware/openai:gpt-image@2', folder: 'none' };
		assert.deepEqual(outcome(await generate({ ...wish, prompt: 'a fox' })), ['bad-key no']);
		process.env['RUNWARE_API_KEY'] = runwareKey;
		assert.deepEqual(outcome(await generate({ ...wish, prompt: 'a fox !quota' })), ['no-credit no']);
	});

	it('Vincony: the prompt as on its page, and an answer without a picture is the reason', async () => {
		const vincony = await standIn('vincony', startVincony());
		const wish = { model: 'vincony/openai/gpt-image-2', folder: 'vincony' };
		const result = await generate({ ...wish, prompt: 'Hello, DALL-E 2!', size: '16:9' });
		assert.deepEqual(outcome(result), ['saved']);
		assert.deepEqual(vincony.requests[0]?.json, {
			model: 'openai/gpt-image-2',
			messages: [{ role: 'user', content: 'Hello, DALL-E 2!' }],
		});
		assert.match(result.warnings.join(' '), /cannot be told a size: 16:9 was left out/);
		const refusal = await generate({ ...wish, prompt: 'a brawl !words' });
		assert.deepEqual(outcome(refusal), ['refused unknown']);
		assert.match(words(refusal), /Vincony says: “.+”/);
	});

	it('Replicate: a model that nobody here knows says itself what it takes', async () => {
		const replicate = await standIn('replicate', startReplicate());
		const result = await generate({
			prompt: 'a fox',
			model: 'replicate/black-forest-labs/flux-schnell',
			size: '16:9',
			options: { seed: 7, go_fast: false, guidance: 3 },
			format: 'webp',
			folder: 'replicate',
		});
		assert.deepEqual([outcome(result), words(result)], [['saved'], '']);
		assert.deepEqual(
			replicate.requests
				.map(({ method, path: where }) => `${method} ${where.split('/').slice(0, 4).join('/')}`)
				.slice(0, 2),
			['GET /v1/models/black-forest-labs', 'POST /v1/models/black-forest-labs'],
		);
		const order = replicate.requests.find(({ method }) => method === 'POST');
		assert.match(order?.headers['prefer'] ?? '', /^wait/);
		assert.deepEqual(order?.fields['input'], {
			prompt: 'a fox',
			aspect_ratio: '16:9',
			num_outputs: 1,
			output_format: 'webp',
			seed: 7,
			go_fast: false,
		});
		assert.match(result.warnings.join(' '), /guidance/);
		assert.equal(result.images[0]?.seed, '7');
	});

	it('Replicate: a prediction that fails, is aborted or is cancelled by somebody else is told', async () => {
		const replicate = await standIn('replicate', startReplicate());
		const wish = { model: 'replicate/black-forest-labs/flux-schnell', folder: 'none' };
		const ends = { '!failed': 'server-error unknown', '!nsfw': 'refused unknown', '!canceled': 'cancelled unknown' };
		for (const [word, end] of Object.entries({ ...ends, '!aborted': 'timed-out no' })) {
			assert.deepEqual(outcome(await generate({ ...wish, prompt: `a fox ${word}` })), [end], word);
		}
		assert.ok(replicate.requests.length > 0);
	});

	it('Replicate: a job that is cancelled is stopped there too', async () => {
		const replicate = await standIn('replicate', startReplicate({ polls: Number.POSITIVE_INFINITY }));
		const source = new CancellationTokenSource();
		const wish = { prompt: 'for ever', model: 'replicate/openai/gpt-image-2', folder: 'none', token: source.token };
		const running = generate(wish);
		await until(() =>
			replicate.requests.some(({ method, path: where }) => method === 'GET' && where.includes('/predictions/')),
		);
		source.cancel();
		assert.deepEqual(outcome(await running), ['cancelled unknown']);
		await until(() => replicate.requests.some(({ path: where }) => where.endsWith('/cancel')));
	});
});
