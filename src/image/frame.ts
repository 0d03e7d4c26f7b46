import { type Margins, withMargins } from '../domain/margins';
import type { Rect, Size } from '../domain/size';
import { overlap } from './overlap';
import type { Mask, Pixels } from './pixels';
import { type Rows, resampled, rowsOf, stretchOf } from './resample';

// A frame is a rectangle of whole pixels on a canvas, and may reach beyond it. It is what a model gets to see, in a size of the model's.

/** A source on a larger canvas. Round it the colours of its border go on, alpha too. */
export function onCanvas(source: Pixels, margins: Margins): Pixels {
	const size = withMargins(source, margins);
	// A picture may have 256 MB: none is copied for nothing.
	if (size.width === source.width && size.height === source.height) return source;
	return framed(source, { x: -margins.left, y: -margins.top, ...size }, size);
}

/** What of a canvas is in a frame, in the size that is sent. Beyond the canvas the colours of its border go on. */
export function framed(canvas: Pixels, frame: Rect, sent: Size): Pixels {
	return resampled(part(canvas, frame), stretchOf(frame.width, sent.width), stretchOf(frame.height, sent.height));
}

/**
 * What of a mask is in a frame, in the size that is sent. Every pixel has the greatest value of all that it covers, even partly: nothing
 * selected is lost. Beyond the mask its border goes on, as the picture's does: what is repainted up to the edge is so beyond it.
 */
export function framedMask(mask: Mask, frame: Rect, sent: Size): Mask {
	const data = new Uint8Array(sent.width * sent.height);
	const line = new Uint8Array(frame.width);
	for (let y = 0; y < sent.height; y++) {
		line.fill(0);
		const end = endOf(y, frame.height, sent.height);
		for (let row = startOf(y, frame.height, sent.height); row < end; row++) raise(line, mask, frame, row);
		for (let x = 0; x < sent.width; x++) {
			data[y * sent.width + x] = greatest(line, startOf(x, frame.width, sent.width), endOf(x, frame.width, sent.width));
		}
	}
	return { width: sent.width, height: sent.height, data };
}

/** A picture that has its place on a canvas. */
export interface Placed {
	readonly pixels: Pixels;
	/** Where its first pixel is. */
	readonly at: { readonly x: number; readonly y: number };
	/** Whether something was cut off because it had another ratio than the one that was asked for. */
	readonly cropped: boolean;
}

/** Ratios that differ by less are squeezed: that is only what whole pixels, or a model's grid, make of one. */
const tolerance = 1.02;

/**
 * What a model made for a frame, in its place on a canvas of this size: the part that is on it (of 0 pixels where none is). `sent` is the
 * size that was asked for, which may be squeezed itself. What came in another ratio than that covers it, centred and cropped.
 */
export function placed(made: Pixels, frame: Rect, canvas: Size, sent: Size = frame): Placed {
	const { x, y, width, height } = wholePixels(overlap(frame, { x: 0, y: 0, ...canvas }));
	const lean = (made.width * sent.height) / (made.height * sent.width);
	const cropped = Math.max(lean, 1 / lean) > tolerance;
	const across = cropped ? middle(made.width, made.width / lean) : whole(made.width);
	const down = cropped ? middle(made.height, made.height * lean) : whole(made.height);
	const pixels = resampled(
		rowsOf(made),
		{ ...across, length: frame.width, first: x - frame.x, count: width },
		{ ...down, length: frame.height, first: y - frame.y, count: height },
	);
	return { pixels, at: { x, y }, cropped };
}

/** A frame that is not of whole pixels covers its canvas, but for what numbers cannot say exactly. */
function wholePixels({ x, y, width, height }: Rect): Rect {
	return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

function whole(side: number): { readonly from: number; readonly span: number } {
	return { from: 0, span: side };
}

/** So much of a side, in its middle; never more than there is. */
function middle(side: number, wanted: number): { readonly from: number; readonly span: number } {
	const span = Math.min(side, wanted);
	return { from: (side - span) / 2, span };
}

/** The part of a canvas in a frame, without scaling it. */
function part(canvas: Pixels, { x, y, width, height }: Rect): Rows {
	const rows = rowsOf(canvas);
	const left = Math.min(width, Math.max(0, -x));
	const right = Math.min(width, Math.max(0, x + width - canvas.width));
	const line = new Uint8Array(width * 4);
	const row = (index: number): Uint8Array => {
		const source = rows.row(Math.min(canvas.height - 1, Math.max(0, y + index)));
		if (left + right === 0) return source.subarray(x * 4, (x + width) * 4);
		repeat(line, source.subarray(0, 4), 0, left);
		line.set(source.subarray((x + left) * 4, (x + width - right) * 4), left * 4);
		repeat(line, source.subarray(-4), width - right, right);
		return line;
	};
	return { width, height, row };
}

/** Writes `count` pixels of one colour, twice as many each time. */
function repeat(line: Uint8Array, colour: Uint8Array, first: number, count: number): void {
	const start = first * 4;
	const bytes = count * 4;
	line.set(colour.subarray(0, bytes), start);
	for (let done = 4; done < bytes; done *= 2) {
		line.copyWithin(start + done, start, start + Math.min(done, bytes - done));
	}
}

/** The first pixel of a side that pixel `index` of `length` covers, and the one after the last. */
function startOf(index: number, side: number, length: number): number {
	return Math.floor((index * side) / length);
}

function endOf(index: number, side: number, length: number): number {
	return Math.ceil(((index + 1) * side) / length);
}

/** Takes a row of the frame into a line, where its values are greater. */
function raise(line: Uint8Array, { width, height, data }: Mask, frame: Rect, row: number): void {
	const start = clamped(frame.y + row, height) * width;
	for (let x = 0; x < line.length; x++) {
		const value = data[start + clamped(frame.x + x, width)] ?? 0;
		if (value > (line[x] ?? 0)) line[x] = value;
	}
}

function clamped(place: number, length: number): number {
	return Math.min(length - 1, Math.max(0, place));
}

function greatest(line: Uint8Array, start: number, end: number): number {
	let most = 0;
	for (let x = start; x < end; x++) most = Math.max(most, line[x] ?? 0);
	return most;
}
