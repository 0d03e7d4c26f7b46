import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { joined, latin1 } from '../../../../src/image/metadata/bytes';
import { readContainer } from '../../../../src/image/metadata/container';
import { embed } from '../../../../src/image/metadata/embed';
import { orientationOf } from '../../../../src/image/metadata/exif';
import { exifIn } from '../../../../src/image/metadata/places';
import { pngChunk, readPng, writePng } from '../../../../src/image/metadata/pngChunks';
import { readRecipe } from '../../../../src/image/metadata/readRecipe';
import { readWebp, webpChunk } from '../../../../src/image/metadata/webpChunks';
import { sniff } from '../../../../src/image/sniff';
import {
	embedded,
	type Format,
	formats,
	number,
	painted,
	pixelsOf,
	ports,
	profile,
	recordOf,
	records,
	tiffBlock,
	tiffEntry,
	withPngChunks,
	withSegments,
	withWebpChunks,
} from './pictures';

/** The parts of a file as they stand in it, without those that say how it was made. */
function otherParts(bytes: Uint8Array): readonly string[] {
	const file = readContainer(bytes);
	assert.ok(file);
	const parts = file.format === 'jpeg' ? file.segments : file.chunks;
	const all = parts.map(({ raw }) => Buffer.from(raw).toString('latin1'));
	return all.filter(
		(part) => !/XML:com\.adobe|tEXtparam|iTXtparam|ns\.adobe\.com|Exif\0\0|^EXIF|^XMP |^VP8X/.test(part),
	);
}

/** Turned, by somebody whose numbers begin with their lowest byte. */
const turned = tiffBlock([tiffEntry(0x0112, 3, 1, number(6, 2, true), true)], new Uint8Array(), true);

describe('a record in a file', () => {
	const files = painted();

	for (const format of formats) {
		it(`reads back exactly from ${format}, and the file is the same a second time`, () => {
			fc.assert(
				fc.property(records, (record) => {
					const bytes = embedded(files()[format], record);
					assert.deepEqual(readRecipe(bytes, ports), { kind: 'limn', record });
					assert.deepEqual(embed(bytes, record), bytes);
				}),
				{ numRuns: 300 },
			);
		});

		it(`takes the place of an older one in ${format}`, () => {
			fc.assert(
				fc.property(records, records, (older, newer) => {
					const file = files()[format];
					assert.deepEqual(embed(embedded(file, older), newer), embedded(file, newer));
				}),
				{ examples: [[recordOf({ prompt: '\ufffe' }), recordOf({})]] },
			);
		});

		it(`leaves the pixels of ${format} as they are`, async () => {
			const bytes = embedded(files()[format], recordOf({ prompt: 'ein Fuchs 🦊' }));
			assert.deepEqual(await pixelsOf(bytes), await pixelsOf(files()[format]));
			assert.deepEqual(sniff(bytes), { format, width: 24, height: 16 });
		});

		it(`leaves every other part of ${format} as it is, in its order`, () => {
			const file = furnished(format);
			assert.deepEqual(otherParts(embedded(file, recordOf())), otherParts(file));
			assert.deepEqual(embedded(file, recordOf()).subarray(-3), Uint8Array.of(7, 8, 9));
		});

		it(`keeps how ${format} is turned`, () => {
			const file = readContainer(embedded(furnished(format), recordOf()));
			assert.equal(file && orientationOf(exifIn(file) ?? new Uint8Array()), 6);
		});
	}

	/** With parts of all kinds, bytes behind the end, and old XMP. */
	function furnished(format: Format): Uint8Array {
		const tail = Uint8Array.of(7, 8, 9);
		const old = latin1('<x:xmpmeta xmlns:x="adobe:ns:meta/">old</x:xmpmeta>');
		if (format === 'png') {
			const [gamma, text] = [pngChunk('gAMA', number(45455, 4)), pngChunk('tEXt', latin1('Title\0fox'))];
			const xmp = pngChunk('iTXt', joined([latin1('XML:com.adobe.xmp\0\0\0\0\0'), old]));
			return joined([withPngChunks(files().png, gamma, xmp, text, pngChunk('eXIf', turned)), tail]);
		}
		if (format === 'webp')
			return joined([
				withWebpChunks(files().lossless, webpChunk('EXIF', turned), webpChunk('XMP ', old), webpChunk('abcd', tail)),
				tail,
			]);
		const segments = withSegments(
			files().jpeg,
			[0xe2, joined([latin1('ICC_PROFILE\0\x01\x01'), profile(200)])],
			[0xe1, joined([latin1('http://ns.adobe.com/xap/1.0/\0'), old])],
			[0xe1, joined([latin1('http://ns.adobe.com/xmp/extension/\0'), new Uint8Array(40)])],
			[0xe1, joined([latin1('Exif\0\0'), turned])],
			[0xed, latin1('Photoshop 3.0\0')],
			[0xee, latin1('Adobe\0\x64\0\0\0\0\x01')],
			[0xfe, latin1('a comment')],
		);
		return joined([segments, tail]);
	}

	it('turns the simple form of WebP into the extended one, transparency included', async () => {
		for (const [file, alpha] of [
			[files().webp, 0],
			[files().lossless, 0x10],
			[files().transparent, 0x10],
		] as const) {
			const bytes = embedded(file, recordOf());
			const header = readWebp(bytes)?.chunks[0];
			assert.deepEqual([header?.type, header?.data[0]], ['VP8X', 0x0c | alpha]);
			assert.deepEqual(await pixelsOf(bytes), await pixelsOf(file));
			assert.deepEqual(
				readWebp(bytes)
					?.chunks.slice(-2)
					.map(({ type }) => type),
				['EXIF', 'XMP '],
			);
		}
	});

	it('is in no file that is broken, or of another format', () => {
		for (const format of formats) assert.equal(embed(files()[format].subarray(0, 30), recordOf()), undefined);
		assert.equal(embed(latin1('GIF89a\x01\0\x01\0\0\0\0'), recordOf()), undefined);
		assert.equal(embed(new Uint8Array(), recordOf()), undefined);
	});

	it('takes the place of what ImageMagick and others left', () => {
		const keywords = ['parameters', 'Raw profile type xmp', 'XML:com.adobe.xmp'];
		const old = keywords.flatMap((keyword) => [
			pngChunk('tEXt', latin1(`${keyword}\0old`)),
			pngChunk('zTXt', joined([latin1(`${keyword}\0\0`), ports.deflate(latin1('old'))])),
		]);
		const file = withPngChunks(files().png, ...old);
		assert.deepEqual(embedded(file, recordOf()), embedded(files().png, recordOf()));
	});
});

function spoil(raw: Uint8Array): Uint8Array {
	return raw.with(raw.length - 1, ((raw.at(-1) ?? 0) + 1) & 255);
}

describe('a file whose sums are wrong', () => {
	const files = painted();

	it('keeps them, because it is not repaired in passing', () => {
		const { chunks = [] } = readPng(files().png) ?? {};
		const spoiled = chunks.map(({ type, data, raw }) => ({ type, data, raw: type === 'IDAT' ? spoil(raw) : raw }));
		const file = writePng(spoiled);
		assert.deepEqual(otherParts(embedded(file, recordOf())), otherParts(file));
	});
});
