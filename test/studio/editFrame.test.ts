import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { untilAskedLast } from './galleryPage';
import { editDraft, edited, framed, keptEdit, openEdit } from './editScripts';
import { callsOf, faults, keptOf, StudioBrowser } from './studio';

const allMargins = z.object({ right: z.number() });
const none = { top: 0, right: 0, bottom: 0, left: 0 };

async function marginsOf(page: Page): Promise<unknown> {
	return (await keptEdit(page)).canvas['margins'];
}

const grip = (page: Page, name: string) => page.getByRole('button', { name });
const field = (page: Page, name: string) => page.getByRole('spinbutton', { name, exact: true });

async function middleOf(page: Page, name: string): Promise<{ x: number; y: number }> {
	const { x = 0, y = 0, width = 0, height = 0 } = (await grip(page, name).boundingBox()) ?? {};
	return { x: x + width / 2, y: y + height / 2 };
}

/** Screen pixels to one of the picture. */
async function scaleOf(page: Page): Promise<number> {
	const { width = 0 } = (await page.locator('.stage > img').boundingBox()) ?? {};
	return width / 1024;
}

describe('the frame of an expansion', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const open = async (margins = none, options: Parameters<typeof openEdit>[1] = {}) => {
		const page = await openEdit(studio, { forms: framed, canvas: { job: 'expand', margins }, ...options });
		await page.getByRole('radio', { name: '16:9' }).first().waitFor();
		return page;
	};

	it('is dragged by its handles, and drawn to what the model takes', async () => {
		const page = await open();
		const scale = await scaleOf(page);
		const { x, y } = await middleOf(page, 'Right edge');
		await page.mouse.move(x, y);
		await page.mouse.down();
		// 130 is near 8 times 16; the picture does not move meanwhile.
		await page.mouse.move(x + 130 * scale, y, { steps: 3 });
		assert.deepEqual(await marginsOf(page), { ...none, right: 128 });
		assert.equal(await scaleOf(page), scale);
		// 1152 × 768 is 3:2 as well.
		await page.locator('.frameLabel').getByText('1152 × 768, 3:2').waitFor();
		await page.keyboard.down('Control');
		await page.mouse.move(x + 131 * scale, y);
		const { right } = allMargins.parse(await marginsOf(page));
		assert.ok(Math.abs(right - 131) <= 1, String(right));
		await page.keyboard.up('Control');
		await page.mouse.move(x - 300, y);
		assert.deepEqual(await marginsOf(page), none, 'It holds the whole picture.');
		await page.mouse.move(x + 64 * scale, y);
		await page.mouse.up();
		await page.locator('.frame.held').waitFor({ state: 'detached' });
		assert.deepEqual(await marginsOf(page), { ...none, right: 64 });
		await page.close();
	});

	it('takes all of a drag back at Escape', async () => {
		const page = await open({ ...none, left: 32 });
		const { x, y } = await middleOf(page, 'Upper right corner');
		await page.mouse.move(x, y);
		await page.mouse.down();
		await page.mouse.move(x + 20, y - 20, { steps: 2 });
		assert.notDeepEqual(await marginsOf(page), { ...none, left: 32 });
		await page.keyboard.press('Escape');
		await page.mouse.move(x + 40, y - 40);
		await page.mouse.up();
		assert.deepEqual(await marginsOf(page), { ...none, left: 32 });
		await page.close();
	});

	it('takes a drag back also when the keys are elsewhere', async () => {
		const page = await open({ ...none, left: 32 });
		const { x, y } = await middleOf(page, 'Right edge');
		await page.mouse.move(x, y);
		await page.mouse.down();
		await page.mouse.move(x + 40, y, { steps: 2 });
		await field(page, 'Left').focus();
		await page.keyboard.press('Escape');
		assert.deepEqual(await marginsOf(page), { ...none, left: 32 });
		await page.mouse.up();
		await page.close();
	});

	it('is let go when it goes away in a drag, and when the window loses the keys', async () => {
		const page = await open();
		const nudgeIt = async () => {
			await grip(page, 'Right edge').focus();
			const before = allMargins.parse(await marginsOf(page)).right;
			await page.keyboard.press('Shift+ArrowRight');
			assert.equal(allMargins.parse(await marginsOf(page)).right, before + 1);
		};
		const interruptions = [
			async () => page.evaluate(() => void dispatchEvent(new Event('blur'))),
			async () => {
				await page.evaluate(() => window.scripted.push({ request: { serial: 1, view: 'edit', job: 'vary' } }));
				await page.locator('.frame').waitFor({ state: 'detached' });
				await page.evaluate(() => window.scripted.push({ request: { serial: 2, view: 'edit', job: 'expand' } }));
				await page.locator('.frame').waitFor();
			},
		];
		for (const interrupt of interruptions) {
			const { x, y } = await middleOf(page, 'Bottom edge');
			await page.mouse.move(x, y);
			await page.mouse.down();
			await page.mouse.move(x, y + 30, { steps: 2 });
			await page.locator('.frame.held').waitFor();
			await interrupt();
			await page.locator('.frame.held').waitFor({ state: 'detached' });
			await page.mouse.up();
			await nudgeIt();
		}
		await page.close();
	});

	it('stays under the pointer when one zooms while it is dragged', async () => {
		const page = await open();
		const { x, y } = await middleOf(page, 'Right edge');
		await page.mouse.move(x, y);
		await page.mouse.down();
		await page.mouse.move(x + 20, y, { steps: 2 });
		const scale = await scaleOf(page);
		await page.mouse.wheel(0, 240);
		await page.waitForFunction((before) => {
			const image = document.querySelector('.stage > img');
			return (image?.getBoundingClientRect().width ?? 0) < before * 1024 - 50;
		}, scale);
		await page.keyboard.down('Control');
		await page.mouse.move(x + 40, y);
		await page.locator('.frame.held').waitFor();
		const middle = await middleOf(page, 'Right edge');
		assert.ok(Math.abs(middle.x - (x + 40)) <= 2, `${middle.x} instead of ${x + 40}`);
		await page.keyboard.up('Control');
		await page.mouse.up();
		await page.close();
	});

	it('is moved as a whole, as far as the picture stays in it', async () => {
		const page = await open({ ...none, left: 100, right: 100 });
		const { x, y } = await middleOf(page, 'Whole frame');
		await page.mouse.move(x, y);
		await page.mouse.down();
		await page.mouse.move(x + 600, y + 50, { steps: 3 });
		await page.mouse.up();
		assert.deepEqual(await marginsOf(page), { ...none, right: 200 });
		await page.close();
	});

	it('is dragged by a finger', async () => {
		const page = await open();
		const scale = await scaleOf(page);
		const { x, y } = await middleOf(page, 'Bottom edge');
		const touch = await page.context().newCDPSession(page);
		const at = (down: number) => [{ x, y: y + down }];
		await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
		await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(32 * scale) });
		await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(64 * scale) });
		await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
		await page.locator('.frame.held').waitFor({ state: 'detached' });
		assert.deepEqual(await marginsOf(page), { ...none, bottom: 64 });
		await page.close();
	});

	it('is made by keys alone, and each change is spoken', async () => {
		const page = await open();
		await grip(page, 'Right edge, 0 pixels added').focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('Shift+ArrowLeft');
		await page.keyboard.press('ArrowUp');
		await grip(page, 'Right edge, 15 pixels added').waitFor();
		await page.getByRole('status').filter({ hasText: '1039 × 768' }).waitFor({ state: 'attached' });
		assert.deepEqual(await marginsOf(page), { ...none, right: 15 });
		await grip(page, 'Upper left corner').focus();
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('ArrowLeft');
		assert.deepEqual(await marginsOf(page), { top: 8, right: 15, bottom: 0, left: 8 });
		await grip(page, 'Whole frame').focus();
		await page.keyboard.press('ArrowRight');
		assert.deepEqual(await marginsOf(page), { top: 8, right: 23, bottom: 0, left: 0 });
		await page.close();
	});

	it('has a ratio at a click, and none where that is wanted', async () => {
		const page = await open();
		await page.locator('.frameTools').getByRole('radio', { name: '16:9' }).check();
		const margins = { top: 0, right: 171, bottom: 0, left: 170 };
		assert.deepEqual(await marginsOf(page), margins);
		await page.getByRole('status').filter({ hasText: '1365 × 768, 16:9' }).waitFor({ state: 'attached' });
		await page.keyboard.press('ArrowLeft');
		assert.deepEqual(await marginsOf(page), { ...none, right: 64, left: 64 });
		await page.keyboard.press('ArrowLeft');
		assert.deepEqual(await marginsOf(page), { ...none, top: 128, bottom: 128 });
		await page.keyboard.press('ArrowLeft');
		await page.getByRole('radio', { name: 'Free', checked: true }).waitFor();
		assert.deepEqual(await marginsOf(page), { ...none, top: 128, bottom: 128 });
		await page.close();
	});

	it('is typed, and what cannot be is said', async () => {
		const page = await open();
		await field(page, 'Right').fill('64');
		await field(page, 'Width').fill('2048');
		const margins = { ...none, right: 1024 };
		assert.deepEqual(await marginsOf(page), margins);
		const problem = page.locator('.frameTools .mistake');
		for (const [name, value, text] of [
			['Left', '-1500', 'does not overlap'],
			['Right', '-10', 'must hold the whole picture'],
			['Height', '700', 'must hold the whole picture'],
			['Height', '99999', 'more than 64 million'],
			['Top', '', 'whole numbers of pixels'],
		] as const) {
			await field(page, name).fill(value);
			await problem.getByText(text).waitFor();
			assert.deepEqual(await marginsOf(page), margins, name);
			await field(page, name).blur();
			await problem.waitFor({ state: 'detached' });
		}
		await page.getByRole('button', { name: 'Reset' }).click();
		assert.deepEqual(await marginsOf(page), none);
		assert.equal(await field(page, 'Width').inputValue(), '1024');
		await page.close();
	});

	it('is what is ordered; without one the button is off and says what to do', async () => {
		const page = await open();
		const order = page.locator('.order').getByRole('button', { name: 'Expand' });
		await page.getByText('Drag an edge of the frame outwards, or choose a ratio.').waitFor();
		assert.equal(await order.getAttribute('aria-disabled'), 'true');
		await field(page, 'Bottom').fill('256');
		await untilAskedLast(page, 'quote', '"bottom":256');
		await page.locator('.order [aria-disabled="false"]').waitFor();
		await order.click();
		await page.waitForFunction(() => window.scripted.calls.some(({ method }) => method === 'generate'));
		assert.deepEqual(await callsOf(page, 'generate'), [
			{ ...editDraft, seen: '1', editing: { kind: 'expand', margins: { ...none, bottom: 256 } } },
		]);
		await page.close();
	});

	it('is kept over a reload, and hidden by a result that is looked at', async () => {
		const page = await open({ ...none, top: 40 });
		await page.evaluate(
			(jobs) => window.scripted.push({ jobs }),
			[{ ...edited, margins: { ...none, top: 40 }, pictures: edited.pictures.slice(0, 1) }],
		);
		await page.locator('.frame').waitFor({ state: 'detached' });
		const kept = await keptOf(page);
		await page.close();
		const again = await openEdit(studio, { kept, forms: framed });
		await again.getByRole('option', { name: 'Original' }).click();
		await grip(again, 'Top edge, 40 pixels added').waitFor();
		await again.close();
	});
});
