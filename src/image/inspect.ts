import type { RequestableFormat } from '../domain/imageFormat';
import type { Size } from '../domain/size';
import { readJpegFile } from './jpegFile';
import { displayedSize } from './orientation';
import { readPngFile } from './pngFile';
import { readWebpFile } from './webpFile';

/** A picture of so many pixels is decoded, and no larger one: each pixel takes 4 bytes, and a codec has it twice. */
export const mostPixels = 64e6;

/** What a file says of its picture. The size is that of the picture as it is displayed. */
export interface Inspected extends Size {
	readonly format: RequestableFormat;
	/** Bits a channel; 16 become 8 when the file is decoded. */
	readonly depth: 8 | 16;
	/** Of many only the first is decoded. */
	readonly frames: 'one' | 'many';
	/** The colours are inks of a printer: such a JPEG is not decoded. Absent: they are red, green and blue, or greys. */
	readonly colours?: 'cmyk';
	/** How the stored pixels are turned for display, 1 (not at all) to 8, in the numbers of EXIF. */
	readonly orientation: number;
}

/** What a file is, without decoding its pixels. `undefined`: no PNG, JPEG or WebP, or one that is cut off. */
export function inspect(bytes: Uint8Array): Inspected | undefined {
	return inspectPng(bytes) ?? inspectJpeg(bytes) ?? inspectWebp(bytes);
}

function inspectPng(bytes: Uint8Array): Inspected | undefined {
	const file = readPngFile(bytes);
	if (!file) return undefined;
	const { header, orientation, animated } = file;
	return {
		format: 'png',
		...displayedSize(file, orientation),
		depth: header.depth === 16 ? 16 : 8,
		frames: animated ? 'many' : 'one',
		orientation,
	};
}

function inspectJpeg(bytes: Uint8Array): Inspected | undefined {
	const file = readJpegFile(bytes);
	if (!file) return undefined;
	const { orientation, components } = file;
	return {
		format: 'jpeg',
		...displayedSize(file, orientation),
		depth: 8,
		frames: 'one',
		...(components === 4 && { colours: 'cmyk' }),
		orientation,
	};
}

/** Chromium does not turn a WebP, whatever its EXIF says. */
function inspectWebp(bytes: Uint8Array): Inspected | undefined {
	const file = readWebpFile(bytes);
	if (!file) return undefined;
	const { width, height, animated } = file;
	return { format: 'webp', width, height, depth: 8, frames: animated ? 'many' : 'one', orientation: 1 };
}
