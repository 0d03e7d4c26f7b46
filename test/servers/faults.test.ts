import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from './emulator';
import type { answerFaults } from './faultAnswers';
import type { pictureFaults } from './faultPictures';
import type { refusalFaults } from './faultRefusals';
import { faults } from './faults';
import { startOpenAI } from './openai';
import { emulators, openaiKey } from './testing';

type Names<Table> = Readonly<Record<keyof Table, unknown>>;

interface Seen {
	readonly response: Response;
	readonly text: string;
}

async function ask(emulator: Emulator, fields: object, signal?: AbortSignal): Promise<Response> {
	return fetch(`${emulator.baseUrl}/images/generations`, {
		method: 'POST',
		redirect: 'manual',
		headers: { authorization: `Bearer ${openaiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({ model: 'dall-e-2', size: '256x256', ...fields }),
		...(signal ? { signal } : {}),
	});
}

async function see(emulator: Emulator, fields: object): Promise<Seen> {
	const response = await ask(emulator, fields);
	return { response, text: await response.text() };
}

const inline = { response_format: 'b64_json' };
const streamed = { model: 'gpt-image-2', size: '1024x1024', stream: true, partial_images: 1 };

describe('faults that refuse', () => {
	const started = emulators();
	const refusals = {
		moderation: [400, '"moderation_stage":"input"'],
		'moderation-output': [400, '"moderation_stage":"output"'],
		'moderation-bare': [400, '"code":"moderation_blocked"}'],
		'bad-request': [400, 'invalid_value'],
		'bad-key': [401, openaiKey],
		payment: [402, 'insufficient_balance'],
		unverified: [403, 'must be verified'],
		'too-large': [413, 'request_too_large'],
		'rate-limit': [429, 'rate_limit_exceeded', '1'],
		'rate-limit-now': [429, 'rate_limit_exceeded', '0'],
		'rate-limit-date': [429, 'rate_limit_exceeded', 'Sun, 06 Nov 1994 08:49:37 GMT'],
		'queue-full': [429, 'rate_limit_exceeded', '120'],
		quota: [429, 'insufficient_quota'],
		billing: [400, 'billing_hard_limit_reached'],
		exhausted: [502, 'all_providers_exhausted'],
		'503-once': [503, 'server_overloaded', '1'],
	} as const satisfies Names<typeof refusalFaults>;

	for (const [name, [status, words, retryAfter = null]] of Object.entries(refusals)) {
		it(`${name}: ${status}, and nothing is charged`, async () => {
			const emulator = await started(startOpenAI({ legacy: true }));
			const first = await see(emulator, { prompt: `a mill !${name}` });
			assert.equal(first.response.status, status);
			assert.ok(first.text.includes(words), first.text);
			assert.equal(first.response.headers.get('retry-after'), retryAfter);
			assert.equal(emulator.charges, 0);
			const again = await see(emulator, { prompt: `a mill !${name}` });
			assert.equal(again.response.ok, Object.hasOwn(faultOf(name), 'once'));
		});
	}
});

function faultOf(name: string): object {
	return Object.entries(faults).find(([known]) => known === name)?.[1] ?? assert.fail(name);
}

describe('faults of pictures', () => {
	const started = emulators();
	const image = { format: 'png', width: 256, height: 256 };
	const none = undefined;
	const pictures = {
		'not-an-image': [none, image],
		'zero-bytes': [none, image],
		'wrong-type': [{ format: 'gif', width: 1, height: 1 }, image],
		'cut-image': [image, image],
		'pixel-bomb': [{ format: 'png', width: 60_000, height: 60_000 }, image],
		empty: [],
		fewer: [image],
		more: [image, image, image],
		duplicate: [image, image],
	} as const satisfies Names<typeof pictureFaults>;

	for (const [name, wanted] of Object.entries(pictures)) {
		it(`${name}: the work is charged`, async () => {
			const emulator = await started(startOpenAI({ legacy: true }));
			const { text } = await see(emulator, { ...inline, prompt: `a mill !${name}`, n: 2 });
			const files = Array.from(text.matchAll(/"b64_json":"([^"]*)"/g), ([, base64 = '']) => base64);
			assert.deepEqual(
				files.map((base64) => sniff(Buffer.from(base64, 'base64'))),
				wanted,
			);
			assert.equal(new Set(files).size, Math.min(files.length, name === 'duplicate' ? 1 : 2));
			assert.equal(emulator.charges, 1);
		});
	}
});

const failed = /server had an error/;
async function whole(emulator: Emulator, prompt: string, status: number, words: RegExp) {
	const { response, text } = await see(emulator, { prompt });
	assert.equal(response.status, status);
	assert.match(text, words);
}

async function broken(emulator: Emulator, prompt: string) {
	await assert.rejects(see(emulator, { ...inline, prompt }), TypeError);
}

async function endless(emulator: Emulator, prompt: string) {
	const reader = (await ask(emulator, { prompt })).body?.getReader();
	let bytes = 0;
	while (bytes < 20_000_000) bytes += (await reader?.read())?.value?.length ?? 0;
	await reader?.cancel();
}

async function silent(emulator: Emulator, prompt: string) {
	const stop = new AbortController();
	const reading = ask(emulator, { ...inline, prompt }, stop.signal).then(async (response) => response.text());
	while (emulator.charges === 0) await new Promise(setImmediate);
	stop.abort();
	await assert.rejects(reading, { name: 'AbortError' });
}

async function events(emulator: Emulator, prompt: string) {
	const { text } = await see(emulator, { ...streamed, prompt });
	return Array.from(text.matchAll(/^(?:event: (.*)|data: (\[DONE\]))$/gm), ([, name, done]) => name ?? done);
}

const partial = 'image_generation.partial_image';
const completed = 'image_generation.completed';

describe('faults of answers', () => {
	const started = emulators();
	const cases = {
		'500-once': async (emulator, prompt) => {
			await whole(emulator, prompt, 500, failed);
			await whole(emulator, prompt, 200, /"url"/);
			await whole(emulator, prompt, 500, failed);
		},
		'500': async (emulator, prompt) => whole(emulator, prompt, 500, failed),
		'502-html': async (emulator, prompt) => whole(emulator, prompt, 502, /<html>/),
		'504-html': async (emulator, prompt) => whole(emulator, prompt, 504, /<html>/),
		hang: silent,
		stall: silent,
		reset: broken,
		'reset-body': broken,
		'cut-chunked': broken,
		cut: async (emulator, prompt) => {
			await broken(emulator, prompt);
			assert.deepEqual(await events(emulator, prompt), [partial]);
		},
		slow: async (emulator, prompt) => {
			await whole(emulator, prompt, 200, /"url"/);
			assert.deepEqual(await events(emulator, prompt), [partial, completed]);
		},
		'stream-error': async (emulator, prompt) => {
			await whole(emulator, prompt, 500, failed);
			assert.deepEqual(await events(emulator, prompt), [partial, 'error']);
		},
		'no-partials': async (emulator, prompt) => assert.deepEqual(await events(emulator, prompt), [completed]),
		done: async (emulator, prompt) => assert.deepEqual(await events(emulator, prompt), [partial, completed, '[DONE]']),
		'error-in-200': async (emulator, prompt) => whole(emulator, prompt, 200, failed),
		'bad-json': async (emulator, prompt) => whole(emulator, prompt, 200, /[^}]$/),
		'bad-base64': async (emulator, prompt) => whole(emulator, prompt, 200, /@@@@/),
		'bad-shape': async (emulator, prompt) => whole(emulator, prompt, 200, /"images":"none"/),
		html: async (emulator, prompt) => whole(emulator, prompt, 200, /<html>/),
		text: async (emulator, prompt) => whole(emulator, prompt, 200, /^I cannot draw that\.$/),
		redirect: async (emulator, prompt) => {
			const { response } = await see(emulator, { prompt });
			assert.equal(response.status, 307);
			assert.equal(response.headers.get('location'), `${emulator.elsewhere}/v1/images/generations`);
		},
		huge: endless,
		'gzip-bomb': endless,
	} as const satisfies Readonly<
		Record<keyof typeof answerFaults, (emulator: Emulator, prompt: string) => Promise<void>>
	>;

	for (const [name, check] of Object.entries(cases)) {
		it(`${name}: the work is charged`, async () => {
			const emulator = await started(startOpenAI({ legacy: true, pauseMs: 1 }));
			await check(emulator, `a mill !${name}`);
			assert.ok(emulator.charges > 0);
		});
	}

	it('end with the emulator, however they hang', async () => {
		const emulator = await started(startOpenAI({ legacy: true, pauseMs: 3_600_000 }));
		const hanging = ['hang', 'stall', 'slow', 'huge'].map(async (name) => see(emulator, { prompt: `a mill !${name}` }));
		const ended = Promise.allSettled(hanging);
		while (emulator.charges < 4) await new Promise(setImmediate);
		await emulator.close();
		assert.deepEqual(Array.from(new Set((await ended).map(({ status }) => status))), ['rejected']);
	});
});
