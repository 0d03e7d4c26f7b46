import { copyOf, joined, latin1, viewOf } from './bytes';
import {
	commentEntryOf,
	commentTag,
	type Directory,
	type Entry,
	type Exif,
	orientationTag,
	ownTag,
	rangeOf,
	readExif,
} from './exif';

/** Types of values in TIFF. */
const short = 3;
const long = 4;
const undefinedType = 7;

/** A block that says how the picture is turned (2 to 8), and nothing else. */
export function orientationBlock(orientation: number): Uint8Array {
	return joined([header(), directory([entryOf(orientationTag, short, 1, orientation << 16)])]);
}

/** A block that has a user's comment, and nothing else. Its highest bytes come first: AUTOMATIC1111 knows no other order. */
export function commentBlock(text: string): Uint8Array {
	const comment = encoded(text, false);
	return joined([
		header(),
		directory([entryOf(ownTag, long, 1, 26)]),
		directory([entryOf(commentTag, undefinedType, comment.length, 44)]),
		comment,
	]);
}

/**
 * The same block with another user's comment. Nothing else in it moves, because makers' notes name places in it: what is new
 * goes to the end. `undefined` where the block is broken.
 */
export function withComment(tiff: Uint8Array, text: string): Uint8Array | undefined {
	const exif = readExif(tiff);
	if (!exif) return undefined;
	const comment = encoded(text, exif.little);
	const entry = commentEntryOf(exif);
	return entry ? replaced(tiff, exif, entry, comment) : added(tiff, exif, comment);
}

/** The old comment is wiped out, and cut off where it was the last thing in the block. */
function replaced(tiff: Uint8Array, exif: Exif, entry: Entry, comment: Uint8Array): Uint8Array | undefined {
	const old = rangeOf(exif, entry);
	const isInside = old !== undefined && old.start >= entry.at && old.end <= entry.at + 12;
	if (!old || (!isInside && [exif.first, exif.own].some((directory) => overlaps(old, directory)))) return undefined;
	const wiped = copyOf(tiff).fill(0, old.start, old.end);
	const kept = even(!isInside && old.end === wiped.length ? wiped.subarray(0, old.start) : wiped);
	const whole = joined([kept, comment]);
	writeEntry(viewOf(whole), entry.at, exif.little, [commentTag, undefinedType, comment.length, kept.length]);
	return whole;
}

function overlaps({ start, end }: { start: number; end: number }, directory: Directory | undefined): boolean {
	return start < 8 || (directory !== undefined && start < directory.end && end > directory.at);
}

/** The directories that get a new entry are copied behind the block. */
function added(tiff: Uint8Array, exif: Exif, comment: Uint8Array): Uint8Array {
	const { little, first, own } = exif;
	const start = even(tiff);
	const ownAt = start.length;
	const grown = own ? own.end - own.at + 12 : 18;
	const pointer = first.entries.find(({ tag }) => tag === ownTag);
	const firstCopy = pointer ? new Uint8Array() : copied(exif, first, [ownTag, long, 1, ownAt]);
	const commentAt = ownAt + grown + firstCopy.length;
	const ownCopy = copied(exif, own, [commentTag, undefinedType, comment.length, commentAt]);
	const whole = joined([start, ownCopy, firstCopy, comment]);
	viewOf(whole).setUint32(pointer ? pointer.at + 8 : 4, pointer ? ownAt : ownAt + grown, little);
	return whole;
}

/** Tag, type, number of values, and the value itself or where it is. */
type Fields = readonly [tag: number, type: number, count: number, value: number];

/** A directory with one entry more, in the order of the tags, as TIFF wants it. */
function copied({ view, little }: Exif, from: Directory | undefined, fields: Fields): Uint8Array {
	const entry = new Uint8Array(12);
	writeEntry(viewOf(entry), 0, little, fields);
	const bytesAt = (at: number, length: number) => new Uint8Array(view.buffer, view.byteOffset + at, length);
	const entries = (from?.entries ?? []).map(({ tag, at }) => ({ tag, bytes: bytesAt(at, 12) }));
	const all = [...entries, { tag: fields[0], bytes: entry }].sort((one, other) => one.tag - other.tag);
	const next = from ? bytesAt(from.end - 4, 4) : new Uint8Array(4);
	return directory(
		all.map(({ bytes }) => bytes),
		next,
		little,
	);
}

function directory(entries: readonly Uint8Array[], next: Uint8Array = new Uint8Array(4), little = false): Uint8Array {
	const count = new Uint8Array(2);
	viewOf(count).setUint16(0, entries.length, little);
	return joined([count, ...entries, next]);
}

function entryOf(...fields: Fields): Uint8Array {
	const entry = new Uint8Array(12);
	writeEntry(viewOf(entry), 0, false, fields);
	return entry;
}

function writeEntry(view: DataView, at: number, little: boolean, [tag, type, count, value]: Fields): void {
	view.setUint16(at, tag, little);
	view.setUint16(at + 2, type, little);
	view.setUint32(at + 4, count, little);
	view.setUint32(at + 8, value, little);
}

/** Its first directory is at 8. */
function header(): Uint8Array {
	return latin1('MM\0*\0\0\0\x08');
}

/** Directories and values begin at even places. */
function even(bytes: Uint8Array): Uint8Array {
	return bytes.length % 2 === 0 ? bytes : joined([bytes, new Uint8Array(1)]);
}

/** A comment with the name of its code: ASCII where that has all of it, else UTF-16. */
function encoded(text: string, little: boolean): Uint8Array {
	if (/^[\0-\x7f]*$/.test(text)) return joined([latin1('ASCII\0\0\0'), latin1(text)]);
	const units = new Uint8Array(text.length * 2);
	const view = viewOf(units);
	for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), little);
	return joined([latin1('UNICODE\0'), units]);
}
