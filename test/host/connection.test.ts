import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { commands } from 'vscode';
import * as z from 'zod';
import { startCustom } from '../servers/custom';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { startReplicate } from '../servers/replicate';
import { startRunware } from '../servers/runware';
import { startVincony } from '../servers/vincony';
import { standIns } from './standIn';

/** The shape of CONTRACT.md, strict. */
const findings = z.array(z.strictObject({ provider: z.string(), ok: z.boolean(), message: z.string().min(1) }));

async function check(argument: object) {
	return findings.parse(await commands.executeCommand('limn.checkConnection', argument));
}

async function checkOne(provider: string) {
	const [finding, ...others] = await check({ provider });
	assert.ok(finding && finding.provider === provider);
	assert.deepEqual(others, []);
	return `${finding.ok ? 'ok' : 'no'}: ${finding.message}`;
}

describe('checking a connection in folders', () => {
	const { set, standIn } = standIns();

	it('says of each provider that its key works, and what is left, and spends nothing', async () => {
		const emulators = await Promise.all([
			standIn('openai', startOpenAI()),
			standIn('runware', startRunware()),
			standIn('lumenfall', startLumenfall()),
			standIn('vincony', startVincony()),
			standIn('replicate', startReplicate()),
			standIn('custom', startCustom('sd-cpp')),
		]);
		const found = await check({});
		assert.deepEqual(
			found.map(({ provider, ok }) => [provider, ok]),
			['openai', 'runware', 'lumenfall', 'vincony', 'replicate', 'custom', 'sketch'].map((id) => [id, true]),
		);
		const words = Object.fromEntries(found.map(({ provider, message }) => [provider, message]));
		assert.equal(words['openai'], 'OpenAI accepts the key.');
		assert.match(words['runware'] ?? '', /^Runware accepts the key\. Left on the account: \$\d[\d.]*\d\.$/);
		assert.equal(words['lumenfall'], 'Lumenfall accepts the key. Left on the account: $25.00.');
		assert.equal(words['vincony'], 'Vincony accepts the key.');
		assert.equal(words['replicate'], 'Replicate accepts the key.');
		assert.equal(words['custom'], 'Custom server answers. No key is set, and it asks for none.');
		assert.equal(words['sketch'], 'Sketch is built in. It needs no key.');
		for (const { requests, charges } of emulators) assert.deepEqual([requests.length, charges], [1, 0]);
	});

	it('says that a key is wrong, or that there is none', async () => {
		process.env['OPENAI_API_KEY'] = 'not-a-key';
		process.env['REPLICATE_API_TOKEN'] = 'not-a-key';
		process.env['VINCONY_API_KEY'] = 'not-a-key';
		await standIn('openai', startOpenAI());
		await standIn('replicate', startReplicate());
		assert.equal(await checkOne('openai'), 'no: OpenAI does not accept the API key. Set another one.');
		await standIn('vincony', startVincony());
		assert.equal(await checkOne('vincony'), 'no: Vincony does not accept the API key. Set another one.');
		assert.equal(await checkOne('replicate'), 'no: Replicate does not accept the API key. Set another one.');
		await set('keys.fromEnvironment', []);
		assert.equal(await checkOne('runware'), 'no: There is no API key for Runware. Set one.');
	});

	it('is not taken in by a server that is somebody else', async () => {
		const answers = ['<html>Welcome to our hotel!</html>', '{"error":{"message":"wrong key"}}', '', 'data: 1\n\n'];
		let body = '';
		const server = createServer((_, response) => {
			response.writeHead(200, { 'content-type': body.startsWith('data:') ? 'text/event-stream' : 'application/json' });
			// A stream of events goes on for ever.
			response.write(body);
			if (!body.startsWith('data:')) response.end();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = z.object({ port: z.number() }).parse(server.address());
		for (const provider of ['openai', 'lumenfall', 'vincony', 'replicate', 'runware', 'custom']) {
			await set(`providers.${provider}.baseUrl`, `http://127.0.0.1:${port}/v1`);
			for (body of answers) assert.match(await checkOne(provider), /^no: /, `${provider}: ${body}`);
		}
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	it('says that nobody answers, and where that is set', async () => {
		await set('providers.custom.baseUrl', 'http://127.0.0.1:9/v1');
		assert.match(await checkOne('custom'), /^no: Custom server does not answer.*limn\.providers\.custom\.baseUrl\.$/);
		await set('providers.openai.baseUrl', 'http://example.org/v1');
		assert.match(await checkOne('openai'), /^no: /);
	});

	it('says what is wrong with what it was asked', async () => {
		assert.match(await checkOne('nobody'), /^no: There is no provider nobody\. Available: openai, runware/);
		const [finding] = await check({ providers: 'openai' });
		assert.match(finding?.message ?? '', /There is no argument providers\. Allowed: provider\./);
	});
});
