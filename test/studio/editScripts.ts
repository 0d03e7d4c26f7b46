import type { Page } from 'playwright-core';
import type { Canvas } from '../../src/webview/edit/canvasState';
import { emptyCanvas } from '../../src/webview/edit/canvasState';
import type { FormView, JobView, ResultView, ViewState } from '../../src/protocol/views';
import { kept, scriptOf } from './createScripts';
import { forms, type Script } from './script';
import { keptOf, type StudioBrowser, type StudioOptions } from './studio';
import * as z from 'zod';

/** What is written in the edit view. */
export const editDraft = {
	prompt: 'make it night',
	n: 1,
	options: {},
	references: [],
	source: 'p7',
	model: 'openai/gpt-image-2',
};

const gptImage = forms[editDraft.model];

/** A model that knows frames. */
export const framed: Readonly<Record<string, FormView>> = gptImage
	? {
			...forms,
			[editDraft.model]: {
				...gptImage,
				frame: {
					step: 16,
					ratios: [
						{ size: '1:1', ratio: 1 },
						{ size: '3:2', ratio: 1.5 },
						{ size: '16:9', ratio: 16 / 9 },
					],
				},
			},
		}
	: forms;

/** A picture of the script as a result. */
export function result(index: number, changedOutsideMask?: number): ResultView {
	const picture = { id: `p${index}`, name: `picture-${index}.png`, uri: `/thumbnails/p${index}.webp` };
	return changedOutsideMask === undefined ? picture : { ...picture, changedOutsideMask };
}

/** Three of three results, the last of which changed what was to stay. */
export const edited: JobView = {
	id: 'job-9',
	prompt: 'make it night',
	model: 'openai/gpt-image-2',
	operation: 'edit',
	n: 3,
	started: 0,
	isRunning: false,
	source: 'p7',
	pictures: [result(1, 0), result(2, 0), result(3, 12)],
	previews: [],
	failures: [],
	warnings: [],
	cures: [],
};

interface Opened extends Omit<StudioOptions, 'script'> {
	readonly state?: Partial<ViewState>;
	readonly canvas?: Partial<Canvas>;
	readonly draft?: object;
	readonly details?: Script['details'];
	readonly gone?: readonly string[];
	/** The picture that is changed is gone: there is no canvas. */
	readonly isGone?: boolean;
	readonly forms?: Script['forms'];
	/** What is kept, as it was found elsewhere: instead of all this. */
	readonly kept?: unknown;
}

/** The edit view, in a page of its own. */
export async function openEdit(studio: StudioBrowser, opened: Opened = {}): Promise<Page> {
	const { state = {}, canvas, draft, details, gone, isGone = false, forms: known, kept: before, ...options } = opened;
	const page = await studio.open({
		pictures: 40,
		width: 1200,
		height: 900,
		...options,
		script: scriptOf(state, {
			kept:
				before ?? kept({ view: 'edit', canvas: { ...emptyCanvas, ...canvas }, editDraft: { ...editDraft, ...draft } }),
			...(details && { details }),
			...(gone && { gone }),
			...(known && { forms: known }),
		}),
	});
	await page.locator(isGone ? '.source' : '.canvasBox').waitFor();
	return page;
}

const parts = z.object({ canvas: z.looseObject({}), editDraft: z.looseObject({}) });

/** What would be kept of the edit view. */
export async function keptEdit(page: Page) {
	return parts.parse(await keptOf(page));
}
