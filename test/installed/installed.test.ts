import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FrameLocator, Locator } from 'playwright-core';
import * as z from 'zod';
import { sniff } from '../../src/image/sniff';
import { type EditorVersion, knownVersion } from '../editor/codeServer';
import { environment } from '../editor/environment';
import { appears } from '../editor/locators';
import { Workbench } from '../editor/workbench';
import { failureShape as failure, insertedShape, parseResult, type SavedImage } from '../contractShapes';
import { startCustom } from '../servers/custom';
import type { Emulator } from '../servers/emulator';
import { openaiKey } from '../servers/testing';
import { OtherExtension } from './otherExtension';

const guide = `# Guide

<!-- limn: a lighthouse at dawn | size=64x48 model=sketch/placeholder -->
![A lighthouse at dawn](images/lighthouse.png)

A fox in the snow.

`;

const manifest = z
	.object({
		version: z.string(),
		contributes: z.object({
			commands: z.array(z.object({ command: z.string() })),
			languageModelTools: z.array(z.object({ name: z.string() })),
		}),
	})
	.parse(JSON.parse(readFileSync('package.json', 'utf8')));

const findingSchema = z.object({ kind: z.string(), line: z.int(), message: z.string() });

const editors: readonly EditorVersion[] =
	environment.version === undefined ? ['1.100', '1.139'] : [knownVersion(environment.version)];

for (const editor of editors) {
	/** One window of a new user, and in it what a person and another extension do, one after the other. */
	describe(`limn.vsix, installed in VS Code ${editor}`, () => {
		let parent: string;
		let custom: Emulator;
		let other: OtherExtension;
		let workbench: Workbench;
		const called = new Set<string>();

		before(async () => {
			parent = await realpath(await mkdtemp(path.join(os.tmpdir(), 'limn-installed-')));
			await writeFile(path.join(parent, 'guide.md'), guide);
			custom = await startCustom('sd-cpp');
			other = new OtherExtension(await mkdtemp(path.join(os.tmpdir(), 'limn-driver-')));
			const settings = { 'limn.model': 'sketch/placeholder', 'limn.providers.custom.baseUrl': custom.baseUrl };
			workbench = await Workbench.open(parent, {
				editor,
				packages: ['limn.vsix', await other.pack()],
				settings,
				answersForItself: true,
			});
			await workbench.openFile('guide.md');
			await other.ready();
		});
		after(async () => {
			await workbench.close();
			await custom.close();
			for (const folder of [parent, other.folder]) await rm(folder, { recursive: true, force: true });
		});
		afterEach(async function () {
			const { title, state } = this.currentTest ?? {};
			if (state === 'failed') await workbench.screenshot(`failed-${editor}-${title?.replaceAll(/\W+/g, '-')}`);
		});

		it('lies among the extensions of the user, not where it is developed', async () => {
			const { version, path: place } = await other.about('limn.limn');
			assert.ok(version.startsWith(`${editor}.`), version);
			assert.equal(place, path.join(workbench.extensionsFolder, `limn.limn-${manifest.version}`));
		});

		it('shows what can be done above a recipe, and does it at a click', async () => {
			await lens('Generate · free').waitFor();
			// While the window comes up, a line of commands is drawn anew now and then: a click on the old one is lost.
			for (let tries = 0; tries < 4 && !(await appears(lens('Regenerate · free'), tries * 2000 + 1)); tries++)
				await lens('Generate · free')
					.click({ timeout: 2000 })
					.catch(() => undefined);
			await lens('Regenerate · free').waitFor();
			assert.equal(await formatOf(path.join(parent, 'images', 'lighthouse.png')), 'png');
			assert.equal((await other.about('limn.limn')).isActive, true);
		});

		it('shows the picture and its recipe under the mouse', async () => {
			const hover = workbench.page.locator('.monaco-hover').filter({ hasText: 'sketch/placeholder' }).first();
			await workbench.goTo(4, 40);
			for (let tries = 0; tries < 5 && !(await appears(hover, 1)); tries++) {
				await workbench.runCommand('Show or Focus Hover');
				await appears(hover, 5000);
			}
			await hover.locator('img').first().waitFor();
		});

		it('makes pictures: limn.generate', async () => {
			const insert = { uri: file('guide.md'), line: 6, character: 0 };
			const { uri, width, height } = await picture('limn.generate', {
				prompt: 'a fox in the snow',
				size: '64x48',
				insert,
			});
			assert.deepEqual([fileURLToPath(uri), width, height], [file('images/a-fox-in-the-snow.png'), 64, 48]);
			assert.match(
				await workbench.savedText('guide.md'),
				/^!\[A fox in the snow\]\(images\/a-fox-in-the-snow\.png\)$/m,
			);
		});

		for (const format of ['jpeg', 'webp'] as const) {
			it(`finds the codec of ${format}`, async () => {
				const { uri } = await picture('limn.generate', { prompt: `a ${format}`, size: '64x48', format });
				assert.equal(await formatOf(fileURLToPath(uri)), format);
			});
		}

		it('makes a picture of a passage: limn.generateFromSelection', async () => {
			const range = { start: { line: 5, character: 0 }, end: { line: 5, character: 18 } };
			const { prompt } = await picture('limn.generateFromSelection', { uri: file('guide.md'), range, size: '64x48' });
			assert.equal(prompt, 'A fox in the snow.');
		});

		it('changes pictures: limn.edit, limn.expand, limn.vary', async () => {
			const image = file('images/a-fox-in-the-snow.png');
			const mask = [{ x: 8, y: 8, width: 16, height: 16 }];
			const edited = await picture('limn.edit', { image, mask, prompt: 'a moon' });
			assert.deepEqual([edited.width, edited.height, edited.changedOutsideMask], [64, 48, 0]);
			const expanded = await picture('limn.expand', { image, left: 16, right: 16 });
			assert.deepEqual([expanded.width, expanded.height, expanded.changedOutsideMask], [96, 48, 0]);
			assert.equal((await picture('limn.vary', { image, strength: 'subtle' })).operation, 'vary');
		});

		it('refers to a picture: limn.insert', async () => {
			const argument = { image: 'images/lighthouse.png', uri: file('guide.md'), position: { line: 1, character: 0 } };
			const { inserted } = insertedShape.parse(await command('limn.insert', { ...argument, alt: 'A tower' }));
			assert.equal(inserted, '![A tower](images/lighthouse.png)');
			await workbench.savedText('guide.md');
		});

		it('builds and checks recipes: limn.buildImages, limn.checkImages', async () => {
			await rm(file('images/lighthouse.png'));
			const check = async () =>
				z.object({ findings: z.array(findingSchema) }).parse(await command('limn.checkImages', { scope: 'workspace' }));
			assert.ok((await check()).findings.some(({ kind }) => kind === 'missing'));
			const built = parseResult(await command('limn.buildImages', { uri: file('guide.md'), silent: true }));
			assert.deepEqual([built.images.length, built.failures], [1, []]);
			assert.deepEqual((await check()).findings, []);
		});

		it('reads and strips what a file says: limn.showRecipe, limn.stripMetadata', async () => {
			const image = file('images/a-fox-in-the-snow.png');
			const shown = z.object({ recipe: z.object({ record: z.object({ prompt: z.string() }) }) });
			const { recipe } = shown.parse(await command('limn.showRecipe', { image }));
			assert.equal(recipe.record.prompt, 'a fox in the snow');
			const { uri } = z.object({ uri: z.string() }).parse(await command('limn.stripMetadata', { image }));
			assert.ok(!(await readFile(fileURLToPath(uri))).includes('a fox in the snow'));
		});

		it('says that no model is there to describe a picture: limn.describeImage', async () => {
			const said = z.object({ alt: z.literal(''), failure });
			said.parse(await command('limn.describeImage', { image: file('images/lighthouse.png') }));
		});

		for (const transport of ['editor', 'direct'] as const) {
			it(`orders at a server: limn.network.transport is ${transport}`, async () => {
				await other.set('limn.network.transport', transport);
				const orders = custom.requests.length;
				const { uri } = await picture('limn.generate', {
					prompt: 'an owl',
					size: '64x64',
					model: 'custom/sd-cpp-local',
				});
				assert.equal(await formatOf(fileURLToPath(uri)), 'png');
				// Only `fetch` says this of itself.
				const viaFetch = custom.requests.slice(orders).map(({ headers }) => 'sec-fetch-mode' in headers);
				assert.deepEqual(new Set(viaFetch), new Set([transport === 'editor']));
			});
		}

		it('knows keys and servers: limn.setApiKey, limn.clearApiKey, limn.checkConnection', async () => {
			const setting = command('limn.setApiKey', { provider: 'openai' });
			await workbench.inputBox.title.filter({ hasText: 'API Key of OpenAI' }).waitFor();
			await workbench.inputBox.submit(openaiKey);
			assert.equal(await setting, true);
			assert.equal(await command('limn.clearApiKey', { provider: 'openai' }), true);
			const checked = z.array(z.strictObject({ provider: z.string(), ok: z.boolean(), message: z.string() }));
			const [first] = checked.parse(await command('limn.checkConnection', { provider: 'custom' }));
			assert.deepEqual([first?.provider, first?.ok], ['custom', true]);
		});

		it('sets the model, and says what was spent: limn.chooseModel, limn.recoverJobs, limn.showSpending, limn.showLog', async () => {
			assert.equal(await command('limn.chooseModel', { model: 'sketch/placeholder' }), 'sketch/placeholder');
			assert.deepEqual(parseResult(await command('limn.recoverJobs')).failures, []);
			const sums = z.strictObject({ today: z.number(), month: z.number(), total: z.number() });
			assert.equal(sums.parse(await command('limn.showSpending')).total, 0);
			await command('limn.showLog');
		});

		it('lists the jobs: limn.showJobs', async () => {
			const listing = command('limn.showJobs');
			await workbench.inputBox.widget.getByPlaceholder('No pictures are being made').waitFor();
			await workbench.inputBox.dismiss();
			await listing;
		});

		it('opens the studio, which makes a picture: limn.openStudio', async () => {
			await command('limn.openStudio', { view: 'create' });
			const prompt = studio().getByRole('textbox', { name: 'Prompt' });
			await prompt.fill('a heron in the fog');
			await prompt.press('Control+Enter');
			const shown = studio().getByRole('article').filter({ hasText: 'a heron in the fog' }).locator('img').first();
			await shown.waitFor();
			await until(async () => shown.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0));
		});

		it('takes a picture onto the canvas: limn.editInStudio', async () => {
			const editing = command('limn.editInStudio');
			await workbench.inputBox.option('lighthouse').click();
			await editing;
			await studio().locator('canvas').first().waitFor();
		});

		it('has called every command of the manifest', () => {
			assert.deepEqual([...called].toSorted(), manifest.contributes.commands.map(({ command: id }) => id).toSorted());
		});

		it('serves agents, each call with the consent of the person: limn_generate_image, limn_edit_image', async () => {
			const made = await tool('limn_generate_image', { prompt: 'a hare', path: 'images/hare.png', size: '64x48' });
			assert.match(made, /^Saved images\/hare\.png, 64 × 48 pixels\./);
			const changed = await tool('limn_edit_image', { image: 'images/hare.png', prompt: 'at night' });
			assert.match(changed, /^Saved images\//);
			assert.equal(manifest.contributes.languageModelTools.length, 2);
		});

		function file(name: string): string {
			return path.join(parent, ...name.split('/'));
		}

		function lens(title: string): Locator {
			return workbench.page.locator('.codelens-decoration').getByText(title, { exact: true }).first();
		}

		function studio(): FrameLocator {
			return workbench.webview();
		}

		async function command(id: string, argument?: object): Promise<unknown> {
			called.add(id);
			return other.command(id, argument);
		}

		/** The one picture that a command makes. */
		async function picture(id: string, argument: object): Promise<SavedImage> {
			const { images, failures } = parseResult(await command(id, { ...argument, silent: true }));
			assert.deepEqual(failures, []);
			const [image] = images;
			assert.ok(image && images.length === 1);
			return image;
		}

		/** What a tool says, once the editor's question has been answered. */
		async function tool(name: string, input: Readonly<Record<string, unknown>>): Promise<string> {
			const said = other.tool(name, input);
			const question = workbench.page.locator('.monaco-dialog-box').filter({ hasText: 'Nothing is sent' });
			await question.locator('.monaco-button:not(.secondary)').first().click();
			return said;
		}
	});
}

async function formatOf(file: string): Promise<string | undefined> {
	return sniff(await readFile(file))?.format;
}

/** Waits for what happens soon; what does not is a failure. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
	const end = performance.now() + 15_000;
	while (!(await isSo())) assert.ok(performance.now() < end, isSo.toString());
}
