import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Theme } from '../editor/settings';
import { begin, drag, openCanvas } from './canvasPage';
import { faults, findingsOf, inEveryTheme, StudioBrowser } from './studio';

const screenshots = path.join('out', 'screenshots');

async function scrollsSideways(page: Page): Promise<boolean> {
	return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

describe('how the canvas looks', () => {
	let studio: StudioBrowser;
	before(async () => {
		await mkdir(screenshots, { recursive: true });
		studio = await StudioBrowser.start();
	});
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const places = { wide: { width: 1100, height: 900 }, narrow: { width: 320, height: 900 } } as const;
	for (const name of ['wide', 'narrow'] as const) {
		it(`is right in every state and theme (${name})`, async () => {
			const page = await openCanvas(studio, places[name]);
			const look = async (state: string, theme?: Theme) => {
				await page.screenshot({ path: path.join(screenshots, `canvas-${state}-${name}.png`) });
				assert.deepEqual(await findingsOf(page, theme), [], state);
				assert.equal(await scrollsSideways(page), false, state);
			};
			// What has room does not depend on the colours.
			const check = async (state: string) =>
				name === 'narrow' ? look(state) : inEveryTheme(page, async (theme) => look(`${state}-${theme}`, theme));
			await check('empty');
			await drag(page, [
				[200, 200],
				[512, 420],
				[800, 200],
			]);
			await page.getByText('Position and size').click();
			await page.keyboard.press('l');
			await page.locator('.stage').focus();
			await page.keyboard.press('l');
			await begin(page, [
				[300, 500],
				[420, 700],
				[220, 640],
			]);
			await check('painting');
			await page.mouse.up();
			await page.keyboard.press('i');
			await page.keyboard.press('ArrowRight');
			await check('inverted');
			await page.keyboard.press('?');
			await check('keys');
			await page.close();
		});
	}

	it('is never lower than 240 pixels, nor higher than most of the window', async () => {
		const page = await openCanvas(studio, places.narrow);
		const heightOf = async () => (await page.locator('.stage').boundingBox())?.height;
		assert.equal(await heightOf(), 240);
		await page.setViewportSize({ width: 890, height: 500 });
		await page.waitForFunction(() => document.querySelector('.stage')?.clientHeight === 350);
		// What fits, fits again.
		const [image, stage] = await Promise.all(
			['.stage > img', '.stage'].map(async (name) => page.locator(name).boundingBox()),
		);
		assert.ok(image && stage && image.y >= stage.y && image.y + image.height <= stage.y + stage.height);
		await page.close();
	});

	it('shows the mask in the colours of another theme at once', async () => {
		const page = await openCanvas(studio);
		await page.locator('.stage').focus();
		await page.keyboard.press('i');
		const colour = async () =>
			page.evaluate(async () => {
				await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
				const mask = document.querySelector<HTMLCanvasElement>('.mask');
				const { data } = mask?.getContext('2d')?.getImageData(mask.width / 2, mask.height / 2, 8, 8) ?? {};
				return [...(data ?? [])];
			});
		const before = await colour();
		await page.evaluate(() => {
			document.documentElement.style.setProperty('--vscode-focusBorder', '#ff8000');
		});
		assert.notDeepEqual(await colour(), before);
		await page.close();
	});
});
