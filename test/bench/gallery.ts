// `npm run bench`: the gallery of ten thousand pictures in Chromium, as medians of 5 runs. Prints, and decides nothing.
import { readFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'playwright-core';
import { keptGallery } from '../studio/galleryPage';
import { StudioBrowser } from '../studio/studio';
import { median, share } from './median';

const runs = 5;
const pictures = 10_000;
/** For how long it is scrolled, ms. */
const scrolling = 5000;
/** With each frame: a wheel that is turned fast. `whole`: through all of the list in that time, as by its scroll bar. */
const paces = { slow: 100, whole: undefined } as const;

declare global {
	interface Window {
		times: { readonly ids: number; readonly tiles: number; readonly shown: number };
	}
}

interface Run {
	/** From the answer with the ids to the first frame with tiles, and to the first one with all their pictures, ms. */
	readonly tiles: number;
	readonly first: number;
	/** From one frame to the next while it is scrolled, ms. */
	readonly slow50: number;
	readonly slow95: number;
	readonly whole50: number;
	readonly whole95: number;
	/** Elements of the page, and the most of them while it was scrolled. */
	readonly nodes: number;
	/** What the renderer has in memory in the end, MB: of its own, with its part of what it shares. */
	readonly own: number;
	/** Of its own, before its garbage is collected. */
	readonly uncollected: number;
	readonly part: number;
}

async function main(): Promise<void> {
	const all: Run[] = [];
	for (let run = 0; run < runs; run++) {
		// A browser of its own: nothing is in its cache.
		const studio = await StudioBrowser.start();
		all.push(await measure(studio));
		await studio.close();
	}
	const of = (key: keyof Run) => median(all.map((run) => run[key])).toFixed(0);
	console.log(`\n${pictures} pictures with thumbnails of 256 × 192, 1200 × 900 pixels, medians of ${runs} runs`);
	console.log(`first tiles after the ids        ${of('tiles')} ms (wanted: 200); with all pictures ${of('first')} ms`);
	console.log(`frames, 100 pixels a frame       p50 ${of('slow50')}, p95 ${of('slow95')} ms (wanted: 33)`);
	console.log(`frames, the whole list in 5 s    p50 ${of('whole50')}, p95 ${of('whole95')} ms (wanted: 33)`);
	console.log(`elements at most                 ${of('nodes')} (wanted: 300)`);
	console.log(
		`memory of the renderer, MB       ${of('own')} of its own, ${of('part')} with its part of what is shared (wanted: 300)`,
	);
	console.log(`                                 ${of('uncollected')} of its own before its garbage is collected`);
}

async function measure(studio: StudioBrowser): Promise<Run> {
	const page = await studio.open({
		pictures,
		width: 1200,
		height: 900,
		script: { kept: keptGallery({ view: 'create' }) },
	});
	const painted = await firstPaint(page);
	const slow = await scrollThrough(page, paces.slow);
	const whole = await scrollThrough(page, paces.whole);
	const { own: uncollected } = await memoryOf(page);
	// What the browser frees by itself when it has the time.
	const session = await page.context().newCDPSession(page);
	await session.send('HeapProfiler.collectGarbage');
	const memory = await memoryOf(page);
	await page.close();
	return {
		...painted,
		slow50: share(slow.frames, 0.5),
		slow95: share(slow.frames, 0.95),
		whole50: share(whole.frames, 0.5),
		whole95: share(whole.frames, 0.95),
		nodes: Math.max(slow.nodes, whole.nodes),
		uncollected,
		...memory,
	};
}

/** Opens the gallery. From the post that carries the ids to the frame after which every tile in sight has its picture decoded. */
async function firstPaint(page: Page): Promise<Pick<Run, 'tiles' | 'first'>> {
	await page.evaluate(() => {
		const times = { ids: 0, tiles: 0, shown: 0 };
		window.times = times;
		window.addEventListener('message', ({ data }: MessageEvent<{ readonly value?: { readonly ids?: unknown } }>) => {
			if (times.ids === 0 && Array.isArray(data.value?.ids)) times.ids = performance.now();
		});
		const look = () => {
			if (times.tiles === 0 && document.querySelector('.tile img'))
				requestAnimationFrame(() => setTimeout(() => (times.tiles = performance.now())));
			const pictures = [...document.querySelectorAll<HTMLImageElement>('.tile img')];
			const inSight = pictures.filter((picture) => picture.getBoundingClientRect().top < window.innerHeight);
			if (inSight.length > 0 && inSight.every(({ complete }) => complete))
				requestAnimationFrame(() => setTimeout(() => (times.shown = performance.now())));
			else requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
	});
	await page.getByRole('tab', { name: 'Gallery' }).click();
	const times = await page.waitForFunction(() => {
		const { ids, tiles, shown } = window.times;
		return shown > 0 ? { tiles: tiles - ids, first: shown - ids } : undefined;
	});
	return (await times.jsonValue()) ?? { tiles: 0, first: 0 };
}

/** A step with each frame. */
async function scrollThrough(page: Page, pace: number | undefined): Promise<{ frames: number[]; nodes: number }> {
	return page.evaluate(
		async ([duration, distance]) =>
			new Promise((resolve) => {
				const scroller = document.querySelector('.scroller');
				const frames: number[] = [];
				const start = performance.now();
				let last = start;
				let nodes = 0;
				const step = () => {
					const now = performance.now();
					frames.push(now - last);
					last = now;
					nodes = Math.max(nodes, document.body.querySelectorAll('*').length);
					if (!scroller || now - start >= duration) return resolve({ frames: frames.slice(1), nodes });
					if (distance === undefined) scroller.scrollTop = ((now - start) / duration) * scroller.scrollHeight;
					else scroller.scrollTop += distance;
					requestAnimationFrame(step);
				};
				requestAnimationFrame(step);
			}),
		[scrolling, pace] as const,
	);
}

type Memory = Pick<Run, 'own' | 'part'>;

async function memoryOf(page: Page): Promise<Memory> {
	const browser = page.context().browser();
	const session: CDPSession | undefined = await browser?.newBrowserCDPSession();
	const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
	const sizes = await Promise.all(
		processInfo.filter(({ type }) => type === 'renderer').map(async ({ id }) => sizeOf(id)),
	);
	return sizes.toSorted((a, b) => b.own - a.own)[0] ?? { own: 0, part: 0 };
}

/** MB; 0 where the system does not tell. */
async function sizeOf(process: number): Promise<Memory> {
	const sizes = await readFile(`/proc/${process}/smaps_rollup`, 'utf8').catch(() => '');
	const of = (name: string) => Number(new RegExp(String.raw`^${name}:\s*(\d+) kB`, 'm').exec(sizes)?.[1] ?? 0) / 1024;
	return { own: of('Private_Clean') + of('Private_Dirty'), part: of('Pss') };
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
