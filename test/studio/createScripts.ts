import { emptyCanvas } from '../../src/webview/edit/canvasState';
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import * as z from 'zod';
import { type Draft, draftSchema } from '../../src/protocol/draft';
import type { FormView, JobView } from '../../src/protocol/views';
import { emptyState, forms, type Script } from './script';
import { callsOf, keptOf } from './studio';

const [sketch] = Object.values(forms);

/** A model with a control of each kind. */
export const everyControl: FormView = {
	...(sketch ?? raise()),
	model: 'custom/everything',
	title: 'Everything',
	provider: 'Custom',
	price: 'up to $0.04',
	badges: ['edits', 'masks', 'abilities unknown'],
	promptLimit: 1000,
	mostReferences: 4,
	isOpen: true,
	controls: [
		{ name: 'quality', label: 'quality', kind: 'choice', values: ['low', 'high'], default: 'low' },
		{ name: 'style', label: 'style', kind: 'choice', values: ['vivid', 'natural'] },
		{ name: 'background', label: 'background', kind: 'choice', values: ['opaque', 'transparent'] },
		{ name: 'seed', label: 'seed', kind: 'seed' },
		{ name: 'guidance', label: 'guidance', kind: 'number', min: 0, max: 20, whole: false, default: 7.5 },
		{ name: 'steps', label: 'steps', kind: 'number', min: 1, max: 50, whole: true },
		{ name: 'raw', label: 'raw', kind: 'flag', default: false },
		{ name: 'negative_prompt', label: 'negative prompt', kind: 'text', maxLength: 500 },
		{ name: 'webhook', label: 'webhook', kind: 'url' },
	],
};

/** A model that takes no pictures, knows a few sizes, and shares `quality` with {@link everyControl}, with other values. */
export const plain: FormView = {
	...everyControl,
	model: 'custom/plain',
	title: 'Plain',
	badges: [],
	sizes: ['512x512', '1024x1024'].map((size) => ({ size, ratio: 1 })),
	anySize: false,
	mostReferences: 0,
	isOpen: false,
	controls: [
		{ name: 'quality', label: 'quality', kind: 'choice', values: ['fast', 'low'] },
		{ name: 'style', label: 'style', kind: 'choice', values: ['flat'] },
	],
};

function raise(): never {
	throw new Error('The script has no form.');
}

const job: JobView = {
	id: 'job-1',
	prompt: 'a lighthouse at dawn, watercolour',
	model: 'openai/gpt-image-2',
	operation: 'generate',
	n: 4,
	started: 0,
	isRunning: true,
	pictures: [],
	previews: [],
	failures: [],
	warnings: [],
	cures: [],
};

const picture = (index: number) => ({
	id: `p${index}`,
	name: `picture-${index}.png`,
	uri: `/thumbnails/p${index}.webp`,
});

/** One of four is there, one is seen already. */
export const running: JobView = {
	...job,
	started: Date.now() - 65_000,
	pictures: [picture(1)],
	previews: [{ index: 2, uri: '/thumbnails/p2.webp' }],
};

/** Two came, two did not. */
export const failed: JobView = {
	...job,
	id: 'job-2',
	isRunning: false,
	pictures: [picture(3), picture(4)],
	failures: [
		{ message: 'OpenAI refused the prompt: it may show violence.', count: 1 },
		{ message: 'The connection broke. It may have been charged.', count: 1 },
	],
	warnings: ['The option style was left out: GPT Image 2 does not take it.'],
	cost: 'It cost $0.08.',
	cures: ['Try Again', 'Choose Another Model…'],
};

/** All came. */
export const done: JobView = {
	...job,
	id: 'job-3',
	n: 2,
	isRunning: false,
	pictures: [picture(5), picture(6)],
	cost: 'It cost $0.08.',
};

/** What a view has kept from the last time. */
export function kept(changes: object): unknown {
	const empty = { prompt: '', n: 1, options: {}, references: [] };
	const query = { source: 'made', search: '', favourites: false, sort: 'newest' };
	return {
		version: 2,
		view: 'create',
		draft: empty,
		editDraft: empty,
		canvas: emptyCanvas,
		query,
		serial: 0,
		...changes,
	};
}

/** A script with these forms besides the usual, and these changes to the first snapshot. */
export function scriptOf(changes: Partial<typeof emptyState>, others: Partial<Script> = {}): Partial<Script> {
	return {
		forms: { ...forms, [everyControl.model]: everyControl, [plain.model]: plain },
		state: { ...emptyState, gallery: { revision: 1, count: 40, isLoading: false }, ...changes },
		...others,
	};
}

/** The page asks the host exactly this of a method, in this order: calls travel, so they are waited for. */
export async function asks(page: Page, method: string, expected: readonly unknown[]): Promise<void> {
	await page.waitForFunction(
		([method, count]) => window.scripted.calls.filter((call) => call.method === method).length >= count,
		[method, expected.length] as const,
	);
	assert.deepEqual(await callsOf(page, method), expected);
}

/** The draft as it would be kept. */
export async function draftOf(page: Page): Promise<Draft> {
	return z.object({ draft: draftSchema }).parse(await keptOf(page)).draft;
}

export function promptOf(page: Page): Locator {
	return page.getByRole('textbox', { name: 'Prompt', exact: true });
}

export function generateOf(page: Page): Locator {
	return page.getByRole('button', { name: 'Generate' });
}
