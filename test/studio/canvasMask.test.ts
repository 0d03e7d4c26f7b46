import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { maskOf } from '../../src/canvas/rasterise';
import {
	begin,
	differing,
	drag,
	editDraft,
	line,
	listOf,
	openCanvas,
	picture,
	pointsOf,
	type Place,
	polygon,
	rectangle,
	settled,
	showsExactly,
	strokesOf,
} from './canvasPage';
import { callsOf, faults, keptOf, StudioBrowser } from './studio';

const stroke: readonly Place[] = [
	[420, 300],
	[560, 420],
	[640, 310],
];
const lasso: readonly Place[] = [
	[430, 330],
	[520, 460],
	[450, 480],
];
const corners: readonly Place[] = [
	[560, 350],
	[620, 440],
];
const cut: readonly Place[] = [
	[400, 420],
	[660, 360],
];
/** What comes of {@link paintAll}, with a brush of 40 pixels. */
const all = [line(40, stroke), polygon(lasso), rectangle([560, 350], [620, 440]), line(40, cut, true)];

async function paintAll(page: Page): Promise<void> {
	await drag(page, stroke);
	await page.keyboard.press('l');
	await drag(page, lasso);
	await page.keyboard.press('r');
	await drag(page, corners);
	await page.keyboard.press('e');
	await drag(page, cut);
}

/** What is seen when it is painted. */
const sights: Readonly<Record<string, (page: Page) => Promise<void>>> = {
	fitting: async () => undefined,
	'at twice the size, moved': async (page) => {
		const { x = 0, y = 0 } = (await page.locator('.stage').boundingBox()) ?? {};
		await page.mouse.move(x + 310, y + 240);
		await page.mouse.wheel(0, -250);
		await page.keyboard.down('Shift');
		await page.mouse.wheel(0, 30);
		await page.keyboard.up('Shift');
		await settled(page);
	},
	'at half the size': async (page) => {
		await page.locator('.stage').focus();
		for (let times = 0; times < 3; times++) await page.keyboard.press('-');
		await settled(page);
	},
};

describe('the mask on the canvas', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	// Every sharpness and every sight, if not every pair of them.
	for (const [index, sharpness] of [1, 1.5, 2].entries()) {
		for (const [name, look] of Object.entries(sights).filter((_, at) => at !== index)) {
			it(`is the same, pixel for pixel, on ${sharpness} device pixels to one, ${name}`, async () => {
				const page = await openCanvas(studio, { sharpness, canvas: { brush: 40 } });
				await look(page);
				await paintAll(page);
				assert.deepEqual(await strokesOf(page), [
					{ kind: 'line', size: 40, points: stroke.flat() },
					{ kind: 'lasso', points: lasso.flat() },
					{ kind: 'rectangle', rect: { x: 560, y: 350, width: 60, height: 90 } },
					{ kind: 'line', size: 40, points: cut.flat(), erases: true },
				]);
				await showsExactly(page, all);
				await page.close();
			});
		}
	}

	for (const brush of [1, 7, 64, 500]) {
		it(`is as wide as the brush: ${brush} pixels`, async () => {
			const page = await openCanvas(studio, { canvas: { brush } });
			await drag(page, [[200, 600.5]]);
			await drag(page, stroke);
			// A line always has pixels, however thin it is.
			const size = Math.max(brush, Math.SQRT2);
			assert.equal(
				differing(maskOf(await strokesOf(page), picture), [line(size, [[200, 600.5]]), line(size, stroke)]),
				0,
			);
			await page.close();
		});
	}

	it('is undone and done again, inverted and cleared', async () => {
		const page = await openCanvas(studio, { canvas: { brush: 40 } });
		await paintAll(page);
		const press = async (name: string) =>
			page.getByRole('toolbar', { name: 'Mask' }).getByRole('button', { name }).click();
		await press('Undo');
		await showsExactly(page, all.slice(0, 3));
		await press('Undo');
		await showsExactly(page, all.slice(0, 2));
		await press('Redo');
		await press('Invert');
		await showsExactly(page, [...all.slice(0, 3), 'invert']);
		await drag(page, cut);
		await showsExactly(page, [...all.slice(0, 3), 'invert', line(40, cut, true)]);
		await press('Clear');
		await showsExactly(page, []);
		await press('Undo');
		await press('Undo');
		await press('Undo');
		await showsExactly(page, all.slice(0, 3));
		await page.close();
	});

	it('erases with Shift, whatever the tool', async () => {
		const page = await openCanvas(studio, { canvas: { brush: 40 } });
		await drag(page, [
			[100, 100],
			[900, 100],
		]);
		await page.keyboard.down('Shift');
		await drag(page, [
			[400, 100],
			[500, 100],
		]);
		await page.getByRole('radio', { name: 'Rectangle' }).check();
		await drag(page, [
			[700, 50],
			[800, 150],
		]);
		await page.keyboard.up('Shift');
		await showsExactly(page, [
			line(40, [
				[100, 100],
				[900, 100],
			]),
			line(
				40,
				[
					[400, 100],
					[500, 100],
				],
				true,
			),
			rectangle([700, 50], [800, 150], true),
		]);
		await page.close();
	});

	it('ends where the picture ends', async () => {
		const page = await openCanvas(studio, { canvas: { brush: 40 } });
		await drag(page, [
			[-20, 400],
			[1040, 500],
		]);
		await page.keyboard.press('r');
		await drag(page, [
			[900, 700],
			[1040, 790],
		]);
		// Beside it nothing is painted.
		await drag(page, [
			[200, 775],
			[700, 790],
		]);
		assert.equal((await strokesOf(page)).length, 2);
		await showsExactly(page, [
			line(40, [
				[-20, 400],
				[1040, 500],
			]),
			rectangle([900, 700], [1024, 768]),
		]);
		await page.close();
	});

	it('is kept over a reload, and goes out with the order', async () => {
		const page = await openCanvas(studio, { canvas: { brush: 40 } });
		await paintAll(page);
		await page.keyboard.press('Control+z');
		const kept = await keptOf(page);
		await page.close();
		const again = await openCanvas(studio, { kept });
		await showsExactly(again, all.slice(0, 3));
		await again.locator('.stage').focus();
		await again.keyboard.press('Control+y');
		await showsExactly(again, all);
		await again.getByRole('button', { name: 'Edit Selection' }).click();
		await again.waitForFunction(() => window.scripted.calls.some(({ method }) => method === 'generate'));
		const editing = { kind: 'mask', strokes: await strokesOf(again), feather: 8 };
		const [order] = await callsOf(again, 'generate');
		assert.deepEqual(order, { ...editDraft, ...(typeof order === 'object' && order), editing });
		await again.close();
	});

	it('keeps the stroke that was begun when the view is hidden', async () => {
		const page = await openCanvas(studio, { canvas: { brush: 40 } });
		await begin(page, stroke);
		await showsExactly(page, [line(40, stroke)]);
		// What comes after it is no part of it.
		await page.mouse.move(300, 300);
		await page.mouse.up();
		assert.equal((await listOf(page)).strokes.length, 1);
		await page.close();
	});

	it('is shown as quickly, and as exactly, when it has many strokes', async () => {
		const many = Array.from({ length: 60 }, (_, at) => ({
			x: (at % 10) * 100 + 20,
			y: Math.floor(at / 10) * 125 + 20,
		}));
		const strokes = many.map(({ x, y }) => ({ kind: 'rectangle', rect: { x, y, width: 60, height: 60 } }) as const);
		const shapes = many.map(({ x, y }) => rectangle([x, y], [x + 60, y + 60]));
		const page = await openCanvas(studio, { canvas: { brush: 40, strokes: { strokes, done: 60 } } });
		await page.locator('.stage').focus();
		await page.keyboard.press('1');
		await page.keyboard.press('0');
		// What was not in sight is drawn when nothing moves any more.
		const [[left, top] = [0, 0]] = await pointsOf(page, [[50, 50]]);
		const corner: [number, number] = [left, top];
		await page.waitForFunction(([x, y]) => {
			const mask = document.querySelector<HTMLCanvasElement>('.mask');
			const { left = 0, top = 0 } = mask?.getBoundingClientRect() ?? {};
			return mask?.getContext('2d')?.getImageData(x - left, y - top, 1, 1).data[3] === 255;
		}, corner);
		await showsExactly(page, shapes);
		await drag(page, stroke);
		await showsExactly(page, [...shapes, line(40, stroke)]);
		await page.keyboard.press('Control+z');
		await showsExactly(page, shapes);
		await page.close();
	});

	it('is placed by numbers', async () => {
		const page = await openCanvas(studio);
		await page.getByText('Position and size').click();
		const set = async (name: string, value: number) => {
			await page.getByRole('spinbutton', { name, exact: true }).fill(String(value));
			await page.getByRole('spinbutton', { name, exact: true }).press('Enter');
		};
		for (const [name, value] of [
			['X', 100],
			['Y', 50],
			['Width', 300],
			['Height', 200],
		] as const) {
			await page.getByRole('spinbutton', { name, exact: true }).fill(String(value));
		}
		await page.getByRole('button', { name: 'Add Rectangle' }).click();
		await showsExactly(page, [rectangle([100, 50], [400, 250])]);
		await set('X', 500);
		await set('Width', 150);
		await set('Y', -20);
		await showsExactly(page, [rectangle([500, -20], [650, 180])]);
		await set('Height', 400);
		// To place it several times is one act.
		await showsExactly(page, [rectangle([500, -20], [650, 380])]);
		assert.equal((await strokesOf(page)).length, 2);
		await page.getByRole('button', { name: 'Undo' }).click();
		await showsExactly(page, [rectangle([100, 50], [400, 250])]);
		await page.close();
	});
});
