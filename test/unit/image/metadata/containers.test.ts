import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { sniff } from '../../../../src/image/sniff';
import { joined, latin1, latin1Text, startsWith } from '../../../../src/image/metadata/bytes';
import { readContainer } from '../../../../src/image/metadata/container';
import { crc32 } from '../../../../src/image/metadata/crc32';
import { behindStart, jpegSegment, readJpeg } from '../../../../src/image/metadata/jpegSegments';
import { behindHeader, pngChunk, readPng, writePng } from '../../../../src/image/metadata/pngChunks';
import { extended, readWebp, webpChunk, writeWebp } from '../../../../src/image/metadata/webpChunks';
import { writeJpeg } from '../../../../src/image/metadata/writeJpeg';
import { formats, painted, pixelsOf } from './pictures';

const extra = Uint8Array.of(1, 2, 3);

describe('bytes and texts', () => {
	it('go into each other and back', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
				assert.deepEqual(latin1(latin1Text(bytes)), bytes);
			}),
		);
		assert.equal(latin1Text(Uint8Array.of(0x80, 0x9f, 0xff)), '\x80\x9f\xff');
	});

	it('are compared where they stand, and not behind the end', () => {
		assert.ok(startsWith(latin1('xabc'), 'abc', 1));
		assert.ok(!startsWith(latin1('xab'), 'abc', 1));
	});

	it('have the sum of the standard', () => assert.equal(crc32(latin1('123456789')), 0xcbf43926));
});

describe('a file taken apart', () => {
	const files = painted();

	it('is the same when it is put together again', () => {
		for (const file of Object.values(files())) {
			const whole = joined([file, extra]);
			const found = readContainer(whole);
			assert.ok(found);
			if (found.format === 'png') assert.deepEqual(writePng(found.chunks, found.tail), whole);
			else if (found.format === 'jpeg') assert.deepEqual(writeJpeg(found, found.segments), whole);
			else assert.deepEqual(writeWebp(found.chunks, found.tail), whole);
		}
	});

	it('knows its format by its own first bytes', () => {
		for (const format of formats) assert.equal(readContainer(files()[format])?.format, format);
		assert.equal(readContainer(latin1('GIF89a\x01\0\x01\0\0\0\0')), undefined);
	});

	it('is read as a part of a larger buffer too', () => {
		const { png } = files();
		const found = readPng(joined([extra, png, extra]).subarray(3, 3 + png.length));
		assert.deepEqual(found?.tail.length, 0);
		assert.deepEqual(writePng(found?.chunks ?? []), png);
	});

	it('is none where it is cut off in its head', () => {
		for (const format of formats) {
			const { length } = files()[format];
			const end = format === 'jpeg' ? length - (readJpeg(files().jpeg)?.scans.length ?? 0) : length;
			for (let at = 0; at < end; at++) assert.equal(readContainer(files()[format].subarray(0, at)), undefined, `${at}`);
		}
	});

	it('has at most so many parts', () => {
		const { chunks = [] } = readPng(files().png) ?? {};
		const text = pngChunk('tEXt', latin1('a\0b'));
		const many = writePng(
			behindHeader(
				chunks,
				Array.from({ length: 2 ** 17 }, () => text),
			),
		);
		assert.equal(readPng(many), undefined);
	});
});

describe('a PNG', () => {
	const files = painted();

	it('takes new chunks with right sums behind its header', async () => {
		const { chunks = [] } = readPng(files().png) ?? {};
		const file = writePng(behindHeader(chunks, [pngChunk('tEXt', latin1('Title\0fox'))]));
		assert.deepEqual(await pixelsOf(file), await pixelsOf(files().png));
		assert.deepEqual(
			readPng(file)?.chunks.map(({ type }) => type),
			['IHDR', 'tEXt', ...chunks.slice(1).map(({ type }) => type)],
		);
	});

	it('begins with its header and has letters for types', () => {
		const { chunks = [] } = readPng(files().png) ?? {};
		assert.equal(readPng(writePng(chunks.slice(1))), undefined);
		assert.equal(readPng(writePng(chunks.slice(0, -1))), undefined);
		assert.equal(readPng(writePng(behindHeader(chunks, [pngChunk('a1b2', extra)]))), undefined);
	});
});

describe('a JPEG', () => {
	const files = painted();

	it('keeps bytes that fill up before a marker', () => {
		const { jpeg } = files();
		const filled = joined([jpeg.subarray(0, 2), Uint8Array.of(0xff, 0xff), jpeg.subarray(2)]);
		const found = readJpeg(filled);
		assert.deepEqual(found && writeJpeg(found, found.segments), filled);
		assert.equal(found?.segments[0]?.raw.length, (readJpeg(jpeg)?.segments[0]?.raw.length ?? 0) + 2);
	});

	it('takes new segments behind JFIF and the EXIF that follows it, else in front of all', () => {
		const jfif = jpegSegment(0xe0, latin1('JFIF\0'));
		const exif = jpegSegment(0xe1, latin1('Exif\0\0MM'));
		const adobe = jpegSegment(0xee, latin1('Adobe'));
		const fresh = jpegSegment(0xe1, extra);
		assert.deepEqual(behindStart([jfif, exif, adobe], [fresh]), [jfif, exif, fresh, adobe]);
		assert.deepEqual(behindStart([jfif, adobe, exif], [fresh]), [jfif, fresh, adobe, exif]);
		assert.deepEqual(behindStart([adobe], [fresh]), [fresh, adobe]);
		assert.deepEqual(behindStart([jfif], [fresh]), [jfif, fresh]);
		assert.deepEqual(behindStart([], [fresh]), [fresh]);
	});

	it('is none without a scan', () => {
		assert.equal(readJpeg(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)), undefined);
		assert.equal(readJpeg(Uint8Array.of(0xff, 0xd8, 0xff, 0x00)), undefined);
		assert.equal(readJpeg(Uint8Array.of(0xff, 0xd8, 0x12, 0x34)), undefined);
		assert.equal(readJpeg(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 1)), undefined);
	});
});

describe('a WebP', () => {
	const files = painted();

	it('gets a header that says size, transparency and what is in it', () => {
		const meta = [webpChunk('ICCP', extra), webpChunk('EXIF', extra), webpChunk('XMP ', extra)];
		for (const [file, flags] of [
			[files().webp, 0x2c],
			[files().lossless, 0x3c],
			[files().transparent, 0x3c],
		] as const) {
			const all = extended([...(readWebp(file)?.chunks ?? []), ...meta]) ?? [];
			assert.equal(all[0]?.type, 'VP8X');
			assert.equal(all[0].data[0], flags);
			assert.equal(all.filter(({ type }) => type === 'VP8X').length, 1);
			assert.deepEqual(sniff(writeWebp(all)), { format: 'webp', width: 24, height: 16 });
		}
	});

	it('gets no header where nobody knows its size', () => {
		assert.equal(extended([webpChunk('XMP ', extra)]), undefined);
		assert.equal(extended([webpChunk('VP8 ', extra)]), undefined);
		assert.equal(extended([webpChunk('VP8X', extra)]), undefined);
		assert.equal(extended([webpChunk('VP8 ', new Uint8Array(10))]), undefined);
	});

	it('is made even at the end where it was not', () => {
		const file = writeWebp([...(readWebp(files().webp)?.chunks ?? []), webpChunk('abcd', extra)]);
		const odd = file.slice(0, -1);
		new DataView(odd.buffer).setUint32(4, odd.length - 8, true);
		assert.deepEqual(writeWebp(readWebp(odd)?.chunks ?? []), file);
	});
});
