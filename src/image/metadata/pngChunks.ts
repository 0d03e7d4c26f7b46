import { joined, latin1, latin1Text, mostParts, startsWith, viewOf } from './bytes';
import { crc32 } from './crc32';

/** How a PNG begins. */
export const signature = '\x89PNG\r\n\x1a\n';

/** One chunk of a PNG. */
export interface PngChunk {
	/** Four letters. */
	readonly type: string;
	readonly data: Uint8Array;
	/** As it stands in the file: length, type, data and sum, whether that is right or not. */
	readonly raw: Uint8Array;
}

/** A PNG taken apart; the parts are views into its bytes. */
export interface Png {
	readonly format: 'png';
	/** `IHDR` first, `IEND` last. */
	readonly chunks: readonly PngChunk[];
	/** What follows `IEND`: no part of the picture. */
	readonly tail: Uint8Array;
}

/** The chunks of a whole PNG; `undefined` where it is none. */
export function readPng(bytes: Uint8Array): Png | undefined {
	if (!startsWith(bytes, signature)) return undefined;
	const chunks: PngChunk[] = [];
	let at = signature.length;
	while (chunks.length < mostParts) {
		const chunk = chunkAt(bytes, at);
		if (!chunk || (chunks.length === 0 && (chunk.type !== 'IHDR' || chunk.data.length !== 13))) return undefined;
		chunks.push(chunk);
		at += chunk.raw.length;
		if (chunk.type === 'IEND') return { format: 'png', chunks, tail: bytes.subarray(at) };
	}
	return undefined;
}

function chunkAt(bytes: Uint8Array, at: number): PngChunk | undefined {
	if (at + 12 > bytes.length) return undefined;
	const end = at + 12 + viewOf(bytes).getUint32(at);
	const type = latin1Text(bytes.subarray(at + 4, at + 8));
	if (end > bytes.length || !/^[A-Za-z]{4}$/.test(type)) return undefined;
	return { type, data: bytes.subarray(at + 8, end - 4), raw: bytes.subarray(at, end) };
}

/** The file again, of these chunks. */
export function writePng(chunks: readonly PngChunk[], tail: Uint8Array = new Uint8Array()): Uint8Array {
	return joined([latin1(signature), ...chunks.map(({ raw }) => raw), tail]);
}

/** A new chunk with a right sum. */
export function pngChunk(type: string, data: Uint8Array): PngChunk {
	const raw = joined([new Uint8Array(4), latin1(type), data, new Uint8Array(4)]);
	const view = viewOf(raw);
	view.setUint32(0, data.length);
	view.setUint32(raw.length - 4, crc32(raw.subarray(4, -4)));
	return { type, data: raw.subarray(8, -4), raw };
}

/** The same file with other chunks directly behind `IHDR`, where everything may stand that is no pixel. */
export function behindHeader(chunks: readonly PngChunk[], others: readonly PngChunk[]): readonly PngChunk[] {
	return [...chunks.slice(0, 1), ...others, ...chunks.slice(1)];
}
