// `npm run bench`: how long a picture takes from file to file, as medians of 15 runs on one core. Prints, and decides nothing.
import path from 'node:path';
import { encode as encodeFastPng } from 'fast-png';
import type { RequestableFormat } from '../../src/domain/imageFormat';
import { PainterThread } from '../../src/generation/painterThread';
import { composite } from '../../src/image/composite';
import { decode } from '../../src/image/decode';
import { encode } from '../../src/image/encode';
import { framed } from '../../src/image/frame';
import { maskOfRects } from '../../src/image/mask';
import type { Pixels } from '../../src/image/pixels';
import { paint } from '../../src/providers/sketch/paint';
import { noise } from '../unit/builders';
import { planOf, png } from '../unit/generation/alterParts';
import { codecs } from '../unit/image/nodeCodecs';

const runs = 15;
const size = { width: 1536, height: 1024 };
/** What all of it may take together, in ms. */
const wanted = 300;

const pictures: Readonly<Record<string, () => Pixels>> = {
	photograph: () => photograph(3),
	'smooth one': () => photograph(0),
	'grainy one': () => photograph(12),
	sketch: () => paint({ prompt: 'a lighthouse at dawn', size, seed: '1', style: 'ribbons' }),
};

async function main(): Promise<void> {
	console.log(`\n${size.width}x${size.height}, medians of ${runs} runs, ms (Node ${process.versions.node})`);
	console.log('picture     format         decode  composite  encode   sum      KB  fast-png');
	for (const [name, make] of Object.entries(pictures)) {
		const pixels = make();
		await printRow(name, 'png', pixels);
		if (name === 'photograph') for (const format of ['jpeg', 'webp'] as const) await printRow(name, format, pixels);
	}
	console.log(`A picture of any kind should be done in ${wanted} ms as a PNG.`);
	console.log(
		'The whole work in the painter thread, with the soft edge, the file read again and its pixels counted, as a PNG:',
	);
	for (const [name, make] of Object.entries(pictures)) console.log(`${name.padEnd(13)} ${await inThread(make())} ms`);
}

/** An edit from the source's file to the new one's, its answer waited for. */
async function inThread(source: Pixels): Promise<string> {
	const thread = new PainterThread(path.resolve('dist/generation/painter.js'));
	const selected = { x: 300, y: 200, width: 900, height: 600 };
	const plan = planOf('sketch/placeholder', { operation: 'edit', source: size, selected });
	const [bytes, made] = await Promise.all([source, framed(source, selected, plan.makes.size)].map(png));
	if (!bytes || !made) throw new Error('There is nothing to edit.');
	const order = {
		original: { bytes, selection: { rects: [selected] } },
		plan,
		made,
		format: 'png',
		record: undefined,
	} as const;
	const work = async () => thread.ask({ craft: 'finish', order }, new AbortController().signal);
	await work();
	const time = await timed(work);
	thread.dispose();
	return time.toFixed(0);
}

async function printRow(name: string, format: RequestableFormat, source: Pixels): Promise<void> {
	const painted = pictures['sketch']?.() ?? source;
	const mask = maskOfRects(size, [{ x: 300, y: 200, width: 900, height: 600 }]);
	const options = { lossless: true };
	const file = await encode(source, format, codecs, options);
	const result = composite(source, painted, mask);
	const times = [
		await timed(async () => decode(file, codecs)),
		await timed(async () => composite(source, painted, mask)),
		await timed(async () => encode(result, format, codecs, options)),
	];
	const sum = times.reduce((all, ms) => all + ms, 0);
	const others = format === 'png' ? kilobytes(fastPng(source)) : '';
	const label = format === 'webp' ? 'webp lossless' : format;
	console.log(
		[
			name.padEnd(11),
			label.padEnd(13),
			...[...times, sum].map((ms) => ms.toFixed(0).padStart(7)),
			kilobytes(file),
			others,
		].join(' '),
	);
}

/** The median, in ms. */
async function timed(work: () => Promise<unknown>): Promise<number> {
	const times: number[] = [];
	for (let run = 0; run < runs; run++) {
		const started = performance.now();
		await work();
		times.push(performance.now() - started);
	}
	return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

function fastPng({ width, height, data }: Pixels): Uint8Array {
	return encodeFastPng({ width, height, channels: 3, data: data.filter((_, index) => index % 4 !== 3) });
}

function kilobytes({ length }: Uint8Array): string {
	return (length / 1024).toFixed(0).padStart(8);
}

/**
 * Something like a photograph: light and colours that change over long and short ways, the less the shorter, and the noise of a sensor.
 * `grain`: about how many of 255 steps that noise has.
 */
function photograph(grain: number): Pixels {
	const { width, height } = size;
	const sums = [0, 1, 2].map((channel) => courses(channel));
	const { data } = noise(width, height, 99, 255);
	for (let at = 0; at < data.length; at++) {
		const channel = at & 3;
		if (channel === 3) continue;
		const value = 128 + (sums[0]?.[at >> 2] ?? 0) + 0.3 * (sums[channel]?.[at >> 2] ?? 0);
		data[at] = Math.min(255, Math.max(0, value + ((data[at] ?? 0) / 255 - 0.5) * grain));
	}
	return { width, height, data };
}

/** One value a pixel, about 0. */
function courses(salt: number): Float32Array {
	const sum = new Float32Array(size.width * size.height);
	for (let step = 256, share = 70; step >= 2; step /= 2, share *= 0.55) addCourse(sum, step, share, salt + step * 3);
	return sum;
}

/** Adds random values, `step` pixels apart, with a straight course between them. */
function addCourse(sum: Float32Array, step: number, share: number, salt: number): void {
	const columns = Math.ceil(size.width / step) + 2;
	const { data } = noise(columns, Math.ceil(size.height / step) + 2, salt);
	const knot = (index: number) => (data[index * 4 + 1] ?? 0) / 127.5 - 1;
	for (let y = 0, at = 0; y < size.height; y++) {
		const row = Math.floor(y / step) * columns;
		const down = (y % step) / step;
		for (let x = 0; x < size.width; x++, at++) {
			const first = row + Math.floor(x / step);
			const across = (x % step) / step;
			const above = knot(first) * (1 - across) + knot(first + 1) * across;
			const below = knot(first + columns) * (1 - across) + knot(first + columns + 1) * across;
			sum[at] = (sum[at] ?? 0) + share * (above * (1 - down) + below * down);
		}
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
