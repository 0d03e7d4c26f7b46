import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Workbench } from '../editor/workbench';
import { startCustom } from '../servers/custom';
import type { Emulator } from '../servers/emulator';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { lumenfallKey, openaiKey } from '../servers/testing';

const documents = ['streamed.md', 'retired.md', 'refused.md', 'key.md', 'dear.md', 'gateway.md', 'own.md'];

describe('real providers in the workbench', () => {
	let parent: string;
	let openai: Emulator;
	let lumenfall: Emulator;
	let custom: Emulator;
	let workbench: Workbench;

	before(async () => {
		parent = await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-'));
		const folder = path.join(parent, 'a b#ü');
		await cp('test/sample', folder, { recursive: true });
		for (const name of documents) await writeFile(path.join(folder, name), '# Notes\n');
		[openai, lumenfall, custom] = await Promise.all([startOpenAI(), startLumenfall(), startCustom('sd-cpp')]);
		const settings = {
			'limn.providers.openai.baseUrl': openai.baseUrl,
			'limn.providers.lumenfall.baseUrl': lumenfall.baseUrl,
			'limn.providers.custom.baseUrl': custom.baseUrl,
			'limn.models.allowRetired': ['lumenfall/dall-e-2'],
			'limn.model': 'openai/gpt-image-2',
		};
		workbench = await Workbench.open(folder, { devPath: '.', settings, answersForItself: true });
	});
	after(async () => {
		await workbench.close();
		await Promise.all([openai, lumenfall, custom].map(async (emulator) => emulator.close()));
		await rm(parent, { recursive: true, force: true });
	});
	afterEach(async function () {
		const { title, state } = this.currentTest ?? {};
		if (state === 'failed') console.log(await workbench.page.locator('.monaco-dialog-box').allInnerTexts());
		if (state === 'failed') await workbench.screenshot(`failed-${title?.replaceAll(/\W+/g, '-')}`);
		await workbench.clearNotifications();
	});

	it('asks for the key that is missing, tells another vendor’s, and then streams an unfinished picture', async () => {
		await open('streamed.md');
		await workbench.runCommand('Limn: Generate Image…');
		await titled(/openai\/gpt-image-2/);
		await workbench.inputBox.submit('a lighthouse !slow');
		const missing = workbench.notification('There is no API key for OpenAI. Set one.');
		await missing.getByRole('button', { name: 'Set API Key' }).click();
		await titled('API Key of OpenAI');
		await workbench.inputBox.submit(lumenfallKey);
		await workbench.inputBox.widget.getByText('The key for OpenAI is one of Lumenfall.').waitFor();
		await workbench.screenshot('foreign-key');
		await workbench.inputBox.submit(openaiKey);
		await workbench.statusItem('The API key of OpenAI is set.').waitFor();
		assert.deepEqual(openai.requests, []);

		const orderOne = async () => {
			await workbench.runCommand('Limn: Generate Image…');
			await titled(/openai\/gpt-image-2/);
			await workbench.inputBox.submit('a lighthouse !slow');
		};
		await orderOne();
		const question = firstQuestion(openai);
		await question.getByText('Prompt: a lighthouse !slow').waitFor();
		for (const theme of ['dark', 'hc', 'light'] as const) {
			await workbench.setTheme(theme);
			await workbench.screenshot(`first-request-${theme}`);
		}
		await question.getByRole('button', { name: 'Cancel' }).click();
		await question.waitFor({ state: 'hidden' });
		assert.deepEqual(openai.requests, []);
		await orderOne();
		await question.getByRole('button', { name: 'Send' }).click();
		await workbench.tab('unfinished-1.png').waitFor();
		await workbench.webview().locator('img').waitFor();
		await workbench.screenshot('unfinished');
		await workbench.notification(/Saved images\/a-lighthouse-slow\.png\. It cost \$0\.\d+\./).waitFor();
		await workbench.tab('a-lighthouse-slow.png').waitFor();
		await workbench.tab('unfinished-1.png').waitFor({ state: 'detached' });
		assert.match(await workbench.savedText('streamed.md'), /!\[A lighthouse !slow\]\(images\/a-lighthouse-slow\.png\)/);
	});

	it('refuses a retired model with its successor, which one click uses', async () => {
		await open('retired.md');
		await choose('openai/dall-e-3');
		await workbench.inputBox.submit('a fox');
		const retired = workbench.notification('openai/dall-e-3 was retired on 2026-05-12.');
		await retired.waitFor();
		await workbench.screenshot('retired');
		assert.deepEqual(
			posts(openai).filter(({ fields }) => fields['model'] === 'dall-e-3'),
			[],
		);
		await retired.getByRole('button', { name: 'Use openai/gpt-image-2' }).click();
		await workbench.tab('a-fox.png').waitFor();
		assert.match(await workbench.savedText('retired.md'), /!\[A fox\]\(images\/a-fox\.png\)/);
		await workbench.statusItem('Limn: 1 job').waitFor({ state: 'hidden' });
		assert.equal(posts(openai).at(-1)?.fields['model'], 'gpt-image-2');
	});

	it('says why a prompt was refused, and lets it be changed', async () => {
		await open('refused.md');
		await choose('openai/gpt-image-2');
		await workbench.inputBox.submit('a brawl !moderation');
		const refused = workbench.notification('OpenAI refused the prompt (violence). Change it.');
		await refused.waitFor();
		await workbench.screenshot('refused');
		await refused.getByRole('button', { name: 'Change Prompt…' }).click();
		await titled(/^Generate Image/);
		assert.equal(await workbench.inputBox.field.inputValue(), 'a brawl !moderation');
		await workbench.inputBox.submit('a handshake');
		// The editor shows no more than three notifications in 0.8 s, and a machine is faster than that.
		await workbench.tab('a-handshake.png').waitFor();
		assert.match(await workbench.savedText('refused.md'), /!\[A handshake\]/);
	});

	it('asks before it spends more than the person’s limit, and shows what was spent', async () => {
		const orderThree = async () => {
			await choose('openai/gpt-image-2');
			await workbench.inputBox.button(/^Change Count/).click();
			await titled('Count');
			await workbench.inputBox.submit('3');
			await titled(/3 pictures/);
			await workbench.inputBox.submit('three foxes');
		};
		await open('dear.md');
		await orderThree();
		const question = workbench.page.getByRole('dialog').filter({ hasText: 'Make 3 pictures for about $0.633?' });
		await question.getByText(`Sent to ${new URL(openai.baseUrl).host}: the prompt.`).waitFor();
		await question.getByText('Model: openai/gpt-image-2').waitFor();
		await workbench.screenshot('confirm-spending');
		const before = posts(openai).length;
		await question.getByRole('button', { name: 'Cancel' }).click();
		await workbench.statusItem('Limn: 1 job').waitFor({ state: 'hidden' });
		assert.equal(posts(openai).length, before);

		await orderThree();
		await question.getByRole('button', { name: 'Make Pictures' }).click();
		await titled('Insert Which Picture?');
		await workbench.inputBox.dismiss();
		await workbench.notification(/Saved images\/three-foxes\.png and 2 more/).waitFor();
		await workbench.statusItem(/Limn: spent today \$\d+\.\d+/).click();
		await workbench.tab('Spending').waitFor();
		await workbench.page.locator('.view-line').filter({ hasText: 'By model' }).waitFor();
		await workbench.screenshot('spending');
	});

	it('asks once for all that a build would cost', async () => {
		await writeFile(path.join(workbench.folder, 'build.md'), `${recipe('hare')}\n${recipe('owl')}`);
		await open('build.md');
		const build = async () => {
			await workbench.runCommand('Limn: Build Images from Recipes');
			await titled('Build Images · 2 pictures · up to $0.422');
			await workbench.inputBox.field.press('Enter');
		};
		await build();
		const question = workbench.page.getByRole('dialog').filter({ hasText: 'Make 2 pictures for about $0.422?' });
		const before = posts(openai).length;
		await question.getByRole('button', { name: 'Cancel' }).click();
		await question.waitFor({ state: 'hidden' });
		await build();
		await question.getByRole('button', { name: 'Make Pictures' }).click();
		await workbench.notification(/Saved .*\.png and 1 more\./).waitFor();
		assert.equal(posts(openai).length, before + 2);
	});

	it('says that a key is not accepted, and offers to set another', async () => {
		await open('key.md');
		await choose('openai/gpt-image-2');
		await workbench.inputBox.submit('a locked door !bad-key');
		const bad = workbench.notification('OpenAI does not accept the API key. Set another one.');
		await bad.getByRole('button', { name: 'Open Log' }).waitFor();
		for (const theme of ['dark', 'hc', 'light'] as const) {
			await workbench.setTheme(theme);
			await workbench.screenshot(`bad-key-${theme}`);
		}
		await bad.getByRole('button', { name: 'Set API Key' }).click();
		await titled('API Key of OpenAI');
		await workbench.inputBox.dismiss();
	});

	it('makes a picture through a gateway, whose list of models the picker then has', async () => {
		await open('gateway.md');
		await workbench.runCommand('Limn: Set API Key…');
		await workbench.inputBox.option('Lumenfall').click();
		await workbench.inputBox.submit(lumenfallKey);
		await workbench.statusItem('The API key of Lumenfall is set.').waitFor();
		await choose('lumenfall/gpt-image-2');
		await workbench.inputBox.submit('a gateway');
		await firstQuestion(lumenfall).getByRole('button', { name: 'Send' }).click();
		await workbench.tab('a-gateway.png').waitFor();
		assert.match(await workbench.savedText('gateway.md'), /!\[A gateway\]/);
		await choose('lumenfall/dall-e-2');
		await workbench.inputBox.submit('an old model');
		await workbench.tab('an-old-model.png').waitFor();
		await workbench.notification('lumenfall/dall-e-2 was retired on 2026-05-12. It is asked all the same').waitFor();
		assert.match(await workbench.savedText('gateway.md'), /!\[An old model\]/);
		await workbench.runCommand('Limn: Generate Image…');
		await titled(/lumenfall\/dall-e-2/);
		await workbench.inputBox.button(/^Change Model/).click();
		await workbench.screenshot('models');
		await workbench.inputBox.type('lumenfall/flux');
		await workbench.inputBox.option('lumenfall/flux.1-schnell').waitFor();
		await workbench.page.keyboard.press('Escape');
		await titled(/^Generate Image/);
		await workbench.inputBox.dismiss();
	});

	it('makes a picture with a server of one’s own', async () => {
		await open('own.md');
		await choose('custom/flux-dev');
		await workbench.inputBox.submit('my own');
		await workbench.tab('my-own.png').waitFor();
		assert.match(await workbench.savedText('own.md'), /!\[My own\]/);
		await workbench.notification('Limn does not know the model custom/flux-dev').waitFor();
		assert.equal(posts(custom).length, 1);
		assert.ok((await readdir(path.join(workbench.folder, 'images'))).includes('my-own.png'));
		assert.equal((await readFile(path.join(workbench.folder, 'images/my-own.png'))).subarray(1, 4).toString(), 'PNG');
	});

	/** Whether anything may be sent there. */
	function firstQuestion({ baseUrl }: Emulator) {
		return workbench.page.getByRole('dialog').filter({ hasText: `Send this to ${new URL(baseUrl).host}?` });
	}

	/** Opens the box and writes the name of a model. */
	async function choose(model: string): Promise<void> {
		await workbench.runCommand('Limn: Generate Image…');
		await titled(/^Generate Image/);
		await workbench.inputBox.button(/^Change Model/).click();
		await titled(/^Model$/);
		await workbench.inputBox.submit(model);
		await titled(new RegExp(model.replace('/', String.raw`\/`)));
	}

	async function open(name: string): Promise<void> {
		await workbench.runCommand('View: Close All Editors');
		await workbench.page.getByRole('treeitem', { name }).dblclick();
		await workbench.editor.waitFor();
		await workbench.goTo(2);
	}

	async function titled(title: string | RegExp): Promise<void> {
		await workbench.inputBox.title.filter({ hasText: title }).waitFor();
	}
});

function recipe(what: string): string {
	return `<!-- limn: a ${what} | model=openai/gpt-image-2 -->\n![A ${what}](images/${what}.png)\n`;
}

function posts({ requests }: Emulator) {
	return requests.filter(({ method }) => method === 'POST');
}
