import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Stroke } from '../../src/canvas/strokes';
import { edited, framed, openEdit, result } from './editScripts';
import { faults, findingsOf, inEveryTheme, StudioBrowser } from './studio';

const folder = path.join('out', 'screenshots');
const rectangle: Stroke = { kind: 'rectangle', rect: { x: 300, y: 200, width: 400, height: 300 } };
const painted = { strokes: [rectangle], done: 1 };
const margins = { top: 0, right: 256, bottom: 128, left: 256 };
const running = {
	...edited,
	id: 'job-10',
	isRunning: true,
	pictures: [],
	previews: [{ index: 0, uri: '/thumbnails/p5.webp' }],
};

interface Looked {
	readonly name: string;
	readonly opened: Parameters<typeof openEdit>[1];
	/** What shows that it is there. */
	readonly shown: string;
}

const seen = { stamp: 'old', width: 1024, height: 768 };

const views: readonly Looked[] = [
	{ name: 'edit-staged', opened: { state: { jobs: [edited] }, canvas: { showing: 'p3' } }, shown: '.strip .caption' },
	{
		name: 'edit-gone',
		opened: { state: { jobs: [{ ...edited, pictures: [result(1, 0)] }] }, gone: ['p1'] },
		shown: '.caption .warning',
	},
	{
		name: 'edit-coming',
		opened: { state: { jobs: [running] }, canvas: { strokes: painted } },
		shown: '.stripPending',
	},
	{ name: 'edit-frame', opened: { canvas: { job: 'expand', margins } }, shown: '.frameLabel' },
	{ name: 'edit-vary', opened: { canvas: { job: 'vary' } }, shown: '.strengthTools' },
	{ name: 'edit-changed', opened: { canvas: { strokes: painted, seen } }, shown: '.source .banner' },
	{ name: 'edit-nothing', opened: {}, shown: '.order .note' },
];

describe('the looks of the canvas', () => {
	let studio: StudioBrowser;
	before(async () => {
		studio = await StudioBrowser.start();
		await mkdir(folder, { recursive: true });
	});
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const show = async ({ opened, shown }: Looked, options: Parameters<typeof openEdit>[1]) => {
		const page = await openEdit(studio, { forms: framed, ...opened, ...options });
		await page.locator(shown).first().waitFor();
		await page.locator('.quote .price').waitFor();
		return page;
	};

	for (const look of views) {
		it(`${look.name} shows nothing that axe-core finds wrong, in every theme`, async () => {
			const page = await show(look, {});
			await inEveryTheme(page, async (theme) => {
				assert.deepEqual(await findingsOf(page, theme), [], theme);
				await page.screenshot({ path: path.join(folder, `studio-${look.name}-${theme}.png`) });
			});
			await page.close();
		});

		it(`${look.name} fits into 320 px, also at 200 %`, async () => {
			const page = await show(look, { width: 320, height: 900 });
			await page.screenshot({ path: path.join(folder, `studio-${look.name}-narrow.png`), fullPage: true });
			assert.deepEqual(await tooWide(page), [], '320 px');
			await page.setViewportSize({ width: 640, height: 900 });
			await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
			assert.deepEqual(await tooWide(page), [], '200 %');
			await page.close();
		});
	}
});

/** What the page would have to be scrolled aside for. */
async function tooWide(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.scrollingElement ?? document.body;
		if (scrollWidth <= clientWidth) return [];
		const { right } = document.documentElement.getBoundingClientRect();
		return [...document.body.querySelectorAll('*')]
			.filter((element) => element.getBoundingClientRect().right > right)
			.map((element) => element.outerHTML.slice(0, 120));
	});
}
