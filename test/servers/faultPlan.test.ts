import assert from 'node:assert/strict';
import { sniff } from '../../src/image/sniff';
import type { Emulator } from './emulator';
import type { downloadFaults } from './faultDownloads';
import { faults } from './faults';
import { startOpenAI } from './openai';
import { emulators, openaiKey } from './testing';

interface Seen {
	readonly response: Response;
	readonly text: string;
}

async function see(emulator: Emulator, fields: object): Promise<Seen> {
	const response = await fetch(`${emulator.baseUrl}/images/generations`, {
		method: 'POST',
		headers: { authorization: `Bearer ${openaiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({ model: 'dall-e-2', size: '256x256', ...fields }),
	});
	return { response, text: await response.text() };
}

async function status(url: string, wanted: number) {
	const response = await fetch(url, { redirect: 'manual' });
	assert.equal(response.status, wanted);
	return response;
}

async function picture(url: string) {
	const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
	assert.equal(sniff(bytes)?.width, 256);
	return bytes;
}

describe('faults of downloads', () => {
	const started = emulators();
	const cases = {
		'url-expired': async (_, url) => status(url, 403),
		'url-missing': async (_, url) => status(url, 404),
		'url-gone': async (_, url) => status(url, 410),
		'url-500-once': async (_, url) => {
			await status(url, 500);
			await picture(url);
		},
		'url-html': async (_, url) => assert.match(await (await status(url, 200)).text(), /<html>/),
		'url-cut': async (_, url) => {
			await assert.rejects(picture(url), TypeError);
			await picture(url);
		},
		'url-hang': async (emulator, url) => {
			const stop = new AbortController();
			const reading = fetch(url, { signal: stop.signal });
			while (emulator.requests.length < 2) await new Promise(setImmediate);
			stop.abort();
			await assert.rejects(reading, { name: 'AbortError' });
		},
		'url-redirect': async (emulator, url) => {
			const response = await status(url, 302);
			assert.ok(response.headers.get('location')?.startsWith(emulator.elsewhere));
			await picture(url);
		},
		'url-loop': async (_, url) => assert.rejects(picture(url), TypeError),
	} as const satisfies Readonly<
		Record<keyof typeof downloadFaults, (emulator: Emulator, url: string) => Promise<unknown>>
	>;

	for (const [name, check] of Object.entries(cases)) {
		it(`${name}: after an answer that is as it should be`, async () => {
			const emulator = await started(startOpenAI({ legacy: true }));
			const { text } = await see(emulator, { prompt: `a mill !${name}` });
			await check(emulator, /"url":"([^"]*)"/.exec(text)?.[1] ?? '');
			assert.equal(emulator.charges, 1);
		});
	}

	it('go on from a byte where a client asks for the rest of the same file', async () => {
		const emulator = await started(startOpenAI({ legacy: true }));
		const { text } = await see(emulator, { prompt: 'a mill' });
		const url = /"url":"([^"]*)"/.exec(text)?.[1] ?? '';
		const [bytes, etag] = [await picture(url), (await fetch(url)).headers.get('etag') ?? ''];
		const rest = await fetch(url, { headers: { range: 'bytes=100-', 'if-range': etag } });
		assert.equal(rest.status, 206);
		assert.deepEqual(new Uint8Array(await rest.arrayBuffer()), bytes.subarray(100));
		const other = await fetch(url, { headers: { range: 'bytes=100-', 'if-range': '"other"' } });
		assert.equal(other.status, 200);
	});
});

describe('what an emulator remembers', () => {
	const started = emulators();

	it('are the last requests, where it is told how many', async () => {
		const emulator = await started(startOpenAI({ legacy: true, remember: 2 }));
		for (const prompt of ['one', 'two', 'three']) await see(emulator, { prompt });
		assert.deepEqual(
			emulator.requests.map(({ fields }) => fields['prompt']),
			['two', 'three'],
		);
		assert.equal(emulator.charges, 3);
	});
});

describe('faults by program', () => {
	const started = emulators();

	it('befall the next post, and the one after it not', async () => {
		const emulator = await started(startOpenAI({ legacy: true }));
		emulator.fail('502-html');
		assert.equal((await see(emulator, { prompt: 'a mill' })).response.status, 502);
		assert.equal((await see(emulator, { prompt: 'a mill' })).response.status, 200);
	});

	it('befall as many as they are told, in the order of telling', async () => {
		const emulator = await started(startOpenAI({ legacy: true }));
		emulator.fail('500', { times: 2 });
		emulator.fail('quota');
		const statuses: number[] = [];
		for (let index = 0; index < 4; index++) statuses.push((await see(emulator, { prompt: 'a mill' })).response.status);
		assert.deepEqual(statuses, [500, 500, 429, 200]);
	});

	it('befall the requests that are meant', async () => {
		const emulator = await started(startOpenAI({ legacy: true }));
		emulator.fail('bad-key', { when: ({ path }) => path.endsWith('/models'), times: Number.POSITIVE_INFINITY });
		assert.equal((await see(emulator, { prompt: 'a mill' })).response.status, 200);
		const models = await fetch(`${emulator.baseUrl}/models`, { headers: { authorization: `Bearer ${openaiKey}` } });
		assert.equal(models.status, 401);
		assert.match(await models.text(), new RegExp(openaiKey));
	});

	it('befall the download of a picture', async () => {
		const emulator = await started(startOpenAI({ legacy: true }));
		const { text } = await see(emulator, { prompt: 'a mill' });
		const url = /"url":"([^"]*)"/.exec(text)?.[1] ?? '';
		emulator.fail('url-gone');
		assert.equal((await fetch(url)).status, 410);
		assert.equal((await fetch(url)).status, 200);
	});

	it('stand in prompts as words of their own alone', async () => {
		const emulator = await started(startOpenAI({ legacy: true }));
		for (const prompt of ['stop!quota', '!unknown', 'what a mill!', '!constructor']) {
			assert.equal((await see(emulator, { prompt })).response.status, 200, prompt);
		}
	});

	it('have a sentence each, and names that can stand in prompts', () => {
		for (const [name, { says }] of Object.entries(faults)) {
			assert.match(name, /^[a-z0-9-]+$/);
			assert.ok(says.length > 5);
		}
	});
});
