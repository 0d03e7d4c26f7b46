import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { asks } from './createScripts';
import { edited, keptEdit, openEdit } from './editScripts';
import { callsOf, faults, StudioBrowser } from './studio';

/** The picture that is on the canvas. */
async function sees(page: Page, id: string): Promise<void> {
	await page.locator(`.canvasBox img[src="/thumbnails/${id}.webp"]`).waitFor();
}

const optionOf = (page: Page, name: string) => page.getByRole('option', { name });
const button = (page: Page, name: string) => page.locator('.strip').getByRole('button', { name });
const said = async (page: Page, text: string) =>
	page.getByRole('status').filter({ hasText: text }).first().waitFor({ state: 'attached' });

describe('the staging strip, where one is in the midst of something,', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('orders once, however often it is asked for while the order is on its way', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] } });
		await page.evaluate(() => void (window.scripted.answers['again'] = 'hold'));
		const retry = button(page, 'Retry');
		await retry.dblclick();
		for (const key of ['r', 'R', 'r', 'r', 'r']) await page.keyboard.press(key);
		assert.equal(await retry.getAttribute('aria-disabled'), 'true');
		// What was called travels in order: this comes after all of them.
		await button(page, 'Insert').click();
		await asks(page, 'perform', [{ action: 'insert', ids: ['p1'] }]);
		assert.deepEqual(await callsOf(page, 'again'), [{ job: 'job-9' }]);
		await page.close();
	});

	it('accepts nothing that nobody has seen', async () => {
		const page = await openEdit(studio);
		await page.evaluate(
			(jobs) => {
				window.scripted.answers['look'] = 'hold';
				window.scripted.push({ jobs });
			},
			[edited],
		);
		assert.equal(await button(page, 'Accept').getAttribute('aria-disabled'), 'true');
		await optionOf(page, 'Result 1').focus();
		await page.keyboard.press('a');
		await said(page, 'It is still being loaded.');
		assert.equal((await keptEdit(page)).editDraft['source'], 'p7');
		await page.evaluate(() => void delete window.scripted.answers['look']);
		await page.keyboard.press('ArrowRight');
		await page.locator('.strip .primary:not([aria-disabled])').waitFor();
		await page.keyboard.press('a');
		await page.getByText('docs/images/picture-2.png').waitFor();
		await page.close();
	});

	it('is there too when the picture that was changed is gone', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] }, gone: ['p7'], isGone: true });
		await button(page, 'Discard').click();
		await optionOf(page, 'Result 2 of 2').waitFor();
		await page.locator('.strip .primary:not([aria-disabled])').waitFor();
		await button(page, 'Accept').click();
		await sees(page, 'p2');
		await page.close();
	});

	it('is there too when nothing is known of the picture any more', async () => {
		const page = await openEdit(studio, {
			state: { jobs: [{ ...edited, source: 'nothing' }] },
			draft: { source: 'nothing' },
			isGone: true,
		});
		await page.locator('.strip .primary:not([aria-disabled])').waitFor();
		for (const rest of [2, 1, 0]) {
			await button(page, 'Discard').click();
			await page.waitForFunction((count) => {
				const cells = document.querySelectorAll('.stripCell').length;
				return cells === (count === 0 ? 0 : count + 1);
			}, rest);
		}
		assert.equal(await page.evaluate(() => document.activeElement?.closest('.source') !== null), true);
		await page.close();
	});

	it('ends the comparison when the key is let go elsewhere, or the keys leave', async () => {
		const page = await openEdit(studio, { state: { jobs: [edited] } });
		const first = optionOf(page, 'Result 1');
		for (const leave of [
			async () => page.locator('.stage').focus(),
			async () => page.evaluate(() => dispatchEvent(new KeyboardEvent('keyup', { key: 'C' }))),
		]) {
			await first.focus();
			await page.keyboard.down('c');
			await sees(page, 'p7');
			await leave();
			await sees(page, 'p1');
			await page.keyboard.up('c');
		}
		await page.close();
	});

	it('does not take the picture from a stroke that is made by keys, or by a finger', async () => {
		for (const begin of [
			async (page: Page) => {
				await page.locator('.stage').focus();
				await page.keyboard.press('Enter');
			},
			async (page: Page) => {
				const { x = 0, y = 0 } = (await page.locator('.stage').boundingBox()) ?? {};
				const touch = await page.context().newCDPSession(page);
				const touchPoints = [{ x: x + 200, y: y + 100 }];
				await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
			},
		]) {
			const coming = { ...edited, isRunning: true, pictures: [] };
			const page = await openEdit(studio, { state: { jobs: [coming] } });
			await page.locator('.stage > .mask').waitFor();
			await begin(page);
			await page.evaluate((jobs) => window.scripted.push({ jobs }), [edited]);
			await optionOf(page, 'Result 3').waitFor();
			await sees(page, 'p7');
			// As it is kept by itself: a page that is hidden ends a stroke.
			const kept = await page.evaluate(() => JSON.stringify(window.scripted.kept));
			assert.ok(!kept.includes('"showing"'));
			assert.ok(kept.includes('"strokes":{"strokes":[],"done":0}'), 'The stroke goes on.');
			await page.close();
		}
	});

	it('does not take the frame out of the hand that drags it', async () => {
		const coming = { ...edited, isRunning: true, pictures: [] };
		const page = await openEdit(studio, { state: { jobs: [coming] }, canvas: { job: 'expand' } });
		const grip = page.getByRole('button', { name: 'Right edge' });
		const { x = 0, y = 0, width = 0, height = 0 } = (await grip.boundingBox()) ?? {};
		const touch = await page.context().newCDPSession(page);
		const touchPoints = [{ x: x + width / 2, y: y + height / 2 }];
		await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
		await page.locator('.frame.held').waitFor();
		await page.evaluate((jobs) => window.scripted.push({ jobs }), [edited]);
		await optionOf(page, 'Result 3').waitFor();
		assert.equal((await keptEdit(page)).canvas['showing'], undefined);
		await page.close();
	});

	it('does not take the picture from who goes on painting', async () => {
		const coming = { ...edited, isRunning: true, pictures: [] };
		const page = await openEdit(studio, { state: { jobs: [coming] }, canvas: { job: 'expand' } });
		await page.getByRole('spinbutton', { name: 'Left' }).fill('64');
		await page.evaluate((jobs) => window.scripted.push({ jobs }), [edited]);
		await optionOf(page, 'Result 3').waitFor();
		await sees(page, 'p7');
		await page.close();
	});
});
