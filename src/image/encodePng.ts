import type { Codecs } from './codecs';
import { viewOf } from './metadata/bytes';
import { pngChunk, writePng } from './metadata/pngChunks';
import { isOpaque } from './opaque';
import { type Filter, filterRow, likeliestFilter } from './pngFilter';
import type { Pixels } from './pixels';

/**
 * A PNG of 8 bits a channel: with alpha only where something is not opaque. Colours under full transparency are kept. `isDrawn`: it is known
 * to be no photograph, so nothing is tried out.
 */
export function encodePng(pixels: Pixels, { deflate }: Pick<Codecs, 'deflate'>, isDrawn = false): Uint8Array {
	const channels = isOpaque(pixels) ? 3 : 4;
	const picture = { pixels, channels } as const;
	const header = new Uint8Array(13);
	viewOf(header).setUint32(0, pixels.width);
	viewOf(header).setUint32(4, pixels.height);
	header.set([8, channels === 3 ? 2 : 6], 8);
	const rows = filteredRows(picture, isDrawn ? noFilter : betterChoice(picture, deflate), 0, pixels.height);
	return writePng([pngChunk('IHDR', header), pngChunk('IDAT', deflate(rows)), pngChunk('IEND', new Uint8Array())]);
}

interface Picture {
	readonly pixels: Pixels;
	/** Those that are written. */
	readonly channels: 3 | 4;
}

type Choice = (row: Uint8Array, above: Uint8Array, step: number) => Filter;

const noFilter: Choice = () => 0;

/** The rows of a strip that is packed to see how small it gets, and how many such strips there are. */
const stripRows = 16;
const strips = 4;

/** Drawings get smaller without filters, photographs with them: a part of the picture tells. */
function betterChoice(picture: Picture, deflate: Codecs['deflate']): Choice {
	const { height } = picture.pixels;
	const count = Math.min(height, stripRows);
	const starts = Array.from({ length: strips }, (_, index) => Math.floor(((height - count) * (index + 0.5)) / strips));
	const packed = (choice: Choice) =>
		starts.reduce((sum, start) => sum + deflate(filteredRows(picture, choice, start, count)).length, 0);
	return packed(noFilter) < packed(likeliestFilter) ? noFilter : likeliestFilter;
}

/** So many rows from `start` on, each behind a byte for its filter. */
function filteredRows({ pixels, channels }: Picture, choice: Choice, start: number, count: number): Uint8Array {
	const { width, data } = pixels;
	const length = width * channels;
	const rows = new Uint8Array(count * (1 + length));
	// Both begin with a pixel of zeros: the neighbour of the first one.
	let row = new Uint8Array(channels + length);
	let above = new Uint8Array(channels + length);
	for (let y = start, at = 0; y < start + count; y++, at += 1 + length) {
		copyRow(data.subarray(y * width * 4, (y + 1) * width * 4), channels, row);
		const filter = choice(row, above, channels);
		rows[at] = filter;
		filterRow(filter, row, above, channels, rows.subarray(at + 1, at + 1 + length));
		[row, above] = [above, row];
	}
	return rows;
}

function copyRow(rgba: Uint8Array, channels: 3 | 4, row: Uint8Array): void {
	if (channels === 4) return row.set(rgba, 4);
	for (let from = 0, to = 3; from < rgba.length; from += 4, to += 3) {
		row[to] = rgba[from] ?? 0;
		row[to + 1] = rgba[from + 1] ?? 0;
		row[to + 2] = rgba[from + 2] ?? 0;
	}
}
