import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Stroke } from '../../src/canvas/strokes';
import type { FailureView } from '../../src/protocol/views';
import { asks } from './createScripts';
import { untilAskedLast } from './galleryPage';
import { edited, editDraft, keptEdit, openEdit } from './editScripts';
import { callsOf, faults, keptOf, StudioBrowser } from './studio';

const rectangle: Stroke = { kind: 'rectangle', rect: { x: 100, y: 100, width: 200, height: 100 } };
const painted = { strokes: [rectangle], done: 1 };
const none = { top: 0, right: 0, bottom: 0, left: 0 };

/** The picture's file becomes another. */
async function change(page: Page, changes: object): Promise<void> {
	await page.evaluate((differing) => {
		const picture = { uri: '/thumbnails/p7.webp', width: 1024, height: 768, isWhole: true, stamp: '2' };
		Object.assign(window.script.details, { p7: { picture: { ...picture, ...differing } } });
		const { gallery } = window.scripted.state;
		window.scripted.push({ gallery: { ...gallery, revision: gallery.revision + 1 } });
	}, changes);
}

const banner = (page: Page) => page.getByRole('alert').filter({ hasText: 'picture-7.png has changed on disk.' });
const seenOf = async (page: Page) => (await keptEdit(page)).canvas['seen'];
const orderOf = (page: Page, name: string) => page.locator('.order').getByRole('button', { name });

describe('the picture that is changed', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('is followed quietly as long as nothing was done to it', async () => {
		const page = await openEdit(studio);
		await change(page, {});
		await page.waitForFunction(() => JSON.stringify(window.scripted.kept).includes('"stamp":"2"'));
		assert.deepEqual(await seenOf(page), { stamp: '2', width: 1024, height: 768 });
		assert.equal(await banner(page).count(), 0);
		await page.close();
	});

	it('is said to have changed on disk; until somebody has chosen, nothing is ordered', async () => {
		const page = await openEdit(studio, { canvas: { strokes: painted } });
		await page.locator('.order [aria-disabled="false"]').waitFor();
		await change(page, {});
		await banner(page).waitFor();
		const why = 'The picture has changed on disk: choose what becomes of the selection first.';
		await page.locator('.order').getByText(why).waitFor();
		assert.equal(await orderOf(page, 'Edit Selection').getAttribute('aria-disabled'), 'true');
		await page.getByRole('textbox', { name: 'What should the selection show?' }).press('Control+Enter');
		await page.getByRole('button', { name: 'Keep the Selection' }).click();
		await banner(page).waitFor({ state: 'detached' });
		assert.deepEqual((await keptEdit(page)).canvas['strokes'], painted);
		await page.locator('.order [aria-disabled="false"]').waitFor();
		await orderOf(page, 'Edit Selection').click();
		const editing = { kind: 'mask', strokes: [rectangle], feather: 8 };
		await asks(page, 'generate', [{ ...editDraft, seen: '2', editing }]);
		await page.close();
	});

	it('keeps what was painted at its place when it has another size', async () => {
		const whole = { x: 0, y: 0, width: 1024, height: 768 };
		const list = {
			strokes: [
				{ kind: 'line' as const, size: 10, points: [10, 20, 30, 40] },
				rectangle,
				{ kind: 'place' as const, from: whole, to: { ...whole, x: 10 } },
				{ kind: 'invert' as const },
			],
			done: 2,
		};
		const page = await openEdit(studio, { canvas: { strokes: list, margins: { ...none, left: 16 } } });
		await page.waitForFunction(() => JSON.stringify(window.scripted.kept).includes('"stamp":"1"'));
		await change(page, { width: 2048, height: 1536 });
		await page.getByRole('button', { name: 'Keep the Selection' }).click();
		const { canvas } = await keptEdit(page);
		const larger = { x: 0, y: 0, width: 2048, height: 1536 };
		assert.deepEqual(canvas['strokes'], {
			strokes: [
				{ kind: 'line', size: 20, points: [20, 40, 60, 80] },
				{ kind: 'rectangle', rect: { x: 200, y: 200, width: 400, height: 200 } },
				{ kind: 'place', from: larger, to: { ...larger, x: 20 } },
				{ kind: 'invert' },
			],
			done: 2,
		});
		assert.deepEqual(canvas['margins'], { ...none, left: 16 });
		assert.deepEqual(canvas['seen'], { stamp: '2', width: 2048, height: 1536 });
		await page.close();
	});

	it('is begun with anew, by keys alone', async () => {
		const page = await openEdit(studio, { canvas: { strokes: painted, margins: { ...none, left: 16 } } });
		await page.waitForFunction(() => JSON.stringify(window.scripted.kept).includes('"stamp":"1"'));
		await change(page, {});
		await page.getByRole('button', { name: 'Start Over' }).focus();
		await page.keyboard.press('Enter');
		await banner(page).waitFor({ state: 'detached' });
		const { canvas } = await keptEdit(page);
		assert.deepEqual(canvas['strokes'], { strokes: [], done: 0 });
		assert.deepEqual(canvas['margins'], none);
		await page.close();
	});

	it('is said to have changed while the window was closed', async () => {
		const seen = { stamp: 'old', width: 1024, height: 768 };
		const page = await openEdit(studio, { canvas: { strokes: painted, seen } });
		await banner(page).waitFor();
		await page.close();
	});

	it('is said to be gone, and what was painted stays', async () => {
		const page = await openEdit(studio, { canvas: { strokes: painted }, gone: ['p7'], isGone: true });
		await page.getByText('The file was deleted.').waitFor();
		assert.deepEqual((await keptEdit(page)).canvas['strokes'], painted);
		await page.close();
	});
});

describe('what is done to it', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('is chosen by the arrow keys, and each keeps what it was given', async () => {
		const page = await openEdit(studio, {
			canvas: { strokes: painted, margins: { ...none, left: 16 }, strength: 'strong' },
		});
		const before = (await keptEdit(page)).canvas;
		await page.getByRole('radio', { name: 'Selection' }).focus();
		for (const [name, job] of [
			['Whole Picture', 'edit'],
			['Expand', 'expand'],
			['Variations', 'vary'],
			['Selection', 'mask'],
		] as const) {
			await page.keyboard.press('ArrowRight');
			await page.getByRole('radio', { name, checked: true }).waitFor();
			assert.deepEqual((await keptEdit(page)).canvas, {
				...before,
				job,
				seen: { stamp: '1', width: 1024, height: 768 },
			});
		}
		await page.close();
	});

	it('is a variation, subtle to strong, without a word', async () => {
		const page = await openEdit(studio, { canvas: { job: 'vary' }, draft: { prompt: '' } });
		await page.getByText('The same subject and mood, composed anew.').waitFor();
		await page.getByRole('radio', { name: 'Medium' }).focus();
		await page.keyboard.press('ArrowRight');
		await page.getByText('Another picture on the same theme.').waitFor();
		await page.locator('.order [aria-disabled="false"]').waitFor();
		await orderOf(page, 'Create Variations').click();
		const editing = { kind: 'vary', strength: 'strong' };
		await asks(page, 'generate', [{ ...editDraft, prompt: '', seen: '1', editing }]);
		await page.close();
	});

	it('is nothing where nothing is selected, and said where everything is', async () => {
		const page = await openEdit(studio, {
			canvas: { strokes: { strokes: [rectangle, { ...rectangle, erases: true }, { kind: 'invert' }], done: 0 } },
		});
		const hint = page.getByText('Paint over what should change, or choose Whole Picture.');
		const all = page.getByText('All of the picture is selected: nothing of it stays.');
		const redo = async () => {
			await page.locator('.stage').focus();
			await page.keyboard.press('Control+y');
		};
		await hint.waitFor();
		assert.equal(await orderOf(page, 'Edit Selection').getAttribute('aria-disabled'), 'true');
		await redo();
		await hint.waitFor({ state: 'detached' });
		await redo();
		await hint.waitFor();
		await redo();
		await all.waitFor();
		await page.locator('.order [aria-disabled="false"]').waitFor();
		await page.close();
	});

	it('is said to be emulated, where it is', async () => {
		const page = await openEdit(studio, { canvas: { strokes: painted } });
		const note = 'DALL·E 3 takes no mask, so the edit is emulated.';
		await page.evaluate((text) => {
			window.scripted.answers['quote'] = { price: '$0.04', problems: [], notes: [text] };
			window.scripted.push({ formRevision: 2 });
		}, note);
		await page.locator('.order .note').getByText(note).waitFor();
		assert.equal(await page.locator('.order .mistake').count(), 0);
		await page.close();
	});

	it('leaves the strokes where they are, through refusals and cancelled jobs', async () => {
		const page = await openEdit(studio, { canvas: { strokes: painted } });
		await page.locator('.order [aria-disabled="false"]').waitFor();
		await page.evaluate(() => void (window.scripted.answers['generate'] = { fail: 'It may show violence.' }));
		await orderOf(page, 'Edit Selection').click();
		await page.getByText('It may show violence.').waitFor();
		const running = { ...edited, isRunning: true, pictures: [] };
		await page.evaluate((jobs) => window.scripted.push({ jobs }), [running]);
		await page.locator('.strip').getByRole('button', { name: 'Cancel' }).click();
		const ended = async (failure: FailureView) =>
			page.evaluate((jobs) => window.scripted.push({ jobs }), [{ ...running, isRunning: false, failures: [failure] }]);
		await ended({ message: 'Cancelled.', count: 3, isCancelled: true });
		await page.locator('.strip').waitFor({ state: 'detached' });
		assert.equal(await page.evaluate(() => document.activeElement?.className.includes('stage')), true);
		const message = 'The provider refused the picture.';
		await ended({ message, count: 3 });
		await page.locator('.stripFailed').getByText(message).waitFor();
		await page.locator('.stripFailed').getByRole('button', { name: 'Show' }).click();
		assert.deepEqual((await keptEdit(page)).canvas['strokes'], painted);
		assert.deepEqual(await callsOf(page, 'cancel'), [{ job: 'job-9' }]);
		await page.close();
	});

	it('comes back as it was ordered, when an order is taken up again', async () => {
		const page = await openEdit(studio, { canvas: { job: 'vary' } });
		const editing = { kind: 'mask' as const, strokes: [rectangle], feather: 3 };
		const draft = { ...editDraft, prompt: 'a moon', seen: 'old', editing };
		await page.evaluate(
			(given) => window.scripted.push({ request: { serial: 1, view: 'edit', picture: 'p7', draft: given } }),
			draft,
		);
		await page.getByRole('radio', { name: 'Selection', checked: true }).waitFor();
		assert.deepEqual((await keptEdit(page)).canvas['strokes'], painted);
		await untilAskedLast(page, 'quote', '"feather":3');
		const quotes = await callsOf(page, 'quote');
		assert.deepEqual(quotes.at(-1), { ...draft, seen: '1' });
		await page.close();
	});

	it('is asked for together with another picture', async () => {
		const page = await openEdit(studio, { canvas: { strokes: painted } });
		await page.evaluate(() =>
			window.scripted.push({ request: { serial: 1, view: 'edit', picture: 'p8', job: 'expand' } }),
		);
		await page.getByText('docs/images/picture-8.png').waitFor();
		await page.getByRole('radio', { name: 'Expand', checked: true }).waitFor();
		assert.deepEqual((await keptEdit(page)).canvas['strokes'], { strokes: [], done: 0 });
		assert.notEqual(await keptOf(page), undefined);
		await page.close();
	});
});
