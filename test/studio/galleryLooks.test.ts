import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Theme } from '../editor/settings';
import { answerWith, bare, openGallery, tileAt } from './galleryPage';
import { cardsOf, emptyState } from './script';
import { faults, findingsOf, inEveryTheme, StudioBrowser } from './studio';

const screenshots = path.join('out', 'screenshots');
const prompt = 'a harbour in winter, in pencil, with twelve boats and an old lamp on the quay';

/** Some of each kind, and a picture with relatives. */
function script() {
	const cards = cardsOf(300);
	const [one, other] = [cards[5], cards[8]];
	if (one) cards[5] = { ...one, isMissing: true };
	if (other) cards[8] = bare({ ...other, isMissing: true });
	const details = { p2: { prompt, children: cards.slice(9, 12), ...(cards[7] && { parent: cards[7] }) } };
	return { cards, details, state: { ...emptyState, gallery: { revision: 1, count: 300, isLoading: false } } };
}

async function scrollsSideways(page: Page): Promise<boolean> {
	return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** What has no room beside the rest, and would be cut off: the gallery itself does not scroll sideways. */
async function cutOff(page: Page): Promise<string[]> {
	return page.locator('.gallery :not(.viewer *, .unseen)').evaluateAll((all) =>
		all.flatMap((element) => {
			const { left, right } = element.getBoundingClientRect();
			return left < 0 || right > window.innerWidth ? [element.outerHTML.slice(0, 100)] : [];
		}),
	);
}

describe('how the gallery looks', () => {
	let studio: StudioBrowser;
	before(async () => {
		await mkdir(screenshots, { recursive: true });
		studio = await StudioBrowser.start();
	});
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const places = { wide: { width: 1200, height: 900 }, narrow: { width: 320, height: 800 } } as const;
	for (const name of ['wide', 'narrow'] as const) {
		it(`is right in every state and theme (${name})`, async () => {
			const page = await openGallery(studio, { ...places[name], script: script() });
			const look = async (state: string, theme?: Theme) => {
				await page.screenshot({ path: path.join(screenshots, `gallery-${state}-${name}.png`) });
				assert.deepEqual(await findingsOf(page, theme), [], state);
				assert.equal(await scrollsSideways(page), false, state);
			};
			// What has room does not depend on the colours.
			const check = async (state: string) =>
				name === 'narrow' ? look(state) : inEveryTheme(page, async (theme) => look(`${state}-${theme}`, theme));
			await tileAt(page, 1).click();
			await tileAt(page, 2).click({ modifiers: ['Control'] });
			await check('grid');
			await page.keyboard.press('Enter');
			await page.locator('.viewer img').waitFor();
			await check('detail');
			await page.keyboard.press('Escape');
			await page.getByRole('button', { name: 'Compare' }).click();
			await page.locator('.viewer img').nth(1).waitFor();
			await check('compare');
			await page.getByRole('button', { name: 'One Over the Other' }).click();
			await check('slider');
			await page.keyboard.press('Escape');
			await tileAt(page, 2).and(page.locator(':focus')).waitFor();
			await page.keyboard.press(' ');
			await page.getByRole('dialog').locator('img').waitFor();
			await check('preview');
			await page.keyboard.press(' ');
			await answerWith(page, 'browse', { ids: [], models: [], note: 'Only the first 50,000 pictures are shown.' });
			const gallery = { revision: 2, count: 0, isLoading: false, problem: '3 entries of the history are damaged.' };
			await page.evaluate((now) => window.scripted.push({ gallery: now }), gallery);
			await page.getByRole('heading', { name: 'No pictures yet' }).waitFor();
			await check('empty');
			await answerWith(page, 'browse', { fail: 'The history cannot be read.' });
			await page.evaluate((now) => window.scripted.push({ gallery: { ...now, revision: 3 } }), gallery);
			await page.getByRole('alert').waitFor();
			await check('problem');
			await page.close();
		});
	}

	it('has two columns in 320 pixels', async () => {
		const page = await openGallery(studio, { width: 320, place: 'sideBar', pictures: 100 });
		const [one, two, three] = await Promise.all([0, 1, 2].map(async (index) => tileAt(page, index).boundingBox()));
		assert.ok(one && two && three && one.y === two.y && three.y > one.y && three.x === one.x);
		await page.close();
	});

	it('fills a screen of 3840 pixels with few elements', async () => {
		const page = await openGallery(studio, { width: 3840, height: 2160, pictures: 10_000 });
		await page.waitForFunction(() =>
			[...document.querySelectorAll('.tile')].every((tile) => tile.querySelector('img')?.complete),
		);
		const { right, bottom, covered } = await page.locator('.scroller').evaluate((scroller) => {
			const boxes = [...scroller.querySelectorAll('.tile')].map((tile) => tile.getBoundingClientRect());
			const covered = {
				right: Math.max(...boxes.map((box) => box.right)),
				bottom: Math.max(...boxes.map((box) => box.bottom)),
			};
			return {
				right: scroller.getBoundingClientRect().right,
				bottom: scroller.getBoundingClientRect().bottom,
				covered,
			};
		});
		// Beside the last column there is nothing but the scroll bar.
		assert.ok(right - covered.right < 20 && covered.bottom >= bottom, JSON.stringify({ right, bottom, covered }));
		assert.ok((await page.evaluate(() => document.querySelectorAll('*').length)) <= 600);
		assert.equal(await scrollsSideways(page), false);
		assert.deepEqual(await cutOff(page), []);
		await page.close();
	});

	it('has room for everything at 200 %', async () => {
		const page = await openGallery(studio, { pictures: 100, script: script() });
		const session = await page.context().newCDPSession(page);
		await session.send('Emulation.setDeviceMetricsOverride', {
			width: 320,
			height: 450,
			deviceScaleFactor: 2,
			mobile: false,
		});
		const check = async (state: string) => {
			await page.screenshot({ path: path.join(screenshots, `gallery-${state}-zoomed.png`) });
			assert.equal(await scrollsSideways(page), false, state);
			assert.deepEqual(await cutOff(page), [], state);
		};
		await tileAt(page, 2).click();
		await check('grid');
		await page.keyboard.press('Enter');
		await page.locator('.viewer img').waitFor();
		await check('detail');
		await page.close();
	});

	for (const [name, size] of Object.entries(places))
		it(`has few words among the actions of a picture (${name})`, async () => {
			const page = await openGallery(studio, { ...size, pictures: 10 }, { picture: 'p2' });
			const icons = page.getByRole('group', { name: 'Use' }).locator('.button.icon');
			await icons.first().waitFor();
			const seen = await icons.evaluateAll((all) => all.map((icon) => [icon.getAttribute('title'), icon.textContent]));
			const names = ['Copy Path', 'Copy Reference', 'Open', 'Reveal', 'Compare With…', 'Delete'];
			assert.deepEqual(
				seen,
				names.map((title) => [title, '']),
			);
			for (const title of names) assert.equal(await page.getByRole('button', { name: title, exact: true }).count(), 1);
			const boxes = await icons.evaluateAll((all) =>
				all.map((icon) => {
					const { top, width } = icon.getBoundingClientRect();
					return { top, width };
				}),
			);
			assert.equal(new Set(boxes.map(({ top }) => top)).size, 1);
			assert.ok(boxes.every(({ width }) => width < 40));
			await page.close();
		});

	it('has whole names over the facts of two pictures in 320 pixels', async () => {
		const cards = cardsOf(10).map((card) => Object.assign(card, { name: `harbour-in-winter-${card.name}` }));
		const page = await openGallery(studio, { width: 320, pictures: 10, script: { cards } });
		await tileAt(page, 1).click();
		await tileAt(page, 2).click({ modifiers: ['Control'] });
		await page.getByRole('button', { name: 'Compare' }).click();
		const heads = page.locator('.differences thead th');
		await heads.nth(2).waitFor();
		const cut = await heads.evaluateAll((all) => all.filter((head) => head.scrollWidth > head.clientWidth).length);
		assert.equal(cut, 0);
		await page.close();
	});

	it('moves nothing where motion is not wanted', async () => {
		const page = await openGallery(studio, { reducedMotion: true, pictures: 10 });
		await page.evaluate(() => window.scripted.push({ gallery: { revision: 1, count: 10, isLoading: true } }));
		await page.getByRole('progressbar').waitFor();
		assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
		await page.close();
	});
});
