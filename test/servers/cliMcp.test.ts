import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import Ajv from 'ajv';
import * as z from 'zod';
import { findingShape, type Result, resultShape } from '../contractShapes';
import { bundle, Desk, until } from './cliTesting';
import { startCustom } from './custom';
import { startOpenAI } from './openai';
import { emulators, openaiKey, pngOf, twoHalves } from './testing';

const answerShape = z.looseObject({
	content: z.tuple([z.strictObject({ type: z.literal('text'), text: z.string() })]),
	structuredContent: z.unknown(),
	isError: z.boolean().optional(),
});

interface Answer {
	readonly text: string;
	readonly isError: boolean;
	readonly result: Result;
}

const sketch = 'sketch/placeholder';

describe('limn mcp, driven by the official client', () => {
	const start = emulators();
	let desk: Desk;
	let client: Client;
	let err = '';
	const clients: Client[] = [];

	beforeEach(async () => {
		desk = await Desk.open();
	});
	afterEach(async () => {
		await Promise.all(clients.splice(0).map(async (each) => each.close()));
		await desk.close();
	});

	async function connect(
		env: Readonly<Record<string, string>> = {},
		args: readonly string[] = [],
	): Promise<StdioClientTransport> {
		const transport = new StdioClientTransport({
			command: process.execPath,
			args: [bundle, 'mcp', ...args],
			cwd: desk.root,
			env: desk.environment(env),
			stderr: 'pipe',
		});
		err = '';
		transport.stderr?.on('data', (bytes: Buffer) => (err += bytes.toString()));
		client = new Client({ name: 'test', version: '0' });
		clients.push(client);
		await client.connect(transport);
		return transport;
	}

	async function call(
		name: string,
		input: Record<string, unknown>,
		options: Parameters<Client['callTool']>[2] = {},
	): Promise<Answer> {
		const answer = answerShape.parse(await client.callTool({ name, arguments: input }, undefined, options));
		const [{ text }] = answer.content;
		return { text, isError: answer.isError ?? false, result: resultShape.parse(answer.structuredContent) };
	}

	it('offers three tools, with schemas that a strict validator takes', async () => {
		await connect();
		const { tools } = await client.listTools();
		assert.deepEqual(
			tools.map(({ name }) => name),
			['limn_generate_image', 'limn_edit_image', 'limn_check_images'],
		);
		const ajv = new Ajv({ strict: true });
		for (const { inputSchema, description, annotations } of tools) {
			ajv.compile(inputSchema);
			assert.ok((description ?? '').length > 100);
			assert.equal(annotations?.destructiveHint, false);
		}
		assert.deepEqual(
			tools.map(({ annotations }) => annotations?.readOnlyHint),
			[false, false, true],
		);
		assert.equal(client.getServerVersion()?.name, 'limn');
	});

	it('makes a picture where it was asked to, and says how to show it', async () => {
		await connect();
		const { text, isError, result } = await call('limn_generate_image', {
			prompt: 'a fox',
			model: sketch,
			path: 'docs/images/fox.png',
			alt: 'A fox',
		});
		assert.equal(isError, false);
		assert.deepEqual(await desk.files(), ['docs/images/fox.png']);
		assert.equal(result.images.length, 1);
		assert.match(text, /^Saved docs\/images\/fox\.png, 1024 × 1024 pixels\.$/m);
		assert.match(text, /!\[A fox\]\(docs\/images\/fox\.png\)/);
		assert.match(text, /^Cost: \$0\.00\.$/m);
		assert.match(text, /No budget is set: LIMN_DAILY_BUDGET sets one\./);
		assert.ok(text.length < 500);
	});

	it('takes auto for a model, several at once, and another format by the name', async () => {
		await connect();
		const { result } = await call('limn_generate_image', { prompt: 'a fox', n: 2, size: '16:9', path: 'fox.webp' });
		assert.deepEqual(
			result.images.map(({ mimeType, model }) => [mimeType, model]),
			[
				['image/webp', sketch],
				['image/webp', sketch],
			],
		);
		assert.deepEqual(await desk.files(), ['fox-1.webp', 'fox.webp']);
	});

	it('edits a picture with a mask, through a provider', async () => {
		const emulator = await start(startOpenAI());
		await connect({ OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl, LIMN_DAILY_BUDGET: '5' });
		await desk.write('docs/sea.png', pngOf(twoHalves(1024, 1024)));
		const mask = [{ x: 600, y: 100, width: 300, height: 300 }];
		const { text, result } = await call('limn_edit_image', { image: 'docs/sea.png', prompt: 'a reef', mask });
		assert.equal(result.images[0]?.changedOutsideMask, 0, text);
		assert.deepEqual(await desk.files(), ['docs/a-reef.png', 'docs/sea.png']);
		assert.match(text, /Left of today’s budget: \$4\.\d+\./);
	});

	it('lists what is wrong in documents', async () => {
		await desk.write('docs/a.md', '![A](none.png)\n');
		await connect();
		const answer = answerShape.parse(await client.callTool({ name: 'limn_check_images', arguments: {} }));
		assert.equal(answer.content[0].text, 'docs/a.md:1: broken-link: There is no picture none.png.');
		const found = z.strictObject({ findings: z.array(findingShape) }).parse(answer.structuredContent);
		assert.equal(found.findings.length, 1);
		const none = answerShape.parse(await client.callTool({ name: 'limn_check_images', arguments: { paths: ['..'] } }));
		assert.equal(none.isError, true);
	});

	it('answers bad arguments with what is allowed, and lives on', async () => {
		await connect();
		const bad: readonly Record<string, unknown>[] = [
			{},
			{ prompt: '' },
			{ prompt: 'a fox', n: 11 },
			{ prompt: 'a fox', size: 'big' },
			{ prompt: 'a fox', force: true },
			{ prompt: 'a fox', model: 'nobody/knows' },
			{ prompt: 'a'.repeat(8001) },
		];
		for (const input of bad) {
			const { isError, text } = await call('limn_generate_image', input);
			assert.equal(isError, true);
			assert.match(text, /^Failed: bad-input: /m);
		}
		await assert.rejects(client.callTool({ name: 'limn_delete_image', arguments: {} }), /There is no such tool/);
		assert.equal((await call('limn_generate_image', { prompt: 'a fox', model: sketch })).isError, false);
	});

	it('writes and reads nothing outside of the folder, nor in hidden ones', async () => {
		await mkdir(path.join(desk.top, 'outside'));
		await writeFile(path.join(desk.top, 'outside/secret.png'), pngOf(twoHalves(64, 64)));
		await symlink(path.join(desk.top, 'outside'), path.join(desk.root, 'link'));
		await connect();
		const paths = [
			'../fox.png',
			'/outside/fox.png',
			'a/../../fox.png',
			'.git/fox.png',
			'a/.vscode/fox.png',
			'GIT~1/fox.png',
		].concat(['link/fox.png', 'C:\\fox.png', '~/fox.png', 'fox.svg', '${workspaceFolder}/../fox.png', 'con.png']);
		for (const name of paths) {
			const { isError, result } = await call('limn_generate_image', { prompt: 'a fox', model: sketch, path: name });
			assert.deepEqual([isError, result.failures[0]?.code], [true, 'bad-input'], name);
		}
		for (const image of [
			'../outside/secret.png',
			'link/secret.png',
			`file://${desk.top}/outside/secret.png`,
			'/etc/passwd',
		]) {
			const { isError, text } = await call('limn_edit_image', { image, prompt: 'a reef', model: sketch });
			assert.equal(isError, true, image);
			assert.match(text, /bad-input: .*(was not read|does not end with)/);
		}
		assert.deepEqual(await desk.files(), ['link']);
	});

	it('refuses what one call may not cost, and says what to do', async () => {
		const emulator = await start(startOpenAI());
		await connect({ OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl }, ['--max-cost', '0.01']);
		const { isError, text } = await call('limn_generate_image', { prompt: 'a fox' });
		assert.equal(isError, true);
		assert.match(text, /over-budget: This costs about \$0\.211, and --max-cost allows \$0\.01\./);
		assert.equal(emulator.charges, 0);
	});

	it('charges nothing beyond the budget, however many calls come at once', async () => {
		const emulator = await start(startOpenAI());
		await connect({ OPENAI_API_KEY: openaiKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl, LIMN_DAILY_BUDGET: '1' });
		const calls = Array.from({ length: 20 }, async (_, index) =>
			call('limn_generate_image', { prompt: `a fox ${index}`, model: 'openai/gpt-image-2' }),
		);
		const answers = await Promise.all(calls);
		const made = answers.filter(({ isError }) => !isError);
		// Each costs 0.211 USD at most.
		assert.ok(made.length >= 4 && emulator.charges === made.length, `${made.length} ${emulator.charges}`);
		assert.ok(answers.every(({ isError, result }) => !isError || result.failures[0]?.code === 'over-budget'));
		const spent = answers.reduce((sum, { result }) => sum + (result.cost?.usd ?? 0), 0);
		assert.ok(spent <= 1, `${spent}`);
		assert.equal((await desk.files()).length, made.length);
	});

	it('tells how far it is, and stops when the client cancels', async () => {
		const emulator = await start(startCustom('sd-cpp'));
		emulator.fail('hang', { times: 9, when: ({ method }) => method === 'POST' && emulator.requests.length > 1 });
		await connect({ LIMN_CUSTOM_BASE_URL: emulator.baseUrl });
		const cancelling = new AbortController();
		const heard: number[] = [];
		const calling = call(
			'limn_generate_image',
			{ prompt: 'a fox', n: 2, model: 'custom/sd-cpp-local' },
			{
				signal: cancelling.signal,
				onprogress: ({ progress, total }) => {
					assert.equal(total, 2);
					heard.push(progress);
				},
			},
		);
		await until(() => heard.includes(1));
		cancelling.abort();
		await assert.rejects(calling);
		assert.deepEqual(heard, [0, 1]);
		// What had come is kept, the record of the job goes, and the server serves on.
		await until(async () => !(await desk.own()).some((name) => name.startsWith('journal/')));
		assert.equal((await desk.files()).length, 1);
		assert.equal((await call('limn_generate_image', { prompt: 'b', model: sketch })).isError, false);
	});

	it('leaves what runs when the client goes for limn recover', async () => {
		const emulator = await start(startCustom('sd-cpp'));
		emulator.fail('hang', { times: 9 });
		const transport = await connect({ LIMN_CUSTOM_BASE_URL: emulator.baseUrl });
		const calling = call('limn_generate_image', { prompt: 'a fox', model: 'custom/sd-cpp-local' });
		await until(() => emulator.requests.length > 0);
		await Promise.all([assert.rejects(calling), transport.close()]);
		assert.ok(
			(await desk.own()).some((name) => name.includes('.record/')),
			(await desk.own()).join(' '),
		);
		const { result } = await desk.result(['recover'], { LIMN_CUSTOM_BASE_URL: emulator.baseUrl });
		assert.equal(result.failures.length, 1);
		assert.equal(emulator.requests.length, 1);
	});

	it('leaves it for limn recover, too, when the client says more than a message may hold', async () => {
		const emulator = await start(startCustom('sd-cpp'));
		emulator.fail('hang', { times: 9 });
		const transport = await connect({ LIMN_CUSTOM_BASE_URL: emulator.baseUrl });
		const calling = call('limn_generate_image', { prompt: 'a fox', model: 'custom/sd-cpp-local' });
		await until(() => emulator.requests.length > 0);
		const closed = new Promise<void>((onclose) => Object.assign(client, { onclose }));
		const params = { name: 'limn_check_images', arguments: { paths: ['x'.repeat(11 * 2 ** 20)] } };
		void transport.send({ jsonrpc: '2.0', id: 99, method: 'tools/call', params }).catch(() => undefined);
		await Promise.all([assert.rejects(calling), closed]);
		const { result } = await desk.result(['recover'], { LIMN_CUSTOM_BASE_URL: emulator.baseUrl });
		assert.equal(result.failures.length, 1);
	});

	it('shows no key, not even one that the agent sends', async () => {
		const wrongKey = ['sk', 'wrong', 'key', '0123456789'].join('-');
		const emulator = await start(startOpenAI());
		await connect({ OPENAI_API_KEY: wrongKey, LIMN_OPENAI_BASE_URL: emulator.baseUrl }, ['--verbose']);
		const refused = await call('limn_generate_image', { prompt: 'a fox' });
		assert.equal(refused.result.failures[0]?.code, 'bad-key');
		const echoed = await call('limn_generate_image', { prompt: 'a fox', path: `${wrongKey}.txt` });
		assert.ok(!JSON.stringify([refused, echoed]).includes(wrongKey));
		assert.ok(err.includes('POST') && !err.includes(wrongKey));
	});

	it('sends no picture that limn.ignore names', async () => {
		await desk.write('.vscode/settings.json', '{ "limn.ignore": ["private/**"] }');
		await desk.write('private/sea.png', await readFile('media/icon.png'));
		await connect();
		const { isError, text } = await call('limn_edit_image', {
			image: 'private/sea.png',
			prompt: 'a reef',
			model: sketch,
		});
		assert.equal(isError, true);
		assert.match(text, /is not sent/);
	});
});
