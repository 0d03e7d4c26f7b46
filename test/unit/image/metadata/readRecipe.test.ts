import assert from 'node:assert/strict';
import type { ImageRecord } from '../../../../src/domain/imageRecord';
import { joined, latin1, utf8 } from '../../../../src/image/metadata/bytes';
import { embed } from '../../../../src/image/metadata/embed';
import { pngChunk, type PngChunk, readPng } from '../../../../src/image/metadata/pngChunks';
import { readRecipe } from '../../../../src/image/metadata/readRecipe';
import { webpChunk } from '../../../../src/image/metadata/webpChunks';
import { limnNamespace, recordText } from '../../../../src/image/metadata/xmp';
import {
	number,
	painted,
	ports,
	recordOf,
	tiffBlock,
	tiffEntry,
	withPngChunks,
	withSegments,
	withWebpChunks,
} from './pictures';

const { deflate } = ports;
const text = 'ein Füchschen\nNegative prompt: ugly\nSteps: 20, Sampler: Euler a, Seed: 5, Size: 24x16';
const recipe = {
	kind: 'a1111',
	prompt: 'ein Füchschen',
	negative: 'ugly',
	parameters: [
		['Steps', '20'],
		['Sampler', 'Euler a'],
		['Seed', '5'],
		['Size', '24x16'],
	],
};

/** UTF-16 in either order. */
function utf16(value: string, little: boolean): Uint8Array {
	return joined(Array.from({ length: value.length }, (_, index) => number(value.charCodeAt(index), 2, little)));
}

/** EXIF with this user's comment, as piexif writes it for AUTOMATIC1111. */
function exifOf(comment: Uint8Array, little = false): Uint8Array {
	const own = tiffBlock([tiffEntry(0x9286, 7, comment.length, number(44, 4, little), little)], comment, little);
	return tiffBlock([tiffEntry(0x8769, 4, 1, number(26, 4, little), little)], own.subarray(8), little);
}

describe('the recipe of AUTOMATIC1111', () => {
	const files = painted();

	it('is read from every kind of text of a PNG', () => {
		const kinds: readonly (readonly [string, Uint8Array])[] = [
			['tEXt', joined([latin1('parameters\0'), latin1(text)])],
			['tEXt', joined([latin1('parameters\0'), utf8(text)])],
			['zTXt', joined([latin1('parameters\0\0'), deflate(latin1(text))])],
			['iTXt', joined([latin1('parameters\0\0\0de\0Parameter\0'), utf8(text)])],
			['iTXt', joined([latin1('parameters\0\x01\0\0\0'), deflate(utf8(text))])],
		];
		for (const [type, data] of kinds) {
			const file = withPngChunks(files().png, pngChunk('tEXt', latin1('Title\0fox')), pngChunk(type, data));
			assert.deepEqual(readRecipe(file, ports), recipe, type);
		}
	});

	it('is read from the comment of a JPEG and of a WebP, whatever the order of its bytes is', () => {
		const mark = '\ufeff';
		for (const little of [true, false]) {
			for (const comment of [
				joined([latin1('UNICODE\0'), utf16(text, false)]),
				joined([latin1('UNICODE\0'), utf16(text, true)]),
				joined([latin1('UNICODE\0'), utf16(mark + text, true)]),
				joined([latin1('UNICODE\0'), utf16(mark + text, false)]),
				joined([latin1('ASCII\0\0\0'), utf8(text), new Uint8Array(3)]),
				joined([new Uint8Array(8), utf8(text)]),
				utf8(text),
			]) {
				const exif = exifOf(comment, little);
				const jpeg = withSegments(files().jpeg, [0xe1, joined([latin1('Exif\0\0'), exif])]);
				assert.deepEqual(readRecipe(jpeg, ports), recipe);
				assert.deepEqual(readRecipe(withWebpChunks(files().webp, webpChunk('EXIF', exif)), ports), recipe);
				const prefixed = joined([latin1('Exif\0\0'), exif]);
				assert.deepEqual(readRecipe(withWebpChunks(files().webp, webpChunk('EXIF', prefixed)), ports), recipe);
				assert.deepEqual(readRecipe(withPngChunks(files().png, pngChunk('eXIf', exif)), ports), recipe);
			}
		}
	});

	it('is no comment of somebody’s own, no blank, and no JSON', () => {
		const comment = exifOf(latin1('ASCII\0\0\0Grandma in the garden, with: flowers'));
		assert.equal(readRecipe(withWebpChunks(files().webp, webpChunk('EXIF', comment)), ports), undefined);
		for (const other of [' \n\t', '{"prompt":"a fox"}', '']) {
			const file = withPngChunks(files().png, pngChunk('tEXt', latin1(`parameters\0${other}`)));
			assert.equal(readRecipe(file, ports), undefined);
		}
		for (const file of Object.values(files())) assert.equal(readRecipe(file, ports), undefined);
	});

	it('is a prompt alone where a PNG says no more', () => {
		const file = withPngChunks(files().png, pngChunk('tEXt', latin1('parameters\0a fox, at dawn')));
		assert.deepEqual(readRecipe(file, ports), { kind: 'a1111', prompt: 'a fox, at dawn', parameters: [] });
	});

	it('does not unfold a bomb, nor believe what is broken', () => {
		const bomb = deflate(new Uint8Array(50e6).fill(97));
		const broken: readonly PngChunk[] = [
			pngChunk('zTXt', joined([latin1('parameters\0\0'), bomb])),
			pngChunk('iTXt', joined([latin1('parameters\0\x01\0\0\0'), bomb])),
			pngChunk('iTXt', joined([latin1('XML:com.adobe.xmp\0\x01\0\0\0'), bomb])),
			pngChunk('zTXt', joined([latin1('parameters\0\x01'), deflate(latin1(text))])),
			pngChunk('zTXt', latin1('parameters\0\0nonsense')),
			pngChunk('zTXt', latin1('parameters\0')),
			pngChunk('iTXt', latin1('parameters\0\0\0x')),
			pngChunk('iTXt', latin1('parameters\0\0\0x\0y')),
			pngChunk('tEXt', joined([latin1('parameters\0'), new Uint8Array(2e6).fill(97)])),
			pngChunk('iTXt', joined([latin1('parameters\0\0\0\0\0'), new Uint8Array(2e6).fill(97)])),
			pngChunk('tEXt', latin1('parameters')),
			pngChunk('tEXt', latin1(`\0${text}`)),
		];
		let most = 0;
		const counting = {
			inflate: (bytes: Uint8Array, limit: number) => {
				most = Math.max(most, limit);
				return ports.inflate(bytes, limit);
			},
		};
		for (const chunk of broken) assert.equal(readRecipe(withPngChunks(files().png, chunk), counting), undefined);
		assert.equal(most, 2 ** 20);
	});
});

describe('Limn’s own record', () => {
	const files = painted();
	const record: ImageRecord = recordOf({ prompt: 'a "fox" <at> dawn & more\n狐', seed: '123456789012345678901' });
	const json = recordText(record);
	const escaped = json.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

	/** The record in XMP that other programs wrote. */
	const rewritten: Readonly<Record<string, string>> = {
		'an attribute': `<rdf:Description xmlns:limn="${limnNamespace}" limn:Record="${escaped}"/>`,
		'an attribute in other quotes': `<rdf:Description xmlns:limn='${limnNamespace}' limn:Record='${escaped}'></rdf:Description>`,
		'an element': `<rdf:Description xmlns:limn="${limnNamespace}"><limn:Record>${escaped}</limn:Record></rdf:Description>`,
		'another prefix': `<rdf:Description><ns1:Record xmlns:ns1="${limnNamespace}">${escaped}</ns1:Record></rdf:Description>`,
		'a prefix that is hidden by another': `<a xmlns:limn="x"><b limn:Record="no"/><c xmlns:limn="${limnNamespace}"><limn:Record>${escaped}</limn:Record></c></a>`,
		'raw text': `<d xmlns:l="${limnNamespace}"><l:Record><![CDATA[${json}]]></l:Record></d>`,
		'references by number': `<d xmlns:l="${limnNamespace}"><l:Record>${json.replace(/[^a-z]/gu, (c) => `&#x${c.codePointAt(0)?.toString(16)};`)}</l:Record></d>`,
		'white space and comments': `<d\n\txmlns:l = "${limnNamespace}" ><!-- <l:Record>no</l:Record> --><l:Record >\n  ${escaped}<!-- - -->\n</l:Record\n></d >`,
		'a value with qualifiers': `<d xmlns:l="${limnNamespace}"><l:Record rdf:parseType="Resource"><rdf:value>${escaped}</rdf:value></l:Record></d>`,
	};

	for (const [name, xml] of Object.entries(rewritten)) {
		it(`is read as ${name}`, () => {
			const xmp = utf8(
				`<?xpacket begin="\ufeff"?><x:xmpmeta xmlns:x="adobe:ns:meta/">${xml}</x:xmpmeta><?xpacket end="w"?>`,
			);
			const inJpeg = withSegments(files().jpeg, [0xe1, joined([latin1('http://ns.adobe.com/xap/1.0/\0'), xmp])]);
			const folded = joined([latin1('XML:com.adobe.xmp\0\x01\0\0\0'), deflate(xmp)]);
			for (const file of [
				inJpeg,
				withPngChunks(files().png, pngChunk('iTXt', folded)),
				withWebpChunks(files().webp, webpChunk('XMP ', xmp)),
			]) {
				assert.deepEqual(readRecipe(file, ports), { kind: 'limn', record });
			}
		});
	}

	it('goes before the text of AUTOMATIC1111, which stands in for one that is spoiled', () => {
		const file = embed(files().png, record) ?? new Uint8Array();
		assert.equal(readRecipe(file, ports)?.kind, 'limn');
		for (const [from, to] of [
			['"operation"', '"operatiox"'],
			['"prompt":', '"prompt"x'],
			['limn:Record', 'limn:Recorx'],
			[limnNamespace, limnNamespace.replace('limn', 'lima')],
			['"options":{}', '"options":1 '],
			['"seed":"1234', '"seed":"12x4'],
		] as const) {
			const spoiled = latin1(Buffer.from(file).toString('latin1').replaceAll(from, to));
			assert.ok(readPng(spoiled), 'the lengths are the same');
			const found = readRecipe(spoiled, ports);
			assert.equal(found?.kind === 'a1111' && found.prompt, 'a "fox" <at> dawn & more\n狐', from);
		}
	});

	it('has no more in it than a record has', () => {
		const more = recordText(record).replace('{', '{"key":"secret","__proto__":{"x":1},');
		const xml = `<d xmlns:l="${limnNamespace}"><l:Record><![CDATA[${more}]]></l:Record></d>`;
		assert.deepEqual(readRecipe(withWebpChunks(files().webp, webpChunk('XMP ', utf8(xml))), ports), {
			kind: 'limn',
			record,
		});
	});

	it('is in no XMP that is giant', () => {
		const xml = `<d xmlns:l="${limnNamespace}"><l:Record><![CDATA[${json}]]></l:Record></d>${' '.repeat(2 ** 20)}`;
		assert.equal(readRecipe(withWebpChunks(files().webp, webpChunk('XMP ', utf8(xml))), ports), undefined);
	});
});
