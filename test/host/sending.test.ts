import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { commands, window } from 'vscode';
import type { Emulator } from '../servers/emulator';
import { startOpenAI } from '../servers/openai';
import { startLumenfall } from '../servers/lumenfall';
import { parseResult } from './contract';
import { standIns } from './standIn';
import { closeEditors } from './workspace';

/** A dialog that a person answers, and what it said. */
function person(answer: 'Send' | 'Cancel'): string[] {
	const said: string[] = [];
	mock.method(window, 'showWarningMessage', async (question: string, { detail }: { detail: string }) => {
		said.push(`${question}\n${detail}`);
		return answer === 'Send' ? answer : undefined;
	});
	return said;
}

/** As somebody asks who is there to be asked. */
async function order(model: string, given: Readonly<Record<string, unknown>> = {}) {
	const argument = { prompt: 'a fox', model, folder: 'sending', ...given };
	const { images, failures } = parseResult(await commands.executeCommand('limn.generate', argument));
	return [images.length, ...failures.map(({ code }) => code)];
}

const openai = 'openai/gpt-image-2';

/** Built of pieces, so that this file does not hold what it looks for. */
const secret = ['draw AK', 'IAABCDEFGHIJKLMNOP in neon'].join('');

function hostOf({ baseUrl }: Emulator): string {
	return new URL(baseUrl).host;
}

describe('consent to what is sent in folders', () => {
	const { standIn, set } = standIns(['openai', 'lumenfall']);
	afterEach(async () => {
		mock.restoreAll();
		await closeEditors();
	});

	it('is asked for before the first request, with what goes where, and nothing is sent without', async () => {
		const server = await standIn('openai', startOpenAI());
		const said = person('Cancel');
		assert.deepEqual(await order(openai), [0, 'cancelled']);
		assert.deepEqual(server.requests, []);
		const [dialog = ''] = said;
		assert.match(dialog, new RegExp(`^Send this to ${hostOf(server)}\\?\n`));
		assert.match(dialog, new RegExp(`\nSent to ${hostOf(server)}: the prompt.\nPrompt: a fox\n`));
		assert.equal(said.length, 1);
	});

	it('is given once for a provider at its address, and by whoever asked first', async () => {
		const server = await standIn('openai', startOpenAI());
		const said = person('Send');
		const all = await Promise.all([order(openai), order(openai), order(openai, { n: 2 })]);
		assert.deepEqual(all, [[1], [1], [2]]);
		assert.deepEqual(await order(openai), [1]);
		assert.equal(said.length, 1);
		assert.ok(server.requests.length >= 4);
		await standIn('lumenfall', startLumenfall());
		assert.deepEqual(await order('lumenfall/gpt-image-2'), [1]);
		assert.equal(said.length, 2, 'another provider');
		await standIn('openai', startOpenAI());
		assert.deepEqual(await order(openai), [1]);
		assert.equal(said.length, 3, 'another address');
	});

	it('is asked before any question for a price', async () => {
		const server = await standIn('lumenfall', startLumenfall());
		await set('budget.confirmAbove', 0);
		person('Cancel');
		assert.deepEqual(await order('lumenfall/gpt-image-2', { n: 3 }), [0, 'cancelled', 'cancelled', 'cancelled']);
		assert.deepEqual(server.requests, []);
		await set('budget.confirmAbove', null);
	});

	it('is asked each time where a prompt seems to hold a secret', async () => {
		await standIn('openai', startOpenAI());
		const said = person('Send');
		assert.deepEqual(await order(openai), [1]);
		for (const _ of [1, 2]) assert.deepEqual(await order(openai, { prompt: secret }), [1]);
		assert.equal(said.length, 3);
		assert.match(said[2] ?? '', /^The prompt seems to hold a secret \(an API key\)\. Send it to /);
		const server = await standIn('openai', startOpenAI());
		person('Cancel');
		assert.deepEqual(await order(openai, { options: { user: secret } }), [0, 'cancelled']);
		assert.deepEqual(server.requests, []);
	});

	it('is the caller’s where it is silent, but for a secret', async () => {
		const server = await standIn('openai', startOpenAI());
		const said = person('Cancel');
		assert.deepEqual(await order(openai, { silent: true }), [1]);
		const sent = server.requests.length;
		assert.deepEqual(await order(openai, { silent: true, prompt: secret }), [0, 'bad-input']);
		assert.equal(server.requests.length, sent);
		assert.deepEqual(said, []);
	});

	it('is not given where no dialog can be shown', async () => {
		const server = await standIn('openai', startOpenAI());
		mock.method(window, 'showWarningMessage', async () => Promise.reject(new Error('no dialogs here')));
		assert.deepEqual(await order(openai), [0, 'cancelled']);
		assert.deepEqual(server.requests, []);
	});
});
