import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Workbench } from '../editor/workbench';
import type { Emulator } from '../servers/emulator';
import { startOpenAI } from '../servers/openai';
import { replicateKey, startReplicate } from '../servers/replicate';
import { runwareKey, startRunware } from '../servers/runware';
import { startVincony, vinconyKey } from '../servers/vincony';

const documents = ['runware.md', 'vincony.md', 'replicate.md'];

describe('models in the workbench', () => {
	let parent: string;
	let emulators: readonly Emulator[];
	let replicate: Emulator;
	let workbench: Workbench;

	before(async () => {
		parent = await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-'));
		const folder = path.join(parent, 'a b#ü');
		await cp('test/sample', folder, { recursive: true });
		for (const name of documents) await writeFile(path.join(folder, name), '# Notes\n');
		const [openai, runware, vincony, slow] = await Promise.all([
			startOpenAI(),
			startRunware(),
			startVincony(),
			startReplicate(),
		]);
		replicate = slow;
		emulators = [openai, runware, vincony, slow];
		const settings = {
			'limn.budget.confirmAbove': null,
			'limn.providers.openai.baseUrl': openai.baseUrl,
			'limn.providers.runware.baseUrl': runware.baseUrl,
			'limn.providers.vincony.baseUrl': vincony.baseUrl,
			'limn.providers.replicate.baseUrl': slow.baseUrl,
			// Nobody listens here.
			'limn.providers.custom.baseUrl': 'http://127.0.0.1:9/v1',
		};
		workbench = await Workbench.open(folder, { devPath: '.', settings });
	});
	after(async () => {
		await workbench.close();
		await Promise.all(emulators.map(async (emulator) => emulator.close()));
		await rm(parent, { recursive: true, force: true });
	});
	afterEach(async function () {
		const { title, state } = this.currentTest ?? {};
		if (state === 'failed') await workbench.screenshot(`failed-${title?.replaceAll(/\W+/g, '-')}`);
		await workbench.clearNotifications();
	});

	it('are listed with prices and badges; the key is set where the model is chosen', async () => {
		await open('runware.md');
		await openList();
		await workbench.inputBox.option('openai/gpt-image-2').waitFor();
		for (const theme of ['dark', 'hc', 'light'] as const) await workbench.screenshot(`picker-${theme}`, { theme });
		await workbench.inputBox.type('runware/openai:gpt-image@2');
		const row = workbench.inputBox.option('runware/openai:gpt-image@2');
		assert.match((await row.getAttribute('aria-label')) ?? '', /needs a key/);
		await row.hover();
		await row.getByRole('button', { name: 'Set API Key of Runware' }).click();
		await titled('API Key of Runware');
		await workbench.inputBox.submit(runwareKey);
		await titled(/^Model$/);
		assert.equal(await workbench.inputBox.field.inputValue(), 'runware/openai:gpt-image@2');
		await workbench.screenshot('picker-with-key');
		await workbench.inputBox.option('runware/openai:gpt-image@2').click();
		await make('a lighthouse', 'runware.md');
	});

	it('of a gateway that answers in a chat make pictures too, and Enter asks for the missing key', async () => {
		await open('vincony.md');
		await chooseWithKey('vincony/openai/gpt-image-2', 'Vincony', vinconyKey);
		await make('a chat', 'vincony.md');
	});

	it('of Replicate are asked what they take, and waited for', async () => {
		await open('replicate.md');
		await chooseWithKey('replicate/openai/gpt-image-2', 'Replicate', replicateKey);
		await make('a prediction', 'replicate.md');
		assert.deepEqual(
			replicate.requests.slice(0, 2).map(({ method, path: where }) => `${method} ${where}`),
			['GET /v1/models/openai/gpt-image-2', 'POST /v1/models/openai/gpt-image-2/predictions'],
		);
	});

	it('may be any, by its name: Enter takes what no row has, and the row that it begins with', async () => {
		await openList();
		await workbench.inputBox.submit('custom/my-own');
		await titled(/custom\/my-own/);
		await workbench.inputBox.button(/^Change Model/).click();
		await titled(/^Model$/);
		await workbench.inputBox.submit('openai/nothing');
		await titled('API Key of OpenAI');
		await workbench.inputBox.field.press('Escape');
		await titled(/^Model$/);
		assert.equal(await workbench.inputBox.field.inputValue(), 'openai/nothing');
		await workbench.inputBox.field.press('Escape');
		await titled(/custom\/my-own/);
		await workbench.inputBox.dismiss();
		await workbench.runCommand('Limn: Choose Model…');
		await titled(/^Model$/);
		await workbench.inputBox.field.press('Enter');
		await workbench.statusItem('Pictures are made with replicate/openai/gpt-image-2 from now on.').waitFor();
	});

	it('are shown in the status bar, which changes the setting', async () => {
		await workbench.statusItem(/^Limn: model of the next picture, replicate\/openai\/gpt-image-2/).click();
		await titled(/^Model$/);
		await workbench.inputBox.type('sketch/placeholder');
		await workbench.inputBox.option('sketch/placeholder').click();
		await workbench.statusItem('Pictures are made with sketch/placeholder from now on.').waitFor();
		await workbench
			.statusItem(/placeholder/)
			.first()
			.waitFor();
		await workbench.runCommand('Limn: Generate Image…');
		await titled(/sketch\/placeholder/);
		await workbench.inputBox.dismiss();
	});

	it('answer or do not, which a check tells without spending, with what may mend it', async () => {
		const spent = emulators.map(({ charges }) => charges);
		await workbench.runCommand('Limn: Check Connection');
		await titled('Connections');
		await workbench.inputBox.widget.getByText('Replicate accepts the key.').waitFor();
		for (const theme of ['dark', 'hc', 'light'] as const) await workbench.screenshot(`connections-${theme}`, { theme });
		await workbench.inputBox.widget.getByText('Custom server does not answer').waitFor();
		await workbench.screenshot('connections');
		await workbench.inputBox.widget.getByText('There is no API key for OpenAI. Set one.').click();
		await titled('API Key of OpenAI');
		await workbench.inputBox.dismiss();
		assert.deepEqual(
			emulators.map(({ charges }) => charges),
			spent,
		);
	});

	async function openList(): Promise<void> {
		await workbench.runCommand('Limn: Generate Image…');
		await titled(/^Generate Image/);
		await workbench.inputBox.button(/^Change Model/).click();
		await titled(/^Model$/);
	}

	async function chooseWithKey(model: string, title: string, key: string): Promise<void> {
		await openList();
		await workbench.inputBox.type(model);
		await workbench.inputBox.option(model).waitFor();
		await workbench.inputBox.field.press('Enter');
		await titled(`API Key of ${title}`);
		await workbench.inputBox.submit(key);
	}

	/** Writes the prompt into the box, and waits until its picture is in the document. */
	async function make(prompt: string, file: string): Promise<void> {
		await titled(/^Generate Image/);
		await workbench.inputBox.submit(prompt);
		const name = prompt.replaceAll(' ', '-');
		await workbench.tab(`${name}.png`).waitFor();
		assert.match(await workbench.savedText(file), new RegExp(`!\\[${prompt}\\]\\(images/${name}\\.png\\)`, 'i'));
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
