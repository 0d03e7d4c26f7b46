import encodeJpeg from '@jsquash/jpeg/codec/enc/mozjpeg_enc';
import { defaultOptions as jpegDefaults } from '@jsquash/jpeg/meta';
import encodeWebp from '@jsquash/webp/codec/enc/webp_enc_simd';
import { defaultOptions as webpDefaults } from '@jsquash/webp/meta';
import type { RequestableFormat } from '../domain/imageFormat';
import type { Codecs } from './codecs';
import { encodePng } from './encodePng';
import { isOpaque } from './opaque';
import type { Pixels } from './pixels';
import { unshared, WasmCodec } from './wasmCodec';

/** Of 100. Both encoders show no visible loss there, at about a tenth of the PNG's size. */
const quality = 90;

/**
 * A WebP of the very same pixels, those under full transparency included. The quality is how hard the encoder tries: so it takes
 * a fifth of the time of its defaults, for files as small.
 */
const exactly = { lossless: 1, exact: 1, method: 2, quality: 20 };

/** In half the memory, for files half as large again: the encoder's 2 GB have no room for 64 megapixels of grain otherwise. */
const exactlyInLessRoom = { ...exactly, method: 0, quality: 0 };

/** In pixels: noise of 51 million was seen to fit, a grainy picture of 64 million not. */
const roomy = 48_000_000;

/**
 * Pixels to the bytes of a file. JPEG knows no transparency: it is laid on white. `lossless` is for WebP; a PNG always is, a JPEG
 * never. `drawn`: see {@link encodePng}. Rejects where the format has no such size: a side of a JPEG has at most 65500 pixels, of a WebP 16383.
 */
export async function encode(
	pixels: Pixels,
	format: RequestableFormat,
	codecs: Codecs,
	{ lossless = false, drawn = false }: { readonly lossless?: boolean; readonly drawn?: boolean } = {},
): Promise<Uint8Array> {
	const { width, height } = pixels;
	switch (format) {
		case 'png':
			return encodePng(pixels, codecs, drawn);
		case 'jpeg': {
			const data = unshared(onWhite(pixels));
			const options = { ...jpegDefaults, quality };
			return made(await jpeg.run(codecs, pixels, (library) => library.encode(data, width, height, options)));
		}
		case 'webp': {
			const data = unshared(pixels.data);
			const exact = width * height > roomy ? exactlyInLessRoom : exactly;
			const options = { ...webpDefaults, ...(lossless ? exact : { quality }) };
			return made(await webp.run(codecs, pixels, (library) => library.encode(data, width, height, options)));
		}
	}
}

const jpeg = new WasmCodec('mozjpeg_enc', encodeJpeg);
const webp = new WasmCodec('webp_enc_simd', encodeWebp);

/** The libraries say nothing about why. */
function made(file: Uint8Array | undefined): Uint8Array {
	if (!file) throw new Error('The picture could not be encoded.');
	return file;
}

function onWhite(pixels: Pixels): Uint8Array {
	if (isOpaque(pixels)) return pixels.data;
	const { data } = pixels;
	const flat = new Uint8Array(data.length);
	for (let index = 0; index < data.length; index++) {
		const alpha = data[index | 3] ?? 255;
		flat[index] = (index & 3) === 3 ? 255 : Math.round(((data[index] ?? 0) * alpha + 255 * (255 - alpha)) / 255);
	}
	return flat;
}
