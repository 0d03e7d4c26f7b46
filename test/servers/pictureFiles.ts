import { readFile } from 'node:fs/promises';
import { deflateSync, inflateSync } from 'node:zlib';
import decodeAvif, { init as initAvifDecoder } from '@jsquash/avif/decode';
import encodeAvif, { init as initAvif } from '@jsquash/avif/encode';
import decodeJpeg, { init as initJpeg } from '@jsquash/jpeg/decode';
import decodeWebp, { init as initWebp } from '@jsquash/webp/decode';
import { decode as decodePng, type DecodedPng } from 'fast-png';
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Codecs } from '../../src/image/codecs';
import { encode } from '../../src/image/encode';
import type { Pixels } from '../../src/image/pixels';
import { sniff } from '../../src/image/sniff';
import { Lately } from './lately';
import { halfDone } from './pictures';
import { encodePng } from './png';

export type FileFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'svg';

export interface Animation {
	readonly frames: number;
	readonly delayMs: number;
}

const encodedLately = new Lately<Uint8Array>(48);

/** A picture as a file, into which nobody may write. Only a GIF can move. */
export async function encodePicture(pixels: Pixels, format: FileFormat, animation?: Animation): Promise<Uint8Array> {
	const { width, height, data } = pixels;
	const what = JSON.stringify([format, width, height, animation]);
	return encodedLately.get(what, data, async () => encodeNow(pixels, format, animation));
}

async function encodeNow(pixels: Pixels, format: FileFormat, animation?: Animation): Promise<Uint8Array> {
	switch (format) {
		case 'gif':
			return encodeGif(pixels, animation ?? { frames: 1, delayMs: 0 });
		case 'avif':
			await ready(initAvif, 'avif/codec/enc/avif_enc.wasm');
			return new Uint8Array(await encodeAvif(imageData(pixels), { speed: 10, quality: 90 }));
		case 'svg':
			return new TextEncoder().encode(svgOf(pixels));
		case 'png':
			return encodePng(pixels);
		case 'jpeg':
		case 'webp':
			return encode(pixels, format, codecs);
	}
}

export function mimeOf(format: FileFormat): string {
	return format === 'svg' ? 'image/svg+xml' : `image/${format}`;
}

export interface DecodedFile {
	readonly pixels: Pixels;
	readonly format: 'png' | 'jpeg' | 'webp' | 'avif';
	/** Whether the file has an alpha channel, whatever stands in it. */
	readonly hasAlpha: boolean;
}

const decodedLately = new Lately<DecodedFile | undefined>(6);

/** The pixels of a file, into which nobody may write; `undefined`: it is none of the formats that APIs take, or it is broken. */
export async function decodePicture(bytes: Uint8Array): Promise<DecodedFile | undefined> {
	return decodedLately.get('', bytes, async () => decodeNow(bytes));
}

async function decodeNow(bytes: Uint8Array): Promise<DecodedFile | undefined> {
	const format = sniff(bytes)?.format;
	const exact = Uint8Array.from(bytes).buffer;
	try {
		if (format === 'png') return fromPng(decodePng(exact));
		if (format === 'jpeg') {
			await ready(initJpeg, 'jpeg/codec/dec/mozjpeg_dec.wasm');
			return { pixels: plain(await decodeJpeg(exact)), format, hasAlpha: false };
		}
		if (format === 'webp') {
			await ready(initWebp, 'webp/codec/dec/webp_dec.wasm');
			return { pixels: plain(await decodeWebp(exact)), format, hasAlpha: true };
		}
		if (format === 'avif') {
			await ready(initAvifDecoder, 'avif/codec/dec/avif_dec.wasm');
			const decoded = await decodeAvif(exact);
			return decoded ? { pixels: plain(decoded), format, hasAlpha: true } : undefined;
		}
	} catch {
		return undefined;
	}
	return undefined;
}

const files = {
	mozjpeg_dec: 'jpeg/codec/dec/mozjpeg_dec.wasm',
	mozjpeg_enc: 'jpeg/codec/enc/mozjpeg_enc.wasm',
	webp_dec: 'webp/codec/dec/webp_dec.wasm',
	webp_enc_simd: 'webp/codec/enc/webp_enc_simd.wasm',
} as const;

const codecs: Codecs = {
	load: async (name) => wasm(files[name]),
	deflate: deflateSync,
	inflate: (bytes, most) => inflateSync(bytes, { maxOutputLength: most }),
};

async function wasm(file: string): Promise<ArrayBuffer> {
	return Uint8Array.from(await readFile(require.resolve(`@jsquash/${file}`))).buffer;
}

type Init = (options: { noInitialRun: boolean }) => unknown;

const started = new Map<string, Promise<unknown>>();

/** Each codec is loaded once. The decoders make an `ImageData`, which Node does not have. */
async function ready(init: Init, file: string): Promise<unknown> {
	if (!('ImageData' in globalThis)) Object.assign(globalThis, { ImageData: PlainImageData });
	const loading = started.get(file) ?? wasm(file).then(async (wasmBinary) => init(withBinary(wasmBinary)));
	started.set(file, loading);
	return loading;
}

/** The libraries take the binary, but their types do not name it. */
function withBinary(wasmBinary: ArrayBuffer) {
	return { noInitialRun: true, wasmBinary };
}

/** The browser's class, as far as the decoders use it. */
class PlainImageData {
	constructor(
		readonly data: Uint8ClampedArray,
		readonly width: number,
		readonly height: number,
	) {}
}

function plain({ width, height, data }: { width: number; height: number; data: Uint8ClampedArray }): Pixels {
	return { width, height, data: Uint8Array.from(data) };
}

function imageData({ width, height, data }: Pixels) {
	return { width, height, data: new Uint8ClampedArray(data), colorSpace: 'srgb' as const };
}

/** Of 8 bits a channel, as all clients send them; palettes and other depths are refused like broken files. */
function fromPng({ width, height, data, depth, channels, palette }: DecodedPng): DecodedFile | undefined {
	if (depth !== 8 || palette !== undefined) return undefined;
	const hasAlpha = channels === 2 || channels === 4;
	const colours = hasAlpha ? channels - 1 : channels;
	const rgba = new Uint8Array(width * height * 4);
	const [green, blue] = colours === 3 ? [1, 2] : [0, 0];
	for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
		rgba[to] = data[from] ?? 0;
		rgba[to + 1] = data[from + green] ?? 0;
		rgba[to + 2] = data[from + blue] ?? 0;
		rgba[to + 3] = hasAlpha ? (data[from + colours] ?? 255) : 255;
	}
	return { pixels: { width, height, data: rgba }, format: 'png', hasAlpha };
}

/** Each frame a little further on than the one before. */
function encodeGif(pixels: Pixels, { frames, delayMs }: Animation): Uint8Array {
	const gif = GIFEncoder();
	for (let frame = 1; frame <= frames; frame++) {
		const { width, height, data } = frame === frames ? pixels : halfDone(pixels, frame / frames);
		const palette = quantize(data, 256);
		gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay: delayMs });
	}
	gif.finish();
	return gif.bytes();
}

/** The colour of the middle is all there is to draw. */
function svgOf({ width, height, data }: Pixels): string {
	const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
	const colour = Array.from(data.subarray(middle, middle + 3)).join(',');
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="rgb(${colour})"/></svg>`;
}
