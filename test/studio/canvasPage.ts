import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { maskOf } from '../../src/canvas/rasterise';
import type { Stroke, StrokeList } from '../../src/canvas/strokes';
import type { Mask } from '../../src/image/pixels';
import { editingSchema } from '../../src/protocol/editing';
import { type Canvas, emptyCanvas } from '../../src/webview/edit/canvasState';
import { kept, scriptOf } from './createScripts';
import { keptOf, type StudioBrowser, type StudioOptions } from './studio';

/** Of the picture that the scripted host shows. */
export const picture = { width: 1024, height: 768 };

export type Place = readonly [x: number, y: number];

export const editDraft = {
	prompt: 'make it night',
	n: 1,
	options: {},
	references: [],
	source: 'p7',
	model: 'openai/gpt-image-2',
};

interface CanvasOptions extends StudioOptions {
	readonly canvas?: Partial<Canvas>;
	/** Device pixels to one of the page. */
	readonly sharpness?: number;
	/** Takes the place of what was kept. */
	readonly kept?: unknown;
}

/** The edit view with a picture on the canvas. */
export async function openCanvas(studio: StudioBrowser, options: CanvasOptions = {}): Promise<Page> {
	const { canvas, sharpness = 1, width = 1000, height = 900, ...others } = options;
	const state = options.kept ?? kept({ view: 'edit', canvas: { ...emptyCanvas, ...canvas }, editDraft });
	const page = await studio.open({
		pictures: 40,
		width,
		height,
		script: scriptOf({}, { kept: state }),
		...others,
	});
	if (sharpness !== 1) {
		const session = await page.context().newCDPSession(page);
		const metrics = { width, height, deviceScaleFactor: sharpness, mobile: false };
		await session.send('Emulation.setDeviceMetricsOverride', metrics);
	}
	await page.locator('.stage > img').waitFor();
	await page.locator('.stage > .mask').waitFor();
	await settled(page);
	return page;
}

/** All that was asked to be drawn is drawn. */
export async function settled(page: Page): Promise<void> {
	await page.evaluate(
		async () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
	);
}

/** Where the places of the picture are on the screen, by where the picture itself is. */
export async function pointsOf(page: Page, places: readonly Place[]): Promise<Place[]> {
	const { left, top, scale } = await page.evaluate(() => {
		const image = document.querySelector<HTMLImageElement>('.stage > img');
		if (!image) throw new Error('There is no picture.');
		const { left, top, width } = image.getBoundingClientRect();
		return { left, top, scale: width / image.offsetWidth };
	});
	return places.map(([x, y]) => [left + x * scale, top + y * scale]);
}

/** Presses the mouse at the first place of the picture, and drags it to the others. */
export async function drag(page: Page, places: readonly Place[], button: 'left' | 'middle' = 'left'): Promise<void> {
	await begin(page, places, button);
	await page.mouse.up({ button });
}

/** The same, and the button stays down. */
export async function begin(page: Page, places: readonly Place[], button: 'left' | 'middle' = 'left'): Promise<void> {
	const [first, ...others] = await pointsOf(page, places);
	if (!first) return;
	await page.mouse.move(...first);
	await page.mouse.down({ button });
	for (const point of others) await page.mouse.move(...point, { steps: 3 });
}

/** As they would be kept. */
export async function listOf(page: Page): Promise<StrokeList> {
	const { canvas } = keptSchema.parse(await keptOf(page));
	const { strokes } = z
		.object({ strokes: editingSchema.options[0].shape.strokes })
		.parse({ strokes: canvas.strokes.strokes });
	return { strokes, done: canvas.strokes.done };
}

const keptSchema = z.object({
	canvas: z.object({ strokes: z.object({ strokes: z.array(z.unknown()), done: z.int() }) }),
});

/** Those that count. */
export async function strokesOf(page: Page): Promise<readonly Stroke[]> {
	const { strokes, done } = await listOf(page);
	return strokes.slice(0, done);
}

/** Something that is painted or erased, by itself: whether a point of the picture is in it. */
export type Shape = { readonly has: (x: number, y: number) => boolean; readonly erases?: boolean } | 'invert';

export function line(size: number, places: readonly Place[], erases = false): Shape {
	const pieces = places.map((place, at) => [place, places[at + 1] ?? place] as const);
	const isNear = near(places, size / 2);
	return { has: (x, y) => isNear(x, y) && pieces.some(([from, to]) => away(x, y, from, to) <= size / 2), erases };
}

/** Whether a point is in the box around some others, or not further from it than that: most are not, and need no more arithmetic. */
function near(places: readonly Place[], far: number): (x: number, y: number) => boolean {
	const [columns, rows] = [places.map(([x]) => x), places.map(([, y]) => y)];
	const [left, right] = [Math.min(...columns) - far, Math.max(...columns) + far];
	const [top, bottom] = [Math.min(...rows) - far, Math.max(...rows) + far];
	return (x, y) => x >= left && x <= right && y >= top && y <= bottom;
}

export function rectangle([left, top]: Place, [right, bottom]: Place, erases = false): Shape {
	return { has: (x, y) => x > left && x < right && y > top && y < bottom, erases };
}

/** Of sides that do not cross each other. */
export function polygon(places: readonly Place[], erases = false): Shape {
	const sides = places.map((place, at) => [place, places[(at + 1) % places.length] ?? place] as const);
	const crosses = (x: number, y: number, [[fromX, fromY], [toX, toY]]: readonly [Place, Place]) =>
		fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX);
	const isNear = near(places, 0);
	return {
		has: (x, y) => isNear(x, y) && sides.reduce((isIn, side) => isIn !== crosses(x, y, side), false),
		erases,
	};
}

function away(x: number, y: number, [fromX, fromY]: Place, [toX, toY]: Place): number {
	const [dx, dy] = [toX - fromX, toY - fromY];
	const length = dx * dx + dy * dy;
	const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / length));
	// `Math.hypot` takes ten times as long.
	return Math.sqrt((x - fromX - along * dx) ** 2 + (y - fromY - along * dy) ** 2);
}

/** Whether a point of the picture is selected. */
export function selects(shapes: readonly Shape[], x: number, y: number): boolean {
	let isSelected = false;
	for (const shape of shapes) {
		if (shape === 'invert') isSelected = !isSelected;
		else if (shape.has(x, y)) isSelected = !shape.erases;
	}
	return isSelected;
}

/** The strokes of the page make exactly this mask, and the page shows it. */
export async function showsExactly(page: Page, shapes: readonly Shape[]): Promise<void> {
	assert.equal(differing(maskOf(await strokesOf(page), picture), shapes), 0, 'pixels of the mask');
	assert.deepEqual(await wronglyShown(page, shapes), { wrong: 0, isEnough: true });
}

/** How many pixels are not as they ought to be. */
export function differing(mask: Mask, shapes: readonly Shape[]): number {
	let count = 0;
	for (let y = 0; y < mask.height; y++) {
		for (let x = 0; x < mask.width; x++) {
			const wanted = selects(shapes, x + 0.5, y + 0.5) ? 255 : 0;
			if (mask.data[y * mask.width + x] !== wanted) count++;
		}
	}
	return count;
}

/** Pixels of the screen that show the mask wrongly, but for those at the edges of its shapes; and whether most of them were compared. */
async function wronglyShown(page: Page, shapes: readonly Shape[]): Promise<{ wrong: number; isEnough: boolean }> {
	await settled(page);
	const { alphas, width, height, scale, left, top } = await shownOf(page);
	// As numbers, and each point asked once: of two device pixels to one there are millions.
	const sides = new Int32Array(width * height);
	const wanted = new Uint8Array(width * height);
	for (let at = 0; at < sides.length; at++) {
		const [x, y] = [((at % width) + 0.5 - left) / scale, (Math.floor(at / width) + 0.5 - top) / scale];
		const isInside = inPicture(x, y);
		sides[at] = sidesOf(shapes, x, y) * 2 + Number(isInside);
		wanted[at] = Number(isInside && selects(shapes, x, y));
	}
	const around = [-1, 1, -width, width, 1 - width, width - 1, 1 + width, -1 - width];
	let [wrong, compared] = [0, 0];
	for (let at = 0; at < sides.length; at++) {
		if (around.some((step) => sides[at + step] !== sides[at])) continue;
		compared++;
		if ((alphas[at] ?? 0) > 127 !== (wanted[at] === 1)) wrong++;
	}
	return { wrong, isEnough: compared > sides.length * 0.9 };
}

/** Which of the shapes have a point, as a number. */
function sidesOf(shapes: readonly Shape[], x: number, y: number): number {
	let sides = 0;
	for (const [at, shape] of shapes.entries())
		if (shape !== 'invert' && shape.has(x, y)) sides = Math.imul(sides, 61) + at + 1;
	return sides;
}

function inPicture(x: number, y: number): boolean {
	return x >= 0 && y >= 0 && x < picture.width && y < picture.height;
}

/** How opaque the mask is shown, in device pixels, and where the picture lies among them. */
async function shownOf(page: Page) {
	const shown = await page.evaluate(() => {
		const mask = document.querySelector<HTMLCanvasElement>('.stage > .mask');
		const image = document.querySelector<HTMLImageElement>('.stage > img');
		const context = mask?.getContext('2d');
		if (!mask || !image || !context) throw new Error('There is no mask.');
		const { data } = context.getImageData(0, 0, mask.width, mask.height);
		const place = mask.getBoundingClientRect();
		const under = image.getBoundingClientRect();
		const ratio = mask.width / place.width;
		return {
			alphas: new TextDecoder('latin1').decode(data.filter((_, at) => at % 4 === 3)),
			width: mask.width,
			height: mask.height,
			scale: (under.width / image.offsetWidth) * ratio,
			left: (under.left - place.left) * ratio,
			top: (under.top - place.top) * ratio,
		};
	});
	return { ...shown, alphas: Buffer.from(shown.alphas, 'latin1') };
}

/** The last that was said to those who do not see. */
export async function saidOn(page: Page): Promise<string> {
	return ((await page.locator('.easel > [role="status"].unseen').textContent()) ?? '').trimEnd();
}

/** Events at points of the window, as a pointer sends them. */
export async function send(
	page: Page,
	events: readonly (readonly [type: string, point: Place])[],
	change: Pick<PointerEventInit, 'pointerId' | 'pointerType' | 'button' | 'buttons'>,
): Promise<void> {
	await page.evaluate(
		([events, change]) => {
			for (const [type, [clientX, clientY]] of events)
				document
					.querySelector('.stage')
					?.dispatchEvent(
						new PointerEvent(type, { bubbles: true, cancelable: true, clientX, clientY, buttons: 1, ...change }),
					);
		},
		[events, change] as const,
	);
}
