import encodeJpeg, { init as initJpeg } from '@jsquash/jpeg/encode';
import encodeWebp, { init as initWebp } from '@jsquash/webp/encode';
import { encode as encodePng } from 'fast-png';
import type { RequestableFormat } from '../domain/imageFormat';
import type { Pixels } from './pixels';

/** The WebAssembly files of the two encoders that need one. Pure code opens no file, so the caller loads it. */
export type LoadCodec = (name: 'mozjpeg_enc' | 'webp_enc_simd') => Promise<ArrayBuffer>;

/** Of 100. Both encoders show no visible loss there, at about a tenth of the PNG's size. */
const quality = 90;

/** Pixels to the bytes of a file. JPEG knows no transparency: it is laid on white. */
export async function encode(pixels: Pixels, format: RequestableFormat, loadCodec: LoadCodec): Promise<Uint8Array> {
	switch (format) {
		case 'png':
			return encodePng({ ...withoutOpaqueAlpha(pixels), depth: 8 });
		case 'jpeg':
			jpegReady ??= loadCodec('mozjpeg_enc').then(async (wasmBinary) => initJpeg(withBinary(wasmBinary)));
			await jpegReady;
			return new Uint8Array(await encodeJpeg(imageData(onWhite(pixels)), { quality }));
		case 'webp':
			webpReady ??= loadCodec('webp_enc_simd').then(async (wasmBinary) => initWebp(withBinary(wasmBinary)));
			await webpReady;
			return new Uint8Array(await encodeWebp(imageData(pixels), { quality }));
	}
}

/** The libraries keep one instance each: it is made once. */
let jpegReady: Promise<unknown> | undefined;
let webpReady: Promise<unknown> | undefined;

/** Emscripten takes the binary, but the libraries' types do not name it. */
function withBinary(wasmBinary: ArrayBuffer) {
	return { noInitialRun: true, wasmBinary };
}

/** A fourth channel that says nothing costs a fifth of the file and of the time. */
function withoutOpaqueAlpha({ width, height, data }: Pixels) {
	if (!isOpaque(data)) return { width, height, data, channels: 4 };
	const rgb = new Uint8Array(width * height * 3);
	for (let from = 0, to = 0; from < data.length; from += 4, to += 3) rgb.set(data.subarray(from, from + 3), to);
	return { width, height, data: rgb, channels: 3 };
}

function isOpaque(data: Uint8Array): boolean {
	for (let index = 3; index < data.length; index += 4) if (data[index] !== 255) return false;
	return true;
}

function onWhite({ width, height, data }: Pixels): Pixels {
	if (isOpaque(data)) return { width, height, data };
	const flat = new Uint8Array(data.length);
	for (let index = 0; index < data.length; index++) {
		const alpha = data[index | 3] ?? 255;
		flat[index] = (index & 3) === 3 ? 255 : Math.round(((data[index] ?? 0) * alpha + 255 * (255 - alpha)) / 255);
	}
	return { width, height, data: flat };
}

/** The encoders want the browser's `ImageData`, of which they read these fields. */
function imageData({ width, height, data }: Pixels) {
	return {
		width,
		height,
		data: new Uint8ClampedArray(data),
		colorSpace: 'srgb' as const,
	};
}
