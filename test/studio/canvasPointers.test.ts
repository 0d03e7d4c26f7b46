import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import {
	begin,
	drag,
	line,
	openCanvas,
	type Place,
	pointsOf,
	selects,
	send,
	showsExactly,
	strokesOf,
} from './canvasPage';
import { faults, StudioBrowser } from './studio';

const stroke: readonly Place[] = [
	[420, 300],
	[560, 420],
	[640, 310],
];
const painted = line(40, stroke);

/** Where the picture is, and how large. */
async function seen(page: Page): Promise<number[]> {
	const box = await page.locator('.stage > img').boundingBox();
	return box ? [box.x, box.y, box.width].map((number) => Math.round(number)) : [];
}

/** Drags a pen; with its other end: `eraser`. */
async function drawWithPen(page: Page, places: readonly Place[], eraser = false): Promise<void> {
	const points = await pointsOf(page, places);
	await page.evaluate(
		([points, eraser]) => {
			const stage = document.querySelector('.stage');
			const [button, buttons] = eraser ? [5, 32] : [0, 1];
			// Where the mouse has been there is a pointer 1.
			const send = (type: string, [clientX, clientY]: readonly [number, number], change: object) =>
				stage?.dispatchEvent(
					new PointerEvent(type, {
						pointerId: 1,
						pointerType: 'pen',
						bubbles: true,
						cancelable: true,
						clientX,
						clientY,
						...change,
					}),
				);
			const [first = [0, 0] as const] = points;
			send('pointerdown', first, { button, buttons });
			for (const point of points) send('pointermove', point, { button: -1, buttons });
			send('pointerup', points.at(-1) ?? first, { button, buttons: 0 });
		},
		[points, eraser] as const,
	);
}

/** Fingers on the screen, each at a place of the picture as it lies now; none: they are lifted. */
async function fingers(page: Page) {
	const session = await page.context().newCDPSession(page);
	return async (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', points: readonly Place[]) =>
		session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
}

describe('pointers on the canvas', () => {
	let studio: StudioBrowser;
	before(async () => (studio = await StudioBrowser.start()));
	after(async () => studio.close());
	afterEach(() => assert.deepEqual(faults.splice(0), []));

	const open = async () => openCanvas(studio, { canvas: { brush: 40 } });

	it('paint with a pen, and erase with its other end', async () => {
		const page = await open();
		await page.mouse.move(10, 10);
		await drawWithPen(page, stroke);
		await showsExactly(page, [painted]);
		await drawWithPen(page, stroke.slice(1), true);
		await showsExactly(page, [painted, line(40, stroke.slice(1), true)]);
		await page.close();
	});

	it('paint with one finger, and see closer with two', async () => {
		const page = await open();
		const touch = await fingers(page);
		const [first, ...others] = await pointsOf(page, stroke);
		assert.ok(first);
		await touch('touchStart', [first]);
		for (const point of others) await touch('touchMove', [point]);
		await touch('touchEnd', []);
		await showsExactly(page, [painted]);
		const before = await seen(page);
		const [left, right, farther] = await pointsOf(page, [
			[400, 400],
			[500, 400],
			[600, 400],
		]);
		assert.ok(left && right && farther);
		await touch('touchStart', [left]);
		await touch('touchMove', [[left[0] + 5, left[1]]]);
		await touch('touchStart', [left, right]);
		await touch('touchMove', [left, farther]);
		await touch('touchEnd', [left]);
		await touch('touchMove', [right]);
		await touch('touchEnd', []);
		// The finger that was first painted nothing.
		assert.equal((await strokesOf(page)).length, 1);
		const after = await seen(page);
		assert.ok((after[2] ?? 0) > (before[2] ?? 0) * 1.8, `${before.join()} ${after.join()}`);
		await showsExactly(page, [painted]);
		await page.close();
	});

	it('keep what is taken away, unless it is short', async () => {
		const page = await open();
		const touch = await fingers(page);
		const [first, second, third, fourth] = await pointsOf(page, [...stroke, [700, 310]]);
		assert.ok(first && second && third && fourth);
		await touch('touchStart', [first]);
		await touch('touchMove', [[first[0] + 6, first[1] + 6]]);
		await touch('touchCancel', []);
		await showsExactly(page, []);
		await touch('touchStart', [first]);
		await touch('touchMove', [second]);
		await touch('touchMove', [third]);
		await touch('touchCancel', []);
		await showsExactly(page, [painted]);
		// A second finger keeps it, too.
		await page.keyboard.press('Control+z');
		await touch('touchStart', [first]);
		await touch('touchMove', [second]);
		await touch('touchMove', [third]);
		await touch('touchStart', [third, fourth]);
		await touch('touchEnd', []);
		await showsExactly(page, [painted]);
		await page.close();
	});

	it('are not disturbed by a hand on the screen', async () => {
		const page = await open();
		const [first, third, palm] = await pointsOf(page, [
			[420, 300],
			[640, 310],
			[800, 600],
		]);
		assert.ok(first && third && palm);
		await begin(page, stroke.slice(0, 2));
		await send(page, [['pointerdown', palm]], { pointerType: 'touch', pointerId: 7 });
		await page.mouse.move(...third, { steps: 3 });
		await send(page, [['pointerup', palm]], { pointerType: 'touch', pointerId: 7 });
		await page.mouse.up();
		await showsExactly(page, [painted]);
		// It may lie there before the pen comes.
		const touch = await fingers(page);
		await touch('touchStart', [palm]);
		await drawWithPen(page, stroke, true);
		await touch('touchMove', [first]);
		await touch('touchEnd', []);
		await showsExactly(page, [painted, line(40, stroke, true)]);
		await page.close();
	});

	it('leave the buttons to the editor with which one goes back and forth', async () => {
		const page = await open();
		await page.mouse.move(10, 10);
		const [first = [0, 0], second = [0, 0]] = await pointsOf(page, stroke);
		for (const button of [2, 3, 4]) {
			const change = { pointerId: 1, button, buttons: 8 };
			await send(page, [['pointerdown', first]], change);
			await send(page, [['pointerup', second]], change);
		}
		await showsExactly(page, []);
		await page.close();
	});

	it('keep what the keys have begun, and take nothing from them', async () => {
		const page = await open();
		await page.locator('.stage').focus();
		await page.keyboard.press('Enter');
		for (let times = 0; times < 40; times++) await page.keyboard.press('Shift+ArrowRight');
		const byKeys = line(40, [
			[512, 384],
			[552, 384],
		]);
		await begin(page, stroke);
		for (const key of ['ArrowDown', 'ArrowDown', 'Enter', 'ArrowDown']) await page.keyboard.press(key);
		await page.mouse.up();
		await showsExactly(page, [byKeys, painted]);
		assert.equal((await strokesOf(page)).length, 2);
		await page.close();
	});

	it('forget a stroke with Escape', async () => {
		const page = await open();
		await begin(page, stroke);
		await page.keyboard.press('Escape');
		await page.mouse.move(300, 300);
		await page.mouse.up();
		await showsExactly(page, []);
		await drag(page, stroke);
		await showsExactly(page, [painted]);
		await page.close();
	});

	it('keep a stroke that loses the focus', async () => {
		const page = await open();
		await begin(page, stroke);
		await page.getByRole('textbox', { name: 'What should the selection show?' }).focus();
		await page.mouse.up();
		await showsExactly(page, [painted]);
		await page.close();
	});

	it('move what is seen, with the space bar or the middle button', async () => {
		const page = await open();
		const [x = 0, y = 0, width = 0] = await seen(page);
		const move = async (dx: number, dy: number, button: 'left' | 'middle') => {
			await page.mouse.move(x + 200, y + 200);
			await page.mouse.down({ button });
			await page.mouse.move(x + 200 + dx, y + 200 + dy, { steps: 3 });
			await page.mouse.up({ button });
		};
		await page.locator('.stage').focus();
		await page.keyboard.down(' ');
		await move(50, 40, 'left');
		await page.keyboard.up(' ');
		assert.deepEqual(await seen(page), [x + 50, y + 40, width]);
		await move(-50, -40, 'middle');
		assert.deepEqual(await seen(page), [x, y, width]);
		await showsExactly(page, []);
		await drag(page, stroke);
		await showsExactly(page, [painted]);
		await page.close();
	});

	it('zoom with the wheel, at the pointer', async () => {
		const page = await open();
		const place: Place = [300, 200];
		const [point] = await pointsOf(page, [place]);
		assert.ok(point);
		const scale = page.locator('.viewTools > span');
		const before = await scale.textContent();
		await page.mouse.move(...point);
		await page.mouse.wheel(0, -300);
		await page.waitForFunction((before) => document.querySelector('.viewTools > span')?.textContent !== before, before);
		const [still = [0, 0]] = await pointsOf(page, [place]);
		// A wheel's place is in whole pixels.
		assert.ok(Math.hypot(still[0] - point[0], still[1] - point[1]) < 2, `${still.join()} ${point.join()}`);
		assert.equal(await page.evaluate(() => window.scrollY), 0);
		await page.getByRole('button', { name: 'Fit (0)' }).click();
		assert.equal(await scale.textContent(), before);
		await page.close();
	});

	it('only move where nothing is to be painted', async () => {
		const page = await openCanvas(studio);
		await page.keyboard.press('i');
		await drag(page, stroke);
		await page.evaluate(() => window.scripted.push({ request: { serial: 1, view: 'edit', job: 'edit' } }));
		await page.locator('.stage > .mask').waitFor({ state: 'detached' });
		const [x = 0] = await seen(page);
		await drag(page, stroke);
		assert.notEqual((await seen(page))[0], x);
		await page.keyboard.press('i');
		assert.equal((await strokesOf(page)).length, 1);
		await page.close();
	});

	it('lose no place, however fast they come', async () => {
		const page = await openCanvas(studio, { canvas: { brush: 2 } });
		const session = await page.context().newCDPSession(page);
		// A circle: no place on it can be left out.
		const places = Array.from({ length: 240 }, (_, at): Place => {
			const angle = (at / 240) * 2 * Math.PI;
			return [512 + 300 * Math.cos(angle), 384 + 300 * Math.sin(angle)];
		});
		const points = await pointsOf(page, places);
		const send = async (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', [x, y]: Place) =>
			session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 });
		const [first = [0, 0]] = points;
		await send('mousePressed', first);
		await Promise.all(points.slice(1).map(async (point) => send('mouseMoved', point)));
		await send('mouseReleased', points.at(-1) ?? first);
		const [kept] = await strokesOf(page);
		assert.ok(kept?.kind === 'line');
		const keptPlaces = kept.points.flatMap((x, at): Place[] => (at % 2 === 0 ? [[x, kept.points[at + 1] ?? 0]] : []));
		const drawn = line(2, keptPlaces);
		assert.deepEqual(
			places.filter(([x, y]) => !selects([drawn], x, y)),
			[],
		);
		await page.close();
	});
});
