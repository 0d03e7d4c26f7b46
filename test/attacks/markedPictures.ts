import { load } from 'exifreader';
import { joined, latin1 } from '../../src/image/metadata/bytes';
import { pngChunk } from '../../src/image/metadata/pngChunks';
import { webpChunk } from '../../src/image/metadata/webpChunks';
import { deflateSync } from 'node:zlib';
import type { Pixels } from '../../src/image/pixels';
import { encodePicture } from '../servers/pictureFiles';
import { number, withPngChunks, withSegments, withWebpChunks } from '../unit/image/metadata/pictures';

/** Stands in everything that a file says besides its picture. */
const canary = 'CANARY-7Q2xZ9pL4v';
const secret = latin1(canary);

const xmp = latin1(
	`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${canary}"/></rdf:RDF></x:xmpmeta>`,
);

/** The same picture as a PNG, a JPEG and a WebP that tell who made it, where, and with what. */
export async function marked(pixels: Pixels): Promise<ReadonlyMap<'png' | 'jpeg' | 'webp', Uint8Array>> {
	const [png, jpeg, webp] = await Promise.all([
		encodePicture(pixels, 'png'),
		encodePicture(pixels, 'jpeg'),
		encodePicture(pixels, 'webp'),
	]);
	return new Map([
		['png', joined([withPngChunks(png, ...pngWords()), secret])],
		['jpeg', joined([withSegments(jpeg, ...jpegWords()), secret, jpeg])],
		['webp', withWebpChunks(webp, ...webpWords())],
	]);
}

function pngWords() {
	const words = latin1(`Comment\0${canary}`);
	const packed = new Uint8Array(deflateSync(secret));
	return [
		pngChunk('tEXt', words),
		pngChunk('tEXt', latin1(`Author\0${canary}`)),
		pngChunk('zTXt', joined([latin1('Software\0\0'), packed])),
		pngChunk('iTXt', joined([latin1('XML:com.adobe.xmp\0\0\0\0\0'), xmp])),
		pngChunk('iTXt', joined([latin1('Description\0\0\0\0\0'), secret])),
		pngChunk('tIME', Uint8Array.of(7, 234, 11, 22, 10, 0, 0)),
		pngChunk('caBX', secret),
		pngChunk('prVt', secret),
		pngChunk('eXIf', exif()),
	];
}

function jpegWords() {
	const words: (readonly [number, Uint8Array])[] = [
		[0xe1, joined([latin1('Exif\0\0'), exif()])],
		[0xe1, joined([latin1('http://ns.adobe.com/xap/1.0/\0'), xmp])],
		[0xe1, joined([latin1('http://ns.adobe.com/xmp/extension/\0'), secret])],
		[0xe2, joined([latin1('MPF\0'), secret])],
		[0xe0, joined([latin1('JFXX\0\x10'), secret])],
		[0xeb, joined([latin1('JP\0\x01\0\0\0\x01'), secret])],
		[0xed, iptc()],
		[0xe5, secret],
		[0xfe, secret],
	];
	return words;
}

function webpWords() {
	return [webpChunk('EXIF', exif()), webpChunk('XMP ', xmp), webpChunk('C2PA', secret), webpChunk('priv', secret)];
}

/** Photoshop's block, with the byline and the town of IPTC. */
function iptc(): Uint8Array {
	const data = joined([80, 90].map((id) => joined([Uint8Array.of(0x1c, 2, id), number(secret.length, 2), secret])));
	const even = joined([data, new Uint8Array(data.length % 2)]);
	return joined([latin1('Photoshop 3.0\0'), latin1('8BIM\x04\x04\0\0'), number(data.length, 4), even]);
}

const ascii = 2;
const long = 4;
const rational = 5;
const undefinedType = 7;

/** TIFF with its directories: who made it, with the maker's own notes, where, and a preview. */
function exif(): Uint8Array {
	const place = joined([latin1('GPS '), ...[52, 31, 12].flatMap((value) => [number(value, 4), number(1, 4)])]).subarray(
		4,
	);
	const head = 8;
	const gps = directory(head, [
		[1, ascii, 2, latin1('N\0')],
		[2, rational, 3, place],
		[29, ascii, secret.length, secret],
	]);
	const maker = directory(head + gps.length, [
		[0x927c, undefinedType, secret.length, secret],
		[0x9286, undefinedType, secret.length + 8, joined([latin1('ASCII\0\0\0'), secret])],
		[0xa430, ascii, secret.length, secret],
	]);
	const first = directory(head + gps.length + maker.length, [
		[0x010e, ascii, secret.length, secret],
		[0x010f, ascii, secret.length, secret],
		[0x013b, ascii, secret.length, secret],
		[0x8298, ascii, secret.length, secret],
		[0x8769, long, 1, number(head + gps.length, 4)],
		[0x8825, long, 1, number(head, 4)],
	]);
	return joined([latin1('MM\0*'), number(head + gps.length + maker.length, 4), gps, maker, first]);
}

/** A directory that lies at this place, with its values behind it. */
function directory(
	at: number,
	entries: readonly (readonly [tag: number, type: number, count: number, value: Uint8Array])[],
): Uint8Array {
	let end = at + 2 + entries.length * 12 + 4;
	const behind: Uint8Array[] = [];
	const fields = entries.map(([tag, type, count, value]) => {
		const isInside = value.length <= 4;
		const field = isInside ? joined([value, new Uint8Array(4 - value.length)]) : number(end, 4);
		if (!isInside) {
			behind.push(value);
			end += value.length;
		}
		return joined([number(tag, 2), number(type, 2), number(count, 4), field]);
	});
	return joined([number(entries.length, 2), ...fields, number(0, 4), ...behind]);
}

/** What a file still says: by its bytes, and as another program reads it. */
export function saidIn(file: Uint8Array): string[] {
	const bytes = Buffer.from(file);
	const found = (['latin1', 'utf16le'] as const).some((encoding) => bytes.includes(Buffer.from(canary, encoding)));
	return [...(found ? ['the canary'] : []), ...groupsIn(bytes)];
}

/** Kinds of metadata, but for what shows the picture: its header, its density, its colours. */
function groupsIn(bytes: Buffer): string[] {
	const { file: _, jfif: __, icc: ___, pngFile: ____, png, ...groups } = load(bytes, { expanded: true });
	const words = Object.keys(png ?? {}).filter(
		(name) => !/^(Image|Bit|Color|Compression|Filter|Interlace|Pixel|Palette|Gamma|White|Red|Green|Blue)/.test(name),
	);
	const named = Object.entries(groups).filter(([, group]) => Object.keys(group ?? {}).length > 0);
	return [...words, ...named.map(([name]) => name)];
}
