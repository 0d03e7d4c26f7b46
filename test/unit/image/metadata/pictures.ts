import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import decodeJpeg, { init as initJpegDecoder } from '@jsquash/jpeg/decode';
import encodeJpeg, { init as initJpegEncoder } from '@jsquash/jpeg/encode';
import decodeWebp, { init as initWebpDecoder } from '@jsquash/webp/decode';
import encodeWebp, { init as initWebpEncoder } from '@jsquash/webp/encode';
import { load } from 'exifreader';
import * as fc from 'fast-check';
import { PNG } from 'pngjs';
import * as z from 'zod';
import type { ImageRecord } from '../../../../src/domain/imageRecord';
import { joined, latin1, startsWith, viewOf } from '../../../../src/image/metadata/bytes';
import { embed } from '../../../../src/image/metadata/embed';
import { jpegSegment, readJpeg } from '../../../../src/image/metadata/jpegSegments';
import { type PngChunk, readPng, writePng } from '../../../../src/image/metadata/pngChunks';
import { readWebp, type WebpChunk, writeWebp } from '../../../../src/image/metadata/webpChunks';
import { noise } from '../../builders';

/** The ports, by Node's zlib. */
export const ports = {
	deflate: (bytes: Uint8Array): Uint8Array => deflateSync(bytes),
	inflate: (bytes: Uint8Array, most: number): Uint8Array => inflateSync(bytes, { maxOutputLength: most }),
};

export type Format = 'png' | 'jpeg' | 'webp';
export const formats: readonly Format[] = ['png', 'jpeg', 'webp'];

/**
 * One file of each format; `lossless`: a WebP in the simple form that has transparency; `transparent`: one with the extended
 * header, which it needs for its transparency.
 */
export type Files = Readonly<Record<Format | 'lossless' | 'transparent', Uint8Array>>;

let painting: Promise<Files> | undefined;

/** Paints the files before the suite that this is called in. They are painted once, for all suites. */
export function painted(): () => Files {
	let files: Files | undefined;
	before(async () => {
		// The codecs take and make one of these, which Node does not have.
		Object.assign(globalThis, { ImageData: Plain });
		files = await (painting ??= paint());
	});
	after(() => Reflect.deleteProperty(globalThis, 'ImageData'));
	return () => {
		if (!files) throw new Error('Nothing is painted yet.');
		return files;
	};
}

/** The browser's class, as far as the codecs use it. */
class Plain {
	readonly colorSpace = 'srgb';
	constructor(
		readonly data: Uint8ClampedArray<ArrayBuffer>,
		readonly width: number,
		readonly height: number,
	) {}
}

async function paint(): Promise<Files> {
	await initJpegEncoder(await binary('jpeg/codec/enc/mozjpeg_enc.wasm'));
	await initJpegDecoder(await binary('jpeg/codec/dec/mozjpeg_dec.wasm'));
	await initWebpEncoder(await binary('webp/codec/enc/webp_enc_simd.wasm'));
	await initWebpDecoder(await binary('webp/codec/dec/webp_dec.wasm'));
	const opaque = imageOf(24, 16, 255);
	const clear = imageOf(24, 16);
	return {
		png: pngFile(),
		jpeg: new Uint8Array(await encodeJpeg(opaque, { quality: 80 })),
		webp: new Uint8Array(await encodeWebp(opaque, { quality: 80 })),
		lossless: new Uint8Array(await encodeWebp(clear, { lossless: 1, exact: 1 })),
		transparent: new Uint8Array(await encodeWebp(clear, { quality: 80 })),
	};
}

/** Emscripten takes the binary, but the libraries' types do not name it. */
async function binary(file: string) {
	const { buffer, byteOffset, byteLength } = await readFile(path.join(path.resolve('node_modules/@jsquash'), file));
	return { noInitialRun: true, wasmBinary: buffer.slice(byteOffset, byteOffset + byteLength) };
}

function imageOf(width: number, height: number, alpha?: number): Plain {
	return new Plain(new Uint8ClampedArray(noise(width, height, 7, alpha).data), width, height);
}

/** By a library that is not the one in the sources. */
function pngFile(): Uint8Array {
	const png = new PNG({ width: 24, height: 16 });
	png.data.set(noise(24, 16, 7).data);
	return new Uint8Array(PNG.sync.write(png));
}

/** The pixels of a file by decoders that others wrote. */
export async function pixelsOf(bytes: Uint8Array): Promise<ArrayLike<number>> {
	if (readPng(bytes)) return PNG.sync.read(Buffer.from(bytes)).data;
	const exact = Uint8Array.from(bytes).buffer;
	return readJpeg(bytes) ? (await decodeJpeg(exact)).data : (await decodeWebp(exact)).data;
}

/** The file with the record in it. */
export function embedded(file: Uint8Array, record: ImageRecord): Uint8Array {
	const bytes = embed(file, record);
	if (!bytes) throw new Error('Nothing was embedded.');
	return bytes;
}

/** What another program reads in a file. */
export function readByOthers(bytes: Uint8Array) {
	const { exif, xmp, pngText } = load(Buffer.from(bytes), { expanded: true });
	const { data: comment } = userComment.safeParse(exif?.['UserComment']);
	return { orientation: exif?.['Orientation']?.value, comment, xmp, pngText };
}

const userComment = z.object({ description: z.string(), value: z.array(z.number()) });

/** The file with more chunks behind its header. */
export function withPngChunks(file: Uint8Array, ...added: readonly PngChunk[]): Uint8Array {
	const { chunks = [], tail } = readPng(file) ?? {};
	return writePng([...chunks.slice(0, 1), ...added, ...chunks.slice(1)], tail);
}

/** The file with more segments behind the first one, which is JFIF. */
export function withSegments(
	file: Uint8Array,
	...added: readonly (readonly [marker: number, data: Uint8Array])[]
): Uint8Array {
	const { segments = [], scans = new Uint8Array() } = readJpeg(file) ?? {};
	const raw = added.map(([marker, data]) => jpegSegment(marker, data).raw);
	const [first, ...others] = segments.map((segment) => segment.raw);
	return joined([Uint8Array.of(0xff, 0xd8), first ?? new Uint8Array(), ...raw, ...others, scans]);
}

/** The file with more chunks at its end. */
export function withWebpChunks(file: Uint8Array, ...added: readonly WebpChunk[]): Uint8Array {
	return writeWebp([...(readWebp(file)?.chunks ?? []), ...added]);
}

/** A number of 16 or 32 bits, in either order. */
export function number(value: number, size: 2 | 4, little = false): Uint8Array {
	const bytes = new Uint8Array(size);
	if (size === 2) viewOf(bytes).setUint16(0, value, little);
	else viewOf(bytes).setUint32(0, value, little);
	return bytes;
}

/** An entry of TIFF: a value of up to 4 bytes, or where it is. */
export function tiffEntry(tag: number, type: number, count: number, value: Uint8Array, little = false): Uint8Array {
	const field = joined([value, new Uint8Array(4 - value.length)]);
	return joined([number(tag, 2, little), number(type, 2, little), number(count, 4, little), field]);
}

/** A block of TIFF with one directory, and bytes behind it. */
export function tiffBlock(
	entries: readonly Uint8Array[],
	behind: Uint8Array = new Uint8Array(),
	little = false,
): Uint8Array {
	const head = joined([latin1(little ? 'II*\0' : 'MM\0*'), number(8, 4, little), number(entries.length, 2, little)]);
	return joined([head, ...entries, number(0, 4), behind]);
}

/** Something that begins like a colour profile of a colour space (`RGB `, `GRAY`, `CMYK`). */
export function profile(length: number, space = 'RGB '): Uint8Array {
	const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 255);
	bytes.set(number(length, 4));
	bytes.set(latin1(space), 16);
	bytes.set(latin1('acsp'), 36);
	// No entries.
	bytes.fill(0, 128, 132);
	return bytes;
}

/** A colour profile of greys with this curve. */
export function greyProfile(curve: Uint8Array): Uint8Array {
	const bytes = joined([
		new Uint8Array(128),
		number(1, 4),
		latin1('kTRC'),
		number(144, 4),
		number(curve.length, 4),
		curve,
	]);
	bytes.set(number(bytes.length, 4));
	bytes.set(latin1('mntrGRAYXYZ '), 12);
	bytes.set(latin1('acsp'), 36);
	return bytes;
}

/** What a colour profile has under a name. */
export function tagOf(icc: Uint8Array, name: string): Uint8Array {
	const view = viewOf(icc);
	const index = Array.from({ length: view.getUint32(128) }, (_, at) => at).find((at) =>
		startsWith(icc, name, 132 + at * 12),
	);
	if (index === undefined) throw new Error(`The profile has no ${name}.`);
	const start = view.getUint32(136 + index * 12);
	return icc.subarray(start, start + view.getUint32(140 + index * 12));
}

/** Whatever UTF-16 can say: control characters and halves of surrogate pairs too. */
const anyText = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 60 }),
	fc.string({ unit: 'binary', maxLength: 60 }),
	fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
	fc.constantFrom(
		'',
		']]>',
		'<a b="c">&amp;\r\n\t</a>',
		'\0\x01\x1f\x7f\x85\u2028\ufeff\ufffe\uffff',
		'ein Fuchs 🦊 im Schnee',
	),
);
const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 });
const sides = fc.record({ top: whole, right: whole, bottom: whole, left: whole }, { noNullPrototype: true });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));

/** Any record. */
export const records: fc.Arbitrary<ImageRecord> = fc.record(
	{
		operation: fc.constantFrom('generate', 'edit', 'expand', 'vary'),
		prompt: anyText,
		revisedPrompt: anyText,
		model: fc.oneof(fc.constantFrom('openai/gpt-image-2', 'sketch/placeholder', 'runware/runware:100@1'), anyText),
		options: fc
			.dictionary(anyText, fc.oneof(anyText, finite, fc.boolean()), { maxKeys: 5 })
			.map((options) => Object.fromEntries(Object.entries(options).filter(([name]) => name !== '__proto__'))),
		seed: fc.bigInt({ min: 0n, max: 2n ** 200n }).map(String),
		parent: anyText,
		selected: fc.record({ x: whole, y: whole, width: whole, height: whole }, { noNullPrototype: true }),
		margins: sides,
		strength: fc.constantFrom('subtle', 'medium', 'strong'),
		created: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	},
	{ requiredKeys: ['operation', 'prompt', 'model', 'options', 'created'], noNullPrototype: true },
);

/** A record with what a test needs of it. */
export function recordOf(changes: Partial<ImageRecord> = {}): ImageRecord {
	return {
		operation: 'generate',
		prompt: 'a fox at dawn',
		model: 'openai/gpt-image-2',
		options: {},
		created: '2026-11-21T10:00:00Z',
		...changes,
	};
}
