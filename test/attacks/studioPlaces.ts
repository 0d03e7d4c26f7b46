import type { Page } from 'playwright-core';
import type { CardView, ControlView, JobView, QuoteView, ViewState } from '../../src/protocol/views';
import { everyControl, kept, scriptOf } from '../studio/createScripts';
import { edited, openEdit } from '../studio/editScripts';
import { answerWith, openGallery } from '../studio/galleryPage';
import { cardsOf } from '../studio/script';
import type { StudioBrowser } from '../studio/studio';

/** A place of the studio that shows texts of others. */
export interface Place {
	readonly what: string;
	/** All of the texts in one page, or one after the other: `seen` is called for whatever is to be looked at. */
	readonly show: (studio: StudioBrowser, texts: readonly string[], seen: Look) => Promise<Page>;
	/** Texts are cut up there, or joined. */
	readonly isMixed?: true;
	/** One after the other. */
	readonly isSlow?: true;
}

type Look = (page: Page, texts: readonly string[]) => Promise<void>;

const thumbnail = '/thumbnails/p1.webp';
/** Where all texts are in sight at once. */
const tall = 12_000;
/** Tiles of the grid, which holds those in sight alone. */
const atOnce = 10;

function jobOf(text: string, index: number): JobView {
	return {
		id: `job-${index}`,
		prompt: text,
		model: text,
		operation: 'generate',
		n: 3,
		started: 0,
		isRunning: index % 2 === 0,
		pictures: [
			{ id: `a${index}`, name: text, uri: thumbnail },
			{ id: `b${index}`, name: text, problem: text },
		],
		previews: [],
		failures: [{ message: text, count: 1 }],
		warnings: [text],
		cost: text,
		cures: [text],
	};
}

function cardsWith(texts: readonly string[]): CardView[] {
	return cardsOf(texts.length).map((card, index) => {
		const text = texts[index] ?? '';
		return Object.assign(card, { name: text, prompt: index % 2 === 0 ? text : '', model: text, date: text });
	});
}

function factsOf(texts: readonly string[]) {
	return texts.map((text, index) => ({ name: `f${index}`, label: text, value: text }));
}

function quoteOf(texts: readonly string[]): QuoteView {
	return { price: texts.join(' '), each: texts.join(' '), folder: texts.join(' '), problems: texts, notes: texts };
}

const controlsOf = (texts: readonly string[]): ControlView[] =>
	texts.flatMap((text, index): ControlView[] => [
		{ name: text, label: text, kind: 'text' },
		{ name: `choice ${index}`, label: text, kind: 'choice', values: [text, `${text} 2`], default: text },
		{ name: `number ${index}`, label: text, kind: 'number', whole: true },
		{ name: `flag ${index}`, label: text, kind: 'flag' },
	]);

/** A few at a time of what is read one by one. */
async function oneByOne(page: Page, texts: readonly string[], seen: Look, next: () => Promise<void>): Promise<void> {
	for (const text of texts) {
		await seen(page, [text]);
		await next();
	}
}

export const places: readonly Place[] = [
	{
		what: 'jobs: prompts, models, failures, warnings, prices, cures, names',
		show: async (studio, texts, seen) => {
			const page = await studio.open({ height: tall, script: scriptOf({ jobs: texts.map(jobOf) }) });
			await page
				.locator('.job')
				.nth(texts.length - 1)
				.waitFor();
			await seen(page, texts);
			return page;
		},
	},
	{
		what: 'tiles of the gallery: names and prompts; its filters and notes',
		show: async (studio, texts, seen) => {
			const state: Partial<ViewState> = {
				gallery: { revision: 1, count: texts.length, isLoading: false, problem: texts.join(' ') },
			};
			const page = await openGallery(studio, { script: scriptOf(state, { cards: cardsWith(texts) }) });
			for (let index = 0; index < texts.length; index += atOnce) {
				const some = texts.slice(index, index + atOnce);
				await page.locator('.scroller').evaluate((element, share) => {
					element.scrollTop = share * element.scrollHeight;
				}, index / texts.length);
				const last = index + some.length;
				await page.locator(`.tile[aria-posinset="${last}"][title] img`).waitFor({ state: 'attached' });
				await seen(page, some);
			}
			return page;
		},
	},
	{
		what: 'one picture: its name, path and prompt',
		isSlow: true,
		show: async (studio, texts, seen) => {
			const cards = cardsOf(texts.length);
			const details = Object.fromEntries(
				cards.map(({ id, ...card }, index) => {
					const text = texts[index] ?? '';
					return [id, { card: { ...card, id, name: text, prompt: text }, path: text, prompt: text, problem: text }];
				}),
			);
			const page = await openGallery(studio, { script: { cards, details } }, { picture: 'p0' });
			await oneByOne(page, texts, seen, async () => {
				const shown = page.locator('.detail .prompt');
				const before = await shown.elementHandle();
				const forward = page.getByRole('button', { name: 'Next Picture' });
				if ((await forward.getAttribute('aria-disabled')) === 'true') return;
				await page.keyboard.press('PageDown');
				await page.waitForFunction((old) => !old?.isConnected, before);
				await shown.waitFor();
			});
			return page;
		},
	},
	{
		what: 'one picture: its facts and what was made of it',
		show: async (studio, texts, seen) => {
			const cards = cardsWith(texts);
			const [parent] = cards;
			const details = { p0: { facts: factsOf(texts), children: cards, ...(parent && { parent }) } };
			const page = await openGallery(studio, { height: tall, script: { cards, details } }, { picture: 'p0' });
			await page
				.locator('.facts dd')
				.nth(texts.length - 1)
				.waitFor();
			await seen(page, texts);
			return page;
		},
	},
	{
		what: 'two pictures beside each other',
		isMixed: true,
		show: async (studio, texts, seen) => {
			const [left, right] = [cardsOf(2), texts.join(' ')];
			const other = factsOf(texts).map(({ name, label, value }) => ({ name, label, value: `${value} ` }));
			const cards = left.map((card) => Object.assign(card, { name: right }));
			const details = {
				p0: { prompt: right, facts: factsOf(texts) },
				p1: { prompt: texts.toReversed().join(' '), facts: other },
			};
			const page = await openGallery(studio, { height: tall, script: { cards, details } });
			await page.locator('.tile[aria-posinset="1"]').click();
			await page.locator('.tile[aria-posinset="2"]').click({ modifiers: ['Control'] });
			await page.getByRole('button', { name: 'Compare' }).click();
			await page
				.locator('.differences tbody tr')
				.nth(texts.length - 1)
				.waitFor();
			await seen(page, texts);
			return page;
		},
	},
	{
		what: 'the form: models, prices, controls, folder, notices; what was spent',
		show: async (studio, texts, seen) => {
			const all = texts.join(' ');
			const model = {
				...everyControl,
				title: all,
				provider: all,
				price: all,
				badges: texts,
				defaultSize: all,
				controls: controlsOf(texts),
			};
			const draft = { prompt: '', n: 1, options: {}, references: ['p0'], model: everyControl.model };
			const state = { spending: { today: all, month: all, budget: { share: 2, text: all } } };
			const script = scriptOf(state, {
				kept: kept({ draft }),
				forms: { [everyControl.model]: model },
				cards: cardsWith(texts),
			});
			const page = await studio.open({ height: tall, script });
			await answerWith(page, 'quote', quoteOf(texts));
			await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('x');
			await page
				.locator('.order .note')
				.nth(texts.length - 1)
				.waitFor();
			await page.locator('details').evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
			await seen(page, texts);
			return page;
		},
	},
	{
		what: 'earlier prompts',
		isSlow: true,
		show: async (studio, texts, seen) => {
			// A field of text has other line ends.
			const lines = texts.map((text) => text.replaceAll(/\r\n?/g, '\n'));
			const page = await studio.open({ script: scriptOf({ prompts: lines }) });
			await page.getByRole('textbox', { name: 'Prompt', exact: true }).focus();
			for (const line of lines) {
				await page.keyboard.press('Alt+ArrowUp');
				await page.locator('.order bdi').waitFor();
				await seen(page, [line]);
			}
			return page;
		},
	},
	{
		what: 'the edit view: names, results, failures',
		isMixed: true,
		show: async (studio, texts, seen) => {
			const all = texts.join(' ');
			const pictures = texts.map((name, index) => ({
				id: `r${index}`,
				name,
				uri: thumbnail,
				changedOutsideMask: index,
			}));
			const failures = texts.map((message) => ({ message, count: 1 }));
			const jobs = [{ ...edited, n: texts.length * 2, pictures, failures, warnings: texts, cures: texts }];
			const details = { p7: { path: all, prompt: all } };
			const page = await openEdit(studio, { height: tall, state: { jobs, prompts: texts }, details });
			await page.locator('.stripCell').nth(texts.length).waitFor();
			await seen(page, texts);
			return page;
		},
	},
	{
		what: 'what a call failed with',
		isMixed: true,
		show: async (studio, texts, seen) => {
			const page = await openGallery(studio, { height: tall, pictures: 3 });
			await answerWith(page, 'look', { fail: texts.join(' ') });
			await page.locator('.tile[aria-posinset="1"]').dblclick();
			await page.locator('.banner.error').first().waitFor();
			await seen(page, texts);
			return page;
		},
	},
];
