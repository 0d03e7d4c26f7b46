import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { asks } from './createScripts';
import { answerWith, focused, openGallery, tileAt, untilAsked } from './galleryPage';
import { cardsOf, emptyState } from './script';
import { callsOf, faults, StudioBrowser, keptOf } from './studio';

const hostile = '<img src=x onerror="alert(1)"> ‮drawkcab‬ <script>alert(2)</script>';
const scaleIn = async (page: Page) => Number(await page.locator('.viewer').first().getAttribute('data-scale'));

describe('a picture of the gallery', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('is opened with Enter, walked on from, and left for the place where one was', async () => {
		const page = await openGallery(studio, { pictures: 1000 });
		await page.locator('.scroller').evaluate((element) => (element.scrollTop = 3000));
		await page.locator('.tile[data-id="p85"]').click();
		const top = await page.locator('.scroller').evaluate(({ scrollTop }) => scrollTop);
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'picture-85.png' }).waitFor();
		await page.getByRole('group', { name: 'Picture' }).and(page.locator(':focus')).waitFor();
		await page.keyboard.press('PageDown');
		await page.getByRole('heading', { name: 'picture-86.png' }).waitFor();
		await page.keyboard.press('ArrowLeft');
		await page.getByRole('heading', { name: 'picture-85.png' }).waitFor();
		await page.keyboard.press('Escape');
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-id') === 'p85');
		assert.equal(await page.locator('.scroller').evaluate(({ scrollTop }) => scrollTop), top);
		await page.close();
	});

	it('is zoomed and moved with keys, buttons and the wheel', async () => {
		const page = await openGallery(studio, { pictures: 10, width: 800 }, { picture: 'p1' });
		await page.getByRole('group', { name: 'Picture' }).and(page.locator(':focus')).waitFor();
		const fit = await scaleIn(page);
		assert.ok(fit < 1);
		await page.keyboard.press('1');
		await page.locator('.viewer[data-scale="1.000"]').waitFor();
		const at = async () => page.locator('.viewer img').evaluate(({ style }) => style.transform);
		const middle = await at();
		await page.keyboard.press('ArrowRight');
		await page.waitForFunction(
			(was) => document.querySelector<HTMLElement>('.viewer img')?.style.transform !== was,
			middle,
		);
		for (let press = 0; press < 7; press++) await page.keyboard.press('+');
		await page.waitForFunction(
			() => document.querySelector<HTMLElement>('.viewer img')?.style.imageRendering === 'pixelated',
		);
		await page.getByRole('button', { name: 'Zoom Out' }).click();
		await page.getByRole('button', { name: 'Fit' }).click();
		await page.waitForFunction(
			(wanted) => Number(document.querySelector('.viewer')?.getAttribute('data-scale')) === wanted,
			fit,
		);
		await page.locator('.viewer').hover();
		await page.keyboard.down('Control');
		await page.mouse.wheel(0, -300);
		await page.keyboard.up('Control');
		await page.waitForFunction(
			(was) => Number(document.querySelector('.viewer')?.getAttribute('data-scale')) > was * 2,
			fit,
		);
		await page.close();
	});

	it('shows what strangers wrote as text, however long', async () => {
		const prompt = `${hostile} ${'word '.repeat(20_000)}`;
		const [first, ...rest] = cardsOf(3);
		assert.ok(first);
		const cards = [{ ...first, name: `${hostile}.png`, prompt: hostile }, ...rest];
		const facts = [{ name: 'model', label: hostile, value: hostile }];
		const page = await openGallery(studio, { script: { cards, details: { p0: { prompt, facts, path: hostile } } } });
		await page.getByRole('option', { name: hostile }).dblclick();
		await page.locator('dd', { hasText: '<script>' }).first().waitFor();
		await page.getByRole('button', { name: 'Show More' }).click();
		await page.getByRole('button', { name: 'Show Less' }).waitFor();
		assert.equal(await page.locator('.prompt').textContent(), prompt);
		assert.equal(await page.locator('img[src="x"], .gallery script').count(), 0);
		assert.equal(
			await page
				.locator('dd')
				.first()
				.evaluate((dd) => getComputedStyle(dd).unicodeBidi),
			'isolate',
		);
		await page.close();
	});

	it('leads to its parent and its children', async () => {
		const cards = cardsOf(5);
		const [zero, one, two] = cards;
		assert.ok(zero && one && two);
		const details = { p1: { parent: zero, children: [two] } };
		const page = await openGallery(studio, { pictures: 5, script: { details } }, { picture: 'p1' });
		await page.getByRole('button', { name: two.prompt }).click();
		await page.getByRole('heading', { name: 'picture-2.png' }).waitFor();
		await page.getByRole('button', { name: 'Previous Picture' }).click();
		await page.getByRole('button', { name: zero.prompt }).click();
		await page.getByRole('heading', { name: 'picture-0.png' }).waitFor();
		await page.close();
	});

	it('has its actions done by the host, and its recipe taken into the form', async () => {
		const page = await openGallery(studio, { pictures: 5 }, { picture: 'p1' });
		const actions = {
			Insert: 'insert',
			'Copy Path': 'copyPath',
			'Copy Reference': 'copyReference',
			Open: 'open',
			Reveal: 'reveal',
			'Regenerate · $0.04': 'regenerate',
			Vary: 'vary',
			Expand: 'expand',
			Delete: 'delete',
		};
		for (const [index, name] of Object.keys(actions).entries()) {
			await page.getByRole('button', { name, exact: true }).click();
			await untilAsked(page, 'perform', index + 1);
		}
		assert.deepEqual(
			await callsOf(page, 'perform'),
			Object.values(actions).map((action) => ({ action, ids: ['p1'] })),
		);
		await page.getByRole('button', { name: 'Remix' }).click();
		await page.getByRole('tab', { name: 'Create', selected: true }).waitFor();
		const kept = JSON.stringify(await keptOf(page));
		assert.ok(kept.includes('as a woodcut') || kept.includes('a fox'), kept);
		await page.close();
	});

	it('is changed in the edit view', async () => {
		const page = await openGallery(studio, { pictures: 5 }, { picture: 'p1' });
		await page.getByRole('button', { name: 'Edit', exact: true }).click();
		await page.getByRole('tab', { name: 'Edit', selected: true }).waitFor();
		await page.close();
	});

	it('is copied as PNG; what cannot be read is said', async () => {
		await studio.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
		const page = await openGallery(studio, { pictures: 5 }, { picture: 'p1' });
		await page.getByRole('button', { name: 'Copy Picture' }).click();
		await page.getByText('The picture is on the clipboard.').waitFor();
		const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
		assert.deepEqual(types, ['image/png']);
		await answerWith(page, 'read', { fail: 'The file is gone.' });
		await page.getByRole('button', { name: 'Copy Picture' }).click();
		await page.locator('.said.problem').waitFor();
		await page.close();
	});

	it('says where its file is gone, and forgets it', async () => {
		const page = await openGallery(studio, { pictures: 5 });
		const [card] = cardsOf(1);
		assert.ok(card);
		const gone = { card: { ...card, isMissing: true }, path: 'a.png', prompt: '', facts: [], children: [] };
		await answerWith(page, 'look', { ...gone, problem: 'Its file is gone.' });
		await tileAt(page, 0).dblclick();
		await page.getByText('Its file is gone.').waitFor();
		assert.equal(await page.getByRole('button', { name: 'Insert' }).getAttribute('aria-disabled'), 'true');
		await page.getByRole('button', { name: 'Forget' }).click();
		await untilAsked(page, 'perform', 1);
		assert.deepEqual(await callsOf(page, 'perform'), [{ action: 'forget', ids: ['p0'] }]);
		await page.close();
	});

	it('says where it is not shown pixel for pixel', async () => {
		const picture = { uri: '/thumbnails/p1.webp', width: 20_000, height: 20_000, isWhole: false, stamp: '1' };
		const page = await openGallery(
			studio,
			{ pictures: 5, script: { details: { p1: { picture } } } },
			{ picture: 'p1' },
		);
		await page.getByText('Open it in the editor to see every pixel.').waitFor();
		await page.close();
	});

	it('says where it cannot be drawn', async () => {
		const picture = { uri: '/nowhere.png', width: 10, height: 10, isWhole: true, stamp: '1' };
		const page = await openGallery(
			studio,
			{ pictures: 5, script: { details: { p1: { picture } } } },
			{ picture: 'p1' },
		);
		await page.getByText('The picture cannot be shown.').waitFor();
		assert.ok(faults.splice(0).every((fault) => fault.includes('404')));
		await page.close();
	});

	for (const [name, action] of [
		['Remix', 'remix'],
		['Edit', 'edit'],
	] as const) {
		it(`has the studio opened from the side bar for ${action}`, async () => {
			const page = await openGallery(studio, { pictures: 5, place: 'sideBar', width: 340 }, { picture: 'p1' });
			await page.getByRole('button', { name, exact: true }).click();
			await asks(page, 'perform', [{ action, ids: ['p1'] }]);
			await page.close();
		});
	}

	it('makes nothing in a workspace that is not trusted', async () => {
		const state = { ...emptyState, isTrusted: false };
		const page = await openGallery(
			studio,
			{ pictures: 5, place: 'sideBar', width: 340, script: { cards: cardsOf(5), state } },
			{ picture: 'p1' },
		);
		const vary = page.getByRole('button', { name: 'Vary' });
		await vary.click({ force: true });
		assert.equal(await vary.getAttribute('aria-disabled'), 'true');
		assert.deepEqual(await callsOf(page, 'perform'), []);
		await page.close();
	});

	it('whose details do not come is asked for again', async () => {
		const page = await openGallery(studio, { pictures: 5 });
		await answerWith(page, 'look', { fail: 'The history cannot be read.' });
		await tileAt(page, 1).dblclick();
		await page.getByRole('alert').getByText('The history cannot be read.').waitFor();
		await page.evaluate(() => delete window.scripted.answers['look']);
		await page.getByRole('button', { name: 'Try Again' }).click();
		await page.locator('.viewer img').waitFor();
		await page.close();
	});
});

describe('two pictures of the gallery', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('are compared beside each other, zoomed together, or one over the other', async () => {
		const page = await openGallery(studio, { pictures: 10 });
		await tileAt(page, 1).click();
		await tileAt(page, 4).click({ modifiers: ['Control'] });
		await page.getByRole('button', { name: 'Compare' }).click();
		await page.locator('del', { hasText: 'fox' }).waitFor();
		await page.locator('ins', { hasText: 'library' }).waitFor();
		await page.getByRole('group', { name: 'picture-1.png' }).focus();
		await page.keyboard.press('1');
		await page.waitForFunction(() => document.querySelectorAll('.viewer[data-scale="1.000"]').length === 2);
		await page.getByRole('button', { name: 'One Over the Other' }).click();
		await page.getByRole('slider').focus();
		await page.keyboard.press('ArrowRight');
		await page.waitForFunction(() =>
			document.querySelector<HTMLElement>('.viewer > .over')?.style.clipPath.includes('51%'),
		);
		await page.keyboard.press('Escape');
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-id') === 'p4');
		await page.close();
	});

	it('are the one that is looked at and one that is chosen in the grid', async () => {
		const page = await openGallery(studio, { pictures: 10 }, { picture: 'p1' });
		await page.getByRole('button', { name: 'Compare With…' }).click();
		await page.getByText('Choose the picture to compare with picture-1.png.').waitFor();
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-id') === 'p1');
		await page.keyboard.press('ArrowRight');
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-id') === 'p2');
		await page.keyboard.press('Enter');
		await page.getByRole('cell', { name: 'lumenfall/dall-e-2' }).waitFor();
		assert.equal(await focused(page), undefined);
		await page.close();
	});
});
