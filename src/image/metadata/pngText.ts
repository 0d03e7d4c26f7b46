import type { Codecs } from '../codecs';
import { joined, latin1, latin1Text, mostText, utf8, utf8Text } from './bytes';
import { pngChunk, type PngChunk } from './pngChunks';

/** The keyword of a text chunk: `undefined` where it is no text. */
export function keywordOf({ type, data }: Pick<PngChunk, 'type' | 'data'>): string | undefined {
	if (!/^(?:tEXt|zTXt|iTXt)$/.test(type)) return undefined;
	const end = data.subarray(0, 80).indexOf(0);
	return end < 1 ? undefined : latin1Text(data.subarray(0, end));
}

/** The text of the first chunk with this keyword, of any of the three kinds; `undefined`: none, a broken or a giant one. */
export function textOf(
	chunks: readonly PngChunk[],
	keyword: string,
	{ inflate }: Pick<Codecs, 'inflate'>,
): string | undefined {
	const chunk = chunks.find((each) => keywordOf(each) === keyword);
	if (!chunk) return undefined;
	const content = chunk.data.subarray(keyword.length + 1);
	switch (chunk.type) {
		case 'tEXt':
			return content.length > mostText ? undefined : plainText(content);
		case 'zTXt':
			return optional(unfolded(content.subarray(1), content[0] === 0, inflate), plainText);
		default:
			return internationalText(content, inflate);
	}
}

/** Compression flag and method, language, translated keyword, text. */
function internationalText(content: Uint8Array, inflate: Codecs['inflate']): string | undefined {
	const language = content.indexOf(0, 2);
	const translated = language === -1 ? -1 : content.indexOf(0, language + 1);
	if (translated === -1) return undefined;
	const text = content.subarray(translated + 1);
	if (content[0] === 1) return optional(unfolded(text, content[1] === 0, inflate), utf8Text);
	return text.length > mostText ? undefined : utf8Text(text);
}

function unfolded(folded: Uint8Array, isZlib: boolean, inflate: Codecs['inflate']): Uint8Array | undefined {
	if (!isZlib || folded.length > mostText) return undefined;
	try {
		return inflate(folded, mostText);
	} catch {
		return undefined;
	}
}

/** Latin-1, as the format says; but some write UTF-8 there, which shows: hardly any other text is right UTF-8. */
function plainText(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return latin1Text(bytes);
	}
}

function optional<From, To>(value: From | undefined, map: (value: From) => To): To | undefined {
	return value === undefined ? undefined : map(value);
}

/** A chunk with a text: `tEXt` where Latin-1 has all of it, as AUTOMATIC1111 does, else `iTXt`. A NUL would end it and becomes U+FFFD. */
export function textChunk(keyword: string, text: string): PngChunk {
	const sound = text.replaceAll('\0', '\uFFFD');
	if (/[^\0-\xff]/.test(sound)) return internationalChunk(keyword, sound);
	return pngChunk('tEXt', joined([latin1(`${keyword}\0`), latin1(sound)]));
}

/** An `iTXt` that is not compressed: XMP wants it so. */
export function internationalChunk(keyword: string, text: string): PngChunk {
	return pngChunk('iTXt', joined([latin1(`${keyword}\0\0\0\0\0`), utf8(text)]));
}
