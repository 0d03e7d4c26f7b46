import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import decodeJpeg, { init as initJpeg } from '@jsquash/jpeg/decode';
import decodeWebp, { init as initWebp } from '@jsquash/webp/decode';
import * as fc from 'fast-check';
import { decode } from 'fast-png';
import { encode, type LoadCodec } from '../../../src/image/encode';
import type { Pixels } from '../../../src/image/pixels';
import { sniff } from '../../../src/image/sniff';
import { noise } from '../builders';

const squash = path.resolve('node_modules/@jsquash');

async function binary(file: string): Promise<ArrayBuffer> {
	const { buffer, byteOffset, byteLength } = await readFile(path.join(squash, file));
	return buffer.slice(byteOffset, byteOffset + byteLength);
}

const files = { mozjpeg_enc: 'jpeg/codec/enc/mozjpeg_enc.wasm', webp_enc_simd: 'webp/codec/enc/webp_enc_simd.wasm' };
const loadCodec: LoadCodec = async (name) => binary(files[name]);

const noCodec: LoadCodec = async (name) => assert.fail(`${name} is not needed`);

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

describe('encoding PNG', () => {
	const pictures = fc
		.tuple(
			fc.integer({ min: 1, max: 24 }),
			fc.integer({ min: 1, max: 24 }),
			fc.integer(),
			fc.constantFrom(undefined, 255, 0),
		)
		.map(([width, height, salt, alpha]) => noise(width, height, salt, alpha));

	it('loses nothing, transparency and colours under it included', async () => {
		await fc.assert(
			fc.asyncProperty(pictures, async (pixels) => {
				const before = pixels.data.slice();
				const file = await encode(pixels, 'png', noCodec);
				const { width, height } = pixels;
				assert.deepEqual(sniff(file), { format: 'png', width, height });
				const decoded = decode(file);
				assert.deepEqual([decoded.width, decoded.height, decoded.depth], [width, height, 8]);
				for (let pixel = 0; pixel < width * height; pixel++) {
					for (let channel = 0; channel < 4; channel++) {
						const found = channel < decoded.channels ? decoded.data[pixel * decoded.channels + channel] : 255;
						assert.equal(found, pixels.data[pixel * 4 + channel]);
					}
				}
				assert.deepEqual(pixels.data, before, 'the pixels are not touched');
			}),
		);
	});

	it('writes an alpha channel only where it says something', async () => {
		assert.equal(decode(await encode(noise(9, 7, 1, 255), 'png', noCodec)).channels, 3);
		assert.equal(decode(await encode(noise(9, 7, 1, 254), 'png', noCodec)).channels, 4);
		const last = noise(9, 7, 1, 255);
		last.data[last.data.length - 1] = 0;
		assert.equal(decode(await encode(last, 'png', noCodec)).channels, 4);
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

	before(async () => {
		await initJpeg(withBinary(await binary('jpeg/codec/dec/mozjpeg_dec.wasm')));
		await initWebp(withBinary(await binary('webp/codec/dec/webp_dec.wasm')));
		// The decoders make one of these, which Node does not have.
		Object.assign(globalThis, { ImageData: Plain });
	});

	after(() => {
		Reflect.deleteProperty(globalThis, 'ImageData');
	});

	it('writes a file of that format and size', async () => {
		const sizes: readonly (readonly [number, number])[] = [
			[1, 1],
			[16, 16],
			[17, 33],
			[300, 2],
		];
		for (const format of ['jpeg', 'webp'] as const) {
			for (const [width, height] of sizes) {
				const file = await encode(noise(width, height, 9, 255), format, loadCodec);
				assert.deepEqual(sniff(file), { format, width, height });
			}
		}
	});

	it('shows the colours that were given', async () => {
		const jpeg = await encode(halves(red, blue), 'jpeg', loadCodec);
		assertNear(middles(await decodeJpeg(exact(jpeg))), [red, blue], 8);
		const webp = await encode(halves(red, blue), 'webp', loadCodec);
		assertNear(middles(await decodeWebp(exact(webp))), [red, blue], 8);
	});

	it('lays what is transparent on white where the format knows no transparency', async () => {
		const pixels = halves([200, 0, 0, 0], [0, 0, 0, 128]);
		const before = pixels.data.slice();
		const file = await encode(pixels, 'jpeg', loadCodec);
		const seen = middles(await decodeJpeg(exact(file)));
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
		const file = await encode(halves([200, 0, 0, 0], [0, 0, 0, 128]), 'webp', loadCodec);
		const [left, right] = middles(await decodeWebp(exact(file)));
		assert.equal(left?.[3], 0);
		assert.ok(Math.abs((right?.[3] ?? 0) - 128) <= 4);
	});

	it('is much smaller than PNG for a picture with noise', async () => {
		const pixels = noise(120, 90, 4, 255);
		const [png, jpeg, webp] = await Promise.all([
			encode(pixels, 'png', loadCodec),
			encode(pixels, 'jpeg', loadCodec),
			encode(pixels, 'webp', loadCodec),
		]);
		assert.ok(jpeg.length < png.length && webp.length < png.length);
	});

	it('loads each codec once', async () => {
		await encode(noise(2, 2, 1, 255), 'jpeg', noCodec);
		await encode(noise(2, 2, 1, 255), 'webp', noCodec);
	});
});

/** As in the source: the libraries take the binary, but their types do not name it. */
function withBinary(wasmBinary: ArrayBuffer) {
	return { noInitialRun: true, wasmBinary };
}

/** The browser's class, as far as the decoders use it. */
class Plain {
	constructor(
		readonly data: Uint8ClampedArray,
		readonly width: number,
		readonly height: number,
	) {}
}

function exact(bytes: Uint8Array): ArrayBuffer {
	return Uint8Array.from(bytes).buffer;
}
