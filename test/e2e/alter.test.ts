import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import type { Pixels } from '../../src/image/pixels';
import { Workbench } from '../editor/workbench';
import { countChanged, photo } from '../host/photo';
import { startCustom } from '../servers/custom';
import type { Emulator } from '../servers/emulator';
import { startOpenAI } from '../servers/openai';
import { openaiKey, pngOf } from '../servers/testing';

const size = { width: 640, height: 480 };

const rect = { x: 300, y: 200, width: 120, height: 90 };

describe('changing pictures in the workbench', () => {
	let parent: string;
	let openai: Emulator;
	let custom: Emulator;
	let workbench: Workbench;

	before(async () => {
		parent = await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-'));
		const folder = path.join(parent, 'a b#ü');
		await cp('test/sample', folder, { recursive: true });
		await writeFile(path.join(folder, 'photo.png'), pngOf(photo(size)));
		[openai, custom] = await Promise.all([
			startOpenAI({ perturbs: 'strongly' }),
			startCustom('sd-cpp', { perturbs: 'strongly' }),
		]);
		const settings = {
			'limn.model': 'sketch/placeholder',
			'limn.keys.fromEnvironment': ['openai'],
			'limn.budget.confirmAbove': null,
			'limn.providers.openai.baseUrl': openai.baseUrl,
			'limn.providers.custom.baseUrl': custom.baseUrl,
		};
		workbench = await Workbench.open(folder, { devPath: '.', settings, env: { OPENAI_API_KEY: openaiKey } });
	});
	after(async () => {
		await workbench.close();
		await Promise.all([openai, custom].map(async (emulator) => emulator.close()));
		await rm(parent, { recursive: true, force: true });
	});
	afterEach(async function () {
		const { title, state } = this.currentTest ?? {};
		if (state === 'failed') await workbench.screenshot(`failed-${title?.replaceAll(/\W+/g, '-')}`);
		await workbench.clearNotifications();
	});

	it('edits a rectangle of the picture in front, keeps every other pixel, and lets the prompt be changed', async () => {
		const { inputBox } = workbench;
		await workbench.openPicture('photo.png');
		await workbench.runCommand('Limn: Edit Image…');
		await titled('Edit Image · photo.png · 640x480');
		for (const theme of ['dark', 'hc', 'light'] as const) await workbench.screenshot(`edit-what-${theme}`, { theme });
		await inputBox.option('Rectangles…').click();
		await titled('Rectangles · photo.png · 640x480');
		await inputBox.type('700,0,10,10');
		await inputBox.widget.getByText('The picture has 640x480 pixels').waitFor();
		await inputBox.type('300,200,120');
		await inputBox.widget.getByText('Write x,y,width,height in whole pixels').waitFor();
		await workbench.screenshot('edit-rectangles');
		await inputBox.submit('300,200,120,90');
		await titled('Edit Image · sketch/placeholder · 1 picture');
		assert.equal(await inputBox.button(/^Change Size/).count(), 0);
		await inputBox.field.press('Enter');
		await inputBox.widget.getByText('Say what the selected part shows.').waitFor();
		await workbench.screenshot('edit-prompt');
		await inputBox.submit('a full moon');
		const saved = workbench.notification(/Saved a-full-moon\.png\. .*0 pixels changed outside the selection\./);
		await saved.waitFor();
		await workbench.tab('a-full-moon.png').waitFor();
		await workbench.webview().locator('img').waitFor();
		for (const theme of ['dark', 'hc', 'light'] as const) await workbench.screenshot(`edited-${theme}`, { theme });
		assert.deepEqual(await changedIn('a-full-moon.png'), { outside: 0, inside: true });

		await saved.getByRole('button', { name: 'Change Prompt…' }).click();
		await titled(/^Edit Image · sketch/);
		assert.equal(await inputBox.field.inputValue(), 'a full moon');
		await inputBox.submit('a half moon');
		await workbench.notification('Saved a-half-moon.png').waitFor();
		assert.deepEqual(await changedIn('a-half-moon.png'), { outside: 0, inside: true });
	});

	it('expands a picture from the explorer’s menu, without a prompt', async () => {
		await workbench.page.getByRole('treeitem', { name: 'photo.png' }).click({ button: 'right' });
		await workbench.page.getByRole('menuitem', { name: 'Limn', exact: true }).hover();
		await workbench.page.getByRole('menuitem', { name: 'Expand Image…' }).waitFor();
		await workbench.screenshot('menu-explorer');
		await chooseFromMenu('Expand Image…');
		await titled('Expand Image · photo.png · 640x480');
		await workbench.inputBox.option('16:9').waitFor();
		assert.equal(await workbench.inputBox.option('4:3').count(), 0, 'it has that ratio');
		for (const theme of ['dark', 'hc', 'light'] as const) await workbench.screenshot(`expand-${theme}`, { theme });
		await workbench.inputBox.option('16:9').click();
		await titled('Expand Image · sketch/placeholder · 1 picture');
		await workbench.inputBox.field.press('Enter');
		await workbench.notification(/Saved photo-expanded\.png\. .*Changed pixels of the picture itself: 0\./).waitFor();
		await workbench.tab('photo-expanded.png').waitFor();
		await workbench.webview().locator('img').waitFor();
		await workbench.screenshot('expanded');
		const { width, height } = PNG.sync.read(await readFile(path.join(workbench.folder, 'photo-expanded.png')));
		assert.deepEqual([width, height], [853, 480]);
	});

	it('expands by pixels on each side', async () => {
		await workbench.openPicture('photo.png');
		await workbench.runAndChoose('Limn: Expand Image…', 'Pixels on each side…');
		await titled(/^Pixels on Each Side/);
		await workbench.inputBox.type('0 0');
		await workbench.inputBox.widget.getByText('Give pixels for one side at least').waitFor();
		await workbench.inputBox.submit('0 64');
		await titled(/^Expand Image · sketch/);
		await workbench.inputBox.submit('dunes');
		await workbench.notification('Saved dunes.png').waitFor();
		const { width, height } = PNG.sync.read(await readFile(path.join(workbench.folder, 'dunes.png')));
		assert.deepEqual([width, height], [768, 480]);
	});

	it('makes variations from the menu of the tab, as many as are wanted', async () => {
		const { inputBox, page } = workbench;
		await workbench.openPicture('photo.png');
		await workbench.tab('photo.png').click({ button: 'right' });
		await page.getByRole('menuitem', { name: 'Limn', exact: true }).hover();
		await page.getByRole('menuitem', { name: 'Create Variations…' }).waitFor();
		await workbench.screenshot('menu-tab');
		await chooseFromMenu('Create Variations…');
		await titled('Create Variations · photo.png · 640x480');
		await workbench.screenshot('vary');
		await inputBox.option('Subtle').click();
		await titled('Create Variations · sketch/placeholder · like the picture · 1 picture');
		await inputBox.button(/^Change Count/).click();
		await titled('Count');
		await inputBox.submit('2');
		await titled(/2 pictures$/);
		await inputBox.button(/^Change Model/).click();
		await titled(/^Model$/);
		await inputBox.type('emulated');
		await inputBox.option('openai/gpt-image-2').waitFor();
		for (const theme of ['dark', 'hc', 'light'] as const) await workbench.screenshot(`vary-model-${theme}`, { theme });
		await inputBox.field.press('Escape');
		await titled(/^Create Variations/);
		await inputBox.field.press('Enter');
		await workbench.notification(/Saved photo-varied\.png and 1 more\./).waitFor();
	});

	it('is in the menu of the editor’s title too', async () => {
		const { inputBox, page } = workbench;
		await workbench.openPicture('photo.png');
		await page.getByRole('main').getByRole('button', { name: 'More Actions...' }).click();
		await page.getByRole('menuitem', { name: 'Limn', exact: true }).hover();
		for (const title of ['Edit Image…', 'Expand Image…', 'Create Variations…', 'Show Image Recipe'])
			await page.getByRole('menuitem', { name: title, exact: true }).waitFor();
		await workbench.screenshot('menu-title');
		await chooseFromMenu('Edit Image…');
		await titled('Edit Image · photo.png · 640x480');
		await inputBox.dismiss();
	});

	it('asks for the picture where none is in front, and for a mask; Escape leaves without a word', async () => {
		const { inputBox } = workbench;
		await workbench.runCommand('View: Close All Editors');
		await workbench.runCommand('Limn: Edit Image…');
		await titled(/^Edit Image$/);
		await inputBox.option('Browse…').waitFor();
		await workbench.screenshot('choose-picture');
		await inputBox.option('photo.png').click();
		await titled(/^Edit Image · photo\.png/);
		await inputBox.option('Mask file…').click();
		await titled('Mask File');
		assert.equal(await inputBox.option(/^photo\.png/).count(), 0, 'a picture is no mask of itself');
		await inputBox.dismiss();
		assert.deepEqual(await workbench.notifications(), []);
	});

	it('asks first for a model that can, where the usual one cannot', async () => {
		const { inputBox } = workbench;
		await workbench.changeSettings({ 'limn.model': 'runware/runware:102@1' });
		await workbench.openPicture('photo.png');
		await workbench.runAndChoose('Limn: Edit Image…', 'Whole picture');
		await titled(/^Model$/);
		await inputBox.type('flux.1');
		await inputBox.option('runware/bfl:3@1').waitFor();
		assert.equal(await inputBox.option('runware/runware:102@1').count(), 0, 'it needs a mask');
		await inputBox.type('sketch');
		await workbench.screenshot('edit-other-model');
		await inputBox.option('sketch/placeholder').click();
		await titled('Edit Image · sketch/placeholder · like the picture · 1 picture');
		await inputBox.dismiss();
		await workbench.changeSettings({ 'limn.model': 'sketch/placeholder' });
		assert.deepEqual(await workbench.notifications(), []);
	});

	it('tries again what failed, and takes the successor of a retired model, for the same part of the same picture', async () => {
		custom.fail('500');
		await editRectangle('custom/sd-cpp-local', 'a second moon');
		await workbench.notification('Custom server').getByRole('button', { name: 'Try Again' }).click();
		await workbench.showNotifications();
		await workbench.notification(/Saved a-second-moon\.png\. 0 pixels changed outside the selection\./).waitFor();
		assert.deepEqual(await changedIn('a-second-moon.png'), { outside: 0, inside: true });
		await workbench.clearNotifications();

		await editRectangle('openai/dall-e-2', 'a third moon');
		const retired = workbench.notification('openai/dall-e-2 was retired on 2026-05-12.');
		await retired.getByRole('button', { name: 'Use openai/gpt-image-2' }).click();
		await workbench.notification(/Saved a-third-moon\.png\. 0 pixels changed outside the selection\./).waitFor();
		assert.deepEqual(await changedIn('a-third-moon.png'), { outside: 0, inside: true });
		await workbench.screenshot('edited-by-successor');
	});

	it('keeps every pixel in a WebP too, as a browser shows it', async () => {
		await workbench.changeSettings({ 'limn.output.format': 'webp' });
		// Once this is seen, what was set before is in effect as well.
		await workbench.setTheme('dark');
		await editRectangle('custom/sd-cpp-local', 'a fourth moon');
		await workbench.notification(/Saved a-fourth-moon\.webp\. 0 pixels changed outside the selection\./).waitFor();
		assert.deepEqual(changes(await shownByBrowser('a-fourth-moon.webp')), { outside: 0, inside: true });
	});

	async function editRectangle(model: string, prompt: string): Promise<void> {
		const { inputBox } = workbench;
		await workbench.openPicture('photo.png');
		await workbench.runAndChoose('Limn: Edit Image…', 'Rectangles…');
		await titled(/^Rectangles/);
		await inputBox.submit('300,200,120,90');
		await titled(/^Edit Image · .* 1 picture$/);
		await inputBox.button(/^Change Model/).click();
		await titled(/^Model$/);
		await inputBox.submit(model);
		await titled(`Edit Image · ${model} · 1 picture`);
		await inputBox.submit(prompt);
	}

	async function titled(title: string | RegExp): Promise<void> {
		await workbench.inputBox.title.filter({ hasText: title }).waitFor();
	}

	/** By the keyboard: a menu takes no click in its first tenth of a second. */
	async function chooseFromMenu(name: string): Promise<void> {
		await workbench.page.getByRole('menuitem', { name, exact: true }).hover();
		await workbench.page.keyboard.press('Enter');
	}

	/** The pixels of a picture of the folder as Chromium decodes them. */
	async function shownByBrowser(name: string): Promise<Pixels> {
		const page = await workbench.page.context().newPage();
		const file = await readFile(path.join(workbench.folder, name), 'base64');
		await page.setContent(`<img src="data:image/webp;base64,${file}">`);
		const shown = PNG.sync.read(await page.locator('img').screenshot());
		await page.close();
		return shown;
	}

	async function changedIn(name: string): Promise<ReturnType<typeof changes>> {
		return changes(PNG.sync.read(await readFile(path.join(workbench.folder, name))));
	}
});

/** What differs from the photo outside of the rectangle, in pixels, and whether anything does inside. */
function changes({ width, height, data }: Pixels): { outside: number; inside: boolean } {
	assert.deepEqual([width, height], [size.width, size.height]);
	const [from, to] = [photo(size), { width, height, data }];
	const outside = countChanged(from, to, [rect]);
	return { outside, inside: countChanged(from, to, []) > outside };
}
