import assert from 'node:assert/strict';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode';
import { sniff } from '../../src/image/sniff';
import { type CustomKind, startCustom } from '../servers/custom';
import type { Emulator } from '../servers/emulator';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { lumenfallKey, openaiKey } from '../servers/testing';
import { generate, type Result } from './contract';
import { standIns } from './standIn';
import { bytesOf, closeEditors, filesBelow, folder } from './workspace';

/** The JSON body of the only request. */
function onlyBody({ requests }: Emulator): unknown {
	assert.deepEqual(
		requests.map(({ method, path }) => `${method} ${path.split('/v1')[1]}`),
		['POST /images/generations'],
	);
	return requests[0]?.json;
}

const model = 'openai/gpt-image-2';

/** What became of it, without the words. */
function outcome({ images, failures }: Result): string[] {
	return [...images.map(() => 'saved'), ...failures.map(({ code, charged }) => `${code} ${charged}`)];
}

function words({ failures }: Result): string {
	return failures.map(({ message }) => message).join(' ');
}

/** Where undici, the editor's and everybody's, keeps the dispatcher that all of a process share. */
function slots(): readonly unknown[] {
	return ['1', '2'].map((slot): unknown => Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${slot}`)));
}

describe('real providers in folders', () => {
	const { set, standIn } = standIns(['openai', 'lumenfall']);

	afterEach(closeEditors);

	it('OpenAI: streams one picture, and tells what its tokens cost', async () => {
		const openai = await standIn('openai', startOpenAI());
		const result = await generate({
			prompt: 'a fox',
			model,
			size: '16:9',
			folder: 'openai',
			options: { quality: 'low' },
		});
		assert.deepEqual([result.failures, result.warnings], [[], []]);
		assert.deepEqual(onlyBody(openai), {
			model: 'gpt-image-2',
			prompt: 'a fox',
			n: 1,
			size: '1280x720',
			output_format: 'png',
			quality: 'low',
			stream: true,
		});
		assert.equal(openai.requests[0]?.headers['authorization'], `Bearer ${openaiKey}`);
		const [image] = result.images;
		assert.ok(image?.costUsd);
		assert.deepEqual([image.width, image.height, image.model], [1280, 720, model]);
		assert.deepEqual(result.cost, { usd: image.costUsd, estimated: false });
		assert.deepEqual(sniff(await bytesOf(image)), { format: 'png', width: 1280, height: 720 });
	});

	it('OpenAI: asks for so many in one request as the model gives, and saves them all', async () => {
		const openai = await standIn('openai', startOpenAI());
		const wish = { prompt: 'many', model: 'openai/gpt-image-1.5', n: 12, folder: 'twelve', format: 'webp' };
		const { images, failures, warnings } = await generate(wish);
		assert.deepEqual([images.length, failures], [12, []]);
		assert.deepEqual(
			openai.requests.map(({ fields }) => fields['n']),
			[10, 2],
		);
		assert.match(warnings.join(' '), /openai\/gpt-image-1\.5 is retired on 2026-12-01.*openai\/gpt-image-2/);
		assert.equal((await filesBelow(path.join(folder(0), 'twelve'))).length, 12);
		assert.ok(images.every(({ mimeType }) => mimeType === 'image/webp'));
	});

	it('Lumenfall: a ratio, another format, and its own price', async () => {
		const lumenfall = await standIn('lumenfall', startLumenfall());
		const wish = { prompt: 'a fox', model: 'lumenfall/openai/gpt-image-2', size: '16:9', format: 'jpeg' };
		const result = await generate({ ...wish, folder: 'lumenfall' });
		assert.deepEqual(outcome(result), ['saved']);
		assert.deepEqual(onlyBody(lumenfall), {
			model: 'openai/gpt-image-2',
			prompt: 'a fox',
			n: 1,
			size: '16:9',
			output_format: 'jpeg',
			response_format: 'b64_json',
		});
		assert.ok(result.images[0]?.costUsd);
		assert.equal(result.images[0].mimeType, 'image/jpeg');
	});

	it('Lumenfall: a picture by its address, from the very server that was asked', async () => {
		const lumenfall = await standIn('lumenfall', startLumenfall());
		const wish = { prompt: 'a fox', model: 'lumenfall/gpt-image-2', options: { response_format: 'url' } };
		assert.deepEqual(outcome(await generate({ ...wish, folder: 'linked' })), ['saved']);
		const [asked, fetched] = lumenfall.requests;
		assert.equal(asked?.headers['authorization'], `Bearer ${lumenfallKey}`);
		assert.equal(fetched?.method, 'GET');
		assert.equal(fetched.headers['authorization'], undefined, 'the key does not go along');
	});

	for (const kind of ['sd-cpp', 'localai', 'vllm-omni', 'sglang'] as const satisfies readonly CustomKind[]) {
		it(`a server of one's own (${kind}), without a key`, async () => {
			const custom = await standIn('custom', startCustom(kind));
			const wish = { prompt: 'a fox', model: `custom/${kind}`, size: '512x512', n: 2, folder: kind };
			const result = await generate({ ...wish, options: { seed: 7 } });
			assert.deepEqual(outcome(result), ['saved', 'saved']);
			assert.deepEqual(
				result.images.map(({ width, seed }) => [width, seed]),
				[
					[512, '7'],
					[512, '8'],
				],
			);
			assert.match(result.warnings.join(' '), /does not know the model/);
			assert.equal(result.cost, undefined, 'nobody knows what it costs');
			assert.ok(custom.requests.every(({ headers }) => headers['authorization'] === undefined));
		});
	}

	it('stable-diffusion.cpp gets the seed in its own way', async () => {
		const custom = await standIn('custom', startCustom('sd-cpp'));
		const result = await generate({
			prompt: 'a fox',
			model: 'custom/sd-cpp-local',
			folder: 'sd',
			options: { seed: 7 },
		});
		assert.deepEqual([outcome(result), result.warnings], [['saved'], []]);
		assert.match(JSON.stringify(onlyBody(custom)), /a fox <sd_cpp_extra_args>\{\\"seed\\":7\}/);
	});

	it('converts what a server sends in its own format', async () => {
		await standIn('custom', startCustom('localai'));
		const { images } = await generate({ prompt: 'a fox', model: 'custom/x', fileName: 'named.jpg', folder: 'format' });
		const [image] = images;
		assert.ok(image);
		assert.equal(image.mimeType, 'image/jpeg');
		assert.ok(image.uri.endsWith('/format/named.jpg'));
		assert.equal(sniff(await bytesOf(image))?.format, 'jpeg');
	});

	it('refuses a retired model before anything is sent, and sends it where the user wants it', async () => {
		const lumenfall = await standIn('lumenfall', startLumenfall());
		const wish = { prompt: 'a fox', model: 'lumenfall/dall-e-2', folder: 'retired' };
		const refused = await generate(wish);
		assert.deepEqual(outcome(refused), ['model-unavailable no']);
		assert.match(
			words(refused),
			/lumenfall\/dall-e-2 was retired on 2026-05-12\. Its successor lumenfall\/gpt-image-2/,
		);
		assert.deepEqual(lumenfall.requests, []);
		await set('models.allowRetired', ['lumenfall/dall-e-2']);
		const sent = await generate({ ...wish, size: '512x512' });
		assert.deepEqual(outcome(sent), ['saved']);
		assert.equal(lumenfall.requests.length, 1);
		assert.match(sent.warnings.join(' '), /retired on 2026-05-12/);
	});

	it('asks for the list of models beside a picture that is asked for by hand, and beside nothing else', async () => {
		const openai = await standIn('openai', startOpenAI());
		const asked = () => openai.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);
		await generate({ prompt: 'a fox', model, folder: 'lists' });
		await generate({ prompt: 'a fox', model: 'openai/dall-e-3', folder: 'lists', silent: false });
		assert.deepEqual(asked(), [], 'silent, or refused');
		await generate({ prompt: 'a fox', model, folder: 'lists', silent: false });
		await generate({ prompt: 'a fox', model, folder: 'lists', silent: false });
		assert.deepEqual(asked(), ['/v1/models']);
	});

	it('DALL·E 2 and 3 work where somebody still serves them', async () => {
		const openai = await standIn('openai', startOpenAI({ legacy: true }));
		await set('models.allowRetired', ['openai/dall-e-2', 'openai/dall-e-3']);
		const two = await generate({ prompt: 'a fox', model: 'openai/dall-e-2', size: '256x256', n: 2, folder: 'legacy' });
		const options = { style: 'natural', quality: 'hd' };
		const three = await generate({
			prompt: 'a fox',
			model: 'openai/dall-e-3',
			size: '16:9',
			options,
			folder: 'legacy',
		});
		assert.deepEqual([outcome(two), outcome(three)], [['saved', 'saved'], ['saved']]);
		assert.equal(three.images[0]?.width, 1792);
		assert.ok(three.images[0].revisedPrompt);
		assert.equal(openai.charges, 2);
	});

	it('says what a person can do about each refusal, with the provider’s number, and repeats none', async () => {
		const openai = await standIn('openai', startOpenAI());
		const cases = {
			'!moderation': [['refused no'], /OpenAI refused the prompt \(violence\)\. Change it\./],
			'!unverified': [['model-unavailable no'], /verified organizations only/],
			'!quota': [['no-credit no'], /no credit left/],
			'!billing': [['no-credit no'], /no credit left/],
			'!bad-key': [['bad-key no'], /does not accept the API key/],
			'!queue-full': [['rate-limited no'], /a pause of 120 seconds/],
		} as const;
		for (const [prompt, [expected, sentence]] of Object.entries(cases)) {
			const before = openai.requests.length;
			const result = await generate({ prompt, model, folder: 'refused' });
			assert.deepEqual(outcome(result), expected, prompt);
			assert.match(words(result), sentence);
			assert.doesNotMatch(words(result), new RegExp(openaiKey), 'no key is quoted');
			assert.match(result.failures[0]?.requestId ?? '', /^req_/);
			assert.equal(openai.requests.length, before + 1, prompt);
		}
		assert.equal(openai.charges, 0);
	});

	it('never pays twice: what may have been made is not asked for again', async () => {
		const openai = await standIn('openai', startOpenAI());
		const cases = {
			'!500': 'server-error unknown',
			'!502-html': 'server-error unknown',
			'!reset': 'unreachable unknown',
			'!cut': 'bad-reply unknown',
			'!stream-error': 'server-error unknown',
			'!empty': 'bad-reply unknown',
			'!html': 'bad-reply unknown',
			'!not-an-image': 'bad-reply yes', // Its tokens were counted.
		} as const;
		for (const [prompt, expected] of Object.entries(cases)) {
			const before = openai.requests.length;
			const result = await generate({ prompt, model, folder: 'twice' });
			assert.deepEqual(outcome(result), [expected], prompt);
			assert.equal(openai.requests.length, before + 1, prompt);
		}
	});

	it('tries again where nothing was done', async () => {
		const openai = await standIn('openai', startOpenAI());
		assert.deepEqual(outcome(await generate({ prompt: '!rate-limit-now', model, folder: 'again' })), ['saved']);
		assert.deepEqual(outcome(await generate({ prompt: '!503-once', model, folder: 'again' })), ['saved']);
		assert.equal(openai.requests.length, 4);
		assert.equal(openai.charges, 2);
	});

	it('keeps what came of a call that gave fewer', async () => {
		await standIn('openai', startOpenAI());
		const result = await generate({ prompt: '!fewer', model, n: 3, folder: 'fewer' });
		assert.deepEqual(outcome(result), ['saved', 'saved', 'bad-reply unknown']);
	});

	it('follows no redirect with a key', async () => {
		const openai = await standIn('openai', startOpenAI());
		const result = await generate({ prompt: '!redirect', model, folder: 'redirect' });
		assert.deepEqual(outcome(result), ['unsafe-url no']);
		assert.equal(openai.requests.length, 1);
	});

	it('needs a key, the right vendor’s, and an address that is one', async () => {
		const lumenfall = await standIn('lumenfall', startLumenfall());
		const wish = { prompt: 'a fox', model: 'lumenfall/gpt-image-2', folder: 'keys' };
		process.env['LUMENFALL_API_KEY'] = 'vncy_secret';
		const foreign = await generate(wish);
		assert.deepEqual(outcome(foreign), ['bad-key no']);
		assert.match(words(foreign), /The key for Lumenfall is one of Vincony/);
		delete process.env['LUMENFALL_API_KEY'];
		const none = await generate(wish);
		assert.deepEqual(outcome(none), ['no-key no']);
		assert.deepEqual(
			none.failures.map(({ provider }) => provider),
			['lumenfall'],
		);
		process.env['LUMENFALL_API_KEY'] = lumenfallKey;
		for (const address of ['api.lumenfall.ai/openai/v1', 'http://api.lumenfall.ai/openai/v1', 'ftp://x', 'nonsense']) {
			await set('providers.lumenfall.baseUrl', address);
			const result = await generate(wish);
			assert.deepEqual(outcome(result), ['bad-input no'], address);
			assert.match(words(result), /limn\.providers\.lumenfall\.baseUrl/);
		}
		assert.deepEqual(lumenfall.requests, []);
		await set('providers.lumenfall.baseUrl', lumenfall.baseUrl.replace('/openai/v1', '/v1'));
		const typo = await generate(wish);
		assert.deepEqual(outcome(typo), ['invalid-request no']);
		assert.match(words(typo), /nothing at this address\. Check the setting limn\.providers\.lumenfall\.baseUrl/);
	});

	it('says before it sends what a model does not take', async () => {
		const openai = await standIn('openai', startOpenAI());
		const cases: readonly (readonly [object, RegExp])[] = [
			[{ prompt: 'é'.repeat(32_001) }, /has 32001 characters, this model takes 32000/],
			[{ size: '512x512' }, /nearest size is \d+x\d+/],
			[{ options: { quality: 'hd' } }, /low, medium, high, auto/],
			[{ options: { background: 'transparent' }, format: 'jpeg' }, /png or webp/],
		];
		for (const [wish, sentence] of cases) {
			const result = await generate({ prompt: 'a fox', model, folder: 'checked', ...wish });
			assert.deepEqual(outcome(result), ['bad-input no']);
			assert.match(words(result), sentence);
		}
		assert.deepEqual(openai.requests, []);
		const result = await generate({ prompt: 'a fox', model, folder: 'checked', options: { style: 'vivid' } });
		assert.deepEqual(outcome(result), ['saved']);
		assert.match(result.warnings.join(' '), /style/);
		assert.ok(!JSON.stringify(onlyBody(openai)).includes('style'));
	});

	it('says that no answer came where nothing listens', async () => {
		const openai = await standIn('openai', startOpenAI());
		await openai.close();
		assert.deepEqual(outcome(await generate({ prompt: 'a fox', model, folder: 'nobody' })), ['unreachable no']);
	});

	it('gives up after the time that the user allows', async () => {
		await standIn('openai', startOpenAI());
		await set('network.timeoutSeconds', 1);
		const result = await generate({ prompt: '!hang', model, folder: 'slow' });
		assert.deepEqual(outcome(result), ['timed-out unknown']);
		assert.match(words(result), /limn\.network\.timeoutSeconds/);
	});

	it('stops at once when it is cancelled, and cannot say whether it was charged', async () => {
		const openai = await standIn('openai', startOpenAI());
		const source = new CancellationTokenSource();
		const job = generate({ prompt: '!hang', model, n: 2, folder: 'cancelled', token: source.token });
		while (openai.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
		source.cancel();
		assert.deepEqual(outcome(await job), ['cancelled unknown', 'cancelled unknown']);
	});

	it('goes the way that is set, and leaves the process-wide ways of others alone', async () => {
		const before = slots();
		const openai = await standIn('openai', startOpenAI());
		for (const transport of ['auto', 'direct', 'editor']) {
			await set('network.transport', transport);
			assert.deepEqual(outcome(await generate({ prompt: 'a fox', model, folder: transport })), ['saved'], transport);
		}
		assert.equal(openai.requests.length, 3);
		assert.deepEqual(slots(), before);
	});

	it('has as many requests under way as the user allows', async () => {
		const custom = await standIn('custom', startCustom('sd-cpp'));
		await set('network.maxConcurrentRequests', 1);
		custom.fail('hang');
		const source = new CancellationTokenSource();
		const first = generate({ prompt: 'first', model: 'custom/sd-cpp-local', folder: 'one', token: source.token });
		while (custom.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
		const second = generate({ prompt: 'second', model: 'custom/sd-cpp-local', folder: 'one' });
		const sketch = await generate({ prompt: 'meanwhile', model: 'sketch/placeholder', size: '16x16', folder: 'one' });
		assert.deepEqual(outcome(sketch), ['saved'], 'what sends nothing does not wait');
		assert.equal(custom.requests.length, 1);
		source.cancel();
		assert.deepEqual(outcome(await first), ['cancelled no'], 'it is free');
		assert.deepEqual(outcome(await second), ['saved']);
	});
});
