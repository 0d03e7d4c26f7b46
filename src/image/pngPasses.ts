import type { Size } from '../domain/size';
import type { PngHeader } from './pngFile';

/** A part of a picture's pixels that a PNG holds by itself: every `stepX`th of every `stepY`th row, from `x`, `y` on. */
export interface Pass extends Size {
	readonly x: number;
	readonly y: number;
	readonly stepX: number;
	readonly stepY: number;
}

/** First column and row, and the steps. */
const adam7 = [
	[0, 0, 8, 8],
	[4, 0, 8, 8],
	[0, 4, 4, 8],
	[2, 0, 4, 4],
	[0, 2, 2, 4],
	[1, 0, 2, 2],
	[0, 1, 1, 2],
] as const;

/** The passes of a picture that have pixels, in the order in which they come. */
export function passesOf({ width, height, interlaced }: PngHeader): readonly Pass[] {
	if (!interlaced) return [{ x: 0, y: 0, stepX: 1, stepY: 1, width, height }];
	return adam7
		.map(([x, y, stepX, stepY]) => {
			const [columns, rows] = [Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)];
			return { x, y, stepX, stepY, width: columns, height: rows };
		})
		.filter((pass) => pass.width > 0 && pass.height > 0);
}

/** Bytes of a row of so many pixels, without the byte that names its filter. */
export function rowLength({ channels, depth }: PngHeader, width: number): number {
	return Math.ceil((width * channels * depth) / 8);
}

/** Bytes of all rows of all passes, filters included. */
export function unpackedLength(header: PngHeader): number {
	return passesOf(header).reduce((sum, { width, height }) => sum + height * (1 + rowLength(header, width)), 0);
}
