import { imageDimensionsFromData } from 'image-dimensions';
import type { ImageFormat } from '../domain/imageFormat';
import { type PictureBytes, pieceOf, wholeOf } from '../domain/picture';
import type { Size } from '../domain/size';

/** What a file's own first bytes say of it. */
export interface ImageHeader extends Size {
	readonly format: ImageFormat;
}

/** Format and pixels by the bytes alone, whatever a name or a header claims. `undefined`: no picture that Limn saves. */
export function sniff(bytes: Uint8Array): ImageHeader | undefined {
	const found = imageDimensionsFromData(bytes);
	if (!found || found.type === 'heic' || found.width < 1 || found.height < 1) return undefined;
	return { format: found.type, width: found.width, height: found.height };
}

/** Bytes within which nearly every file says what it is. */
const headSize = 2 ** 16;

/** The same of a picture wherever it lies. */
export async function headerOf(bytes: PictureBytes): Promise<ImageHeader | undefined> {
	const header = sniff(pieceOf(bytes, 0, headSize));
	if (header || bytes.length <= headSize) return header;
	return sniff(await wholeOf(bytes));
}

/** Whether a picture has more pixels than anything should decode: more than 16384 a side, or more than 100 million. */
export function isHuge({ width, height }: Size): boolean {
	return Math.max(width, height) > 16384 || width * height > 100e6;
}

/** `image/png`, … */
export function mimeTypeOf(format: ImageFormat): string {
	return `image/${format}`;
}
