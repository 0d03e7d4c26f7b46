import assert from 'node:assert/strict';
import type { GalleryQuery } from '../../src/gallery/query';
import { answerWith, openGallery, tileAt, untilAsked, untilAskedLast } from './galleryPage';
import { emptyState } from './script';
import { callsOf, faults, StudioBrowser } from './studio';

const all: GalleryQuery = { source: 'made', search: '', favourites: false, sort: 'newest' };

describe('the filters of the gallery', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('ask for what they say, the search once for what is written in one go', async () => {
		const page = await openGallery(studio, { pictures: 100 });
		await tileAt(page, 0).focus();
		await page.keyboard.press('/');
		await page
			.getByLabel('Search pictures')
			.and(page.locator(':focus'))
			.evaluate((field) => {
				if (!(field instanceof HTMLInputElement)) return;
				for (const text of ['f', 'fo', 'fox']) {
					field.value = text;
					field.dispatchEvent(new Event('input', { bubbles: true }));
				}
			});
		await page.getByText('20 pictures').waitFor();
		await page.getByLabel('Which pictures').selectOption('all');
		await page.getByLabel('Model').selectOption('openai/gpt-image-2');
		await page.getByLabel('How they were made').selectOption('generate');
		await page.getByLabel('From').fill('2026-11-01');
		await page.getByLabel('To').fill('2026-11-30');
		await page.getByLabel('Order').selectOption('oldest');
		await page.getByRole('button', { name: 'Favourites only' }).click();
		await untilAskedLast(page, 'browse', '"favourites":true');
		const calls = await callsOf(page, 'browse');
		assert.deepEqual(calls[1], { ...all, search: 'fox' });
		assert.deepEqual(calls.at(-1), {
			source: 'all',
			search: 'fox',
			model: 'openai/gpt-image-2',
			operation: 'generate',
			from: '2026-11-01',
			to: '2026-11-30',
			favourites: true,
			sort: 'oldest',
		});
		await page.locator('.filters').getByRole('button', { name: 'Clear Filters' }).click();
		await untilAskedLast(page, 'browse', '"search":""');
		assert.deepEqual((await callsOf(page, 'browse')).at(-1), { ...all, source: 'all', sort: 'oldest' });
		assert.equal(await page.getByLabel('Search pictures').inputValue(), '');
		await page.close();
	});

	it('begin at the top again', async () => {
		const page = await openGallery(studio, { pictures: 1000 });
		await page.locator('.scroller').evaluate((element) => (element.scrollTop = 5000));
		await page.locator('.tile[data-id="p0"]').waitFor({ state: 'detached' });
		await page.getByLabel('Order').selectOption('oldest');
		await page.locator('.tile[data-id="p999"]').waitFor();
		assert.equal(await page.locator('.scroller').evaluate(({ scrollTop }) => scrollTop), 0);
		await page.close();
	});

	it('are folded away where it is narrow', async () => {
		const page = await openGallery(studio, { pictures: 10, place: 'sideBar', width: 320 });
		assert.ok(await page.getByLabel('Order').isHidden());
		await page.getByText('Filters', { exact: true }).click();
		await page.getByLabel('Order').selectOption('name');
		await untilAsked(page, 'browse', 2);
		await page.close();
	});

	it('are kept, as is the picture that is looked at', async () => {
		const page = await openGallery(studio, { pictures: 100 }, { query: { ...all, search: 'fox' }, picture: 'p6' });
		await page.getByRole('heading', { name: 'picture-6.png' }).waitFor();
		await page.keyboard.press('Escape');
		await page.getByText('20 pictures').waitFor();
		assert.equal(await page.getByLabel('Search pictures').inputValue(), 'fox');
		assert.deepEqual(await callsOf(page, 'browse'), [{ ...all, search: 'fox' }]);
		await page.close();
	});

	it('say where nothing matches, and take themselves back', async () => {
		const page = await openGallery(studio, { pictures: 10 });
		await page.keyboard.press('Control+f');
		await page.keyboard.type('zebra');
		await page.getByRole('heading', { name: 'No picture matches' }).waitFor();
		await page.locator('.empty').getByRole('button', { name: 'Clear Filters' }).click();
		await page.getByText('10 pictures').waitFor();
		await page.close();
	});
});

describe('a gallery without pictures', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('offers to make one, or to show all there are', async () => {
		const page = await openGallery(studio);
		await page.getByRole('button', { name: 'Show All in Workspace' }).click();
		await page.getByText('There is no picture in this workspace.').waitFor();
		await page.getByRole('button', { name: 'Create One' }).click();
		await page.getByRole('tab', { name: 'Create', selected: true }).waitFor();
		await page.close();
	});

	it('offers to open a folder where none is open', async () => {
		const state = { ...emptyState, hasFolder: false };
		const page = await openGallery(studio, { script: { state } }, { query: { ...all, source: 'all' } });
		await page.getByRole('button', { name: 'Open Folder' }).click();
		await untilAsked(page, 'does', 1);
		assert.deepEqual(await callsOf(page, 'does'), [{ action: 'openFolder' }]);
		await page.close();
	});

	it('says what is damaged, that it still looks, and why it cannot', async () => {
		const page = await openGallery(studio);
		await page.evaluate(() =>
			window.scripted.push({ gallery: { revision: 1, count: 0, isLoading: true, problem: '3 entries are damaged.' } }),
		);
		await page.getByText('3 entries are damaged.').waitFor();
		await page.getByRole('progressbar').waitFor();
		await answerWith(page, 'browse', { fail: 'The history cannot be read.' });
		await page.evaluate(() => window.scripted.push({ gallery: { revision: 2, count: 0, isLoading: false } }));
		await page.getByRole('alert').getByText('The history cannot be read.').waitFor();
		await answerWith(page, 'browse', { ids: [], models: [], note: 'Only the first 50,000 pictures are shown.' });
		await page.getByRole('button', { name: 'Try Again' }).click();
		await page.getByText('Only the first 50,000 pictures are shown.').waitFor();
		assert.equal(await page.getByRole('alert').count(), 0);
		await page.close();
	});
});
