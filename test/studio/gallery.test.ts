import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { answerWith, bare, focused, openGallery, pressTo, tileAt, untilAsked } from './galleryPage';
import { cardsOf, emptyState } from './script';
import { callsOf, faults, StudioBrowser } from './studio';

const many = 10_000;
const fileOf = (index: number) => `file:///project/docs/images/picture-${index}.png`;
/** What the editor would get of a picture that is dragged, by kind. */
const dragAt = async (page: Page, place: number) =>
	tileAt(page, place).evaluate((tile) => {
		const dataTransfer = new DataTransfer();
		tile.dispatchEvent(new DragEvent('dragstart', { bubbles: true, dataTransfer }));
		return ['text/uri-list', 'application/vnd.code.uri-list', 'text/plain'].map((type) => dataTransfer.getData(type));
	});
const selectedIn = async (page: Page) => page.locator('.tile[aria-selected="true"]').count();

describe('the gallery', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('shows ten thousand pictures with few elements, in their order', async () => {
		const page = await openGallery(studio, { pictures: many });
		await page.getByText('10,000 pictures').waitFor();
		for (const share of [0, 0.5, 1]) {
			await page.locator('.scroller').evaluate((element, at) => (element.scrollTop = element.scrollHeight * at), share);
			const place = share === 1 ? many - 1 : Math.floor(many * share);
			await tileAt(page, place).locator('img').waitFor();
			const ids = await page
				.locator('.tile')
				.evaluateAll((all) => all.map((tile) => Number(tile.dataset['id']?.slice(1))));
			assert.deepEqual(
				ids,
				ids.toSorted((a, b) => a - b),
			);
			assert.ok((await page.evaluate(() => document.body.querySelectorAll('*').length)) <= 300);
		}
		await page.close();
	});

	it('is walked with the keyboard to its end and back', async () => {
		const page = await openGallery(studio, { pictures: many });
		const columns = await page
			.locator('.tiles')
			.evaluate((tiles) => getComputedStyle(tiles).gridTemplateColumns.split(' ').length);
		await tileAt(page, 0).focus();
		await pressTo(page, 'ArrowRight', 'p1');
		await pressTo(page, 'ArrowDown', `p${columns + 1}`);
		await pressTo(page, 'ArrowLeft', `p${columns}`);
		await pressTo(page, 'End', `p${many - 1}`);
		await tileAt(page, many - 1)
			.and(page.locator(':focus'))
			.locator('img')
			.waitFor();
		const before = await page.locator('.scroller').evaluate(({ scrollTop }) => scrollTop);
		await page.keyboard.press('PageUp');
		await page.waitForFunction((top) => (document.querySelector('.scroller')?.scrollTop ?? top) < top, before);
		await pressTo(page, 'Home', 'p0');
		assert.equal(await page.locator('.scroller').evaluate(({ scrollTop }) => scrollTop), 0);
		await page.close();
	});

	it('keeps the focus on a picture that is scrolled out of sight', async () => {
		const page = await openGallery(studio, { pictures: many });
		await tileAt(page, 2).click();
		await page.locator('.scroller').evaluate((element) => (element.scrollTop = 100_000));
		await page.locator('.tile[aria-posinset="3000"], .tile').nth(20).waitFor();
		await page.waitForFunction(() => document.querySelectorAll('.tile[data-id="p3"]').length === 0);
		assert.equal(await focused(page), 'p2');
		await pressTo(page, 'ArrowRight', 'p3');
		assert.ok(await tileAt(page, 3).isVisible());
		await page.close();
	});

	it('keeps focus, selection and place when pictures come', async () => {
		const page = await openGallery(studio, { pictures: 1000 });
		await page.locator('.scroller').evaluate((element) => (element.scrollTop = 2000));
		await page.locator('.tile[data-id="p60"]').click();
		const boxBefore = await page.locator('.tile[data-id="p60"]').boundingBox();
		const ids = ['p1000', ...cardsOf(1000).map(({ id }) => id)].filter((id) => id !== 'p3');
		const asked = (await callsOf(page, 'cards')).length;
		await answerWith(page, 'browse', { ids, models: [] });
		await page.evaluate(() => window.scripted.push({ gallery: { revision: 2, count: 1000, isLoading: false } }));
		await untilAsked(page, 'browse', 2);
		await untilAsked(page, 'cards', asked + 1);
		assert.equal(await focused(page), 'p60');
		assert.equal(await selectedIn(page), 1);
		const boxAfter = await page.locator('.tile[data-id="p60"]').boundingBox();
		assert.ok(Math.abs((boxAfter?.y ?? 0) - (boxBefore?.y ?? 1)) <= (boxBefore?.height ?? 0) + 8);
		await page.close();
	});

	it('goes to the neighbour of a picture that has gone', async () => {
		const page = await openGallery(studio, { pictures: 20 });
		await tileAt(page, 4).click();
		const ids = cardsOf(20).flatMap(({ id }) => (id === 'p4' ? [] : id));
		await answerWith(page, 'browse', { ids, models: [] });
		await page.evaluate(() => window.scripted.push({ gallery: { revision: 2, count: 19, isLoading: false } }));
		await page.getByText('19 pictures').waitFor();
		await page.waitForFunction(() => document.activeElement?.getAttribute('data-id') === 'p5');
		assert.equal(await page.getByRole('group', { name: 'Selected pictures' }).count(), 0);
		await page.close();
	});

	it('selects with Shift, Ctrl and Ctrl+A', async () => {
		const page = await openGallery(studio, { pictures: 200 });
		await tileAt(page, 1).click();
		await tileAt(page, 4).click({ modifiers: ['Shift'] });
		await page.getByText('4 selected').waitFor();
		await tileAt(page, 2).click({ modifiers: ['Control'] });
		await page.getByText('3 selected').waitFor();
		await page.keyboard.press('Shift+ArrowRight');
		await page.getByText('2 selected').waitFor();
		await page.keyboard.press('Control+a');
		await page.getByText('200 selected').waitFor();
		await page.keyboard.press('Escape');
		await page.getByText('200 selected').waitFor({ state: 'detached' });
		assert.equal(await selectedIn(page), 0);
		await page.close();
	});

	it('marks favourites, and takes the mark back when the host refuses', async () => {
		const page = await openGallery(studio, { pictures: 20 });
		await tileAt(page, 0).click();
		await page.keyboard.press('f');
		await page.locator('.tile[data-id="p0"][data-favourite="true"]').waitFor();
		await untilAsked(page, 'favour', 1);
		assert.deepEqual(await callsOf(page, 'favour'), [{ ids: ['p0'], on: true }]);
		await answerWith(page, 'favour', { fail: 'The history cannot be written.' });
		await page.keyboard.press('.');
		await page.getByText('The history cannot be written.').waitFor();
		await page.locator('.tile[data-id="p0"][data-favourite="true"]').waitFor();
		await page.close();
	});

	it('leaves favourites what they were when the host refuses a mixed selection', async () => {
		const page = await openGallery(studio, { pictures: 20 });
		await tileAt(page, 2).click();
		await tileAt(page, 4).click({ modifiers: ['Shift'] });
		await answerWith(page, 'favour', { fail: 'The history cannot be written.' });
		await page.getByRole('button', { name: 'Favourite', pressed: false }).last().click();
		await page.getByText('The history cannot be written.').waitFor();
		const marks = await page.locator('.tile').evaluateAll((tiles) => tiles.map((tile) => tile.dataset['favourite']));
		assert.deepEqual(marks.slice(2, 5), ['false', 'true', 'false']);
		await page.close();
	});

	it('asks once to delete what is selected, however long the key is held', async () => {
		const page = await openGallery(studio, { pictures: 20 });
		await tileAt(page, 0).click();
		await tileAt(page, 2).click({ modifiers: ['Shift'] });
		await answerWith(page, 'perform', 'hold');
		for (let press = 0; press < 3; press++) await page.keyboard.press('Delete');
		await untilAsked(page, 'perform', 1);
		assert.deepEqual(await callsOf(page, 'perform'), [{ action: 'delete', ids: ['p0', 'p1', 'p2'] }]);
		await page.close();
	});

	it('says what became of an action', async () => {
		const page = await openGallery(studio, { pictures: 20 });
		await tileAt(page, 0).click();
		await answerWith(page, 'perform', { said: 'Open a document first.', isProblem: true });
		await page.getByRole('button', { name: 'Insert' }).click();
		await page.locator('.said.problem', { hasText: 'Open a document first.' }).waitFor();
		await page.close();
	});

	it('shows a picture large with the space bar, and goes on in it', async () => {
		const page = await openGallery(studio, { pictures: 20 });
		await tileAt(page, 3).click();
		await page.keyboard.press(' ');
		await page.getByRole('dialog', { name: 'picture-3.png' }).locator('img').waitFor();
		await page.keyboard.press('ArrowRight');
		await page.getByRole('dialog', { name: 'picture-4.png' }).waitFor();
		await page.keyboard.press(' ');
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		assert.equal(await focused(page), 'p4');
		await page.keyboard.press(' ');
		await page.getByRole('dialog').waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		assert.equal(await focused(page), 'p4');
		await page.close();
	});

	it('gives the editor the addresses of what is dragged', async () => {
		const page = await openGallery(studio, { pictures: 20 });
		await tileAt(page, 1).click();
		await tileAt(page, 0).click({ modifiers: ['Control'] });
		const dragged = await dragAt(page, 1);
		const files = [0, 1].map(fileOf);
		assert.deepEqual(dragged, [files.join('\r\n'), files.join('\r\n'), files.join('\n')]);
		await page.close();
	});

	it('drags no picture whose address the window does not know', async () => {
		const cards = cardsOf(2).map((card) => Object.assign(card, { file: '' }));
		const page = await openGallery(studio, { script: { cards } });
		const isLeft = await tileAt(page, 0).evaluate((tile) =>
			tile.dispatchEvent(
				new DragEvent('dragstart', { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() }),
			),
		);
		assert.equal(isLeft, false);
		await page.close();
	});

	it('gives the addresses of all that are selected, in sight or not', async () => {
		const page = await openGallery(studio, { pictures: 900 });
		await tileAt(page, 0).click();
		await page.keyboard.press('Control+a');
		await page.waitForFunction(() => {
			const asked = window.scripted.calls.filter(({ method }) => method === 'cards');
			return JSON.stringify(asked).includes('"p899"');
		});
		await page.waitForFunction(
			(wanted) => {
				const dataTransfer = new DataTransfer();
				document.querySelector('.tile')?.dispatchEvent(new DragEvent('dragstart', { bubbles: true, dataTransfer }));
				return dataTransfer.getData('text/plain') === wanted;
			},
			Array.from({ length: 900 }, (_, index) => fileOf(index)).join('\n'),
		);
		await page.close();
	});

	it('drags the one alone, and says so, where too many are selected', async () => {
		const page = await openGallery(studio, { pictures: many });
		await tileAt(page, 1).click();
		await page.keyboard.press('Control+a');
		await page.getByText('10,000 selected').waitFor();
		assert.equal((await dragAt(page, 1))[2], fileOf(1));
		await page.getByText('Of 10,000 pictures, only 1 can be dragged.').waitFor();
		await page.close();
	});

	it('takes the focus from no field when a picture comes that it was meant for', async () => {
		const query = { source: 'made', search: 'lighthouse', favourites: false, sort: 'newest' };
		const [, fox] = cardsOf(2);
		assert.ok(fox);
		const script = { details: { p0: { children: [fox] } } };
		const page = await openGallery(studio, { pictures: 20, script }, { picture: 'p0', query });
		await page.getByRole('button', { name: fox.prompt }).click();
		await page.getByRole('heading', { name: 'picture-1.png' }).waitFor();
		await page.locator('.viewer img').waitFor();
		await page.keyboard.press('Escape');
		await tileAt(page, 0).waitFor();
		await page.getByRole('searchbox').fill('');
		await page.getByText('20 pictures').waitFor();
		await page.locator('.tile[data-id="p1"] img').waitFor();
		assert.equal(await page.evaluate(() => document.activeElement?.localName), 'input');
		await page.close();
	});

	it('asks for thumbnails only where there is none, four at a time, and not for what is scrolled away', async () => {
		const cards = cardsOf(many).map((card, index) => (index < 5 ? card : bare(card)));
		const page = await openGallery(studio, {
			script: { cards, state: { ...emptyState, gallery: { revision: 1, count: many, isLoading: false } } },
		});
		await tileAt(page, 5).locator('img').waitFor();
		const first = (await callsOf(page, 'thumbnail')).map((call) => JSON.stringify(call));
		assert.ok(!first.some((call) => /"p[0-4]"/.test(call)), first.join(' '));
		await answerWith(page, 'thumbnail', 'hold');
		const before = (await callsOf(page, 'thumbnail')).length;
		await page.locator('.scroller').evaluate((element) => (element.scrollTop = 50_000));
		await untilAsked(page, 'thumbnail', before + 4);
		await page.locator('.scroller').evaluate((element) => (element.scrollTop = 100_000));
		// The four that were under way were cancelled, or nothing more would be asked for.
		await untilAsked(page, 'thumbnail', before + 8);
		assert.equal((await callsOf(page, 'thumbnail')).length, before + 8);
		await page.close();
	});

	it('shows pictures that are gone, and those that cannot be shown, as what they are', async () => {
		const [one, two, ...rest] = cardsOf(5).map(bare);
		assert.ok(one && two);
		const cards = [{ ...one, isMissing: true }, { ...two, thumbnail: '/nowhere.png' }, ...rest];
		const page = await studio.open({ script: { cards } });
		await answerWith(page, 'thumbnail', { kind: 'unreadable', why: 'It is no picture.' });
		await page.getByRole('tab', { name: 'Gallery' }).click();
		await page.getByRole('option', { name: 'its file is gone' }).getByText('File is gone').waitFor();
		await tileAt(page, 1).getByText('Cannot be shown').waitFor();
		await tileAt(page, 2).getByTitle('It is no picture.').waitFor();
		assert.ok(faults.splice(0).every((fault) => fault.includes('404')));
		await answerWith(page, 'perform', { isProblem: false });
		await tileAt(page, 0).click();
		await page.getByRole('button', { name: 'Forget' }).click();
		await untilAsked(page, 'perform', 1);
		assert.deepEqual(await callsOf(page, 'perform'), [{ action: 'forget', ids: ['p0'] }]);
		await page.close();
	});
});
