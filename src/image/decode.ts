import decodeJpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec';
import decodeWebp from '@jsquash/webp/codec/dec/webp_dec';
import type { RequestableFormat } from '../domain/imageFormat';
import type { Rect, Size } from '../domain/size';
import type { Codecs } from './codecs';
import { inspect, mostPixels } from './inspect';
import { hasSaneScans, readJpegFile } from './jpegFile';
import { upright } from './orientation';
import type { Pixels } from './pixels';
import { readPngFile } from './pngFile';
import { pngPixels } from './pngPixels';
import { unshared, WasmCodec } from './wasmCodec';
import { readWebpFile } from './webpFile';

/** A file has no picture that can be had out of it. */
export class UndecodableError extends Error {
	/**
	 * `broken`: no whole PNG, JPEG or WebP, or of a kind that Limn does not know; `too-large`: of more than {@link mostPixels};
	 * `cmyk`: a JPEG in the inks of a printer.
	 */
	constructor(readonly reason: 'broken' | 'too-large' | 'cmyk') {
		super(`The picture is ${reason}.`);
	}
}

/**
 * The pixels of a PNG, JPEG or WebP as the editor displays it: turned as its EXIF says, its first picture if there are many, its
 * colours by the numbers, without a profile. Rejects with an {@link UndecodableError}, whatever the bytes are.
 */
export async function decode(bytes: Uint8Array, codecs: Codecs): Promise<Pixels> {
	const header = inspect(bytes);
	if (!header) throw new UndecodableError('broken');
	if (header.width * header.height > mostPixels) throw new UndecodableError('too-large');
	if (header.colours === 'cmyk') throw new UndecodableError('cmyk');
	const pixels = await decoders[header.format](bytes, codecs);
	if (!pixels) throw new UndecodableError('broken');
	return upright(pixels, header.orientation);
}

/** The stored pixels; `undefined`: the file is broken. */
type Decoder = (bytes: Uint8Array, codecs: Codecs) => Promise<Pixels | undefined>;

const decoders: Readonly<Record<RequestableFormat, Decoder>> = {
	png: async (bytes, codecs) => {
		const file = readPngFile(bytes);
		const still = file && pngPixels(file, codecs);
		return still && onCanvas(still, file);
	},
	jpeg: async (bytes, codecs) => {
		const file = readJpegFile(bytes);
		if (!file || !hasSaneScans(file)) return undefined;
		return ofSize(file, await jpeg.run(codecs, file, (library) => library.decode(unshared(bytes), false)));
	},
	webp: async (bytes, codecs) => {
		const file = readWebpFile(bytes);
		if (!file) return undefined;
		const picture = await webp.run(codecs, file, (library) => library.decode(unshared(file.still)));
		const still = ofSize(file.place, picture);
		return still && onCanvas(still, file);
	},
};

/** The browser's `ImageData`. */
interface Found extends Size {
	readonly data: Uint8ClampedArray;
}

interface Library {
	decode(bytes: Uint8Array<ArrayBuffer>, isTurned?: boolean): Found | null;
}

const jpeg = new WasmCodec<Library>('mozjpeg_dec', decodeJpeg);
const webp = new WasmCodec<Library>('webp_dec', decodeWebp);

/** What a library found, if it found what the header promised. */
function ofSize({ width, height }: Size, found: Found | undefined): Pixels | undefined {
	if (found?.width !== width || found.height !== height) return undefined;
	const { buffer, byteOffset, byteLength } = found.data;
	return { width, height, data: new Uint8Array(buffer, byteOffset, byteLength) };
}

/** The first frame of an animation where it belongs; what it does not cover is transparent. */
function onCanvas(still: Pixels, { width, height, place }: Size & { readonly place: Rect }): Pixels {
	if (still.width === width && still.height === height) return still;
	const data = new Uint8Array(width * height * 4);
	for (let y = 0; y < still.height; y++) {
		const row = still.data.subarray(y * still.width * 4, (y + 1) * still.width * 4);
		data.set(row, ((place.y + y) * width + place.x) * 4);
	}
	return { width, height, data };
}
