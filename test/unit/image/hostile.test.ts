import assert from 'node:assert/strict';
import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import type { Codecs } from '../../../src/image/codecs';
import { decode, UndecodableError } from '../../../src/image/decode';
import { encode } from '../../../src/image/encode';
import { noise } from '../builders';
import { codecs } from './nodeCodecs';
import { jpegOf } from './rawJpeg';
import { chunk, headerChunk, pngOf } from './rawPng';
import { animationOf, chunksOf, riff, vp8x, webpOf } from './rawWebp';

const megabyte = 2 ** 20;

/** The most memory that this process ever had, in bytes. A bomb would raise it, whatever other tests have used. */
const peak = (): number => process.resourceUsage().maxRSS * 1024;

/** What becomes of a file, in little memory and in little time. */
async function outcome(file: Uint8Array, ports: Codecs = codecs): Promise<string> {
	const [memory, started] = [peak(), performance.now()];
	const result = await decode(file, ports).then(
		({ width, height }) => `${width}x${height}`,
		(error: unknown) => (error instanceof UndecodableError ? error.reason : String(error)),
	);
	const grown = (peak() - memory) / megabyte;
	assert.ok(grown < 200, `${grown} MB`);
	assert.ok(performance.now() - started < 5000, 'takes too long');
	return result;
}

/** 1 MB that unfolds to 1 GB. */
function bomb(): Uint8Array {
	const part = deflateRawSync(Buffer.alloc(megabyte), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
	const file = Buffer.concat([Uint8Array.of(0x78, 0xda), ...Array.from({ length: 1024 }, () => part)]);
	assert.ok(file.length < 2 * megabyte);
	return file;
}

describe('a file made to do harm', () => {
	const one = { width: 1, height: 1 };
	const pixel = chunk('IDAT', deflateSync(Uint8Array.of(0, 7)));

	it('unfolds to no more than its picture needs', async () => {
		for (const interlaced of [false, true]) {
			const header = headerChunk({ width: 100, height: 100 }, 8, 6, interlaced);
			assert.equal(await outcome(pngOf(header, chunk('IDAT', bomb()))), 'broken');
		}
		assert.equal(
			await outcome(pngOf(headerChunk({ width: 60_000, height: 60_000 }), chunk('IDAT', bomb()))),
			'too-large',
		);
	});

	it('has texts and profiles that are not unfolded', async () => {
		const named = Buffer.concat([Buffer.from('name\0\0'), bomb()]);
		const international = Buffer.concat([Buffer.from('name\0\x01\0\0\0'), bomb()]);
		const others = [chunk('iCCP', named), chunk('zTXt', named), chunk('iTXt', international)];
		assert.equal(await outcome(pngOf(headerChunk(one, 8, 0), ...others, pixel)), '1x1');
	});

	it('takes no room for pixels that do not come', async () => {
		const header = headerChunk({ width: 8000, height: 8000 }, 16, 6);
		assert.equal(await outcome(pngOf(header, chunk('IDAT', deflateSync(new Uint8Array(1000))))), 'broken');
		assert.equal(await outcome(jpegOf({ width: 8000, height: 8000, coded: 1000 })), 'broken');
	});

	it('has more parts than any picture', async () => {
		const empty = chunk('IDAT', new Uint8Array());
		const many = (count: number) => Buffer.concat(Array.from({ length: count }, () => empty));
		assert.equal(await outcome(pngOf(headerChunk(one, 8, 0), many(200_000), pixel)), 'broken');
		assert.equal(await outcome(pngOf(headerChunk(one, 8, 0), many(50_000), pixel)), '1x1');
		const junk = Buffer.concat(Array.from({ length: 200_000 }, () => riff('JUNK', new Uint8Array())));
		assert.equal(await outcome(webpOf(vp8x(one, 0), junk)), 'broken');
	});

	it('goes over its picture thousands of times', async () => {
		assert.equal(await outcome(jpegOf({ width: 640, height: 480, refinements: 3000 })), 'broken');
		assert.equal(await outcome(jpegOf({ width: 640, height: 480, refinements: 99 })), '640x480');
	});

	it('says one size and has another', async () => {
		const blank = { width: 3000, height: 3000, data: new Uint8Array(3000 * 3000 * 4) };
		const large = await encode(blank, 'webp', codecs, { lossless: true });
		assert.ok(large.length < 2000);
		assert.equal(await outcome(webpOf(vp8x(one, 0x10), chunksOf(large))), 'broken');
		assert.equal(await outcome(animationOf(one, [large, { x: 0, y: 0, ...one }])), 'broken');
	});

	it('is a picture of another size in its JPEG frame', async () => {
		const file = await encode(noise(64, 64, 1, 255), 'jpeg', codecs);
		const frame = file.findIndex((byte, at) => byte === 0xff && (file[at + 1] === 0xc2 || file[at + 1] === 0xc0));
		const lying = Buffer.from(file);
		lying.writeUInt16BE(60_000, frame + 5);
		assert.equal(await outcome(lying), 'broken');
	});
});
