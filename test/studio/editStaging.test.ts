import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { untilAsked } from './galleryPage';
import { asks } from './createScripts';
import { edited, keptEdit, openEdit, result } from './editScripts';
import { callsOf, faults, keptOf, StudioBrowser } from './studio';

const hostile = `<img src=x onerror="document.title='bad'">\u202Egnp.exe`;

/** The picture that is on the canvas. */
async function sees(page: Page, id: string): Promise<void> {
	await page.locator(`.canvasBox img[src="/thumbnails/${id}.webp"]`).waitFor();
}

const optionOf = (page: Page, name: string) => page.getByRole('option', { name });
const button = (page: Page, name: string) => page.locator('.strip').getByRole('button', { name });
const said = async (page: Page, text: string) =>
	page.getByRole('status').filter({ hasText: text }).first().waitFor({ state: 'attached' });

/** The element with the keys. */
const focused = async (page: Page) =>
	page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? document.activeElement?.className ?? '');

describe('the staging strip', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('is not there as long as there is nothing to decide', async () => {
		const page = await openEdit(studio, { state: { jobs: [{ ...edited, source: 'p8' }] } });
		assert.equal(await page.locator('.strip').count(), 0);
		assert.deepEqual((await keptEdit(page)).canvas['staged'], []);
		await page.close();
	});

	it('shows the first result, and says how many pixels changed that were to stay', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] } });
		await sees(page, 'p1');
		await button(page, 'Accept').waitFor();
		await page.getByText('0 pixels changed outside the selection.').first().waitFor();
		await optionOf(page, 'Result 3 of 3: picture-3.png').click();
		await page.locator('.caption .warning').getByText('12 pixels changed outside the selection.').waitFor();
		await sees(page, 'p3');
		await optionOf(page, 'Original').click();
		await sees(page, 'p7');
		assert.equal(await button(page, 'Accept').count(), 0);
		await page.close();
	});

	it('says what of an expansion changed, and nothing of what was to change as a whole', async () => {
		const margins = { top: 0, right: 256, bottom: 0, left: 256 };
		const jobs = [
			{ ...edited, id: 'job-2', operation: 'vary' as const, pictures: [result(4)] },
			{ ...edited, operation: 'expand' as const, margins, pictures: [result(1, 0)] },
		];
		const page = await openEdit(studio, { state: { jobs } });
		await page.getByText('Changed pixels of the picture itself: 0.').first().waitFor();
		await optionOf(page, 'picture-4.png').click();
		await sees(page, 'p4');
		assert.equal(await page.locator('.caption .note').count(), 0);
		await page.close();
	});

	it('is walked through by keys, and the picture follows', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] } });
		await optionOf(page, 'Result 1').focus();
		for (const [key, id] of [
			['ArrowRight', 'p2'],
			['End', 'p3'],
			['ArrowRight', 'p3'],
			['ArrowLeft', 'p2'],
			['Home', ''],
			['ArrowLeft', ''],
			['ArrowRight', 'p1'],
		] as const) {
			await page.keyboard.press(key);
			await sees(page, id || 'p7');
			assert.equal(await focused(page), id, key);
		}
		await said(page, 'Result 1 of 3: picture-1.png. 0 pixels changed outside the selection.');
		await page.close();
	});

	it('holds the original up against a result, by pointer and by key', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] } });
		const compare = page.getByRole('button', { name: 'Compare' });
		const { x = 0, y = 0 } = (await compare.boundingBox()) ?? {};
		await page.mouse.move(x + 10, y + 10);
		await page.mouse.down();
		await sees(page, 'p7');
		await page.getByRole('button', { name: 'Compare', pressed: true }).waitFor();
		// It is let go elsewhere.
		await page.mouse.move(5, 5);
		await page.mouse.up();
		await sees(page, 'p1');
		for (const key of ['Space', 'Enter', 'c']) {
			await compare.focus();
			await page.keyboard.down(key);
			await sees(page, 'p7');
			await page.keyboard.up(key);
			await sees(page, 'p1');
			await page.getByRole('button', { name: 'Compare', pressed: false }).waitFor();
		}
		// What a screen reader does.
		await compare.evaluate((element: HTMLElement) => element.click());
		await sees(page, 'p7');
		await compare.evaluate((element: HTMLElement) => element.click());
		await sees(page, 'p1');
		await page.close();
	});

	it('makes a result the picture that is changed: the prompt stays, the others are in the gallery', async () => {
		const strokes = { strokes: [{ kind: 'invert' as const }], done: 1 };
		const page = await openEdit(studio, { state: { jobs: [edited] }, canvas: { strokes, brush: 20 } });
		await optionOf(page, 'Result 1').focus();
		await page.keyboard.press('ArrowRight');
		await sees(page, 'p2');
		await page.locator('.strip .primary:not([aria-disabled])').waitFor();
		await page.keyboard.press('a');
		await page.getByText('docs/images/picture-2.png').waitFor();
		await said(page, 'picture-2.png is the picture that is changed now. The others are in the gallery.');
		const { canvas, editDraft } = await keptEdit(page);
		assert.deepEqual(canvas['staged'], []);
		assert.deepEqual(canvas['strokes'], { strokes: [], done: 0 });
		assert.equal(canvas['brush'], 20);
		assert.equal(editDraft['source'], 'p2');
		assert.equal(editDraft['prompt'], 'make it night');
		assert.equal(editDraft['model'], 'openai/gpt-image-2');
		assert.equal(await page.evaluate(() => document.activeElement?.closest('.easel') !== null), true);
		await page.close();
	});

	it('lays a result aside, and the next one is looked at; the keys are never lost', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] } });
		await optionOf(page, 'Result 1').focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('Delete');
		await sees(page, 'p3');
		await said(page, 'It stays in the gallery.');
		assert.equal(await focused(page), 'p3');
		await button(page, 'Discard').click();
		await sees(page, 'p1');
		assert.equal(await focused(page), 'p1');
		// The job is still listed: what was laid aside does not come back.
		await page.evaluate(() => window.scripted.push({ formRevision: 7, jobs: [...window.script.state.jobs] }));
		await page.keyboard.press('Delete');
		await page.locator('.strip').waitFor({ state: 'detached' });
		await sees(page, 'p7');
		assert.equal(await page.evaluate(() => document.activeElement?.closest('.easel') !== null), true);
		await page.close();
	});

	it('orders once more what a result was made by, and says what is in the way', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] } });
		const retry = button(page, 'Retry · 3 pictures');
		await retry.click();
		await asks(page, 'again', [{ job: 'job-9' }]);
		await page.evaluate(() => void (window.scripted.answers['again'] = { fail: 'The job is not known any more.' }));
		await page.locator('.strip button[aria-disabled]').waitFor({ state: 'detached' });
		await page.keyboard.press('r');
		await page.getByRole('alert').getByText('The job is not known any more.').waitFor();
		await page.close();
	});

	it('puts a result into the document', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] } });
		await page.evaluate(
			() => void (window.scripted.answers['perform'] = { said: 'There is no editor.', isProblem: true }),
		);
		await button(page, 'Insert').click();
		await page.getByRole('alert').getByText('There is no editor.').waitFor();
		assert.deepEqual(await callsOf(page, 'perform'), [{ action: 'insert', ids: ['p1'] }]);
		await page.close();
	});

	it('waits for what is on its way, with a way to leave it', async () => {
		const coming = {
			...edited,
			isRunning: true,
			pictures: [],
			previews: [{ index: 0, uri: '/thumbnails/p5.webp' }],
		};
		const page = await openEdit(studio, { state: { jobs: [coming] } });
		const strip = page.locator('.strip');
		await strip.locator('.cell').nth(2).waitFor();
		assert.equal(await strip.locator('.cell.awaited').count(), 2);
		await sees(page, 'p7');
		await page.evaluate((jobs) => window.scripted.push({ jobs }), [{ ...coming, pictures: [result(1, 0)] }]);
		await sees(page, 'p1');
		await button(page, 'Cancel').click();
		await asks(page, 'cancel', [{ job: 'job-9' }]);
		assert.equal(await focused(page), 'p1');
		await page.evaluate(
			(jobs) => window.scripted.push({ jobs }),
			[{ ...coming, isRunning: false, previews: [], pictures: [result(1, 0)] }],
		);
		await strip.locator('.cell').first().waitFor({ state: 'detached' });
		assert.equal(await focused(page), 'p1');
		await page.close();
	});

	it('keeps results over a reload, also those of jobs that nobody knows any more', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] } });
		await optionOf(page, 'Result 2').click();
		await sees(page, 'p2');
		const kept = await keptOf(page);
		await page.close();
		const again = await openEdit(studio, { kept });
		await sees(again, 'p2');
		await optionOf(again, 'Result 3 of 3').waitFor();
		await again.close();
	});

	it('takes results that arrive while one is elsewhere', async () => {
		const page = await openEdit(studio, {});
		await page.getByRole('tab', { name: 'Create' }).click();
		await page.evaluate((jobs) => window.scripted.push({ jobs }), [edited]);
		await page.evaluate(() => window.scripted.push({ jobs: [] }));
		await page.getByRole('tab', { name: 'Edit' }).click();
		await optionOf(page, 'Result 3 of 3').waitFor();
		await page.close();
	});

	it('says that the file of a result is gone, which can then only be laid aside', async () => {
		const page = await openEdit(studio, {
			state: { jobs: [{ ...edited, pictures: [result(1, 0), result(2, 0)] }] },
			gone: ['p1'],
		});
		await page.getByText('The file was deleted.').waitFor();
		assert.equal(await optionOf(page, 'Result 1').getByText('Its file is gone.').count(), 1);
		assert.equal(await button(page, 'Accept').getAttribute('aria-disabled'), 'true');
		await button(page, 'Discard').click();
		await sees(page, 'p2');
		await page.close();
	});

	it('shows names as text', async () => {
		const page = await openEdit(studio, {
			state: { jobs: [{ ...edited, pictures: [{ id: 'p1', name: hostile, changedOutsideMask: 0 }] }] },
		});
		await page.locator('.caption').getByText(hostile).waitFor();
		await untilAsked(page, 'thumbnail', 1);
		assert.equal(await page.title(), 'Limn');
		await page.close();
	});
});
