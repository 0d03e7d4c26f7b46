import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { appears } from '../editor/locators';
import { Workbench } from '../editor/workbench';

const text = `# Guide

<!-- limn: a lighthouse at dawn, watercolour | size=48x32 model=sketch/placeholder -->
![A lighthouse at dawn](images/lighthouse.png)

A fox: ![a fox in the snow](fox.png)

<!-- limn: an owl at night | size=48x32 model=sketch/placeholder -->
![An owl](images/owl.png)

<!-- limn: a hare | size=48x32 model=sketch/placeholder -->
![A hare](images/hare.png)

![two hares](hares.png)
`;

describe('recipes in the workbench', () => {
	let folder: string;
	let workbench: Workbench;

	before(async () => {
		folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-')), 'a b#ü');
		await mkdir(folder);
		await writeFile(path.join(folder, 'guide.md'), text);
		workbench = await Workbench.open(folder, { devPath: '.', settings: { 'limn.model': 'sketch/placeholder' } });
		await workbench.openFile('guide.md');
	});
	after(async () => {
		await workbench.close();
		await rm(path.dirname(folder), { recursive: true, force: true });
	});
	afterEach(async function () {
		const { title, state } = this.currentTest ?? {};
		if (state === 'failed') await workbench.screenshot(`failed-${title?.replaceAll(/\W+/g, '-')}`);
		await workbench.clearNotifications();
	});

	it('shows above each recipe what can be done, and for how much', async () => {
		await lens('Generate · free').first().waitFor();
		assert.equal(await lens('Generate · free').count(), 3);
		for (const theme of ['dark', 'hc', 'light'] as const)
			await workbench.screenshot(`recipes-lens-${theme}`, { theme });
	});

	it('makes a picture at a click, notes it, and offers what comes next', async () => {
		await lens('Generate · free').first().click();
		await workbench.notification(/Saved images\/lighthouse\.png\. No AI drew it/).waitFor();
		await lens('Regenerate · free').first().waitFor();
		await lens('Variations…').first().waitFor();
		assert.match(await saved(), /model=sketch\/placeholder made=[0-9a-f]{12}-[0-9a-f]{12} -->\n!\[A lighthouse/);
		await workbench.screenshot('recipes-made');
	});

	it('takes the note out with Undo, and leaves the picture', async () => {
		await workbench.editor.focus();
		await workbench.page.keyboard.press('ControlOrMeta+Z');
		await lens('Not made from this recipe').first().waitFor();
		assert.ok((await stat(path.join(folder, 'images/lighthouse.png'))).size > 0);
		await workbench.screenshot('recipes-undone');
		await lens('Keep as It Is').first().click();
		await lens('Regenerate · free').first().waitFor();
		await lens('Not made from this recipe').first().waitFor({ state: 'hidden' });
	});

	it('says that a picture is stale when its words change', async () => {
		await workbench.goTo(3, 14);
		await workbench.typeText('tall ');
		await lens('Stale: prompt changed').first().waitFor();
		for (const theme of ['dark', 'hc', 'light'] as const)
			await workbench.screenshot(`recipes-stale-${theme}`, { theme });
	});

	it('lists what is wrong among the problems', async () => {
		await workbench.runCommand('Problems: Focus on Problems View');
		const problems = workbench.page.locator('.markers-panel');
		await problems.getByText('The recipe has changed since lighthouse.png was made.').first().waitFor();
		await problems.getByText('The picture owl.png is missing.').first().waitFor();
		await problems.getByText('There is no picture fox.png.').first().waitFor();
		await workbench.screenshot('recipes-problems');
		await workbench.runCommand('View: Toggle Panel Visibility');
	});

	it('makes the picture of a plain link by a quick fix: its alternative text is the prompt', async () => {
		await workbench.goTo(6, 15);
		await quickFix('Generate this image', 'recipes-fix');
		await workbench.notification(/Saved fox\.png\./).waitFor();
		assert.ok((await saved()).includes('![a fox in the snow](fox.png)'));
		assert.ok((await stat(path.join(folder, 'fox.png'))).size > 0);
	});

	it('asks before it replaces a picture that somebody changed', async () => {
		const file = path.join(folder, 'images/lighthouse.png');
		await appendFile(file, 'changed by hand');
		const mine = await readFile(file);
		await lens('Regenerate · free').first().click();
		const question = workbench.page.getByRole('dialog').filter({ hasText: 'is not as Limn made it. Replace it?' });
		await question.waitFor();
		await workbench.screenshot('recipes-replace');
		await question.getByRole('button', { name: 'Cancel' }).click();
		await question.waitFor({ state: 'hidden' });
		assert.deepEqual(await readFile(file), mine);
		await lens('Regenerate · free').first().click();
		await question.getByRole('button', { name: 'Replace' }).click();
		await workbench.notification(/Saved images\/lighthouse\.png\./).waitFor();
		assert.notDeepEqual(await readFile(file), mine);
	});

	it('lists what would be made with prices, and makes what is ticked', async () => {
		const { inputBox } = workbench;
		const file = path.join(folder, 'images/lighthouse.png');
		await appendFile(file, 'changed by hand once more');
		const mine = await readFile(file);
		await workbench.goTo(3, 14);
		await workbench.typeText('very ');
		await workbench.runCommand('Limn: Build Images from Recipes');
		await row(/images\/owl\.png\s*free · sketch\/placeholder/).waitFor();
		// What somebody changed is listed, and left unless it is ticked.
		await row(/images\/lighthouse\.png.*changed by hand: a tick replaces it/).waitFor();
		await row(/images\/hare\.png/).waitFor();
		await inputBox.title.filter({ hasText: 'Build Images · 2 pictures · free' }).waitFor();
		for (const theme of ['dark', 'hc', 'light'] as const)
			await workbench.screenshot(`recipes-build-${theme}`, { theme });
		await row(/images\/hare\.png/).click();
		await inputBox.title.filter({ hasText: 'Build Images · 1 picture · free' }).waitFor();
		await inputBox.field.press('Enter');
		await workbench.notification(/Saved images\/owl\.png\./).waitFor();
		assert.deepEqual(await readFile(file), mine);
		assert.equal((await workbench.savedText('guide.md')).match(/made=/g)?.length, 2);
		await assert.rejects(stat(path.join(folder, 'images/hare.png')));
	});

	it('generates all that is missing in the file by a quick fix', async () => {
		await workbench.goTo(11, 10);
		await quickFix('Generate all missing in this file');
		await row(/hares\.png/).waitFor();
		await workbench.inputBox.field.press('Enter');
		await workbench.notification(/Saved .*hare.*\.png and 1 more\./).waitFor();
		await lens('Generate · free').first().waitFor({ state: 'hidden' });
	});

	it('shows the picture and its recipe under the mouse', async () => {
		const hover = workbench.page.locator('.monaco-hover').filter({ hasText: 'sketch/placeholder' }).first();
		// One that comes while the palette still goes is hidden with it.
		const showHover = async () => {
			for (let tries = 0; tries < 5; tries++) {
				await workbench.runCommand('Show or Focus Hover');
				if (await appears(hover, 5000)) return;
			}
			await hover.waitFor();
		};
		await workbench.goTo(4, 40);
		await showHover();
		await hover.getByText(/a tall lighthouse at dawn, watercolour/).waitFor();
		await hover.locator('img').first().waitFor();
		for (const link of ['Edit', 'Vary', 'Regenerate']) assert.ok((await hover.getByText(link).count()) > 0, link);
		for (const theme of ['dark', 'hc', 'light'] as const) {
			await workbench.setTheme(theme);
			await showHover();
			await workbench.screenshot(`recipes-hover-${theme}`);
		}
		await hover.getByText('Vary').click();
		await workbench.inputBox.title.filter({ hasText: 'Create Variations' }).waitFor();
		await workbench.inputBox.dismiss();
		await workbench.goTo(4, 40);
		await showHover();
		await hover.getByText('Edit').click();
		await workbench.inputBox.title.filter({ hasText: 'Edit Image' }).waitFor();
		await workbench.inputBox.dismiss();
	});

	it('completes keys and models inside a recipe', async () => {
		await workbench.goTo(8, 61);
		await workbench.pressFor('Control+Space', workbench.page.locator('.suggest-widget').getByRole('option').first());
		await workbench.screenshot('recipes-completion');
		await workbench.page.keyboard.press('Escape');
	});

	it('shows nothing of all this when it is switched off', async () => {
		await workbench.changeSettings({ 'limn.codeLens.enabled': false, 'limn.diagnostics.enabled': false });
		await lens(/free/).first().waitFor({ state: 'hidden' });
	});

	function lens(title: string | RegExp): Locator {
		return workbench.page.locator('.codelens-decoration').getByText(title, { exact: true });
	}

	/** Of a list with ticks. */
	function row(label: RegExp): Locator {
		return workbench.inputBox.widget.locator('.monaco-list-row').filter({ hasText: label }).first();
	}

	async function quickFix(title: string, picture?: string): Promise<void> {
		const fix = workbench.page.locator('.action-widget').getByText(title);
		await workbench.pressFor('ControlOrMeta+.', fix);
		if (picture) await workbench.screenshot(picture);
		await fix.click();
	}

	async function saved(): Promise<string> {
		return readFile(path.join(folder, 'guide.md'), 'utf8');
	}
});
