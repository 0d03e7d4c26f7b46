import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import type { Stroke } from '../../src/canvas/strokes';
import { untilAskedLast } from './galleryPage';
import { asks } from './createScripts';
import { edited, editDraft, keptEdit, openEdit, result } from './editScripts';
import { callsOf, faults, keptOf, StudioBrowser } from './studio';

const rectangle: Stroke = { kind: 'rectangle', rect: { x: 100, y: 100, width: 200, height: 100 } };
const painted = { strokes: [rectangle], done: 1 };
const none = { top: 0, right: 0, bottom: 0, left: 0 };

const list = z.object({ strokes: z.array(z.unknown()), done: z.int() });

const staged = (index: number) => ({ id: `p${index}`, name: `picture-${index}.png`, job: 'job-9', margins: none });

const orderOf = (page: Page, name: string) => page.locator('.order').getByRole('button', { name });

describe('the work on a picture', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('comes back as it was ordered, in one step that can be undone: strokes are never lost', async () => {
		const other: Stroke = { kind: 'rectangle', rect: { x: 0, y: 0, width: 50, height: 50 } };
		const page = await openEdit(studio, { canvas: { strokes: painted, staged: [staged(1)], showing: 'p1' } });
		const ask = async (serial: number, strokes: Stroke[]) => {
			const draft = { ...editDraft, editing: { kind: 'mask' as const, strokes, feather: 8 } };
			await page.evaluate((request) => window.scripted.push({ request }), {
				serial,
				view: 'edit' as const,
				picture: 'p7',
				draft,
			});
			await page.waitForFunction(
				(wanted) => JSON.stringify(window.scripted.kept).includes(`"serial":${wanted}`),
				serial,
			);
			return (await keptEdit(page)).canvas;
		};
		const same = await ask(1, [rectangle]);
		assert.deepEqual(same['strokes'], painted);
		assert.equal(same['showing'], undefined);
		const replaced = await ask(2, [other]);
		assert.deepEqual(replaced['strokes'], { strokes: [rectangle, { kind: 'clear' }, other], done: 3 });
		await page.locator('.stage').focus();
		await page.keyboard.press('Control+z');
		await page.keyboard.press('Control+z');
		assert.deepEqual((await keptEdit(page)).canvas['strokes'], { ...list.parse(replaced['strokes']), done: 1 });
		await page.close();
	});

	it('waits where another picture was chosen: strokes, frame, words and results are there again', async () => {
		const left = { strokes: painted, margins: { ...none, left: 16 }, staged: [staged(1)], taken: ['job-9 p1'] };
		const page = await openEdit(studio, {
			canvas: left,
			state: { jobs: [{ ...edited, n: 1, pictures: [result(1)] }] },
		});
		await page.waitForFunction(() => JSON.stringify(window.scripted.kept).includes('"stamp":"1"'));
		const before = await keptEdit(page);
		const turn = async (serial: number, picture: string) => {
			await page.evaluate((request) => window.scripted.push({ request }), { serial, view: 'edit' as const, picture });
			await page.getByText(`docs/images/picture-${picture.slice(1)}.png`).waitFor();
		};
		await turn(1, 'p8');
		const { canvas, editDraft: draft } = await keptEdit(page);
		assert.deepEqual(canvas['strokes'], { strokes: [], done: 0 });
		assert.deepEqual(draft, { ...editDraft, source: 'p8' });
		await page.getByRole('textbox', { name: 'What should the selection show?' }).fill('another moon');
		await turn(2, 'p7');
		assert.deepEqual(await keptEdit(page), before);
		// It is kept over a reload as well.
		const kept = await keptOf(page);
		await page.close();
		const again = await openEdit(studio, { kept });
		await again.evaluate(() => window.scripted.push({ request: { serial: 3, view: 'edit', picture: 'p8' } }));
		await again.getByText('docs/images/picture-8.png').waitFor();
		assert.equal((await keptEdit(again)).editDraft['prompt'], 'another moon');
		await again.close();
	});

	it('waits also where a result took the place of the picture', async () => {
		const page = await openEdit(studio, { canvas: { strokes: painted }, state: { jobs: [edited] } });
		await page.locator('.strip .primary:not([aria-disabled])').waitFor();
		await page.locator('.strip').getByRole('button', { name: 'Accept' }).click();
		await page.getByText('docs/images/picture-1.png').waitFor();
		await page.evaluate(() => window.scripted.push({ request: { serial: 1, view: 'edit', picture: 'p7' } }));
		await page.getByText('docs/images/picture-7.png').waitFor();
		const { canvas } = await keptEdit(page);
		assert.deepEqual(canvas['strokes'], painted);
		assert.deepEqual(canvas['staged'], []);
		await page.close();
	});

	it('is shown on the picture itself when it is asked for, whatever has come meanwhile', async () => {
		const page = await openEdit(studio, { state: { jobs: [{ ...edited, source: 'p8' }] } });
		await page.evaluate(() =>
			window.scripted.push({ request: { serial: 1, view: 'edit', picture: 'p8', job: 'expand' } }),
		);
		await page.locator('.frame').waitFor();
		await page.getByRole('option', { name: 'Result 2 of 3' }).click();
		await page.locator('.frame').waitFor({ state: 'detached' });
		await page.evaluate(() =>
			window.scripted.push({ request: { serial: 2, view: 'edit', picture: 'p8', job: 'expand' } }),
		);
		await page.locator('.frame').waitFor();
		await page.close();
	});

	it('shows no price of another job, and orders when its own is there, unless something else is wanted by then', async () => {
		const page = await openEdit(studio, { canvas: { job: 'edit', strokes: painted } });
		await page.locator('.order .price').getByText('$0.01').waitFor();
		await page.locator('.order [aria-disabled="false"]').waitFor();
		await page.evaluate(() => void (window.scripted.answers['quote'] = 'hold'));
		await page.getByRole('radio', { name: 'Variations' }).check();
		await page.locator('.order .price').getByText('…').waitFor();
		const order = orderOf(page, 'Create Variations');
		assert.equal(await order.getAttribute('aria-disabled'), 'true');
		await page.locator('textarea').press('Control+Enter');
		await page.getByRole('radio', { name: 'Whole Picture' }).check();
		await page.getByRole('radio', { name: 'Variations' }).check();
		await page.evaluate(() => {
			window.scripted.answers['quote'] = { price: '$0.07', problems: [], notes: [] };
			window.scripted.push({ formRevision: 2 });
		});
		await page.locator('.order .price').getByText('$0.07').waitFor();
		await page.locator('.order .primary[aria-disabled="false"]').waitFor();
		assert.deepEqual(await callsOf(page, 'generate'), []);
		await page.evaluate(() => void (window.scripted.answers['quote'] = 'hold'));
		await page.getByRole('spinbutton', { name: 'Count' }).fill('2');
		await page.locator('textarea').press('Control+Enter');
		await page.evaluate(() => {
			window.scripted.answers['quote'] = { price: '$0.07', problems: [], notes: [] };
			window.scripted.push({ formRevision: 3 });
		});
		await untilAskedLast(page, 'generate', '"n":2');
		// Words cost nothing: the price stays.
		await page.evaluate(() => void (window.scripted.answers['quote'] = 'hold'));
		await page.locator('textarea').fill('in other words');
		assert.equal(await page.locator('.order .price').textContent(), '$0.07');
		await page.close();
	});

	it('is waited for before anything is ordered', async () => {
		const page = await openEdit(studio, { canvas: { job: 'edit' } });
		const kept = await keptOf(page);
		await page.close();
		const other = await openEdit(studio, { kept });
		await other.evaluate(() => {
			window.scripted.answers['look'] = 'hold';
			window.scripted.push({ request: { serial: 1, view: 'edit', picture: 'p8' } });
		});
		await other.locator('.order').getByText('The picture is still being loaded.').waitFor();
		assert.equal(await orderOf(other, 'Edit').getAttribute('aria-disabled'), 'true');
		await other.getByRole('textbox', { name: 'What should change?' }).press('Control+Enter');
		await other.evaluate(() => {
			delete window.scripted.answers['look'];
			window.scripted.push({ gallery: { ...window.scripted.state.gallery, revision: 9 } });
		});
		await other.locator('.order [aria-disabled="false"]').waitFor();
		await orderOf(other, 'Edit').click();
		await asks(other, 'generate', [{ ...editDraft, source: 'p8', seen: '1' }]);
		await other.close();
	});

	it('is kept while one goes on working, however much it is', async () => {
		const points = Array.from({ length: 100 }, (_, at) => at);
		const line: Stroke = { kind: 'line', size: 10, points };
		const strokes = { strokes: Array.from({ length: 150 }, () => line), done: 150 };
		const page = await openEdit(studio, { canvas: { strokes } });
		await page.waitForFunction(() => JSON.stringify(window.scripted.kept).includes('"stamp":"1"'));
		await page.evaluate(() => {
			const prompt = document.querySelector('textarea');
			let count = 0;
			setInterval(() => {
				if (!prompt) return;
				prompt.value = `word ${count++}`;
				prompt.dispatchEvent(new Event('input', { bubbles: true }));
			}, 50);
		});
		await page.waitForFunction(() => /word \d\d/.test(JSON.stringify(window.scripted.kept)), undefined, {
			timeout: 10_000,
		});
		await page.close();
	});

	it('is kept at once where it is little, in however many strokes', async () => {
		const dot: Stroke = { kind: 'line', size: 10, points: [5, 5] };
		const strokes = { strokes: Array.from({ length: 150 }, () => dot), done: 150 };
		const page = await openEdit(studio, { canvas: { strokes } });
		await page.locator('.stage').focus();
		// What is kept is read in the same turn as it is changed.
		const kept = await page.evaluate(() => {
			const prompt = document.querySelector('textarea');
			if (prompt) prompt.value = 'at once';
			prompt?.dispatchEvent(new Event('input', { bubbles: true }));
			return JSON.stringify(window.scripted.kept);
		});
		assert.ok(kept.includes('at once'));
		await page.close();
	});
});
