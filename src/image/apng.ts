import type { Rect, Size } from '../domain/size';
import { viewOf } from './metadata/bytes';
import type { PngChunk } from './metadata/pngChunks';
import { isWithin } from './within';

/** A frame of an animated PNG. */
interface Frame {
	/** Its pixels, as chunks of a still picture. */
	readonly chunks: readonly PngChunk[];
	/** Where it lies on the canvas. */
	readonly place: Rect;
}

/** The first frame that an animated PNG has besides its still picture. `undefined`: it has none that is on the canvas. */
export function firstFrameOf(chunks: readonly PngChunk[], canvas: Size): Frame | undefined {
	const start = chunks.findIndex(({ type }) => type === 'fdAT');
	const control = chunks.slice(0, Math.max(0, start)).findLast(({ type }) => type === 'fcTL');
	const place = control && placeOf(control.data);
	if (!place || !isWithin(place, canvas)) return undefined;
	const rest = chunks.slice(start);
	const end = rest.findIndex(({ type }) => type === 'fcTL');
	const own = rest.slice(0, end === -1 ? rest.length : end).filter(({ type }) => type === 'fdAT');
	return { place, chunks: own.map(asPixels) };
}

/** Behind the number of the chunk in the animation: size, then place. */
function placeOf(data: Uint8Array): Rect | undefined {
	if (data.length !== 26) return undefined;
	const [width, height, x, y] = [4, 8, 12, 16].map((at) => viewOf(data).getUint32(at));
	return width && height ? { x: x ?? 0, y: y ?? 0, width, height } : undefined;
}

/** Without the number of the chunk in the animation. The sum is still that of the chunk as it stands in the file. */
function asPixels({ data, raw }: PngChunk): PngChunk {
	return { type: 'IDAT', data: data.subarray(4), raw };
}
