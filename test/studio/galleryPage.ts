import { emptyCanvas } from '../../src/webview/edit/canvasState';
import type { Page } from 'playwright-core';
import type { CardView } from '../../src/protocol/views';
import type { Script } from './script';
import type { StudioBrowser, StudioOptions } from './studio';

/** What was kept by a studio that showed its gallery. */
export function keptGallery(changes: object = {}): unknown {
	const draft = { prompt: '', n: 1, options: {}, references: [] };
	const query = { source: 'made', search: '', favourites: false, sort: 'newest' };
	return { version: 2, view: 'gallery', draft, editDraft: draft, canvas: emptyCanvas, query, serial: 0, ...changes };
}

/** The gallery, in a page of its own. Resolves when it shows pictures, or that there are none. */
export async function openGallery(
	studio: StudioBrowser,
	{ script, ...options }: StudioOptions = {},
	kept: object = {},
): Promise<Page> {
	const whole: Partial<Script> = { kept: keptGallery(kept), ...script };
	const page = await studio.open({ ...options, script: whole });
	await page.locator('.tile img, .tile .instead, .empty, .detail, .banner.error').first().waitFor();
	return page;
}

/** A picture without a thumbnail. */
export function bare(card: CardView): CardView {
	const { thumbnail, ...rest } = card;
	return thumbnail === undefined ? card : rest;
}

/** The tile of a picture, by its place in the order. */
export const tileAt = (page: Page, place: number) => page.locator(`.tile[aria-posinset="${place + 1}"]`);

/** The picture whose tile has the focus. */
export async function focused(page: Page): Promise<string | undefined> {
	return page.evaluate(() =>
		document.activeElement instanceof HTMLElement ? document.activeElement.dataset['id'] : '',
	);
}

/** Presses a key, and waits until the tile of this picture has the focus. */
export async function pressTo(page: Page, key: string, id: string): Promise<void> {
	await page.keyboard.press(key);
	await page.waitForFunction((wanted) => document.activeElement?.getAttribute('data-id') === wanted, id);
}

/** Waits until the host was asked so often. */
export async function untilAsked(page: Page, method: string, times: number): Promise<void> {
	await page.waitForFunction(
		([name, count]) => window.scripted.calls.filter((call) => call.method === name).length >= Number(count),
		[method, times],
	);
}

/** Waits until the last question of a method has this in its JSON. */
export async function untilAskedLast(page: Page, method: string, part: string): Promise<void> {
	await page.waitForFunction(
		([name, wanted]) => {
			const last = window.scripted.calls.findLast((call) => call.method === name);
			return JSON.stringify(last?.params ?? '').includes(String(wanted));
		},
		[method, part],
	);
}

/** Answers a method with a value of the test's; `undefined`: as the script does. */
export async function answerWith(page: Page, method: string, answer: unknown): Promise<void> {
	await page.evaluate(([name, value]) => void (window.scripted.answers[String(name)] = value), [method, answer]);
}
