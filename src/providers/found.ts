import * as z from 'zod';
import { isPictureBytes, type PictureBytes, pieceOf, type ReceivedImage } from '../domain/picture';
import type { LinkedImage } from './provider';

/** A picture as an answer has it: its bytes, or where it lies. */
export type Found = Pick<ReceivedImage, 'bytes'> | Pick<LinkedImage, 'url'>;

/** An address has some kB where it is signed; a longer one leads nowhere. */
const longestUrl = 8192;

/** What stands where a picture is expected: bytes that the transport decoded, a data URL, an address on the web. `undefined`: none of them. */
export function pictureAt(value: unknown): Found | undefined {
	if (isPictureBytes(value)) return { bytes: value };
	if (typeof value !== 'string') return undefined;
	if (/^https?:\/\/[^\s/]/i.test(value)) return value.length <= longestUrl ? { url: value } : undefined;
	const bytes = /^data:[^,]{0,200};base64,/i.test(value) ? bytesOf(value) : undefined;
	return bytes && { bytes };
}

/** The bytes of base64 in either alphabet (RFC 4648, section 5), plain or as a data URL; `undefined` where it is none, or nothing. */
export function bytesOf(text: string): Uint8Array | undefined {
	const plain = text.slice(/^data:/i.test(text) ? text.indexOf(',') + 1 : 0);
	try {
		const binary = atob(plain.replaceAll('-', '+').replaceAll('_', '/'));
		// `Uint8Array.from` takes a second for 10 MB.
		const bytes = new Uint8Array(binary.length);
		for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
		return binary === '' ? undefined : bytes;
	} catch {
		return undefined;
	}
}

/** In an answer: a picture that the transport has decoded. */
export const decodedPicture = z.custom<PictureBytes>(isPictureBytes);

/** In an answer: base64, plain or as a data URL. The transport has decoded the long ones already. */
export const base64 = z.union([
	decodedPicture,
	z.string().transform((text, context) => {
		const bytes = bytesOf(text);
		if (bytes) return bytes;
		context.issues.push({ code: 'custom', input: text, message: 'no base64' });
		return z.NEVER;
	}),
]);

/** Each picture once, where it was found first: some servers give the same one in several places of an answer. */
export function distinct<Picture extends Found>(found: readonly Picture[]): Picture[] {
	const seen = new Map<string, Found[]>();
	return found.filter((picture) => {
		const like = seen.get(labelOf(picture));
		if (like?.some((other) => isSame(other, picture))) return false;
		if (like) like.push(picture);
		else seen.set(labelOf(picture), [picture]);
		return true;
	});
}

/** Of a picture that is looked at for its name: so many pieces of so many bytes. */
const samples = 16;
const sample = 16;

/**
 * A name for a picture that has none: its address, else some of its bytes (FNV-1a). Each poll brings it again, and all of them would be
 * too many. The last ones are among them, because files end with sums and with what differs first.
 */
export function nameOfPicture(picture: Found): string {
	if ('url' in picture) return picture.url;
	const { bytes } = picture;
	const { length } = bytes;
	const places = Array.from({ length: samples }, (_, index) => Math.floor((index * length) / samples));
	const pieces = [
		...places.map((at) => pieceOf(bytes, at, at + sample)),
		pieceOf(bytes, Math.max(0, length - 256), length),
	];
	const sums = pieces.map((piece) => piece.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5));
	const hash = sums.reduce((sum, each) => Math.imul(sum ^ each, 0x01000193), 0x811c9dc5);
	return `${length}:${(hash >>> 0).toString(16)}`;
}

/** The same for the same picture, and short: what has another label need not be compared. */
function labelOf(picture: Found): string {
	if ('url' in picture) return picture.url;
	const { bytes } = picture;
	const { length } = bytes;
	return `${length} ${pieceOf(bytes, 0, 32).join()} ${pieceOf(bytes, Math.max(0, length - 32), length).join()}`;
}

function isSame(one: Found, other: Found): boolean {
	if ('url' in one || 'url' in other) return 'url' in one && 'url' in other && one.url === other.url;
	return areAlike(one.bytes, other.bytes);
}

/** Bytes that are compared in one step. */
const stretch = 2 ** 16;

function areAlike(one: PictureBytes, other: PictureBytes): boolean {
	if (one.length !== other.length) return false;
	for (let at = 0; at < one.length; at += stretch) {
		const [a, b] = [pieceOf(one, at, at + stretch), pieceOf(other, at, at + stretch)];
		if (a.some((byte, index) => byte !== b[index])) return false;
	}
	return true;
}
