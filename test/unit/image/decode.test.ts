import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { RequestableFormat } from '../../../src/domain/imageFormat';
import type { Codecs } from '../../../src/image/codecs';
import { decode, UndecodableError } from '../../../src/image/decode';
import { encode } from '../../../src/image/encode';
import { inspect, mostPixels } from '../../../src/image/inspect';
import { upright } from '../../../src/image/orientation';
import type { Pixels } from '../../../src/image/pixels';
import { noise } from '../builders';
import { greatestDifference, smooth } from './arbitrary';
import { codecs } from './nodeCodecs';
import { exifOf, jpegOf, withExif } from './rawJpeg';
import { chunk, headerChunk, pngOf } from './rawPng';
import { animationOf, chunksOf, riff, vp8x, webpOf } from './rawWebp';

const formats: readonly RequestableFormat[] = ['png', 'jpeg', 'webp'];
const size = { width: 32, height: 24 };
const picture = smooth(size);

const files = async (): Promise<Readonly<Record<RequestableFormat | 'clear', Uint8Array>>> => ({
	png: await encode(picture, 'png', codecs),
	jpeg: await encode(picture, 'jpeg', codecs),
	webp: await encode(picture, 'webp', codecs),
	clear: await encode(noise(32, 24, 3), 'webp', codecs),
});

async function undecodable(file: Uint8Array, reason: UndecodableError['reason'], ports: Codecs = codecs) {
	await assert.rejects(decode(file, ports), (error) => error instanceof UndecodableError && error.reason === reason);
}

/** Nothing may be loaded or unpacked to judge a header. */
const noCodecs: Codecs = {
	load: async (name) => assert.fail(`${name} is not needed`),
	deflate: () => assert.fail('nothing is packed'),
	inflate: () => assert.fail('nothing is unpacked'),
};

describe('decoding', () => {
	it('gives back the picture of each format', async () => {
		const made = await files();
		for (const format of formats) {
			const pixels = await decode(made[format], codecs);
			assert.deepEqual([pixels.width, pixels.height], [size.width, size.height]);
			const most = format === 'png' ? 0 : 24;
			assert.ok(greatestDifference(pixels, picture) <= most, `${format}: ${greatestDifference(pixels, picture)}`);
		}
	});

	it('reads a JPEG without colours', async () => {
		const pixels = await decode(jpegOf({ width: 16, height: 9 }), codecs);
		assert.deepEqual(pixels, grey(16, 9, 128));
	});

	it('turns a picture as browsers do: JPEG and PNG by their EXIF, WebP not at all', async () => {
		const made = await files();
		for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
			const jpeg = await decode(withExif(made.jpeg, orientation), codecs);
			assert.deepEqual(jpeg, upright(await decode(made.jpeg, codecs), orientation));
			const exif = chunk('eXIf', exifOf(orientation));
			assert.deepEqual(await decode(behindHeader(made.png, exif), codecs), upright(picture, orientation));
			const webp = webpOf(vp8x(size, 0x08), chunksOf(made.webp), riff('EXIF', exifOf(orientation)));
			assert.deepEqual(await decode(webp, codecs), await decode(made.webp, codecs));
		}
	});

	it('keeps what is under full transparency in PNG and lossless WebP', async () => {
		const clear = noise(20, 10, 5, 0);
		assert.deepEqual(await decode(await encode(clear, 'png', codecs), codecs), clear);
		assert.deepEqual(await decode(await encode(clear, 'webp', codecs, { lossless: true }), codecs), clear);
	});

	it('reads a part of a larger buffer as if it stood alone', async () => {
		for (const file of Object.values(await files())) {
			const larger = new Uint8Array(file.length + 20).fill(0xff);
			larger.set(file, 7);
			assert.deepEqual(await decode(larger.subarray(7, 7 + file.length), codecs), await decode(file, codecs));
		}
	});
});

const encoded = async (pixels: Pixels, lossless = true) => encode(pixels, 'webp', codecs, { lossless });

describe('decoding an animation', () => {
	const still = noise(6, 4, 1, 255);
	const blank = { width: 10, height: 8, data: new Uint8Array(10 * 8 * 4) };

	it('gives its first picture, in its place on a transparent canvas', async () => {
		const [first, second] = [await encoded(still), await encoded(noise(10, 8, 2))];
		const file = animationOf(blank, [first, { ...still, x: 2, y: 4 }], [second, { ...blank, x: 0, y: 0 }]);
		const wanted = blank.data.slice();
		for (let y = 0; y < 4; y++) wanted.set(still.data.subarray(y * 24, y * 24 + 24), ((y + 4) * 10 + 2) * 4);
		assert.deepEqual(await decode(file, codecs), { ...blank, data: wanted });
	});

	it('reads a frame that is lossy and has transparency', async () => {
		const clear = noise(10, 8, 3);
		const file = await encoded(clear, false);
		// Behind the header of the extended form are its transparency and its colours.
		const parts = Buffer.concat([new Uint8Array(12), file.subarray(30)]);
		assert.equal(Buffer.from(file.subarray(30, 34)).toString(), 'ALPH');
		const moving = animationOf(blank, [parts, { ...blank, x: 0, y: 0 }]);
		assert.deepEqual(await decode(moving, codecs), await decode(file, codecs));
	});

	it('refuses a frame that is not on the canvas, of another size than it says, or missing', async () => {
		const first = await encoded(still);
		await undecodable(animationOf(blank, [first, { ...still, x: 6, y: 0 }]), 'broken');
		await undecodable(animationOf(blank, [first, { x: 0, y: 0, width: 6, height: 5 }]), 'broken');
		await undecodable(animationOf(blank), 'broken');
		await undecodable(animationOf(blank, [new Uint8Array(12), { ...still, x: 0, y: 0 }]), 'broken');
	});
});

describe('a picture that is too large', () => {
	it('is judged by its header', async () => {
		const large = { width: 8000, height: 8001 };
		assert.ok(large.width * large.height > mostPixels && 8000 * 8000 <= mostPixels);
		for (const { width, height } of [large, { width: 60_000, height: 60_000 }]) {
			const png = pngOf(headerChunk({ width, height }), chunk('IDAT', new Uint8Array(9)));
			await undecodable(png, 'too-large', noCodecs);
			await undecodable(jpegOf({ width, height, coded: 9 }), 'too-large', noCodecs);
			await undecodable(webpOf(vp8x({ width, height }, 0), riff('VP8 ', new Uint8Array(9))), 'too-large', noCodecs);
		}
	});
});

describe('a JPEG for print', () => {
	it('is not decoded, which is not its own fault', async () => {
		await undecodable(jpegOf({ width: 16, height: 16, components: 4 }), 'cmyk', noCodecs);
		await undecodable(withExif(jpegOf({ width: 16, height: 16, components: 4 }), 6), 'cmyk', noCodecs);
		await undecodable(jpegOf({ width: 60_000, height: 60_000, components: 4, coded: 9 }), 'too-large', noCodecs);
	});
});

describe('a file that is broken', () => {
	it('is one of another kind', async () => {
		for (const text of ['', 'GIF89a', '<svg/>', 'RIFF....WAVE', '\x89PNG\r\n\x1a\n', 'hello']) {
			await undecodable(Buffer.from(text, 'latin1'), 'broken', noCodecs);
		}
	});

	it('is one that is cut off', async () => {
		for (const file of Object.values(await files())) {
			for (let share = 0; share < 1; share += 0.07) await undecodable(file.subarray(0, file.length * share), 'broken');
			await undecodable(file.subarray(0, -1), 'broken');
		}
	});

	it('is a JPEG that browsers do not know', async () => {
		await undecodable(jpegOf({ width: 16, height: 16, components: 2 }), 'broken');
		await undecodable(jpegOf({ width: 16, height: 16, coding: 9 }), 'broken');
		await undecodable(jpegOf({ width: 16, height: 16, coding: 3 }), 'broken');
	});

	it('is a JPEG whose pixels cannot be in so few bytes', async () => {
		await undecodable(jpegOf({ width: 7000, height: 7000, coded: 1000 }), 'broken', noCodecs);
	});

	it('is a JPEG of so many scans that it would take minutes', async () => {
		const few = await decode(jpegOf({ width: 16, height: 16, refinements: 20 }), codecs);
		assert.deepEqual(few, grey(16, 16, 128));
		await undecodable(jpegOf({ width: 16, height: 16, refinements: 5000 }), 'broken', noCodecs);
		await undecodable(jpegOf({ width: 7000, height: 7000, refinements: 60 }), 'broken', noCodecs);
	});

	it('is a WebP whose sizes contradict each other', async () => {
		const { webp } = await files();
		await undecodable(webpOf(vp8x({ width: 31, height: 24 }, 0), chunksOf(webp)), 'broken');
		await undecodable(webpOf(vp8x({ width: 5000, height: 5000 }, 0), chunksOf(webp)), 'broken');
		await undecodable(webpOf(vp8x(size, 0).subarray(0, 12), chunksOf(webp)), 'broken');
	});

	it('is forgotten with the next one', async () => {
		const { jpeg, webp } = await files();
		const before = [await decode(jpeg, codecs), await decode(webp, codecs)];
		await undecodable(jpegOf({ width: 16, height: 16, coding: 9 }), 'broken');
		await undecodable(webpOf(vp8x({ width: 31, height: 24 }, 0), chunksOf(webp)), 'broken');
		assert.deepEqual([await decode(jpeg, codecs), await decode(webp, codecs)], before);
	});

	it('is no codec that cannot be loaded', async () => {
		const lost = { ...codecs, load: async () => Promise.reject(new Error('no such file')) };
		// Of a size after which a new instance is started.
		const large = jpegOf({ width: 4000, height: 2000 });
		await decode(large, codecs);
		await assert.rejects(decode(large, lost), /no such file/);
		assert.equal((await decode(large, codecs)).width, 4000);
	});
});

describe('any bytes', () => {
	/** A file with some bytes changed, one part left out, and another one repeated. */
	const spoiled = fc.record({
		which: fc.constantFrom('png', 'jpeg', 'webp', 'clear'),
		changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 8 }),
		cut: fc.double({ min: 0, max: 1, noNaN: true }),
		lost: fc.constantFrom(0, 0, 1, 7, 100),
	});

	it('are either a picture of the size that was said, or refused', async () => {
		const made = await files();
		await fc.assert(
			fc.asyncProperty(spoiled, async ({ which, changes, cut, lost }) => {
				const file = Uint8Array.from(made[which]);
				for (const [at, value] of changes) file[Math.floor(at * (file.length - 1))] = value;
				const start = Math.floor(cut * file.length);
				const bytes = Buffer.concat([file.subarray(0, start), file.subarray(start + lost)]);
				await decodedOrRefused(bytes);
			}),
			{ numRuns: 1500 },
		);
	});

	it('may be changed in bits all over a header', async () => {
		const made = await files();
		for (const file of Object.values(made)) {
			for (let bit = 0; bit < 48 * 8; bit += 5) {
				await decodedOrRefused(file.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
			}
		}
	});
});

async function decodedOrRefused(bytes: Uint8Array): Promise<void> {
	const said = inspect(bytes);
	try {
		const { width, height, data } = await decode(bytes, codecs);
		assert.deepEqual([width, height, data.length], [said?.width, said?.height, width * height * 4]);
	} catch (error) {
		assert.ok(error instanceof UndecodableError, String(error));
	}
}

function grey(width: number, height: number, value: number): Pixels {
	const data = Uint8Array.from({ length: width * height * 4 }, (_, index) => ((index & 3) === 3 ? 255 : value));
	return { width, height, data };
}

function behindHeader(png: Uint8Array, added: Uint8Array): Uint8Array {
	return Buffer.concat([png.subarray(0, 33), added, png.subarray(33)]);
}
