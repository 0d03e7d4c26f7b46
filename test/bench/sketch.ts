// `npm run bench`: how long the sketch takes, by style, as medians of 15 runs on one core. Prints, and decides nothing.
import path from 'node:path';
import { encode } from '../../src/image/encode';
import { PainterThread } from '../../src/generation/painterThread';
import { paint, sketchStyles } from '../../src/providers/sketch/paint';
import { codecs } from '../unit/image/nodeCodecs';
import { median } from './median';

const runs = 15;
const size = { width: 1024, height: 1024 };
const prompts = ['a lighthouse at dawn', 'amber forest', 'REST API sequence diagram', 'night city', '海の夜明け'];

async function main(): Promise<void> {
	console.log(`${size.width}x${size.height}, medians of ${runs} runs, ms (Node ${process.versions.node})`);
	console.log('style     paint  PNG  both  KB');
	for (const style of sketchStyles) {
		const paints: number[] = [];
		const encodes: number[] = [];
		let bytes = 0;
		for (let run = 0; run < runs; run++) {
			const started = performance.now();
			const pixels = paint({ prompt: prompts[run % prompts.length] ?? '', size, seed: `${run}`, style });
			const painted = performance.now();
			bytes = (await encode(pixels, 'png', codecs)).length;
			paints.push(painted - started);
			encodes.push(performance.now() - painted);
		}
		const columns = [median(paints), median(encodes), median(paints) + median(encodes), bytes / 1024];
		console.log(`${style.padEnd(9)} ${columns.map((value) => value.toFixed(0).padStart(4)).join('  ')}`);
	}
	console.log(
		`through the painter thread: ${(await throughThread()).toFixed(0)} ms; its first picture, the thread's start included: ${(await firstPicture()).toFixed(0)} ms`,
	);
}

async function throughThread(): Promise<number> {
	const thread = new PainterThread(path.resolve('dist/generation/painter.js'));
	const times: number[] = [];
	for (let run = 0; run <= runs; run++) times.push(await onePicture(thread, run));
	thread.dispose();
	return median(times.slice(1));
}

async function firstPicture(): Promise<number> {
	const times: number[] = [];
	for (let run = 0; run < runs; run++) {
		const thread = new PainterThread(path.resolve('dist/generation/painter.js'));
		times.push(await onePicture(thread, run));
		thread.dispose();
	}
	return median(times);
}

async function onePicture(thread: PainterThread, run: number): Promise<number> {
	const prompt = prompts[run % prompts.length] ?? '';
	const started = performance.now();
	const order = { task: { operation: 'generate' as const }, prompt, size, seed: '0', format: 'png' as const };
	await thread.paint(order, new AbortController().signal);
	return performance.now() - started;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
