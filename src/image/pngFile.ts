import type { Rect, Size } from '../domain/size';
import { firstFrameOf } from './apng';
import { viewOf } from './metadata/bytes';
import { crc32 } from './metadata/crc32';
import { orientationOf } from './metadata/exif';
import { type PngChunk, readPng } from './metadata/pngChunks';

/** What a PNG says of its pixels before they come. */
export interface PngHeader extends Size {
	/** Bits of a sample: 1, 2, 4, 8 or 16. */
	readonly depth: number;
	/** Samples of a pixel, 1 to 4; an index into the palette is one. */
	readonly channels: number;
	readonly indexed: boolean;
	/** Whether the pixels come in the seven passes of Adam7. */
	readonly interlaced: boolean;
}

/** A PNG as far as its first picture goes. Everything else in it (profiles, texts, …) is never unpacked. */
export interface PngFile extends Size {
	/** Of that picture alone, with its own size. */
	readonly header: PngHeader;
	/** Those that make it, `IHDR` and `IEND` included. */
	readonly chunks: readonly PngChunk[];
	/** Where it lies on the canvas. */
	readonly place: Rect;
	/** How it is displayed, 1 to 8. */
	readonly orientation: number;
	/** Whether there are more pictures in the file. */
	readonly animated: boolean;
}

/** `undefined`: not a whole PNG, or one with a header that the standard does not know. Pixels and their sums are not looked at. */
export function readPngFile(bytes: Uint8Array): PngFile | undefined {
	const chunks = readPng(bytes)?.chunks;
	const header = chunks?.[0] && headerOf(chunks[0].data);
	if (!chunks || !header) return undefined;
	const { width, height } = header;
	const [exif] = heeded(chunks, 'eXIf');
	const count = framesOf(chunks);
	// What stands for the animation where nothing is animated may be no part of it: browsers do not show it.
	const first = count > 0 && !startsWithStill(chunks) ? firstFrameOf(chunks, header) : undefined;
	const place = first?.place ?? { x: 0, y: 0, width, height };
	return {
		width,
		height,
		header: { ...header, width: place.width, height: place.height },
		chunks: [...chunks.filter(({ type }) => sharedChunks.has(type)), ...(first?.chunks ?? allOf(chunks, 'IDAT'))],
		place,
		orientation: exif ? orientationOf(exif.data) : 1,
		animated: count > 1 || first !== undefined,
	};
}

const sharedChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IEND']);

function allOf(chunks: readonly PngChunk[], type: string): readonly PngChunk[] {
	return chunks.filter((chunk) => chunk.type === type);
}

/** Of chunks of these types those that browsers heed: they stand before the pixels, and are sound. */
export function heeded(chunks: readonly PngChunk[], ...types: readonly string[]): readonly PngChunk[] {
	return beforePixels(chunks).filter((chunk) => types.includes(chunk.type) && isSound(chunk));
}

function beforePixels(chunks: readonly PngChunk[]): readonly PngChunk[] {
	return chunks.slice(
		0,
		Math.max(
			0,
			chunks.findIndex(({ type }) => type === 'IDAT'),
		),
	);
}

/** Of an animation, as it says itself; 0: it is none. */
function framesOf(chunks: readonly PngChunk[]): number {
	const data = heeded(chunks, 'acTL').find((chunk) => chunk.data.length === 8)?.data;
	return data ? viewOf(data).getUint32(0) : 0;
}

/** Whether the still picture is the first frame of the animation too. */
function startsWithStill(chunks: readonly PngChunk[]): boolean {
	return beforePixels(chunks).some(({ type }) => type === 'fcTL');
}

/** Whether the sum of a chunk is right. */
export function isSound({ raw }: PngChunk): boolean {
	return crc32(raw.subarray(4, -4)) === viewOf(raw).getUint32(raw.length - 4);
}

/** By the colour type: which depths there are, and the samples of a pixel. */
const colourTypes: ReadonlyMap<number, { readonly depths: readonly number[]; readonly channels: number }> = new Map([
	[0, { depths: [1, 2, 4, 8, 16], channels: 1 }],
	[2, { depths: [8, 16], channels: 3 }],
	[3, { depths: [1, 2, 4, 8], channels: 1 }],
	[4, { depths: [8, 16], channels: 2 }],
	[6, { depths: [8, 16], channels: 4 }],
]);

function headerOf(data: Uint8Array): PngHeader | undefined {
	const [depth = 0, colour = 0, compression, filter, interlace = 0] = data.subarray(8);
	const type = colourTypes.get(colour);
	if (!type?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) return undefined;
	const [width, height] = [viewOf(data).getUint32(0), viewOf(data).getUint32(4)];
	if (width === 0 || height === 0) return undefined;
	return { width, height, depth, channels: type.channels, indexed: colour === 3, interlaced: interlace === 1 };
}
