import { type Jpeg, readJpeg } from './jpegSegments';
import { type Png, readPng } from './pngChunks';
import { readWebp, type Webp } from './webpChunks';

/** A file of one of the formats whose metadata Limn reads and writes, taken apart. */
export type Container = Png | Jpeg | Webp;

/** Takes a file apart, without a look at its pixels; `undefined`: another format, or a broken file. */
export function readContainer(bytes: Uint8Array): Container | undefined {
	return readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes);
}
