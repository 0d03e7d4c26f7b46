import { deflateSync } from 'node:zlib';
import type { Size } from '../../../src/domain/size';

/** A PNG of any kind, by its parts as the standard names them. */
export interface RawPng extends Size {
	readonly depth: number;
	readonly colourType: number;
	readonly interlaced?: boolean;
	/** `PLTE`. */
	readonly palette?: Uint8Array;
	/** `tRNS`. */
	readonly transparency?: Uint8Array;
	/** Gives the bytes of which samples are made, one after another, and the filter of each row. */
	readonly next: () => number;
}

const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

/** A PNG of these chunks, between signature and end. */
export function pngOf(...chunks: readonly Uint8Array[]): Uint8Array {
	return Buffer.concat([signature, ...chunks, chunk('IEND', new Uint8Array())]);
}

/** Its chunks up to the end. */
export function pngChunks(png: RawPng): Uint8Array[] {
	return [
		headerChunk(png, png.depth, png.colourType, png.interlaced),
		...(png.palette ? [chunk('PLTE', png.palette)] : []),
		...(png.transparency ? [chunk('tRNS', png.transparency)] : []),
		...inParts(deflateSync(scanlines(png))).map((part) => chunk('IDAT', part)),
	];
}

export function headerChunk({ width, height }: Size, depth = 8, colourType = 6, interlaced = false): Uint8Array {
	const data = Buffer.alloc(13);
	data.writeUInt32BE(width, 0);
	data.writeUInt32BE(height, 4);
	data.set([depth, colourType, 0, 0, interlaced ? 1 : 0], 8);
	return chunk('IHDR', data);
}

export function chunk(type: string, data: Uint8Array): Uint8Array {
	const content = Buffer.concat([Buffer.from(type), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(content));
	return Buffer.concat([length, content, sum]);
}

/** As in the standard's annex D, without its table. */
function crc32(bytes: Uint8Array): number {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}

function inParts(data: Uint8Array): Uint8Array[] {
	const half = data.length >> 1;
	return [data.subarray(0, half), data.subarray(half, half), data.subarray(half)];
}

/** Which of the seven passes of Adam7 a pixel belongs to: the picture of the standard, which repeats. */
const adam7 = ['16462646', '77777777', '56565656', '77777777', '36463646', '77777777', '56565656', '77777777'];

/** How many columns and rows each pass has. */
function passSizes({ width, height, interlaced }: Size & { readonly interlaced?: boolean | undefined }): Size[] {
	if (!interlaced) return [{ width, height }];
	return range(7).map((index) => {
		const isIn = (x: number, y: number) => adam7[y % 8]?.[x % 8] === `${index + 1}`;
		return {
			width: range(width).filter((x) => range(height).some((y) => isIn(x, y))).length,
			height: range(height).filter((y) => range(width).some((x) => isIn(x, y))).length,
		};
	});
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

/** Rows of bytes behind their filters; what the bytes mean once they are unfiltered is for a decoder to say. */
function scanlines(png: RawPng): Uint8Array {
	const channels = [1, 0, 3, 1, 2, 0, 4][png.colourType] ?? 0;
	const rows = passSizes(png).flatMap(({ width, height }) => {
		const length = Math.ceil((width * channels * png.depth) / 8);
		return range(height).flatMap(() => range(1 + length).map((index) => (index === 0 ? png.next() % 5 : png.next())));
	});
	return Uint8Array.from(rows);
}

/** Every kind of PNG that there is: colour type and depth. */
export const kinds: readonly (readonly [colourType: number, depth: number])[] = [
	...[1, 2, 4, 8, 16].map((depth) => [0, depth] as const),
	...[1, 2, 4, 8].map((depth) => [3, depth] as const),
	...[2, 4, 6].flatMap((colourType) => [8, 16].map((depth) => [colourType, depth] as const)),
];
