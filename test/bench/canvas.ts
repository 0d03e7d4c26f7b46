// `npm run bench`: painting on a picture of 4096 × 4096 pixels in Chromium, as medians of 3 runs. Prints, and decides nothing.
import type { CDPSession, Page } from 'playwright-core';
import type { Stroke } from '../../src/canvas/strokes';
import { openCanvas } from '../studio/canvasPage';
import { StudioBrowser } from '../studio/studio';
import { median, share } from './median';

const runs = 3;
const side = 4096;
/** For how long is painted, ms, and how many times a second the mouse moves. */
const painting = 5000;
const pace = 240;
const strokes = 300;
/** Frames that are looked at after a move. */
const calm = 60;

declare global {
	interface Window {
		canvasTimes: { frames: number[]; longest: number; places: number; isOver: boolean };
	}
}

interface Run {
	/** From one frame to the next while it is painted, ms. */
	readonly frame50: number;
	readonly frame95: number;
	/** The longest task, ms; 0: none had 50 or more. */
	readonly longest: number;
	readonly sent: number;
	/** Places that the page was told of, those that came together too. */
	readonly received: number;
	/** Moves each second. */
	readonly pace: number;
	/** From one frame to the next while a picture with many strokes is moved, ms. */
	readonly pan50: number;
	readonly pan95: number;
	/** The longest frame after that: all strokes are drawn sharply. */
	readonly sharp: number;
}

async function main(): Promise<void> {
	const all: Run[] = [];
	for (let run = 0; run < runs; run++) {
		const studio = await StudioBrowser.start();
		all.push(await measure(studio));
		await studio.close();
	}
	const of = (key: keyof Run, digits = 0) => median(all.map((run) => run[key])).toFixed(digits);
	console.log(`\na picture of ${side} × ${side} pixels, 1200 × 900 on the screen, medians of ${runs} runs`);
	console.log(
		`painting, ${of('pace')} moves a second  p50 ${of('frame50', 1)}, p95 ${of('frame95', 1)} ms (wanted: 17)`,
	);
	console.log(`the longest task               ${of('longest')} ms`);
	console.log(`moves sent and received        ${of('sent')}, ${of('received')}`);
	console.log(
		`moving ${strokes} strokes             p50 ${of('pan50', 1)}, p95 ${of('pan95', 1)} ms (wanted: 17); then once ${of('sharp')} ms`,
	);
}

async function measure(studio: StudioBrowser): Promise<Run> {
	const painted = await paint(studio);
	const moved = await move(studio);
	return { ...painted, ...moved };
}

/** The script's picture is as large as it is said to be: its file is made in the page. */
async function open(studio: StudioBrowser, many: readonly Stroke[] = []): Promise<Page> {
	const page = await openCanvas(studio, {
		width: 1200,
		height: 900,
		canvas: { brush: 160, strokes: { strokes: many, done: many.length } },
	});
	await page.evaluate(async (side) => {
		const canvas = new OffscreenCanvas(side, side);
		const context = canvas.getContext('2d');
		if (!context) throw new Error('There is no canvas.');
		for (let at = 0; at < 4000; at++) {
			context.fillStyle = `hsl(${(at * 37) % 360} 60% 50%)`;
			context.fillRect((at * 997) % side, (at * 613) % side, 300, 300);
		}
		const uri = URL.createObjectURL(await canvas.convertToBlob());
		const picture = { uri, width: side, height: side, isWhole: true, stamp: '2' };
		Object.assign(window.script.details, { p7: { picture } });
		window.scripted.push({ gallery: { revision: 2, count: 40, isLoading: false } });
	}, side);
	await page.waitForFunction((side) => {
		const image = document.querySelector<HTMLImageElement>('.stage > img');
		return image?.complete && image.naturalWidth === side;
	}, side);
	return page;
}

type Painted = Pick<Run, 'frame50' | 'frame95' | 'longest' | 'sent' | 'received' | 'pace'>;

async function paint(studio: StudioBrowser): Promise<Painted> {
	const page = await open(studio);
	const session = await page.context().newCDPSession(page);
	const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('.stage').boundingBox()) ?? {};
	const at = (turn: number) => ({
		x: x + width / 2 + (width / 2 - 40) * Math.cos(turn * 1.3),
		y: y + height / 2 + (height / 2 - 40) * Math.sin(turn * 1.7),
	});
	await send(session, 'mousePressed', at(0));
	await watch(page);
	const start = performance.now();
	let sent = 0;
	const moves: Promise<unknown>[] = [];
	await new Promise<void>((resolve) => {
		const timer = setInterval(() => {
			const now = performance.now() - start;
			for (; sent < (Math.min(now, painting) / 1000) * pace; sent++)
				moves.push(send(session, 'mouseMoved', at(sent / 60)));
			if (now < painting) return;
			clearInterval(timer);
			resolve();
		}, 4);
	});
	await Promise.all(moves);
	const took = performance.now() - start;
	await send(session, 'mouseReleased', at(sent / 60));
	const { frames, longest, places } = await seen(page);
	await page.close();
	return {
		frame50: share(frames, 0.5),
		frame95: share(frames, 0.95),
		longest,
		sent,
		received: places,
		pace: (sent / took) * 1000,
	};
}

async function send(
	session: CDPSession,
	type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
	{ x, y }: { readonly x: number; readonly y: number },
): Promise<unknown> {
	return session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 });
}

/** Writes down frames, long tasks and places. */
async function watch(page: Page): Promise<void> {
	await page.evaluate(() => {
		const times = { frames: [] as number[], longest: 0, places: 0, isOver: false };
		window.canvasTimes = times;
		document
			.querySelector<HTMLElement>('.stage')
			?.addEventListener('pointermove', (moved) => (times.places += Math.max(1, moved.getCoalescedEvents().length)));
		new PerformanceObserver((list) => {
			times.longest = Math.max(times.longest, ...list.getEntries().map(({ duration }) => duration));
		}).observe({ type: 'longtask' });
		let last = performance.now();
		const frame = (now: number) => {
			times.frames.push(now - last);
			last = now;
			if (!times.isOver) requestAnimationFrame(frame);
		};
		requestAnimationFrame((now) => {
			last = now;
			requestAnimationFrame(frame);
		});
	});
}

async function seen(page: Page): Promise<Window['canvasTimes']> {
	return page.evaluate(() => {
		window.canvasTimes.isOver = true;
		return window.canvasTimes;
	});
}

/** Moves what is seen with each frame. */
async function move(studio: StudioBrowser): Promise<Pick<Run, 'pan50' | 'pan95' | 'sharp'>> {
	const many = Array.from({ length: strokes }, (_, at): Stroke => {
		const points = Array.from({ length: 120 }, (_, number) => 2048 + 1900 * Math.sin((at + 1) * 0.7 + number * 0.09));
		return { kind: 'line', size: 20 + (at % 9) * 20, points, ...(at % 4 === 3 && { erases: true }) };
	});
	const page = await open(studio, many);
	await watch(page);
	await page.evaluate(
		async ([duration, calm]) => {
			const stage = document.querySelector('.stage');
			const start = performance.now();
			let left: number = calm;
			await new Promise<void>((resolve) => {
				const step = (now: number) => {
					if (left === 0) return resolve();
					const deltaX = Math.floor((now - start) / 500) % 2 === 0 ? 4 : -4;
					if (now - start > duration) left--;
					else stage?.dispatchEvent(new WheelEvent('wheel', { deltaX, shiftKey: true, cancelable: true }));
					requestAnimationFrame(step);
				};
				requestAnimationFrame(step);
			});
		},
		[painting, calm] as const,
	);
	const { frames } = await seen(page);
	await page.close();
	const moving = frames.slice(0, -calm);
	return { pan50: share(moving, 0.5), pan95: share(moving, 0.95), sharp: Math.max(...frames.slice(-calm)) };
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
