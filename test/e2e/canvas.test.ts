import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { PNG } from 'pngjs';
import type { Point } from '../../src/canvas/sight';
import type { Pixels } from '../../src/image/pixels';
import { Workbench } from '../editor/workbench';
import { countChanged, photo } from '../host/photo';
import { startCustom } from '../servers/custom';
import type { Emulator } from '../servers/emulator';
import { pngOf } from '../servers/testing';

const size = { width: 640, height: 480 };
const untouched = '0 pixels changed outside the selection.';

/** Pixels: the diameter of the brush as it is at first. */
const brush = 64;

/** Tests of one window, one after the other. The server changes all of a picture, whatever the mask says. */
describe('the edit canvas in the workbench', () => {
	let folder: string;
	let custom: Emulator;
	let workbench: Workbench;

	before(async () => {
		folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'limn-e2e-')), 'a b#ü');
		await mkdir(folder);
		await writeFile(path.join(folder, 'photo.png'), pngOf(photo(size)));
		custom = await startCustom('sd-cpp', { perturbs: 'strongly' });
		const settings = { 'limn.model': 'custom/sd-cpp-local', 'limn.providers.custom.baseUrl': custom.baseUrl };
		workbench = await Workbench.open(folder, { devPath: '.', settings });
	});
	after(async () => {
		await workbench.close();
		await custom.close();
		await rm(path.dirname(folder), { recursive: true, force: true });
	});
	afterEach(async function () {
		const { title, state } = this.currentTest ?? {};
		if (state === 'failed') await workbench.screenshot(`failed-${title?.replaceAll(/\W+/g, '-')}`);
	});

	it('paints over a part with the mouse, and keeps every other pixel', async () => {
		await workbench.runAndChoose('Limn: Edit in Limn Studio', 'photo.png');
		const path = [
			{ x: 220, y: 180 },
			{ x: 300, y: 240 },
			{ x: 420, y: 230 },
		];
		await paint(path);
		await workbench.screenshot('canvas-mask-light');
		await workbench.screenshot('canvas-mask-hc', { theme: 'hc' });
		await workbench.screenshot('canvas-mask-dark', { theme: 'dark' });
		await order('a full moon');
		await verdict(untouched);
		for (const theme of ['light', 'hc', 'hcLight', 'dark'] as const)
			await workbench.screenshot(`canvas-strip-${theme}`, { theme });
		const made = await read('a-full-moon.png');
		// A pointer is a whole pixel of the screen, and a line may lie a third of one from where it was drawn.
		const near =
			(by: number) =>
			({ x, y }: Point) =>
				distance({ x: x + 0.5, y: y + 0.5 }, path) <= brush / 2 + by;
		assert.equal(changed(made, near(2)), 0, 'outside of the stroke');
		assert.ok(changed(made, () => false) > changedPixelsOf(near(-10)) / 2, 'inside of it');
	});

	it('keeps the selection and the results when the window is loaded again', async () => {
		const reloaded = workbench.page.waitForEvent('domcontentloaded');
		await workbench.runCommand('Developer: Reload Window');
		await reloaded;
		await verdict(untouched);
		await studio().getByRole('button', { name: 'Discard' }).click();
		await stage().waitFor();
		await prompt().waitFor();
		await until(async () => (await prompt().inputValue()) === 'a full moon');
		await order('a half moon');
		await verdict(untouched);
		const made = await read('a-half-moon.png');
		assert.equal(await differ('a-full-moon.png', made), false, 'the same pixels are kept');
	});

	it('is used without a mouse from the first key to the last', async () => {
		await studio().getByRole('button', { name: 'Discard' }).press('Enter');
		await stage().press('Delete');
		await stage().press('r');
		await pressed('ArrowLeft', 12);
		await stage().press('Enter');
		await pressed('ArrowRight', 20);
		await pressed('ArrowDown', 10);
		await stage().press('Enter');
		await workbench.screenshot('canvas-keys');
		await studio().getByText('Position and size').press('Enter');
		const rect = await maskFields();
		await tabTo(prompt());
		// The workbench answers Ctrl+A itself, and later.
		await workbench.page.keyboard.press('End');
		await workbench.page.keyboard.press('Shift+Home');
		await workbench.page.keyboard.type('a red door');
		await workbench.page.keyboard.press('Control+Enter');
		await verdict(untouched);
		const made = await read('a-red-door.png');
		const isOutside = countChanged(photo(size), made, [rect]);
		assert.deepEqual([isOutside, countChanged(photo(size), made, []) > 0], [0, true]);
	});

	it('goes on with a result that is accepted, and says that its file has changed', async () => {
		await studio().getByRole('button', { name: 'Accept' }).click();
		await studio().getByText('a-red-door.png', { exact: true }).first().waitFor();
		await stage().press('b');
		await paint([
			{ x: 60, y: 60 },
			{ x: 120, y: 60 },
		]);
		const before = await shown();
		await writeFile(path.join(folder, 'a-red-door.png'), pngOf(photo(size)));
		await studio().getByText('a-red-door.png has changed on disk.').waitFor();
		await until(async () => (await shown()) !== before);
		await workbench.screenshot('canvas-changed');
		await studio().getByRole('button', { name: 'Keep the Selection' }).click();
		await order('a blue door');
		await verdict(untouched);
		const box = { x: 60 - brush / 2 - 2, y: 60 - brush / 2 - 2, width: 60 + brush + 4, height: brush + 4 };
		assert.equal(countChanged(photo(size), await read('a-blue-door.png'), [box]), 0);
	});

	it('keeps the selection when the server fails, and when the job is cancelled', async () => {
		await studio().getByRole('button', { name: 'Discard' }).click();
		custom.fail('500');
		await order('a green door');
		await job('a green door').locator('.banner.error').waitFor();
		await order('a door !moderation');
		await job('a door !moderation').locator('.banner.error').waitFor();
		custom.fail('hang');
		const sent = custom.requests.length;
		await order('a white door');
		await until(async () => (await job('a white door').isVisible()) && custom.requests.length > sent);
		await job('a white door').getByRole('button', { name: 'Cancel' }).click();
		await job('a white door').getByText('Cancelled.').waitFor();
		await order('a grey door');
		await verdict(untouched);
		const box = { x: 60 - brush / 2 - 2, y: 60 - brush / 2 - 2, width: 60 + brush + 4, height: brush + 4 };
		assert.equal(countChanged(photo(size), await read('a-grey-door.png'), [box]), 0);
	});

	it('expands to a frame that is typed, and moves no pixel of the picture', async () => {
		await studio().getByRole('button', { name: 'Discard' }).click();
		await studio().getByRole('radio', { name: 'Expand' }).check({ force: true });
		await studio().getByRole('spinbutton', { name: 'Right' }).fill('128');
		await studio().getByRole('spinbutton', { name: 'Top' }).fill('32');
		await prompt().fill('dunes');
		for (const theme of ['dark', 'light'] as const) await workbench.screenshot(`canvas-frame-${theme}`, { theme });
		await prompt().press('Control+Enter');
		await verdict('Changed pixels of the picture itself: 0.');
		await workbench.screenshot('canvas-expanded');
		const made = await read('dunes.png');
		assert.deepEqual([made.width, made.height], [768, 512]);
		assert.equal(countChanged(photo(size), made, [], { x: 0, y: 32 }), 0);
	});

	it('varies a picture from the gallery, in the form', async () => {
		await studio().getByRole('tab', { name: 'Gallery' }).click();
		await studio()
			.getByRole('option', { name: /^a full moon/ })
			.click();
		await workbench.page.keyboard.press('Enter');
		await studio().getByRole('button', { name: 'Vary' }).click();
		await studio().getByRole('radio', { name: 'Strong' }).check({ force: true });
		await prompt().fill('');
		await prompt().press('Control+Enter');
		await studio().getByText('Result 1 of 1').first().waitFor();
	});

	it('goes on when its tab is closed, and has what came in the gallery', async () => {
		await studio().getByRole('button', { name: 'Discard' }).click();
		await prompt().fill('an old lamp');
		await studio().getByRole('spinbutton', { name: 'Count' }).fill('8');
		await prompt().press('Control+Enter');
		await job('an old lamp').waitFor();
		await workbench.runCommand('View: Close All Editors');
		await until(async () => (await pictures('an-old-lamp')).length === 8);
		await workbench.runCommand('Limn: Open Studio');
		await studio().getByRole('tab', { name: 'Gallery' }).click();
		await studio().getByRole('searchbox', { name: 'Search pictures' }).fill('old lamp');
		await studio().getByText('8 pictures', { exact: true }).first().waitFor();
	});

	function studio(): FrameLocator {
		return workbench.page.locator('iframe.webview.ready').first().contentFrame().frameLocator('iframe#active-frame');
	}

	function stage(): Locator {
		return studio().getByRole('application', { name: 'Mask of the picture' });
	}

	/** The address of what is seen on the canvas. */
	async function shown(): Promise<string | null> {
		return stage().locator('img').getAttribute('src');
	}

	function prompt(): Locator {
		return studio().locator('.prompt textarea');
	}

	function job(words: string): Locator {
		return studio().getByRole('article').filter({ hasText: words }).first();
	}

	async function order(words: string): Promise<void> {
		await prompt().fill(words);
		await studio().locator('.order .primary[aria-disabled="false"]').waitFor();
		await prompt().press('Control+Enter');
		await job(words).waitFor();
	}

	/** What the strip says of the result that is shown. */
	async function verdict(words: string): Promise<void> {
		await studio().locator('.strip').getByText(words, { exact: true }).waitFor();
	}

	/** Draws over the picture with the left button held; places in its pixels. */
	async function paint(places: readonly Point[]): Promise<void> {
		const picture = stage().locator('img');
		await picture.waitFor();
		await stage().evaluate((element) => element.scrollIntoView({ block: 'center' }));
		const box = (await picture.boundingBox()) ?? assert.fail('The picture is not in sight.');
		const scale = box.width / size.width;
		const { mouse } = workbench.page;
		for (const [index, { x, y }] of places.entries()) {
			await mouse.move(box.x + x * scale, box.y + y * scale, { steps: 8 });
			if (index === 0) await mouse.down();
		}
		await mouse.up();
	}

	async function pressed(key: string, times: number): Promise<void> {
		for (let time = 0; time < times; time++) await stage().press(key);
	}

	/** Walks with the tab key until something has the focus. */
	async function tabTo(aim: Locator): Promise<void> {
		for (let time = 0; time < 60; time++) {
			if (await aim.evaluate((element) => element === document.activeElement)) return;
			await workbench.page.keyboard.press('Tab');
		}
		assert.fail('No key leads there.');
	}

	/** Where the selection is, as the fields say it. */
	async function maskFields() {
		return { x: await number('X'), y: await number('Y'), width: await number('Width'), height: await number('Height') };
	}

	async function number(name: string): Promise<number> {
		return Number(await studio().getByRole('spinbutton', { name, exact: true }).inputValue());
	}

	async function read(name: string): Promise<Pixels> {
		return PNG.sync.read(await readFile(path.join(folder, name)));
	}

	/** Whether a picture differs from another one in pixels that both were to keep. */
	async function differ(name: string, other: Pixels): Promise<boolean> {
		const one = await read(name);
		const source = photo(size);
		for (let at = 0; at < source.data.length; at += 4) {
			const isKept = (pixels: Pixels) =>
				[0, 1, 2, 3].every((channel) => pixels.data[at + channel] === source.data[at + channel]);
			if (isKept(one) !== isKept(other)) return true;
		}
		return false;
	}

	async function pictures(name: string): Promise<string[]> {
		return (await readdir(folder)).filter((file) => file.startsWith(name));
	}
});

/** How many pixels of a picture differ from the photo, besides those that are left out. */
function changed({ data }: Pixels, isLeftOut: (pixel: Point) => boolean): number {
	const source = photo(size).data;
	let count = 0;
	for (let at = 0; at < source.length; at += 4) {
		const pixel = { x: (at / 4) % size.width, y: Math.floor(at / 4 / size.width) };
		const isOther = [0, 1, 2, 3].some((channel) => data[at + channel] !== source[at + channel]);
		if (isOther && !isLeftOut(pixel)) count++;
	}
	return count;
}

function changedPixelsOf(isIn: (pixel: Point) => boolean): number {
	let count = 0;
	for (let y = 0; y < size.height; y++) for (let x = 0; x < size.width; x++) if (isIn({ x, y })) count++;
	return count;
}

/** From a line, in pixels. */
function distance(place: Point, line: readonly Point[]): number {
	const pieces = line.slice(1).map((end, index) => toPiece(place, line[index] ?? end, end));
	return Math.min(...pieces);
}

function toPiece({ x, y }: Point, from: Point, to: Point): number {
	const [dx, dy] = [to.x - from.x, to.y - from.y];
	const share = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy)));
	return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}

/** Waits for what happens soon; what does not is a failure. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
	const end = performance.now() + 15_000;
	while (!(await isSo())) assert.ok(performance.now() < end, isSo.toString());
}
