import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import * as fc from 'fast-check';
import { decodePng } from '../../../src/image/decodePng';
import { noise } from '../builders';
import { chunk, headerChunk, pngOf } from './rawPng';

const sizes = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) });

/** The bytes of one pixel. */
function pixel({ data }: { readonly data: Uint8Array }, index = 0): number[] {
	return [...data.subarray(index * 4, index * 4 + 4)];
}

describe('decoding a PNG at once', () => {
	it('gives back every byte of RGBA', () => {
		fc.assert(
			fc.property(sizes, fc.nat(), ({ width, height }, salt) => {
				const pixels = noise(width, height, salt);
				assert.deepEqual(decodePng(encode({ ...pixels, channels: 4 })), pixels);
			}),
		);
	});

	it('makes a picture without transparency opaque', () => {
		const rgb = encode({ width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6), channels: 3 });
		assert.deepEqual([...decodePng(rgb).data], [1, 2, 3, 255, 4, 5, 6, 255]);
	});

	it('spreads a grey over the three colours', () => {
		const grey = encode({ width: 2, height: 1, data: Uint8Array.of(7, 9), channels: 1 });
		assert.deepEqual([...decodePng(grey).data], [7, 7, 7, 255, 9, 9, 9, 255]);
		const transparent = encode({ width: 1, height: 1, data: Uint8Array.of(7, 128), channels: 2 });
		assert.deepEqual(pixel(decodePng(transparent)), [7, 7, 7, 128]);
	});

	it('takes the upper half of 16-bit samples', () => {
		const data = Uint16Array.of(0x1234, 0xabcd, 0xffff, 0x8000);
		const deep = encode({ width: 1, height: 1, data, channels: 4, depth: 16 });
		assert.deepEqual(pixel(decodePng(deep)), [0x12, 0xab, 0xff, 0x80]);
	});

	it('looks colours up in the palette', () => {
		const bytes = indexedPng([
			[255, 0, 0],
			[0, 0, 255],
		]);
		const decoded = decodePng(bytes);
		assert.deepEqual(
			[pixel(decoded, 0), pixel(decoded, 1)],
			[
				[255, 0, 0, 255],
				[0, 0, 255, 255],
			],
		);
	});

	it('fails on what is no whole PNG', () => {
		const whole = encode({ ...noise(4, 4, 1), channels: 4 });
		assert.throws(() => decodePng(whole.subarray(0, whole.length / 2)));
		assert.throws(() => decodePng(Uint8Array.of(1, 2, 3)));
	});
});

/** A row of as many pixels as the palette has colours, one of each: no encoder at hand writes palettes. */
function indexedPng(palette: readonly (readonly number[])[]): Uint8Array {
	const row = deflateSync(Uint8Array.from([0, ...palette.keys()]));
	const header = headerChunk({ width: palette.length, height: 1 }, 8, 3);
	return pngOf(header, chunk('PLTE', Uint8Array.from(palette.flat())), chunk('IDAT', row));
}
