import type { Rect, Size } from '../domain/size';
import { viewOf } from './metadata/bytes';
import { readChunks, readWebp, type WebpChunk, webpChunk, writeWebp } from './metadata/webpChunks';
import { sniff } from './sniff';
import { isWithin } from './within';

/** A WebP as far as its first picture goes. */
export interface WebpFile extends Size {
	/** A file of that picture alone. */
	readonly still: Uint8Array;
	/** Where it lies on the canvas. */
	readonly place: Rect;
	readonly animated: boolean;
}

const alphaFlag = 0x10;
const animationFlag = 0x02;

/** `undefined`: not a whole WebP. Whether its sizes are true shows when it is decoded. */
export function readWebpFile(bytes: Uint8Array): WebpFile | undefined {
	const chunks = readWebp(bytes)?.chunks;
	const canvas = chunks && canvasOf(bytes, chunks);
	if (!chunks || !canvas) return undefined;
	const isMoving = chunks[0]?.type === 'VP8X' && ((chunks[0].data[0] ?? 0) & animationFlag) !== 0;
	if (!isMoving) return { ...canvas, still: bytes, place: { x: 0, y: 0, ...canvas }, animated: false };
	const [first, second] = chunks.filter(({ type }) => type === 'ANMF');
	const frame = first && frameOf(first.data);
	return frame && isWithin(frame.place, canvas) ? { ...canvas, ...frame, animated: second !== undefined } : undefined;
}

/** The size by the file's header, or else by that of its pixels. */
function canvasOf(bytes: Uint8Array, [first]: readonly WebpChunk[]): Size | undefined {
	if (first?.type !== 'VP8X') return sniff(bytes.subarray(0, 64));
	return first.data.length < 10 ? undefined : { width: uint24(first.data, 4) + 1, height: uint24(first.data, 7) + 1 };
}

/** A frame of an animation, as a file of its own. */
function frameOf(data: Uint8Array): Pick<WebpFile, 'still' | 'place'> | undefined {
	const parts = data.length < 16 ? undefined : readChunks(data.subarray(16));
	const picture = parts?.find(({ type }) => type === 'VP8 ' || type === 'VP8L');
	if (!picture) return undefined;
	const [x, y] = [uint24(data, 0) * 2, uint24(data, 3) * 2];
	const header = Uint8Array.of(alphaFlag, 0, 0, 0, ...data.subarray(6, 12));
	const alpha = parts?.filter(({ type }) => type === 'ALPH').slice(0, 1) ?? [];
	return {
		still: writeWebp([webpChunk('VP8X', header), ...alpha, picture]),
		place: { x, y, width: uint24(data, 6) + 1, height: uint24(data, 9) + 1 },
	};
}

function uint24(data: Uint8Array, at: number): number {
	return viewOf(data).getUint16(at, true) + (data[at + 2] ?? 0) * 2 ** 16;
}
