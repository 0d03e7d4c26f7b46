import { latin1Text, mostText, startsWith, utf8Text, viewOf } from './bytes';

/** One value of a directory. */
export interface Entry {
	readonly tag: number;
	/** Where its 12 bytes are in the block. */
	readonly at: number;
}

/** A directory of an EXIF block. */
export interface Directory {
	readonly at: number;
	readonly entries: readonly Entry[];
	/** Behind the 4 bytes that name the next directory. */
	readonly end: number;
}

/** An EXIF block: a TIFF without pixels. */
export interface Exif {
	readonly view: DataView;
	/** Whether numbers begin with their lowest byte. */
	readonly little: boolean;
	readonly first: Directory;
	/** The directory of the picture's own facts, if there is one. */
	readonly own?: Directory;
}

export const orientationTag = 0x0112;
export const ownTag = 0x8769;
export const commentTag = 0x9286;

/** What stands before the block in a JPEG, and in some WebPs. */
export const exifPrefix = 'Exif\0\0';

/** Whether that stands there. The last byte fills it up: like browsers, nobody looks at it. */
export function hasExifPrefix(data: Uint8Array): boolean {
	return data.length >= exifPrefix.length && startsWith(data, exifPrefix.slice(0, -1));
}

/** The block without what may stand before it. */
export function tiffOf(data: Uint8Array): Uint8Array {
	return hasExifPrefix(data) ? data.subarray(exifPrefix.length) : data;
}

/** The two directories of a TIFF block that are of use here; `undefined` where it is broken. */
export function readExif(tiff: Uint8Array): Exif | undefined {
	const little = startsWith(tiff, 'II*\0');
	if (tiff.length < 14 || !(little || startsWith(tiff, 'MM\0*'))) return undefined;
	const view = viewOf(tiff);
	const first = directoryAt(view, view.getUint32(4, little), little);
	const pointer = first?.entries.find(({ tag }) => tag === ownTag);
	if (!first || !pointer) return first && { view, little, first };
	const own = directoryAt(view, view.getUint32(pointer.at + 8, little), little);
	return own && { view, little, first, own };
}

function directoryAt(view: DataView, at: number, little: boolean): Directory | undefined {
	if (at < 8 || at + 2 > view.byteLength) return undefined;
	const count = view.getUint16(at, little);
	const end = at + 2 + count * 12 + 4;
	if (end > view.byteLength) return undefined;
	const entries = Array.from({ length: count }, (_, index) => {
		const entry = at + 2 + index * 12;
		return { tag: view.getUint16(entry, little), at: entry };
	});
	return { at, entries, end };
}

/** Of values of 16 bits. */
const short = 3;

/**
 * How the picture is turned, 1 (not at all) to 8, by a TIFF block that may be broken. As browsers do it: whatever else is wrong
 * with the block, its first entry for that counts which is one number of 16 bits, and one of these.
 */
export function orientationOf(tiff: Uint8Array): number {
	const little = startsWith(tiff, 'II*\0');
	if (tiff.length < 14 || !(little || startsWith(tiff, 'MM\0*'))) return 1;
	const view = viewOf(tiff);
	const first = view.getUint32(4, little);
	const count = first >= 8 && first + 2 <= tiff.length ? view.getUint16(first, little) : 0;
	const end = Math.min(first + 2 + count * 12, tiff.length - 11);
	for (let at = first + 2; at < end; at += 12) {
		if (view.getUint16(at, little) !== orientationTag) continue;
		if (view.getUint16(at + 2, little) !== short || view.getUint32(at + 4, little) !== 1) continue;
		const value = view.getUint16(at + 8, little);
		if (value >= 1 && value <= 8) return value;
	}
	return 1;
}

/** Where the bytes of an entry are, each of which is one value. `undefined`: in no part of the block. */
export function rangeOf({ view, little }: Exif, { at }: Entry): { start: number; end: number } | undefined {
	const length = view.getUint32(at + 4, little);
	const start = length <= 4 ? at + 8 : view.getUint32(at + 8, little);
	return start + length > view.byteLength ? undefined : { start, end: start + length };
}

/** The entry of the user's comment. */
export function commentEntryOf({ own }: Exif): Entry | undefined {
	return own?.entries.find(({ tag }) => tag === commentTag);
}

/**
 * The user's comment of a TIFF block, in the ways in which it may be read, the likeliest first: in which order the bytes of
 * UTF-16 come is said nowhere; the standard takes the block's own, AUTOMATIC1111 always the highest first.
 */
export function commentsOf(tiff: Uint8Array): readonly string[] {
	const exif = readExif(tiff);
	const entry = exif && commentEntryOf(exif);
	const range = entry && rangeOf(exif, entry);
	if (!range || range.end - range.start > mostText) return [];
	return decoded(tiff.subarray(range.start, range.end), exif.little).map((text) => text.replace(/\0+$/, ''));
}

function decoded(data: Uint8Array, little: boolean): readonly string[] {
	const text = data.subarray(8);
	const code = latin1Text(data.subarray(0, 8));
	if (code === 'UNICODE\0') return [utf16Text(text, little), utf16Text(text, !little)];
	if (code === 'ASCII\0\0\0' || code === '\0\0\0\0\0\0\0\0') return [utf8Text(text)];
	return [code === 'JIS\0\0\0\0\0' ? latin1Text(text) : utf8Text(data)];
}

/** A byte order mark knows better than the caller. */
function utf16Text(bytes: Uint8Array, little: boolean): string {
	const mark = bytes.length < 2 ? 0 : viewOf(bytes).getUint16(0);
	if (mark === 0xfeff || mark === 0xfffe)
		return new TextDecoder(mark === 0xfeff ? 'utf-16be' : 'utf-16le').decode(bytes);
	return new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes);
}
