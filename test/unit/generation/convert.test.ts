import assert from 'node:assert/strict';
import path from 'node:path';
import { encode } from 'fast-png';
import { wholeOf } from '../../../src/domain/picture';
import { inFormat } from '../../../src/generation/convert';
import { PainterThread } from '../../../src/generation/painterThread';
import { decode } from '../../../src/image/decode';
import { profileOf } from '../../../src/image/metadata/profile';
import { headerOf, sniff } from '../../../src/image/sniff';
import { noise } from '../builders';
import { codecs } from '../image/nodeCodecs';
import { animationChunk, frameChunk, frameData } from '../image/rawApng';
import { exifOf } from '../image/rawJpeg';
import { chunk, pngChunks, pngOf } from '../image/rawPng';

const png = encode({ ...noise(12, 8, 3), channels: 4 });
const image = { bytes: png, seed: '7', costUsd: 0.02 };

/** The PNG with a chunk behind its header. */
function withChunk(type: string, data: Uint8Array): Uint8Array {
	return Buffer.concat([png.subarray(0, 33), chunk(type, data), png.subarray(33)]);
}

describe('the format of a picture', () => {
	let painter: PainterThread;

	before(() => {
		painter = new PainterThread(path.resolve('dist/generation/painter.js'));
	});
	after(() => painter.dispose());

	it('becomes the one that was asked for, and all else stays', async () => {
		for (const format of ['jpeg', 'webp'] as const) {
			const { bytes, ...facts } = await inFormat(image, format, painter);
			assert.deepEqual(await headerOf(bytes), { format, width: 12, height: 8 });
			assert.deepEqual(facts, { seed: '7', costUsd: 0.02 });
		}
	});

	it('stays what it is where that is right, or not known how to change', async () => {
		assert.equal(await inFormat(image, 'png', painter), image);
		const jpeg = await inFormat(image, 'jpeg', painter);
		assert.equal(await inFormat(jpeg, 'webp', painter), jpeg);
		const text = { bytes: new TextEncoder().encode('no picture') };
		assert.equal(await inFormat(text, 'webp', painter), text);
	});

	it('stays where the picture is signed, or an animation', async () => {
		const signed = { bytes: withChunk('caBX', Buffer.from('signature')) };
		assert.equal(await inFormat(signed, 'webp', painter), signed);
		const size = { width: 12, height: 8 };
		const [header = png, ...pixels] = pngChunks({ ...size, depth: 8, colourType: 0, next: () => 0 });
		const frame = [frameChunk({ x: 0, y: 0, ...size }), ...frameData([new Uint8Array(9)])];
		const moving = { bytes: pngOf(header, animationChunk(2), ...pixels, ...frame) };
		assert.equal(await inFormat(moving, 'webp', painter), moving);
	});

	it('changes nothing that is seen: transparency of one grey, how the picture is turned, its colours', async () => {
		const grey = { width: 8, height: 8, depth: 8, colourType: 0, next: () => 0 };
		for (const [clear, alpha] of [
			[0, 0],
			[9, 255],
		] as const) {
			const { data } = await seen(pngOf(...pngChunks({ ...grey, transparency: Uint8Array.of(0, clear) })));
			assert.ok(data.every((byte, index) => index % 4 < 3 || byte === alpha));
		}
		const turned = await seen(withChunk('eXIf', exifOf(6)));
		assert.deepEqual([turned.width, turned.height], [8, 12]);
		const linear = { bytes: withChunk('gAMA', Uint8Array.of(0, 1, 0x86, 0xa0)) };
		for (const format of ['jpeg', 'webp'] as const)
			assert.ok(profileOf(await wholeOf((await inFormat(linear, format, painter)).bytes), codecs));
		const bright = { bytes: withChunk('cICP', Uint8Array.of(9, 16, 0, 1)) };
		assert.equal(await inFormat(bright, 'jpeg', painter), bright, 'no JPEG has such colours');
	});

	/** What a PNG is as a WebP. */
	async function seen(bytes: Uint8Array) {
		const made = await inFormat({ bytes }, 'webp', painter);
		const file = await wholeOf(made.bytes);
		assert.equal(sniff(file)?.format, 'webp');
		return decode(file, codecs);
	}

	it('is of no matter where the picture is broken: it is paid, and kept as it came', async () => {
		const broken = { bytes: png.subarray(0, 60) };
		assert.ok(sniff(broken.bytes));
		assert.equal(await inFormat(broken, 'webp', painter), broken);
		assert.deepEqual(
			(await headerOf((await inFormat(image, 'webp', painter)).bytes))?.format,
			'webp',
			'the next one goes well',
		);
	});
});
