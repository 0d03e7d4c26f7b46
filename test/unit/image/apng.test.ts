import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Rect } from '../../../src/domain/size';
import { decode, UndecodableError } from '../../../src/image/decode';
import { encode } from '../../../src/image/encode';
import { inspect } from '../../../src/image/inspect';
import { readPng } from '../../../src/image/metadata/pngChunks';
import type { Pixels } from '../../../src/image/pixels';
import { noise } from '../builders';
import { codecs } from './nodeCodecs';
import { animationChunk, frameChunk, frameData, unsound } from './rawApng';
import { chunk, headerChunk, pngOf } from './rawPng';

const canvas = { width: 10, height: 8 };
const all: Rect = { x: 0, y: 0, ...canvas };
const header = headerChunk(canvas);
const [still, first, second] = [noise(10, 8, 1), noise(10, 8, 2), noise(10, 8, 3)];

/** The packed pixels of a picture that is not opaque, in two parts. */
async function packed(pixels: Pixels): Promise<[Uint8Array, Uint8Array]> {
	const data = readPng(await encode(pixels, 'png', codecs))?.chunks.find(({ type }) => type === 'IDAT')?.data;
	assert.ok(data);
	return [data.subarray(0, 9), data.subarray(9)];
}

async function stillData(): Promise<Uint8Array[]> {
	return (await packed(still)).map((data) => chunk('IDAT', data));
}

describe('an animated PNG whose still picture is no part of it', () => {
	it('is its first frame, and there are more pictures in the file', async () => {
		const others = [frameChunk(all, 3), ...frameData(await packed(second), 4)];
		for (const [count, rest] of [
			[1, []],
			[2, others],
		] as const) {
			const frame = [frameChunk(all), ...frameData(await packed(first))];
			const file = pngOf(header, animationChunk(count), ...(await stillData()), ...frame, ...rest);
			assert.deepEqual(await decode(file, codecs), first);
			assert.deepEqual(inspect(file), { format: 'png', ...canvas, depth: 8, frames: 'many', orientation: 1 });
		}
	});

	it('is a frame in its place on a clear canvas', async () => {
		const places = fc.tuple(fc.nat(9), fc.nat(7)).chain(([x, y]) =>
			fc.record({
				x: fc.constant(x),
				y: fc.constant(y),
				width: fc.integer({ min: 1, max: 10 - x }),
				height: fc.integer({ min: 1, max: 8 - y }),
			}),
		);
		await fc.assert(
			fc.asyncProperty(places, fc.nat(), async (place, seed) => {
				const small = noise(place.width, place.height, seed, 77);
				const frame = [frameChunk(place), ...frameData(await packed(small))];
				const file = pngOf(header, animationChunk(1), ...(await stillData()), ...frame);
				const { width, height, data } = await decode(file, codecs);
				assert.deepEqual({ width, height }, canvas);
				for (const [pixel, [red, green, blue, alpha]] of pixelsOf(data).entries()) {
					const [x, y] = [(pixel % 10) - place.x, Math.floor(pixel / 10) - place.y];
					const isIn = x >= 0 && y >= 0 && x < place.width && y < place.height;
					const at = (y * place.width + x) * 4;
					assert.deepEqual([red, green, blue, alpha], isIn ? [...small.data.subarray(at, at + 4)] : [0, 0, 0, 0]);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('is the first frame that has pixels, whatever the still picture is', async () => {
		const file = pngOf(
			header,
			animationChunk(2),
			chunk('IDAT', Uint8Array.of(1, 2, 3)),
			frameChunk({ ...all, width: 3 }),
			frameChunk(all, 1),
			...frameData(await packed(first), 2),
		);
		assert.deepEqual(await decode(file, codecs), first);
	});

	it('is broken where its pixels are', async () => {
		const frame = [frameChunk(all), ...frameData((await packed(first)).slice(0, 1))];
		const file = pngOf(header, animationChunk(1), ...(await stillData()), ...frame);
		await assert.rejects(decode(file, codecs), UndecodableError);
	});
});

describe('an animated PNG that shows its still picture', () => {
	it('has that as its first frame', async () => {
		const frame = [frameChunk(all, 1), ...frameData(await packed(first), 2)];
		const file = pngOf(header, animationChunk(2), frameChunk(all), ...(await stillData()), ...frame);
		assert.deepEqual(await decode(file, codecs), still);
		assert.equal(inspect(file)?.frames, 'many');
	});

	it('is none where nothing sound says before the pixels that it is one', async () => {
		const frame = [frameChunk(all), ...frameData(await packed(first))];
		const pixels = await stillData();
		for (const file of [
			pngOf(header, unsound(animationChunk(2)), ...pixels, ...frame),
			pngOf(header, animationChunk(0), ...pixels, ...frame),
			pngOf(header, chunk('acTL', new Uint8Array(12).fill(1)), ...pixels, ...frame),
			pngOf(header, ...pixels, animationChunk(2), ...frame),
		]) {
			assert.deepEqual(await decode(file, codecs), still);
			assert.equal(inspect(file)?.frames, 'one');
		}
	});

	it('has no other frame that is on the canvas', async () => {
		const pixels = await stillData();
		const data = frameData(await packed(first));
		for (const frame of [
			[],
			[frameChunk(all)],
			data,
			[frameChunk({ ...all, x: 1 }), ...data],
			[frameChunk({ ...all, y: 2 ** 31 }), ...data],
			[frameChunk({ ...all, width: 0 }), ...data],
			[chunk('fcTL', new Uint8Array(20)), ...data],
		]) {
			const file = pngOf(header, animationChunk(1), ...pixels, ...frame);
			assert.deepEqual(await decode(file, codecs), still);
			assert.equal(inspect(file)?.frames, 'one');
		}
	});
});

function pixelsOf(data: Uint8Array): Uint8Array[] {
	return Array.from({ length: data.length / 4 }, (_, index) => data.subarray(index * 4, index * 4 + 4));
}
