import type { Size } from '../domain/size';
import type { Pixels } from './pixels';

/** A picture that is read row by row, so that a part of one needs no copy. */
export interface Rows extends Size {
	/** `width * 4` bytes, good until the next row is asked for. */
	readonly row: (y: number) => Uint8Array;
}

/** What becomes of a picture along one axis. All in pixels. */
export interface Stretch {
	/** The stretch of the source that is shown; may begin and end within a pixel. */
	readonly from: number;
	readonly span: number;
	/** How long that becomes. */
	readonly length: number;
	/** The part of it that is wanted. */
	readonly first: number;
	readonly count: number;
}

/** A picture in another size: squeezed where its ratio is another one. In the same size it is the same picture. */
export function scaled(pixels: Pixels, { width, height }: Size): Pixels {
	if (pixels.width === width && pixels.height === height) return pixels;
	return resampled(rowsOf(pixels), stretchOf(pixels.width, width), stretchOf(pixels.height, height));
}

/** A whole side of a picture that becomes this long. */
export function stretchOf(span: number, length: number): Stretch {
	return { from: 0, span, length, first: 0, count: length };
}

export function rowsOf({ width, height, data }: Pixels): Rows {
	return { width, height, row: (y) => data.subarray(y * width * 4, (y + 1) * width * 4) };
}

/**
 * A picture's part in another size, by Catmull and Rom's filter, which grows with the source's pixels where the picture gets smaller.
 * Colours count by their alpha. What stays as large as it is stays byte for byte. Holds one row of the source besides its result.
 */
export function resampled(source: Rows, across: Stretch, down: Stretch): Pixels {
	const pixels = { width: across.count, height: down.count, data: new Uint8Array(across.count * down.count * 4) };
	if (isPlain(across) && isPlain(down)) {
		copy(source, pixels, across.from + across.first, down.from + down.first);
		return pixels;
	}
	const columns = tapsOf(source.width, across);
	const rows = tapsOf(source.height, down);
	const line = new Float32Array(source.width * 4);
	for (let y = 0; y < pixels.height; y++) {
		mixRows(source, rows, y, line);
		mixColumns(line, columns, source.row(rows.nearest[y] ?? 0), rowsOf(pixels).row(y));
	}
	return pixels;
}

/** Of which pixels of the source each of the result is made, along one axis. */
interface Taps {
	/** How many there are for each. */
	readonly each: number;
	/** The first of them, and the one in the middle. */
	readonly start: Int32Array;
	readonly nearest: Int32Array;
	/** `each` for each; they add up to 1. */
	readonly weights: Float32Array;
}

function tapsOf(side: number, { from, span, length, first, count }: Stretch): Taps {
	const scale = Math.max(1, span / length);
	const reach = 2 * scale;
	const each = Math.min(side, Math.floor(2 * reach) + 1);
	const taps = {
		each,
		start: new Int32Array(count),
		nearest: new Int32Array(count),
		weights: new Float32Array(count * each),
	};
	const inside = (place: number) => Math.min(side - 1, Math.max(0, place));
	for (let i = 0; i < count; i++) {
		const middle = from + ((first + i + 0.5) * span) / length - 0.5;
		const lowest = Math.ceil(middle - reach);
		const start = Math.min(side - each, Math.max(0, lowest));
		taps.start[i] = start;
		taps.nearest[i] = inside(Math.round(middle));
		const weights = taps.weights.subarray(i * each, (i + 1) * each);
		// Beyond the border the picture goes on in the border's colours.
		for (let place = lowest; place <= middle + reach; place++) {
			const at = inside(place) - start;
			weights[at] = (weights[at] ?? 0) + curve(Math.abs(place - middle) / scale);
		}
		normalise(weights);
	}
	return taps;
}

/** The filter of Catmull and Rom: 1 at 0, 0 at every other whole number and from 2 on. */
function curve(x: number): number {
	if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
	return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

function normalise(weights: Float32Array): void {
	let sum = 0;
	for (const weight of weights) sum += weight;
	for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) / sum;
}

/** Writes one row of the result in the source's width: red, green and blue times alpha, and alpha. */
function mixRows(source: Rows, { each, start, weights }: Taps, y: number, line: Float32Array): void {
	line.fill(0);
	for (let tap = 0; tap < each; tap++) {
		const weight = weights[y * each + tap] ?? 0;
		if (weight !== 0) addRow(source.row((start[y] ?? 0) + tap), weight, line);
	}
}

function addRow(row: Uint8Array, weight: number, line: Float32Array): void {
	for (let at = 0; at < line.length; at += 4) {
		const share = (row[at + 3] ?? 0) * weight;
		line[at] = (line[at] ?? 0) + (row[at] ?? 0) * share;
		line[at + 1] = (line[at + 1] ?? 0) + (row[at + 1] ?? 0) * share;
		line[at + 2] = (line[at + 2] ?? 0) + (row[at + 2] ?? 0) * share;
		line[at + 3] = (line[at + 3] ?? 0) + share;
	}
}

/** Makes a row of the result of {@link mixRows}' line. What is all clear has the colour of the source's nearest pixel. */
function mixColumns(
	line: Float32Array,
	{ each, start, nearest, weights }: Taps,
	row: Uint8Array,
	into: Uint8Array,
): void {
	const rounded = new Uint8ClampedArray(into.buffer, into.byteOffset, into.length);
	for (let x = 0, to = 0; to < into.length; x++, to += 4) {
		let [red, green, blue, alpha] = [0, 0, 0, 0];
		let at = (start[x] ?? 0) * 4;
		for (let tap = x * each; tap < (x + 1) * each; tap++, at += 4) {
			const weight = weights[tap] ?? 0;
			red += (line[at] ?? 0) * weight;
			green += (line[at + 1] ?? 0) * weight;
			blue += (line[at + 2] ?? 0) * weight;
			alpha += (line[at + 3] ?? 0) * weight;
		}
		rounded[to + 3] = alpha;
		const isClear = into[to + 3] === 0;
		const from = (nearest[x] ?? 0) * 4;
		rounded[to] = isClear ? (row[from] ?? 0) : red / alpha;
		rounded[to + 1] = isClear ? (row[from + 1] ?? 0) : green / alpha;
		rounded[to + 2] = isClear ? (row[from + 2] ?? 0) : blue / alpha;
	}
}

function isPlain({ from, span, length, first }: Stretch): boolean {
	return span === length && Number.isInteger(from) && Number.isInteger(first);
}

function copy(source: Rows, { width, height, data }: Pixels, x: number, y: number): void {
	for (let row = 0; row < height; row++) {
		data.set(source.row(y + row).subarray(x * 4, (x + width) * 4), row * width * 4);
	}
}
