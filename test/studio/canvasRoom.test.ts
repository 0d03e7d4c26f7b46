import assert from 'node:assert/strict';
import { extentOf } from '../../src/canvas/extent';
import type { Stroke } from '../../src/canvas/strokes';
import { noMargins } from '../../src/domain/margins';
import { mostStrokes } from '../../src/protocol/limits';
import { begin, drag, listOf, openCanvas, type Place, rectangle, showsExactly, strokesOf } from './canvasPage';
import { faults, StudioBrowser } from './studio';

const stroke: readonly Place[] = [
	[420, 300],
	[560, 420],
];
const box: Stroke = { kind: 'rectangle', rect: { x: 100, y: 100, width: 50, height: 50 } };
const full = Array.from({ length: mostStrokes }, () => box);
const noRoom = 'There is no room for more strokes. Undo or clear some.';

describe('the limits of the canvas', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	it('are said where they are seen, and it can always be cleared', async () => {
		const page = await openCanvas(studio, { canvas: { brush: 40, strokes: { strokes: full, done: full.length } } });
		const note = page.locator('.maskTools > .mistake');
		await drag(page, stroke);
		await note.getByText(noRoom).waitFor();
		await showsExactly(page, [rectangle([100, 100], [150, 150])]);
		await page.keyboard.press('Alt+ArrowRight');
		assert.equal((await strokesOf(page)).length, mostStrokes);
		await page.getByRole('button', { name: 'Undo' }).click();
		await note.waitFor({ state: 'detached' });
		await page.getByRole('button', { name: 'Redo' }).click();
		await page.getByRole('button', { name: 'Clear' }).click();
		await showsExactly(page, []);
		await page.close();
	});

	it('do not count what was cleared away', async () => {
		const cleared = [...full.slice(2), { kind: 'clear' }, box] as const;
		const page = await openCanvas(studio, { canvas: { strokes: { strokes: cleared, done: cleared.length } } });
		await page.locator('.stage').focus();
		await page.keyboard.press('Alt+ArrowRight');
		await showsExactly(page, [rectangle([101, 100], [151, 150])]);
		assert.equal((await strokesOf(page)).length, 2);
		await page.close();
	});

	it('take the numbers of a thick line as they are typed', async () => {
		const page = await openCanvas(studio, { canvas: { brush: 60 } });
		await drag(page, stroke);
		await page.getByText('Position and size').click();
		const field = (name: string) => page.getByRole('spinbutton', { name, exact: true });
		for (const [name, value] of [
			['Width', 300],
			['Height', 90],
			['X', 20],
			['Width', 250],
			['Y', 40],
		] as const) {
			await field(name).fill(String(value));
			await field(name).press('Enter');
			assert.equal(await field(name).inputValue(), String(value), name);
		}
		assert.deepEqual(extentOf(await strokesOf(page)), { x: 20, y: 40, width: 250, height: 90 });
		// So far away is nothing.
		await field('X').fill('50000');
		await field('X').press('Enter');
		assert.equal(await field('X').inputValue(), '4096');
		assert.equal((await listOf(page)).done, 2);
		await page.close();
	});

	it('show the picture again when its mask is changed', async () => {
		const staged = { id: 'p1', name: 'picture-1.png', job: 'job-9', margins: noMargins };
		const strokes = { strokes: [box], done: 1 };
		const page = await openCanvas(studio, { canvas: { strokes, staged: [staged] } });
		const acts = [
			async () => page.getByRole('button', { name: 'Undo' }).click(),
			async () => page.locator('.stage').press('Control+y'),
			async () => page.getByRole('button', { name: 'Invert' }).click(),
		];
		for (const act of acts) {
			await page.locator('.strip').getByRole('option').or(page.locator('.strip [role="radio"]')).last().click();
			await page.locator('.stage > .mask').waitFor({ state: 'detached' });
			await act();
			await page.locator('.stage > .mask').waitFor();
		}
		await showsExactly(page, [rectangle([100, 100], [150, 150]), 'invert']);
		await page.close();
	});

	it('of fineness are those of what was seen', async () => {
		const page = await openCanvas(studio, { canvas: { brush: 2 } });
		await page.locator('.stage').focus();
		for (let times = 0; times < 15; times++) await page.keyboard.press('+');
		const waves = Array.from({ length: 41 }, (_, at): Place => [502 + at / 2, 384 + (at % 2) / 4]);
		await begin(page, waves);
		for (let times = 0; times < 25; times++) await page.keyboard.press('-');
		await page.mouse.up();
		const [kept] = await strokesOf(page);
		assert.ok(kept?.kind === 'line' && kept.points.length >= 2 * waves.length, JSON.stringify(kept));
		await page.close();
	});
});
