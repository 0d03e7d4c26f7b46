import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { encode } from '../../../src/image/encode';
import { inspect } from '../../../src/image/inspect';
import { noise } from '../builders';
import { sizes } from './arbitrary';
import { codecs } from './nodeCodecs';
import { exifOf, jpegOf, segment, withExif } from './rawJpeg';
import { chunk, headerChunk, kinds, pngOf } from './rawPng';
import { animationOf, chunksOf, riff, vp8x, webpOf } from './rawWebp';

const still = { depth: 8, frames: 'one', orientation: 1 } as const;
const size = { width: 30, height: 20 };
const onItsSide = { width: 20, height: 30 };
/** Pixels that nobody looks at. */
const pixels = chunk('IDAT', new Uint8Array(5));

describe('inspecting a file', () => {
	it('tells format and size of what was encoded', async () => {
		await fc.assert(
			fc.asyncProperty(sizes, fc.constantFrom('png', 'jpeg', 'webp'), fc.boolean(), async (size, format, lossless) => {
				const file = await encode(noise(size.width, size.height, 1), format, codecs, { lossless });
				assert.deepEqual(inspect(file), { format, ...size, ...still });
			}),
			{ numRuns: 60 },
		);
	});

	it('tells where 16 bits become 8', () => {
		for (const [colourType, depth] of kinds) {
			const found = inspect(pngOf(headerChunk(size, depth, colourType), pixels));
			assert.deepEqual(found, { format: 'png', ...size, ...still, depth: depth === 16 ? 16 : 8 });
		}
	});

	it('gives the size of the picture as it is displayed', () => {
		for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
			const displayed = orientation < 5 ? size : onItsSide;
			const jpeg = inspect(withExif(jpegOf(size), orientation));
			assert.deepEqual(jpeg, { format: 'jpeg', ...displayed, ...still, orientation });
			const png = inspect(pngOf(headerChunk(size), chunk('eXIf', exifOf(orientation)), pixels));
			assert.deepEqual(png, { format: 'png', ...displayed, ...still, orientation });
		}
	});

	it('heeds an orientation only where browsers do', () => {
		const exif = chunk('eXIf', exifOf(6));
		const unsound = exif.map((byte, index) => (index === exif.length - 1 ? byte ^ 1 : byte));
		for (const file of [pngOf(headerChunk(size), pixels, exif), pngOf(headerChunk(size), unsound, pixels)]) {
			assert.deepEqual(inspect(file), { format: 'png', ...size, ...still });
		}
		for (const orientation of [0, 9, 600]) {
			assert.deepEqual(inspect(withExif(jpegOf(size), orientation)), { format: 'jpeg', ...size, ...still });
		}
		const next = pngOf(headerChunk(size), unsound, exif, pixels);
		assert.equal(inspect(next)?.orientation, 6, 'the first sound one counts');
		const first = pngOf(headerChunk(size), chunk('eXIf', exifOf(1)), exif, pixels);
		assert.equal(inspect(first)?.orientation, 1);
		const prefixed = chunk('eXIf', Buffer.concat([Buffer.from('Exif\0\0'), exifOf(6)]));
		assert.equal(inspect(pngOf(headerChunk(size), prefixed, pixels))?.orientation, 1);
		const padded = withExif(jpegOf(size), 6).with(11, 0x41);
		assert.equal(inspect(padded)?.orientation, 6, 'whatever stands behind the word');
		const twice = withExif(withExif(jpegOf(size), 3), 6);
		assert.equal(inspect(twice)?.orientation, 6, 'the first one counts');
		const webp = webpOf(vp8x(size, 0x08), riff('VP8 ', new Uint8Array(30)), riff('EXIF', exifOf(6)));
		assert.deepEqual(inspect(webp), { format: 'webp', ...size, ...still });
	});

	it('tells the inks of a printer', () => {
		const print = jpegOf({ ...size, components: 4 });
		assert.deepEqual(inspect(print), { format: 'jpeg', ...size, ...still, colours: 'cmyk' });
		for (const components of [1, 3]) assert.equal(inspect(jpegOf({ ...size, components }))?.colours, undefined);
	});

	it('tells an animation from a still picture', async () => {
		const frame = [await encode(noise(30, 20, 1), 'webp', codecs), { ...size, x: 0, y: 0 }] as const;
		assert.equal(inspect(animationOf(size, frame))?.frames, 'one');
		assert.deepEqual(inspect(animationOf(size, frame, frame)), { format: 'webp', ...size, ...still, frames: 'many' });
		for (const [count, frames] of [
			[1, 'one'],
			[2, 'many'],
		] as const) {
			const control = chunk('acTL', Uint8Array.of(0, 0, 0, count, 0, 0, 0, 0));
			assert.deepEqual(inspect(pngOf(headerChunk(size), control, pixels)), {
				format: 'png',
				...size,
				...still,
				frames,
			});
			assert.equal(inspect(pngOf(headerChunk(size), pixels, control))?.frames, 'one');
		}
	});

	it('tells sizes that are too large to decode', () => {
		const large = { width: 65_535, height: 65_535 };
		assert.deepEqual(inspect(jpegOf({ ...large, coded: 1 })), { format: 'jpeg', ...large, ...still });
		const largest = { width: 2 ** 31 - 1, height: 2 ** 31 - 1 };
		assert.deepEqual(inspect(pngOf(headerChunk(largest), pixels)), { format: 'png', ...largest, ...still });
	});

	it('knows no other formats, and no file without a size', async () => {
		const webp = await encode(noise(30, 20, 1), 'webp', codecs);
		for (const file of [
			new Uint8Array(),
			Buffer.from('GIF89a'),
			Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
			pngOf(),
			pngOf(headerChunk(size)).subarray(0, -1),
			jpegOf({ width: 0, height: 9 }),
			jpegOf({ width: 9, height: 0 }),
			Buffer.concat([Uint8Array.of(0xff, 0xd8), segment(0xc0, [8, 0]), segment(0xda, [0])]),
			Buffer.concat([Uint8Array.of(0xff, 0xd8), segment(0xda, [0])]),
			webp.subarray(0, 12),
			webpOf(riff('VP8X', new Uint8Array(9)), chunksOf(webp)),
			webpOf(vp8x(size, 0x02)),
		]) {
			assert.equal(inspect(file), undefined);
		}
	});

	it('never throws, whatever the bytes', async () => {
		const starts = [jpegOf(size), pngOf(headerChunk(size), pixels), await encode(noise(30, 20, 1), 'webp', codecs)];
		fc.assert(
			fc.property(fc.constantFrom(...starts), fc.nat(120), fc.uint8Array({ maxLength: 60 }), (start, kept, tail) => {
				const found = inspect(Buffer.concat([start.subarray(0, kept), tail]));
				if (found) assert.ok(found.width >= 1 && found.height >= 1);
			}),
			{ numRuns: 3000 },
		);
	});
});
