import assert from 'node:assert/strict';
import { inspect } from '../../../../src/image/inspect';
import { joined, latin1, latin1Text } from '../../../../src/image/metadata/bytes';
import { readContainer } from '../../../../src/image/metadata/container';
import { embed } from '../../../../src/image/metadata/embed';
import { readJpeg } from '../../../../src/image/metadata/jpegSegments';
import { pngChunk, readPng, writePng } from '../../../../src/image/metadata/pngChunks';
import { profileOf } from '../../../../src/image/metadata/profile';
import { stripped } from '../../../../src/image/metadata/stripped';
import { readWebp, webpChunk, writeWebp } from '../../../../src/image/metadata/webpChunks';
import {
	number,
	painted,
	pixelsOf,
	ports,
	profile,
	readByOthers,
	recordOf,
	tiffBlock,
	tiffEntry,
	withPngChunks,
	withSegments,
	withWebpChunks,
} from './pictures';

const secret = latin1('SECRET SECRET');

/** EXIF with a secret, of a picture that is turned so. */
function exifOf(orientation: number): Uint8Array {
	const entries = [
		tiffEntry(0x010e, 2, secret.length, number(38, 4, true), true),
		tiffEntry(0x0112, 3, 1, number(orientation, 2, true), true),
	];
	return tiffBlock(entries, secret, true);
}

function bare(file: Uint8Array): Uint8Array {
	const bytes = stripped(file);
	assert.ok(bytes);
	assert.ok(!latin1Text(bytes).includes('SECRET'));
	assert.deepEqual(stripped(bytes), bytes, 'nothing more can go');
	const still = stripped(file, { orientation: 'dropped' }) ?? new Uint8Array();
	assert.equal(readByOthers(still).orientation, undefined);
	assert.doesNotMatch(latin1Text(still), /SECRET|Exif|eXIf|EXIF/);
	return bytes;
}

/** A WebP with one frame, of these chunks. */
function animation(...raw: readonly Uint8Array[]): Uint8Array {
	const header = webpChunk('VP8X', Uint8Array.of(2, 0, 0, 0, 23, 0, 0, 15, 0, 0));
	const frame = webpChunk('ANMF', joined([new Uint8Array(16), ...raw]));
	return writeWebp([header, webpChunk('ANIM', new Uint8Array(6)), frame]);
}

/** As another program reads it. */
function orientation(file: Uint8Array): unknown {
	return readByOthers(file).orientation;
}

describe('a picture without a word about it', () => {
	const files = painted();

	it('is the same file where there was none', () => {
		for (const [name, file] of Object.entries(files())) assert.deepEqual(bare(file), file, name);
	});

	it('is what it was before a record was embedded', async () => {
		for (const [name, file] of Object.entries(files())) {
			const bytes = bare(embed(file, recordOf({ prompt: 'SECRET' })) ?? new Uint8Array());
			assert.deepEqual(await pixelsOf(bytes), await pixelsOf(file));
			if (name === 'png' || name === 'jpeg') assert.deepEqual(bytes, file);
			assert.doesNotMatch(latin1Text(bytes), /Limn|xmp/i);
		}
	});

	it('keeps of a PNG what shows it', async () => {
		const needed = [
			pngChunk('cICP', Uint8Array.of(1, 13, 0, 1)),
			pngChunk('gAMA', number(45455, 4)),
			pngChunk('cHRM', new Uint8Array(32)),
			pngChunk('pHYs', new Uint8Array(9)),
			pngChunk('sBIT', Uint8Array.of(8, 8, 8, 8)),
			pngChunk('bKGD', new Uint8Array(6)),
		];
		const others = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'caBX', 'sPLT', 'prVt', 'vpAg'].map((type) =>
			pngChunk(type, secret),
		);
		const file = withPngChunks(files().png, ...others, ...needed, pngChunk('eXIf', exifOf(1)));
		const bytes = bare(joined([file, secret]));
		assert.deepEqual(bytes, withPngChunks(files().png, ...needed));
		assert.deepEqual(await pixelsOf(bytes), await pixelsOf(files().png));
	});

	it('keeps the frames of an animated PNG', () => {
		const frames = ['acTL', 'fcTL', 'fdAT', 'tRNS', 'iCCP', 'sRGB'].map((type) => pngChunk(type, new Uint8Array(4)));
		const file = withPngChunks(files().png, ...frames);
		assert.deepEqual(bare(file), file);
		assert.equal(readPng(file)?.chunks.length, 6 + (readPng(files().png)?.chunks.length ?? 0));
	});

	it('keeps of a JPEG what shows it', async () => {
		const icc = [0xe2, joined([latin1('ICC_PROFILE\0\x01\x01'), profile(300)])] as const;
		const adobe = latin1('Adobe\0\x64\0\0\0\0\x01');
		const file = withSegments(
			files().jpeg,
			[0xe1, joined([latin1('Exif\0\0'), exifOf(1)])],
			[0xe1, joined([latin1('http://ns.adobe.com/xap/1.0/\0'), secret])],
			icc,
			[0xe2, joined([latin1('MPF\0'), secret])],
			[0xe0, joined([latin1('JFXX\0\x10'), secret])],
			[0xeb, joined([latin1('JP\0\x01'), secret])],
			[0xed, joined([latin1('Photoshop 3.0\0'), secret])],
			[0xee, joined([adobe, secret])],
			[0xfe, secret],
			[0xe5, secret],
		);
		const bytes = bare(joined([file, secret, files().jpeg]));
		assert.deepEqual(bytes, withSegments(files().jpeg, icc, [0xee, adobe]));
		assert.ok(profileOf(bytes, ports));
		assert.deepEqual(
			await pixelsOf(withSegments(bytes)),
			await pixelsOf(withSegments(files().jpeg, icc, [0xee, adobe])),
		);
	});

	it('has no preview in JFIF', () => {
		const jfif = joined([latin1('JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02'), secret.subarray(0, 12)]);
		const { scans, segments } = readJpeg(files().jpeg) ?? { scans: new Uint8Array(), segments: [] };
		const rest = segments.slice(1).map(({ raw }) => raw);
		const head = joined([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), number(jfif.length + 2, 2), jfif]);
		assert.deepEqual(
			readJpeg(bare(joined([head, ...rest, scans])))?.segments[0]?.data,
			latin1('JFIF\0\x01\x01\0\0\x01\0\x01\0\0'),
		);
	});

	it('has no word between the scans of a JPEG', async () => {
		const { jpeg } = files();
		const scans = readJpeg(jpeg)?.scans ?? new Uint8Array();
		const note = joined([Uint8Array.of(0xff, 0xfe), number(secret.length + 2, 2), secret]);
		// Where the second scan, or what tables it needs, begins.
		const between = Buffer.from(scans).indexOf(Uint8Array.of(0xff, 0xc4));
		assert.ok(between > 0, 'it is a progressive one');
		const at = jpeg.length - scans.length + between;
		const file = joined([jpeg.subarray(0, at), note, jpeg.subarray(at)]);
		assert.deepEqual(bare(file), jpeg);
		assert.deepEqual(await pixelsOf(bare(file)), await pixelsOf(jpeg));
	});

	it('keeps of a WebP what shows it', async () => {
		const others = ['XMP ', 'C2PA', 'abcd'].map((type) => webpChunk(type, secret));
		const file = withWebpChunks(files().transparent, webpChunk('EXIF', exifOf(1)), ...others);
		const bytes = bare(joined([file, secret]));
		assert.deepEqual(bytes, files().transparent);
		assert.deepEqual(await pixelsOf(bytes), await pixelsOf(file));
		const simple = withWebpChunks(files().lossless, ...others);
		assert.deepEqual(bare(simple), files().lossless);
	});

	it('keeps the frames of an animated WebP, without what is hidden in them', () => {
		const picture = readWebp(files().lossless)?.chunks[0];
		assert.ok(picture);
		assert.deepEqual(bare(animation(picture.raw, webpChunk('abcd', secret).raw)), animation(picture.raw));
	});

	function turned(value: number): readonly Uint8Array[] {
		return [
			withPngChunks(files().png, pngChunk('eXIf', exifOf(value))),
			withSegments(files().jpeg, [0xe1, joined([latin1('Exif\0\0'), exifOf(value)])]),
		];
	}

	it('is still turned as it was', async () => {
		for (const file of turned(8)) {
			assert.equal(orientation(file), 8);
			assert.equal(orientation(bare(file)), 8);
			assert.deepEqual(await pixelsOf(bare(file)), await pixelsOf(file));
		}
		for (const value of [0, 1, 9]) for (const file of turned(value)) assert.equal(orientation(bare(file)), undefined);
	});

	it('is not turned where browsers did not turn it', () => {
		const exif = pngChunk('eXIf', exifOf(8));
		const { chunks = [] } = readPng(files().png) ?? {};
		const unsound = { ...exif, raw: exif.raw.map((byte, index) => (index === exif.raw.length - 1 ? byte ^ 1 : byte)) };
		for (const file of [
			writePng([...chunks.slice(0, -1), exif, ...chunks.slice(-1)]),
			withPngChunks(files().png, unsound),
			withWebpChunks(files().transparent, webpChunk('EXIF', exifOf(8))),
		]) {
			assert.equal(orientation(bare(file)), undefined);
			assert.equal(inspect(bare(file))?.orientation, 1);
		}
		assert.deepEqual(bare(withPngChunks(files().png, unsound, exif)), bare(withPngChunks(files().png, exif)));
	});

	it('says nothing of how it is turned where that is not wanted', () => {
		const [png, jpeg] = turned(8).map((file) => stripped(file, { orientation: 'dropped' }));
		assert.deepEqual([png, jpeg], [files().png, files().jpeg]);
		const webp = withWebpChunks(files().transparent, webpChunk('EXIF', exifOf(8)));
		assert.deepEqual(stripped(webp, { orientation: 'dropped' }), files().transparent);
	});

	it('is none where a file is broken, or nobody knows what is in it', () => {
		assert.equal(stripped(latin1('GIF89a\x01\0\x01\0\0\0\0')), undefined);
		for (const file of Object.values(files())) assert.equal(stripped(file.subarray(0, 20)), undefined);
		const { jpeg } = files();
		const scans = readJpeg(jpeg)?.scans.length ?? 0;
		assert.equal(stripped(joined([jpeg.subarray(0, jpeg.length - scans + 3)])), undefined);
		assert.equal(stripped(joined([jpeg.subarray(0, -2), Uint8Array.of(0xff, 0xfe, 0x00)])), undefined);
	});

	it('takes a JPEG that is cut off within its pixels', () => {
		const cut = files().jpeg.subarray(0, -5);
		assert.deepEqual(stripped(cut), cut);
		assert.equal(readContainer(cut)?.format, 'jpeg');
	});
});
