import type { Page } from 'playwright-core';
import { policyOf } from '../../src/host/studio/policy';
import type { Attack, Figure } from './figure';
import { type Place, places } from './studioPlaces';
import { seenIn, tracesIn, WatchedStudio } from './watchedStudio';

/** Texts of others in every place where the studio shows them: they are text, and nothing comes of them. */
export const injection: Attack = async () => {
	const watched = await WatchedStudio.start();
	try {
		const figures = [await careless(watched), await carelessBehindPolicy(watched)];
		for (const place of places) figures.push(await attack(place, watched));
		return figures;
	} finally {
		await watched.close();
	}
};

/** Characters of a text that every place shows. */
const surely = 150;

async function attack(place: Place, watched: WatchedStudio): Promise<Figure> {
	const { payloads } = watched;
	const broken: string[] = [];
	const harmless = payloads.map((payload, index) => `text ${index} `.padEnd(payload.length, 'x'));
	const usual = new Set<string>();
	const some = place.isSlow ? harmless.filter((text, index) => index < 3 || text.length > 1000) : harmless;
	const calm = await place.show(watched.studio, some, async (page) => {
		for (const kind of (await seenIn(page)).kinds) usual.add(kind);
	});
	broken.push(...watched.takeMishaps().map((mishap) => `with harmless texts: ${mishap}`));
	await calm.close();
	const page = await place.show(watched.studio, payloads, async (page, texts) => {
		const { kinds, texts: shown } = await seenIn(page);
		broken.push(...kinds.filter((kind) => !usual.has(kind)).map((kind) => `made of a text: <${kind}>`));
		if (place.isMixed) return;
		broken.push(...texts.filter((text) => !shown.includes(text.slice(0, surely))).map((text) => `not shown: ${text}`));
	});
	await settle(page);
	broken.push(...(await tracesIn(page)), ...watched.takeMishaps());
	await page.close();
	return { scenario: 'S11', what: place.what, tried: payloads.length, broken };
}

/** Payloads that a careless page falls for: the others are for other readers. */
const fewest = 70;

/** The proof that who watches would see it: a page that takes the same texts for HTML, without a policy. */
async function careless(watched: WatchedStudio): Promise<Figure> {
	const { ran, heard } = await runCarelessly(watched, undefined);
	const count = ran.size + [...heard].filter((index) => !ran.has(index)).length;
	const what = `of a page that takes the texts for HTML ${ran.size} run scripts, ${heard.size} ask the canary; too few are a fault here`;
	return {
		scenario: 'S11',
		what,
		tried: watched.payloads.length,
		broken: count < fewest ? [`${count} only`] : [],
		isControl: true,
	};
}

/** The second wall: the same careless page, with the studio's policy but for the Trusted Types. With them it cannot even be careless. */
async function carelessBehindPolicy(watched: WatchedStudio): Promise<Figure> {
	const policy = policyOf('http://127.0.0.1:9', 'unknown');
	const { ran, heard, refused } = await runCarelessly(watched, policy.replace(/; require-trusted-types.*/, ''));
	const typed = await runCarelessly(watched, policy);
	const broken = [
		...[...ran, ...typed.ran].map((index) => `ran: ${watched.payloads[index]}`),
		...[...heard, ...typed.heard].map((index) => `asked for: ${watched.payloads[index]}`),
		...(typed.thrown < watched.payloads.length ? [`taken for HTML: ${watched.payloads.length - typed.thrown}`] : []),
	];
	const what = `the same page behind the studio’s policy (${refused} refusals; with Trusted Types ${typed.thrown} of them throw)`;
	return { scenario: 'S11', what, tried: 2 * watched.payloads.length, broken, isControl: true };
}

async function runCarelessly(watched: WatchedStudio, policy: string | undefined) {
	const { payloads, heard } = watched;
	const page = await watched.openCareless(policy);
	const thrown = await page.evaluate((texts) => {
		let count = 0;
		for (const text of texts) {
			try {
				const range = document.createRange();
				const place = document.body.appendChild(document.createElement('div'));
				range.selectNode(place);
				place.append(range.createContextualFragment(text));
			} catch {
				count++;
			}
		}
		return count;
	}, payloads);
	await settle(page, 1000);
	const { ran, refused } = await page.evaluate(() => ({ ran: window.ran, refused: window.refused.length }));
	const result = { ran: new Set(ran), heard: new Set(heard), refused, thrown };
	await page.close();
	watched.takeMishaps();
	return result;
}

/** What is asked for is asked for soon. */
async function settle(page: Page, ms = 300): Promise<void> {
	await page.waitForTimeout(ms);
}
