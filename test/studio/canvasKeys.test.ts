import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { line, listOf, openCanvas, polygon, rectangle, saidOn, showsExactly, strokesOf } from './canvasPage';
import { faults, StudioBrowser } from './studio';

/** Presses keys one after the other; `Shift+ArrowLeft*20`: so many times. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
	for (const key of keys) {
		const [name = '', times = '1'] = key.split('*');
		for (let time = 0; time < Number(times); time++) await page.keyboard.press(name);
	}
}

async function says(page: Page, text: string): Promise<void> {
	await page.locator('.easel > [role="status"].unseen').getByText(text, { exact: true }).waitFor({ state: 'attached' });
}

type Press = Pick<KeyboardEventInit, 'key' | 'altKey' | 'ctrlKey' | 'shiftKey' | 'modifierAltGraph'>;

describe('the canvas without a mouse', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const open = async (brush = 40): Promise<Page> => {
		const page = await openCanvas(studio, { canvas: { brush } });
		await page.locator('.stage').focus();
		return page;
	};

	it('takes a mask of each tool, and says what becomes of it', async () => {
		const page = await open();
		await press(page, 'r');
		await says(page, 'Rectangle');
		await press(page, 'Shift+ArrowLeft*12', 'Shift+ArrowUp*4');
		await says(page, '500, 380');
		await press(page, 'Enter');
		await says(page, 'Stroke begun');
		await press(page, 'Shift+ArrowRight*20', 'Shift+ArrowDown*10');
		await says(page, '20 × 10');
		await press(page, 'Enter');
		await says(page, 'Selected: less than 1 % of the picture');
		await showsExactly(page, [rectangle([500, 380], [520, 390])]);
		await press(page, 'b', 'Enter', 'Shift+ArrowUp*30', 'Enter');
		await press(page, 'l', 'Enter', 'Shift+ArrowLeft*40', 'Shift+ArrowUp*40', 'Enter');
		await press(page, 'e', 'Enter', 'Enter');
		assert.equal((await strokesOf(page)).length, 4);
		await showsExactly(page, [
			rectangle([500, 380], [520, 390]),
			line(40, [
				[520, 390],
				[520, 360],
			]),
			polygon([
				[520, 360],
				[480, 360],
				[480, 320],
			]),
			line(40, [[480, 320]], true),
		]);
		await page.close();
	});

	it('goes by steps of the screen, follows the cross, and stays on the picture', async () => {
		const page = await open();
		const scale = Number(((await page.locator('.viewTools > span').textContent()) ?? '').replace(' %', '')) / 100;
		await press(page, 'ArrowRight');
		await says(page, `${512 + Math.round(8 / scale)}, 384`);
		await press(page, '1', '+*8', 'Shift+ArrowRight*200');
		const [cross, stage] = await Promise.all(
			['.cross', '.stage'].map(async (name) => page.locator(name).boundingBox()),
		);
		assert.ok(cross && stage && cross.x > stage.x && cross.x < stage.x + stage.width, JSON.stringify(cross));
		await press(page, '0', 'ArrowLeft*100', 'ArrowUp*100');
		await says(page, '0, 0');
		await page.close();
	});

	it('moves, inverts, clears, undoes, and says so', async () => {
		const page = await open();
		await press(page, 'Alt+ArrowLeft');
		await says(page, 'Nothing is painted');
		await press(page, 'Delete');
		await says(page, 'Nothing to clear');
		await press(page, 'Control+z');
		await says(page, 'Nothing to undo');
		await press(page, 'r', 'Enter', 'Shift+ArrowRight*20', 'Shift+ArrowDown*10', 'Enter');
		await press(page, 'Alt+ArrowRight*3', 'Alt+Shift+ArrowUp*2');
		await says(page, 'Mask at 515, 364, 20 × 10');
		const moved = rectangle([515, 364], [535, 374]);
		await showsExactly(page, [moved]);
		await press(page, 'i');
		await says(page, 'Selected: 99 % of the picture');
		await showsExactly(page, [moved, 'invert']);
		await press(page, 'Delete');
		await says(page, 'Nothing is selected');
		await press(page, 'Control+z*3');
		await showsExactly(page, [rectangle([512, 384], [532, 394])]);
		await press(page, 'Control+Shift+z', 'Control+y');
		await showsExactly(page, [moved, 'invert']);
		await press(page, 'Control+y*2');
		await says(page, 'Nothing to redo');
		await page.close();
	});

	it('erases with Shift, and forgets a stroke', async () => {
		const page = await open();
		await press(page, 'i', 'Shift+Enter');
		await says(page, 'Erasing begun');
		await press(page, 'Shift+ArrowRight*10', 'Enter');
		await press(page, 'Enter', 'Shift+ArrowRight*90', 'Escape');
		await says(page, 'Stroke forgotten');
		const erased = line(
			40,
			[
				[512, 384],
				[522, 384],
			],
			true,
		);
		await showsExactly(page, ['invert', erased]);
		await page.close();
	});

	it('changes the brush', async () => {
		const page = await open(64);
		const size = page.getByRole('slider', { name: 'Size of the brush' });
		const steps = [
			[']', '69 pixels'],
			['[', '64 pixels'],
			['Shift+]', '114 pixels'],
			['Shift+[', '1 pixels'],
		] as const;
		for (const [key, text] of steps) {
			await press(page, key);
			await says(page, text);
			assert.equal(await size.getAttribute('aria-valuetext'), text);
		}
		await press(page, 'e');
		await says(page, 'Eraser, 1 pixels');
		await page.close();
	});

	it('changes the brush where brackets are written with Option, or AltGr', async () => {
		const page = await open(64);
		const presses: readonly (readonly [Press, string])[] = [
			[{ key: ']', altKey: true }, '69 pixels'],
			[{ key: '[', altKey: true, shiftKey: true }, '64 pixels'],
			[{ key: ']', altKey: true, ctrlKey: true, modifierAltGraph: true }, '69 pixels'],
			[{ key: '}', altKey: true }, '119 pixels'],
		];
		for (const [key, text] of presses) {
			await page
				.locator('.stage')
				.evaluate((stage, key) => stage.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true })), key);
			await says(page, text);
		}
		await page.close();
	});

	it('undoes from wherever one is round the canvas, but for fields', async () => {
		const page = await open();
		await press(page, 'i', 'i', 'i', 'i');
		const doneOf = async () => (await listOf(page)).done;
		await page.getByRole('radio', { name: 'Brush' }).focus();
		await press(page, 'Control+z');
		assert.equal(await doneOf(), 3);
		await page.getByRole('button', { name: 'Undo' }).focus();
		await press(page, 'Control+z', 'Control+z');
		assert.equal(await doneOf(), 1);
		await page.getByRole('slider', { name: 'Size of the brush' }).focus();
		await press(page, 'Control+y', 'Control+Shift+z');
		assert.equal(await doneOf(), 3);
		await page.getByRole('spinbutton', { name: 'Feather' }).focus();
		await press(page, 'Control+z');
		await page.getByRole('textbox', { name: 'What should the selection show?' }).press('Control+z');
		assert.equal(await doneOf(), 3);
		await page.close();
	});

	it('keeps no key from others that it does nothing with', async () => {
		const page = await open();
		await press(page, 'Enter', 'Shift+ArrowRight*5', 'Tab');
		assert.equal(await page.locator('.stage').evaluate((stage) => stage === document.activeElement), false);
		// What was begun is kept.
		await showsExactly(page, [
			line(40, [
				[512, 384],
				[517, 384],
			]),
		]);
		await page.evaluate(() => {
			document.body.dataset['seen'] = '';
			document.addEventListener('keydown', ({ key }) => (document.body.dataset['seen'] += `${key} `));
		});
		await page.locator('.stage').focus();
		await press(page, 'b', 'x', 'Control+b', 'Escape', 'F1', 'i');
		assert.equal(await page.locator('body').getAttribute('data-seen'), 'x Control b Escape F1 ');
		await page.getByRole('textbox', { name: 'What should the selection show?' }).press('i');
		assert.equal((await listOf(page)).done, 2);
		await page.close();
	});

	it('reaches the tools by few stops of the tabulator', async () => {
		const page = await openCanvas(studio);
		await page.getByRole('radio', { name: 'Brush' }).focus();
		await press(page, 'ArrowRight');
		await says(page, 'Eraser, 64 pixels');
		await press(page, 'Tab*3');
		await page.getByRole('spinbutton', { name: 'Feather' }).and(page.locator(':focus')).waitFor();
		await press(page, 'Tab', 'ArrowRight*2');
		await page.getByRole('button', { name: 'Invert (I)' }).and(page.locator(':focus')).waitFor();
		await press(page, 'Enter', 'ArrowLeft', 'Home');
		await says(page, 'Selected: 100 % of the picture');
		await press(page, 'Enter');
		await says(page, 'Nothing is selected');
		assert.equal(await saidOn(page), 'Nothing is selected');
		await press(page, 'Tab*2');
		await page.locator('.stage:focus').waitFor();
		await page.close();
	});

	it('lists its keys', async () => {
		const page = await open();
		await press(page, '?');
		const list = page.getByRole('dialog', { name: 'Keys' });
		await list.waitFor();
		assert.deepEqual((await list.locator('kbd').allTextContents()).slice(0, 5), ['B', 'E', 'R', 'L', '[ ]']);
		await press(page, 'Escape');
		await list.waitFor({ state: 'detached' });
		await page.locator('.stage:focus').waitFor();
		await page.getByRole('button', { name: 'Keys (?)' }).click();
		await list.getByRole('button', { name: 'Close' }).click();
		await list.waitFor({ state: 'detached' });
		await page.close();
	});
});
