import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { CancellationTokenSource, commands, type TextDocument, window } from 'vscode';
import type { Emulator } from '../servers/emulator';
import { startOpenAI } from '../servers/openai';
import { startLumenfall } from '../servers/lumenfall';
import { startRunware } from '../servers/runware';
import { parseResult } from './contract';
import { confirmAbove, person } from './person';
import { savePhoto } from './photos';
import { standIns } from './standIn';
import { until } from './until';
import { closeEditors, openNew } from './workspace';

/** As somebody asks who is there to be asked. */
async function order(model: string, given: Readonly<Record<string, unknown>> = {}) {
	const argument = { prompt: 'a fox', model, folder: 'sending', ...given };
	const { images, failures } = parseResult(await commands.executeCommand('limn.generate', argument));
	return [images.length, ...failures.map(({ code }) => code)];
}

const openai = 'openai/gpt-image-2';

/** No price list has it: the provider is asked. */
const unpriced = 'lumenfall/gemini-3-pro-image';
const usdOfUnpriced = 0.04;

/** Built of pieces, so that this file does not hold what it looks for. */
const secret = ['draw AK', 'IAABCDEFGHIJKLMNOP in neon'].join('');

async function documentOf(name: string, recipes: readonly string[]): Promise<TextDocument> {
	const text = recipes.map((recipe, at) => `<!-- limn: ${recipe} -->\n![](${name}-${at}.png)\n`).join('\n');
	return openNew(`sending/${name}.md`, text);
}

/** As somebody builds who is there to be asked. */
async function build({ uri }: TextDocument) {
	const { images, failures } = parseResult(await commands.executeCommand('limn.buildImages', { uri }));
	return [images.length, ...failures.map(({ code }) => code)];
}

function hostOf({ baseUrl }: Emulator): string {
	return new URL(baseUrl).host;
}

describe('consent to what is sent in folders', () => {
	const { standIn } = standIns(['openai', 'lumenfall', 'runware']);
	afterEach(async () => {
		mock.restoreAll();
		await closeEditors();
	});
	after(async () => confirmAbove(null));

	it('is asked for before the first request, with what goes where, and nothing is sent without', async () => {
		const server = await standIn('openai', startOpenAI());
		const said = person('no');
		assert.deepEqual(await order(openai), [0, 'cancelled']);
		assert.deepEqual(server.requests, []);
		const [dialog = ''] = said;
		assert.match(dialog, new RegExp(`^Send this to ${hostOf(server)}\\?\n`));
		assert.match(dialog, new RegExp(`\nSent to ${hostOf(server)}: the prompt.\nPrompt: a fox\n`));
		assert.equal(said.length, 1);
	});

	it('is given once for a provider at its address, and by whoever asked first', async () => {
		const server = await standIn('openai', startOpenAI());
		const said = person();
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
		await confirmAbove(0);
		person('no');
		assert.deepEqual(await order('lumenfall/gpt-image-2', { n: 3 }), [0, 'cancelled', 'cancelled', 'cancelled']);
		assert.deepEqual(server.requests, []);
		await confirmAbove(null);
	});

	it('is asked each time where a prompt seems to hold a secret', async () => {
		await standIn('openai', startOpenAI());
		const said = person();
		assert.deepEqual(await order(openai), [1]);
		for (const _ of [1, 2]) assert.deepEqual(await order(openai, { prompt: secret }), [1]);
		assert.equal(said.length, 3);
		assert.match(said[2] ?? '', /^The prompt seems to hold a secret \(an API key\)\. Send it to /);
		const server = await standIn('openai', startOpenAI());
		person('no');
		assert.deepEqual(await order(openai, { options: { user: secret } }), [0, 'cancelled']);
		assert.deepEqual(server.requests, []);
	});

	it('is asked where only the name of an option says that it is a secret', async () => {
		const server = await standIn('openai', startOpenAI());
		person('no');
		const options = { password: 'hunter22' };
		assert.deepEqual(await order('openai/unheard-of', { options }), [0, 'cancelled']);
		assert.deepEqual(await order('openai/unheard-of', { options, silent: true }), [0, 'bad-input']);
		assert.deepEqual(server.requests, []);
	});

	it('is asked once for a build, whose options may hold the secret', async () => {
		const server = await standIn('openai', startOpenAI());
		const recipes = [`a fox | model=${openai} user="${secret}"`, `a hen | model=${openai}`];
		const document = await documentOf('secret', recipes);
		const shied = person('no');
		assert.deepEqual(await build(document), [0, 'cancelled', 'cancelled']);
		assert.match(shied[0] ?? '', /^The prompt seems to hold a secret \(an API key\)\./);
		assert.deepEqual(server.requests, []);
		const said = person();
		assert.deepEqual(await build(document), [2]);
		assert.equal(said.length, 1);
	});

	it('is asked once where a build and another job come at the same time', async () => {
		await standIn('openai', startOpenAI());
		const said = person();
		const document = await documentOf('doors', [`a fox | model=${openai}`]);
		const both = await Promise.all([order(openai), build(document)]);
		assert.deepEqual(both, [[1], [1]]);
		assert.equal(said.length, 1);
	});

	it('is asked once where two pictures are described at the same time', async () => {
		const server = await standIn('runware', startRunware());
		const image = await savePhoto('sending/fox.png', { width: 16, height: 16 });
		const said = person();
		const describeIt = async () => commands.executeCommand('limn.describeImage', { image });
		const alt = 'A fox that sleeps in the snow';
		assert.deepEqual(await Promise.all([describeIt(), describeIt()]), [{ alt }, { alt }]);
		assert.equal(said.length, 1);
		assert.match(said[0] ?? '', new RegExp(`\nSent to ${hostOf(server)}: .*sending/fox\\.png\\.\n`));
	});

	it('is asked for a build whose prices only the provider knows, once they come to more than the limit', async () => {
		await confirmAbove(null);
		const server = await standIn('lumenfall', startLumenfall());
		person();
		assert.deepEqual(await order(unpriced), [1]);
		await confirmAbove(usdOfUnpriced * 2.5);
		const { charges } = server;
		const said = person('no');
		const foxes = Array.from({ length: 4 }, (_, at) => `fox ${at} | model=${unpriced}`);
		assert.deepEqual(await build(await documentOf('prices', foxes)), [2, 'cancelled', 'cancelled']);
		assert.equal(server.charges, charges + 2);
		assert.equal(said.length, 2);
		await confirmAbove(null);
	});

	it('ends with the job that is cancelled while it is asked, and is not stored then', async () => {
		const server = await standIn('openai', startOpenAI());
		const presses: ((button: string) => void)[] = [];
		const asked = async () => new Promise<string>((resolve) => presses.push(resolve));
		mock.method(window, 'showWarningMessage', asked);
		const source = new CancellationTokenSource();
		const ordered = order(openai, { token: source.token });
		await until(() => presses.length === 1);
		source.cancel();
		assert.deepEqual(await ordered, [0, 'cancelled']);
		presses[0]?.('Send');
		const said = person('no');
		assert.deepEqual(await order(openai), [0, 'cancelled']);
		assert.equal(said.length, 1);
		assert.deepEqual(server.requests, []);
	});

	it('is the caller’s where it is silent, but for a secret', async () => {
		const server = await standIn('openai', startOpenAI());
		const said = person('no');
		assert.deepEqual(await order(openai, { silent: true }), [1]);
		const sent = server.requests.length;
		const argument = { prompt: secret, model: openai, folder: 'sending', silent: true };
		const { failures } = parseResult(await commands.executeCommand('limn.generate', argument));
		assert.deepEqual(
			failures.map(({ code }) => code),
			['bad-input'],
		);
		assert.match(failures[0]?.message ?? '', /seems to hold a secret \(an API key\), so nothing was sent/);
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
