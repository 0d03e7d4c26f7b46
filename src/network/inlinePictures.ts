import { Base64Decoder } from './base64';
import { pictureFrom } from './longString';

/** A stretch of the inside of a JSON string, as it was written: words, or a picture that stands among them, decoded. */
export type Stretch = { readonly words: Buffer } | { readonly picture: Uint8Array };

/** What stands before base64 in the data URL of a picture; within so many bytes. */
const prefix = /data:image\\?\/[\w.+-]+(?:;[\w.+-]+=[\w.+-]+)*;base64,$/i;
const longestPrefix = 200;

/**
 * Finds the pictures among the words of a long string: data URLs, as models put them that write Markdown, and with `bare` any base64
 * so long (OpenAI reference, *Union of shapes*: JSON in a text). All is decoded in one step, some 2 ms a megabyte.
 */
export function* stretchesOf(text: Buffer, bare: boolean): Generator<Stretch, void> {
	let from = 0;
	for (const [start, end] of runsOf(text)) {
		const head = prefixLength(text.subarray(Math.max(from, start - longestPrefix), start));
		const picture = bare || head > 0 ? decode(text.subarray(start, end)) : undefined;
		if (!picture) continue;
		if (start - head > from) yield { words: text.subarray(from, start - head) };
		yield { picture };
		from = end;
	}
	if (from < text.length) yield { words: text.subarray(from) };
}

/** Whether there is any base64 as long as a picture's. */
export function mayHoldPictures(text: Buffer): boolean {
	return runsOf(text).next().done !== true;
}

const slash = 0x2f;
const backslash = 0x5c;
const letters = new Uint8Array(256);
for (const letter of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-'))
	letters[letter] = 1;

/** Where letters of base64 stand, as many as a picture has at least. Some write `/` as `\/`. */
function* runsOf(text: Buffer): Generator<readonly [start: number, end: number], void> {
	for (let at = 0; at < text.length; at++) {
		const start = at;
		for (;;) {
			if (letters[text[at] ?? 0] === 1) at++;
			else if (text[at] === backslash && text[at + 1] === slash) at += 2;
			else break;
		}
		if (at - start >= pictureFrom) yield [start, at];
	}
}

/** 0: there is none. */
function prefixLength(text: Buffer): number {
	return prefix.exec(text.toString('latin1'))?.[0].length ?? 0;
}

function decode(text: Buffer): Uint8Array | undefined {
	const decoder = new Base64Decoder();
	return decoder.push(text.toString('latin1').replaceAll('\\', '')) ? decoder.finish() : undefined;
}
