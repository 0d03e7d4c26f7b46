import type { PictureBytes } from '../domain/picture';
import { Base64Decoder } from './base64';
import { pictureFrom } from './longString';
import type { Shelf } from './shelf';
import type { Held } from './spill';

/** A stretch of the inside of a JSON string, as it was written: words, or a picture that stands among them, decoded. */
export type Stretch = { readonly words: Buffer } | { readonly picture: PictureBytes };

/** Bytes that are read in pieces. */
interface Text extends Pick<Held, 'read'> {
	readonly length: number;
}

/** What stands before base64 in the data URL of a picture; within so many bytes. */
const prefix = /data:image\\?\/[\w.+-]+(?:;[\w.+-]+=[\w.+-]+)*;base64,$/i;
const longestPrefix = 200;

/** Bytes that are looked at in one piece. */
const windowSize = 2 ** 16;

/** Bytes after which somebody else may have a turn; a multiple of that. */
const turnSize = 2 ** 20;

/**
 * Finds the pictures among the words of a long string: data URLs, as models put them that write Markdown, and with `bare` any base64
 * so long (OpenAI reference, *Union of shapes*: JSON in a text). `undefined`: some milliseconds have gone, and somebody else may have a turn.
 */
export function* stretchesOf(text: Text, bare: boolean, shelf: Shelf): Generator<Stretch | undefined, void> {
	let from = 0;
	for (const run of runsOf(text)) {
		if (!run) yield undefined;
		if (!run) continue;
		const [start, end] = run;
		const head = prefixLength(before(text, from, start));
		const picture = bare || head > 0 ? yield* decode(text, start, end, shelf) : undefined;
		if (!picture) continue;
		yield* wordsOf(text, from, start - head);
		yield { picture };
		from = end;
	}
	yield* wordsOf(text, from, text.length);
}

/** Whether there is any base64 as long as a picture's before this place. */
export function mayHoldPictures(text: Text, to: number): boolean {
	const runs = runsOf({ length: to, read: (from, target) => text.read(from, target) });
	for (const run of runs) if (run) return true;
	return false;
}

const slash = 0x2f;
const backslash = 0x5c;
const letters = new Uint8Array(256);
for (const letter of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-'))
	letters[letter] = 1;

function* wordsOf(text: Text, from: number, to: number): Generator<Stretch, void> {
	for (const words of piecesOf(text, from, to)) yield { words };
}

/** Each is valid until the next one. */
function* piecesOf(text: Text, from: number, to: number): Generator<Buffer, void> {
	const window = Buffer.allocUnsafe(Math.min(windowSize, to - from));
	for (let at = from; at < to; at += windowSize) {
		const piece = window.subarray(0, to - at);
		text.read(at, piece);
		yield piece;
	}
}

/** What stands before a place, as much as could belong to it. */
function before(text: Text, from: number, place: number): Buffer {
	const start = Math.max(from, place - longestPrefix);
	const bytes = Buffer.alloc(place - start);
	text.read(start, bytes);
	return bytes;
}

/** Where letters of base64 stand, as many as a picture has at least. Some write `/` as `\/`. `undefined`: as above. */
function* runsOf(text: Text): Generator<readonly [start: number, end: number] | undefined, void> {
	let start = 0;
	let base = 0;
	let isEscape = false;
	for (const bytes of piecesOf(text, 0, text.length)) {
		for (let at = 0; at < bytes.length; at++) {
			const byte = bytes[at] ?? 0;
			if (isEscape ? byte !== slash : letters[byte] !== 1 && byte !== backslash) {
				const end = base + at - (isEscape ? 1 : 0);
				if (end - start >= pictureFrom) yield [start, end];
				start = base + at + 1;
			}
			isEscape = byte === backslash && !isEscape;
		}
		base += bytes.length;
		if (base % turnSize === 0) yield undefined;
	}
	const end = base - (isEscape ? 1 : 0);
	if (end - start >= pictureFrom) yield [start, end];
}

/** 0: there is none. */
function prefixLength(text: Buffer): number {
	return prefix.exec(text.toString('latin1'))?.[0].length ?? 0;
}

function* decode(text: Text, start: number, end: number, shelf: Shelf): Generator<undefined, PictureBytes | undefined> {
	const picture = shelf.hold();
	const decoder = new Base64Decoder(picture);
	let since = 0;
	for (const piece of piecesOf(text, start, end)) {
		since += piece.length;
		if (since >= turnSize) yield undefined;
		since %= turnSize;
		if (decoder.push(piece.toString('latin1').replaceAll('\\', ''))) continue;
		picture.drop();
		return undefined;
	}
	if (decoder.finish()) return picture.take();
	picture.drop();
	return undefined;
}
