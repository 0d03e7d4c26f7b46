import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PNG } from 'pngjs';
import type { Codecs } from '../../../src/image/codecs';
import { decode } from '../../../src/image/decode';
import { encode } from '../../../src/image/encode';
import type { Pixels } from '../../../src/image/pixels';
import { sniff } from '../../../src/image/sniff';
import { noise } from '../builders';
import { pictures, smooth } from './arbitrary';
import { codecs } from './nodeCodecs';

const noCodec: Codecs = { ...codecs, load: async (name) => assert.fail(`${name} is not needed`) };

/** Pixels of two halves, left and right. */
function halves(left: readonly number[], right: readonly number[], width = 32, height = 16): Pixels {
	const data = new Uint8Array(width * height * 4);
	for (let at = 0; at < data.length; at += 4) data.set((at / 4) % width < width / 2 ? left : right, at);
	return { width, height, data };
}

/** Red, green and blue (and alpha) in the middle of each half. */
function middles({ width, height, data }: { width: number; height: number; data: ArrayLike<number> }): number[][] {
	return [0.25, 0.75].map((share) => {
		const at = (Math.floor(height / 2) * width + Math.floor(width * share)) * 4;
		return [0, 1, 2, 3].map((channel) => data[at + channel] ?? -1);
	});
}

function assertNear(seen: readonly number[][], wanted: readonly number[][], most: number): void {
	for (const [half, colour] of wanted.entries()) {
		for (const [channel, value] of colour.entries()) {
			const found = seen[half]?.[channel] ?? -999;
			assert.ok(Math.abs(found - value) <= most, `half ${half}, channel ${channel}: ${found}, wanted ${value}`);
		}
	}
}

/** By a decoder that others wrote. `colourType`: 2 without alpha, 6 with it. */
function readByOthers(file: Uint8Array) {
	const { data, ...header } = PNG.sync.read(Buffer.from(file));
	const colourType = file[25];
	return { width: header.width, height: header.height, data: Uint8Array.from(data), colourType };
}

describe('encoding PNG', () => {
	it('loses nothing, transparency and colours under it included', async () => {
		await fc.assert(
			fc.asyncProperty(pictures, async (pixels) => {
				const before = pixels.data.slice();
				const { colourType: _, ...found } = readByOthers(await encode(pixels, 'png', noCodec));
				assert.deepEqual(found, pixels);
				assert.deepEqual(pixels.data, before, 'the pixels are not touched');
			}),
		);
	});

	it('loses nothing of a picture that has courses and edges, and is high, wide or a dot', async () => {
		for (const [width, height] of [
			[600, 400],
			[1, 1],
			[1, 700],
			[2000, 1],
			[33, 17],
		] as const) {
			const pixels = smooth({ width, height });
			pixels.data.fill(255, 0, pixels.data.length / 3);
			const { colourType, ...found } = readByOthers(await encode(pixels, 'png', noCodec));
			assert.deepEqual(found, pixels);
			assert.equal(colourType, 2);
			assert.deepEqual(await decode(await encode(pixels, 'png', noCodec), noCodec), pixels);
		}
	});

	it('writes an alpha channel only where it says something', async () => {
		assert.equal(readByOthers(await encode(noise(9, 7, 1, 255), 'png', noCodec)).colourType, 2);
		assert.equal(readByOthers(await encode(noise(9, 7, 1, 254), 'png', noCodec)).colourType, 6);
		const last = noise(9, 7, 1, 255);
		last.data[last.data.length - 1] = 0;
		assert.equal(readByOthers(await encode(last, 'png', noCodec)).colourType, 6);
	});

	it('gives the same bytes for the same pixels', async () => {
		assert.deepEqual(await encode(noise(20, 10, 5), 'png', noCodec), await encode(noise(20, 10, 5), 'png', noCodec));
	});

	it('reads a view into a larger buffer', async () => {
		const { width, height, data } = noise(5, 4, 3, 255);
		const buffer = new Uint8Array(data.length + 10).fill(77);
		buffer.set(data, 6);
		const view = { width, height, data: buffer.subarray(6, 6 + data.length) };
		assert.deepEqual(await encode(view, 'png', noCodec), await encode({ width, height, data }, 'png', noCodec));
	});
});

describe('encoding JPEG and WebP', () => {
	const red = [220, 30, 40, 255];
	const blue = [20, 60, 200, 255];

	it('writes a file of that format and size', async () => {
		const sizes: readonly (readonly [number, number])[] = [
			[1, 1],
			[16, 16],
			[17, 33],
			[300, 2],
		];
		for (const format of ['jpeg', 'webp'] as const) {
			for (const [width, height] of sizes) {
				const file = await encode(noise(width, height, 9, 255), format, codecs);
				assert.deepEqual(sniff(file), { format, width, height });
			}
		}
	});

	it('shows the colours that were given', async () => {
		const jpeg = await encode(halves(red, blue), 'jpeg', codecs);
		assertNear(middles(await decode(jpeg, codecs)), [red, blue], 8);
		const webp = await encode(halves(red, blue), 'webp', codecs);
		assertNear(middles(await decode(webp, codecs)), [red, blue], 8);
	});

	it('lays what is transparent on white where the format knows no transparency', async () => {
		const pixels = halves([200, 0, 0, 0], [0, 0, 0, 128]);
		const before = pixels.data.slice();
		const file = await encode(pixels, 'jpeg', codecs);
		const seen = middles(await decode(file, codecs));
		assertNear(
			seen,
			[
				[255, 255, 255, 255],
				[127, 127, 127, 255],
			],
			6,
		);
		assert.deepEqual(pixels.data, before, 'the pixels are not touched');
	});

	it('keeps transparency where the format knows it', async () => {
		const file = await encode(halves([200, 0, 0, 0], [0, 0, 0, 128]), 'webp', codecs);
		const [left, right] = middles(await decode(file, codecs));
		assert.equal(left?.[3], 0);
		assert.ok(Math.abs((right?.[3] ?? 0) - 128) <= 4);
	});

	it('is much smaller than PNG for a picture with noise', async () => {
		const pixels = noise(120, 90, 4, 255);
		const [png, jpeg, webp] = await Promise.all([
			encode(pixels, 'png', codecs),
			encode(pixels, 'jpeg', codecs),
			encode(pixels, 'webp', codecs),
		]);
		assert.ok(jpeg.length < png.length && webp.length < png.length);
	});

	it('makes a WebP lossy and small, or larger and lossless', async () => {
		const pixels = smooth({ width: 200, height: 150 });
		const [lossy, lossless] = [
			await encode(pixels, 'webp', codecs),
			await encode(pixels, 'webp', codecs, { lossless: true }),
		];
		assert.ok(lossy.length < lossless.length);
		assert.notDeepEqual(await decode(lossy, codecs), pixels);
		assert.deepEqual(await decode(lossless, codecs), pixels);
	});

	it('loses nothing in a lossless WebP, transparency and colours under it included', async () => {
		await fc.assert(
			fc.asyncProperty(pictures, async (pixels) => {
				assert.deepEqual(await decode(await encode(pixels, 'webp', codecs, { lossless: true }), codecs), pixels);
			}),
			{ numRuns: 50 },
		);
	});

	it('writes a part of a larger buffer, and of one that is shared', async () => {
		const { width, height, data } = noise(5, 4, 3, 255);
		const buffer = new Uint8Array(new SharedArrayBuffer(data.length + 10)).fill(77);
		buffer.set(data, 6);
		const view = { width, height, data: buffer.subarray(6, 6 + data.length) };
		for (const format of ['jpeg', 'webp'] as const) {
			const alone = await encode({ width, height, data }, format, codecs);
			assert.deepEqual(await encode(view, format, codecs), alone);
		}
	});

	it('loads each codec once', async () => {
		await encode(noise(2, 2, 1, 255), 'jpeg', noCodec);
		await encode(noise(2, 2, 1, 255), 'webp', noCodec);
	});

	it('fails where a format has no such size, and goes on with the next picture', async () => {
		const long = { width: 66_000, height: 1, data: new Uint8Array(66_000 * 4).fill(255) };
		for (const format of ['jpeg', 'webp'] as const) {
			await assert.rejects(encode(long, format, codecs), /could not be encoded/);
			assert.deepEqual(sniff(await encode(noise(2, 2, 1, 255), format, codecs)), { format, width: 2, height: 2 });
		}
	});
});
