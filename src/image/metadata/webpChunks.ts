import type { Size } from '../../domain/size';
import { copyOf, joined, latin1, latin1Text, mostParts, startsWith, viewOf } from './bytes';

/** One chunk of a WebP. */
export interface WebpChunk {
	/** Four characters, a blank may be the last. */
	readonly type: string;
	readonly data: Uint8Array;
	/** As it stands in the file: type, length, data, and a byte more where the length is odd. */
	readonly raw: Uint8Array;
}

/** A WebP taken apart; the parts are views into its bytes. */
export interface Webp {
	readonly format: 'webp';
	readonly chunks: readonly WebpChunk[];
	/** What follows the RIFF: no part of the picture. */
	readonly tail: Uint8Array;
}

/** The chunks of a whole WebP; `undefined` where it is none. */
export function readWebp(bytes: Uint8Array): Webp | undefined {
	if (bytes.length < 12 || !startsWith(bytes, 'RIFF') || !startsWith(bytes, 'WEBP', 8)) return undefined;
	const end = viewOf(bytes).getUint32(4, true) + 8;
	if (end > bytes.length) return undefined;
	const chunks = readChunks(bytes.subarray(12, end));
	return chunks && chunks.length > 0 ? { format: 'webp', chunks, tail: bytes.subarray(end) } : undefined;
}

/** Chunks one after another; `undefined` where one is cut off. The last one may lack the byte that makes it even. */
export function readChunks(bytes: Uint8Array): WebpChunk[] | undefined {
	const chunks: WebpChunk[] = [];
	for (let at = 0; at < bytes.length;) {
		if (at + 8 > bytes.length || chunks.length === mostParts) return undefined;
		const length = viewOf(bytes).getUint32(at + 4, true);
		const end = at + 8 + length;
		if (end > bytes.length) return undefined;
		const type = latin1Text(bytes.subarray(at, at + 4));
		const data = bytes.subarray(at + 8, end);
		const raw = bytes.subarray(at, end + (length & 1));
		chunks.push(raw.length === 8 + length + (length & 1) ? { type, data, raw } : webpChunk(type, data));
		at = end + (length & 1);
	}
	return chunks;
}

/** A new chunk. */
export function webpChunk(type: string, data: Uint8Array): WebpChunk {
	const raw = joined([latin1(type), new Uint8Array(4), data, new Uint8Array(data.length & 1)]);
	viewOf(raw).setUint32(4, data.length, true);
	return { type, data: raw.subarray(8, 8 + data.length), raw };
}

/** The file again, of these chunks. */
export function writeWebp(chunks: readonly WebpChunk[], tail: Uint8Array = new Uint8Array()): Uint8Array {
	const body = joined([latin1('RIFF\0\0\0\0WEBP'), ...chunks.map(({ raw }) => raw)]);
	viewOf(body).setUint32(4, body.length - 8, true);
	return tail.length === 0 ? body : joined([body, tail]);
}

/** Of the header: there is a colour profile. */
export const iccFlag = 0x20;
const alphaFlag = 0x10;
const exifFlag = 0x08;
const xmpFlag = 0x04;

/**
 * The same chunks behind a header (`VP8X`) that says what is among them, as metadata and profiles need it. A header that is
 * there keeps what it says of animation, transparency and size; else the picture itself tells. `undefined`: it does not.
 */
export function extended(chunks: readonly WebpChunk[]): readonly WebpChunk[] | undefined {
	const old = chunks.find(({ type }) => type === 'VP8X')?.data;
	const header = old ? copyOf(old) : newHeader(chunks);
	if (!header || header.length < 10) return undefined;
	const others = chunks.filter(({ type }) => type !== 'VP8X');
	const has = (type: string, flag: number) => (others.some((chunk) => chunk.type === type) ? flag : 0);
	const kept = (header[0] ?? 0) & ~(iccFlag | exifFlag | xmpFlag);
	header[0] = kept | has('ICCP', iccFlag) | has('EXIF', exifFlag) | has('XMP ', xmpFlag);
	return [webpChunk('VP8X', header), ...others];
}

function newHeader(chunks: readonly WebpChunk[]): Uint8Array | undefined {
	const picture = chunks.map(pictureHeader).find((found) => found !== undefined);
	if (!picture) return undefined;
	const header = new Uint8Array(10);
	if (picture.hasAlpha) header[0] = alphaFlag;
	const view = viewOf(header);
	view.setUint16(4, picture.width - 1, true);
	view.setUint16(7, picture.height - 1, true);
	return header;
}

/** What a bitstream says of its picture (RFC 6386, section 9.1; RFC 9649, section 3.4). Sides have 14 bits. */
function pictureHeader({ type, data }: WebpChunk): (Size & { readonly hasAlpha: boolean }) | undefined {
	if (data.length < 10 && !(type === 'VP8L' && data.length >= 5)) return undefined;
	const view = viewOf(data);
	if (type === 'VP8L' && data[0] === 0x2f) {
		const bits = view.getUint32(1, true);
		return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, hasAlpha: ((bits >> 28) & 1) === 1 };
	}
	if (type !== 'VP8 ' || !startsWith(data, '\x9d\x01\x2a', 3)) return undefined;
	const [width, height] = [view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff];
	return width === 0 || height === 0 ? undefined : { width, height, hasAlpha: false };
}
