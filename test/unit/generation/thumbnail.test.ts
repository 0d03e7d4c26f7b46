import assert from 'node:assert/strict';
import path from 'node:path';
import { encode } from 'fast-png';
import { english } from '../../../src/domain/message';
import { PainterThread } from '../../../src/generation/painterThread';
import { thumbnail } from '../../../src/generation/thumbnail';
import { decode } from '../../../src/image/decode';
import { encode as encodeAs } from '../../../src/image/encode';
import { inspect } from '../../../src/image/inspect';
import type { Pixels } from '../../../src/image/pixels';
import { noise } from '../builders';
import { codecs } from '../image/nodeCodecs';
import { animationChunk, frameChunk, frameData } from '../image/rawApng';
import { jpegOf, withExif } from '../image/rawJpeg';
import { chunk, headerChunk, pngChunks, pngOf } from '../image/rawPng';

/** A picture of one colour on the left, of another on the right. */
function halves({ width, height }: { width: number; height: number }, left: number[], right: number[]): Pixels {
	const data = Uint8Array.from({ length: width * height * 4 }, (_, at) => {
		const isLeft = (at / 4) % width < width / 2;
		return (isLeft ? left : right)[at % 4] ?? 0;
	});
	return { width, height, data };
}

const red = [250, 10, 10, 255];
const clear = [0, 0, 0, 0];

async function small(bytes: Uint8Array, longest = 256): Promise<Pixels & { readonly bytes: Uint8Array }> {
	const made = await thumbnail({ bytes, longest }, codecs);
	assert.ok('bytes' in made, 'problem' in made ? english(made.problem) : '');
	const { width, height } = made;
	assert.deepEqual(inspect(made.bytes), { format: 'webp', width, height, depth: 8, frames: 'one', orientation: 1 });
	return { ...(await decode(made.bytes, codecs)), bytes: made.bytes };
}

async function problemOf(bytes: Uint8Array): Promise<string> {
	const made = await thumbnail({ bytes, longest: 256 }, codecs);
	assert.ok('problem' in made);
	return english(made.problem);
}

describe('a small picture', () => {
	it('has a longest side and the same ratio, of every format', async () => {
		const wide = noise(600, 300, 4);
		for (const format of ['png', 'jpeg', 'webp'] as const) {
			const { width, height } = await small(await encodeAs(wide, format, codecs));
			assert.deepEqual([width, height], [256, 128], format);
		}
		const tall = await small(encode({ ...noise(100, 1000, 4), channels: 4 }));
		assert.deepEqual([tall.width, tall.height], [26, 256]);
		const thread = await small(encode({ ...noise(1, 2000, 4), channels: 4 }));
		assert.deepEqual([thread.width, thread.height], [1, 256]);
	});

	it('is never larger than the picture', async () => {
		const { width, height } = await small(encode({ ...noise(40, 30, 4), channels: 4 }), 2048);
		assert.deepEqual([width, height], [40, 30]);
	});

	it('keeps what is transparent', async () => {
		const { data } = await small(encode({ ...halves({ width: 512, height: 64 }, red, clear), channels: 4 }));
		assert.ok((data[3] ?? 0) > 250 && (data[0] ?? 0) > 200, 'red on the left');
		assert.equal(data[255 * 4 + 3], 0, 'clear on the right');
	});

	it('is turned as the picture is displayed', async () => {
		const stored = await encodeAs(halves({ width: 640, height: 320 }, red, [10, 10, 250, 255]), 'jpeg', codecs);
		const { width, height, data } = await small(withExif(stored, 6));
		assert.deepEqual([width, height], [128, 256]);
		assert.ok((data[0] ?? 0) > 200, 'red above');
		assert.ok((data[(255 * 128 + 64) * 4 + 2] ?? 0) > 200, 'blue below');
	});

	it('is the first frame of an animation', async () => {
		const size = { width: 300, height: 200 };
		const [header = new Uint8Array(), ...pixels] = pngChunks({ ...size, depth: 8, colourType: 0, next: () => 0 });
		const own = frameChunk({ x: 0, y: 0, ...size });
		const second = [frameChunk({ x: 0, y: 0, ...size }), ...frameData([new Uint8Array(9)])];
		const made = await small(pngOf(header, animationChunk(2), own, ...pixels, ...second));
		assert.deepEqual([made.width, made.height], [256, 171]);
		assert.ok(made.data.every((byte, at) => at % 4 === 3 || byte < 5));
	});

	it('says why there is none, and that before anything is unpacked', async () => {
		const png = encode({ ...noise(64, 64, 4), channels: 4 });
		assert.equal(await problemOf(png.subarray(0, 2000)), 'The file is damaged, or no picture.');
		assert.equal(await problemOf(new TextEncoder().encode('no picture')), 'The file is damaged, or no picture.');
		assert.equal(await problemOf(new Uint8Array()), 'The file is damaged, or no picture.');
		const bomb = pngOf(headerChunk({ width: 8001, height: 8001 }), chunk('IDAT', new Uint8Array(9)));
		assert.equal(await problemOf(bomb), 'The picture has more than 64 megapixels.');
		const print = jpegOf({ width: 64, height: 64, components: 4 });
		assert.equal(await problemOf(print), 'The picture is made for print (CMYK).');
	});

	it('is made by the painter, of bytes that both threads see', async () => {
		const painter = new PainterThread(path.resolve('dist/generation/painter.js'));
		try {
			const png = encode({ ...noise(600, 300, 4), channels: 4 });
			const bytes = new Uint8Array(new SharedArrayBuffer(png.length));
			bytes.set(png);
			const { signal } = new AbortController();
			const ask = async (bytes: Uint8Array) =>
				painter.ask({ craft: 'thumbnail', order: { bytes, longest: 256 } }, signal);
			const made = await ask(bytes);
			assert.ok('bytes' in made);
			assert.deepEqual(Buffer.compare(made.bytes, (await small(png)).bytes), 0);
			assert.ok('problem' in (await ask(bytes.slice(0, 50))));
		} finally {
			painter.dispose();
		}
	});
});
