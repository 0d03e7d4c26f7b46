import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { everyControl, failed, done, kept, plain, running, scriptOf } from './createScripts';
import type { Script } from './script';
import { everyTheme, faults, findingsOf, inEveryTheme, StudioBrowser, type StudioOptions } from './studio';

const folder = path.join('out', 'screenshots');

const draft = { prompt: 'a lighthouse at dawn, watercolour', n: 2, options: { seed: '42' }, references: [] };
const spending = { today: '$0.12', month: '$3.40', budget: { share: 0.34, text: '$3.40 of $10.00 this month' } };
const quote = { price: '$0.08', each: 'about $0.04 each', folder: 'docs/images', problems: [] };

interface Looked {
	readonly name: string;
	readonly script: Partial<Script>;
	/** What is done before it is looked at. */
	readonly act?: (page: Page) => Promise<void>;
	/** What shows that it is there. */
	readonly shown: string;
}

const open = async (page: Page) => page.getByText('More options').click();

const views: readonly Looked[] = [
	{ name: 'create-first', script: scriptOf({ hasKey: false }), shown: 'Count' },
	{
		name: 'create-every-control',
		script: scriptOf(
			{ spending },
			{
				kept: kept({
					draft: { ...draft, model: everyControl.model, references: ['p1', 'p2'], options: { seed: '42', lora: 'x' } },
				}),
			},
		),
		act: open,
		shown: 'Add Option',
	},
	{
		name: 'create-running',
		script: scriptOf(
			{ jobs: [running, done], spending },
			{ kept: kept({ draft: { ...draft, model: 'openai/gpt-image-2' } }) },
		),
		shown: 'Cancel',
	},
	{
		name: 'create-failed',
		script: scriptOf({ jobs: [failed] }, { kept: kept({ draft: { ...draft, model: 'lumenfall/dall-e-2' } }) }),
		shown: 'Dismiss',
	},
	{
		name: 'create-problems',
		script: scriptOf(
			{ hasFolder: false },
			{ kept: kept({ draft: { ...draft, model: plain.model, references: ['p1'] } }) },
		),
		act: async (page) => {
			await page.evaluate(() => {
				window.scripted.answers['quote'] = {
					price: 'price unknown',
					problems: ['The size is too large: at most 2048 × 2048.'],
				};
				window.scripted.push({ formRevision: 2 });
			});
		},
		shown: 'The size is too large',
	},
	{
		name: 'create-no-form',
		script: scriptOf({}, { kept: kept({ draft: { ...draft, model: 'custom/gone' } }) }),
		shown: 'Try Again',
	},
	{ name: 'create-untrusted', script: scriptOf({ isTrusted: false }), shown: 'Manage Trust' },
	{ name: 'edit-empty', script: scriptOf({}, { kept: kept({ view: 'edit' }) }), shown: 'Choose in Gallery' },
	{
		name: 'edit-source',
		script: scriptOf(
			{ jobs: [done] },
			{
				kept: kept({
					view: 'edit',
					editDraft: { ...draft, prompt: 'make it night', source: 'p7', model: 'openai/gpt-image-2' },
				}),
			},
		),
		shown: 'docs/images/picture-7.png',
	},
];

describe('the looks of Create and Edit', () => {
	let studio: StudioBrowser;
	before(async () => {
		studio = await StudioBrowser.start();
		await mkdir(folder, { recursive: true });
	});
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const show = async (look: Looked, options: StudioOptions) => {
		const { script, act, shown } = look;
		const page = await studio.open({ pictures: 40, width: 1200, height: 900, script, ...options });
		await page.evaluate((answer) => {
			window.scripted.answers['quote'] = answer;
			window.scripted.push({ formRevision: 3 });
		}, quote);
		await act?.(page);
		await page.getByText(shown).first().waitFor();
		if (!look.name.includes('empty')) await page.locator('.quote .price').waitFor();
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
			const page = await show(look, { width: 340, height: 800 });
			await page.screenshot({ path: path.join(folder, `studio-${look.name}-narrow.png`) });
			for (const width of [320, 640]) {
				await page.setViewportSize({ width, height: 800 });
				assert.deepEqual(await overflowing(page), [], `${width} px`);
			}
			// 200 % of a window of 640 px.
			await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
			assert.deepEqual(await overflowing(page), [], '200 %');
			await page.close();
		});
	}

	it('stand in the middle of a very wide window, as far from either side', async () => {
		const page = await studio.open({ pictures: 40, width: 2600, script: scriptOf({ jobs: [done] }) });
		const { x = 0, width = 0 } = (await page.locator('.workbench').boundingBox()) ?? {};
		assert.equal(width, 2000);
		assert.equal(x, 300);
		await page.close();
	});

	it('keep the words of the tabs whole at 160 px', async () => {
		const page = await studio.open({ pictures: 40, width: 160, script: scriptOf({}) });
		const tabs = await page.getByRole('tab').evaluateAll((all) =>
			all.map((tab) => {
				const words = document.createRange();
				words.selectNodeContents(tab);
				const isCut = tab.scrollWidth > tab.clientWidth || tab.getBoundingClientRect().right > innerWidth;
				return { lines: words.getClientRects().length, isCut };
			}),
		);
		assert.deepEqual(
			tabs,
			Array.from({ length: 3 }, () => ({ lines: 1, isCut: false })),
		);
		await page.close();
	});

	it('show which button is pressed, in contrast too, and the focus still', async () => {
		for (const theme of everyTheme) {
			const page = await studio.open({ pictures: 40, theme, script: scriptOf({}, { kept: kept({ view: 'edit' }) }) });
			const button = page.getByRole('button', { name: 'Pick a File…' });
			const look = async () =>
				button.evaluate((element) => {
					const { backgroundColor, color, borderColor, outlineColor, outlineOffset } = getComputedStyle(element);
					return { fill: [backgroundColor, color, borderColor].join(), outline: `${outlineColor} ${outlineOffset}` };
				});
			const before = await look();
			await button.evaluate((element) => element.setAttribute('aria-pressed', 'true'));
			const pressed = await look();
			// In high contrast the colours are the same: there a line within it tells.
			const isContrast = theme.startsWith('hc');
			if (!isContrast) assert.notEqual(pressed.fill, before.fill, theme);
			assert.equal(pressed.outline.includes('rgba(0, 0, 0, 0)'), !isContrast, theme);
			assert.match(pressed.outline, /-3px$/, theme);
			await page.getByRole('button', { name: 'Choose in Gallery' }).focus();
			await page.keyboard.press('Tab');
			assert.match((await look()).outline, / 1px$/, theme);
			await page.close();
		}
	});

	it('moves nothing where less motion is wanted', async () => {
		const script = scriptOf({ jobs: [running] });
		for (const reducedMotion of [false, true]) {
			const page = await studio.open({ script, pictures: 40, reducedMotion });
			await page.locator('.cell.awaited').first().waitFor();
			const moving = await page.evaluate(() => document.getAnimations().length);
			assert.equal(moving > 0, !reducedMotion);
			await page.close();
		}
	});
});

/** What is wider than the page; empty: there is nothing to scroll to at the side. */
async function overflowing(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.scrollingElement ?? document.body;
		if (scrollWidth <= clientWidth) return [];
		const wide = [...document.body.querySelectorAll('*')].filter(
			(element) => element.getBoundingClientRect().right > document.documentElement.getBoundingClientRect().right,
		);
		return [`${scrollWidth} > ${clientWidth}`, ...wide.map((element) => element.outerHTML.slice(0, 120))];
	});
}
