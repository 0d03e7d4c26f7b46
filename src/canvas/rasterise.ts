import type { Rect, Size } from '../domain/size';
import { overlap } from '../image/overlap';
import type { Mask } from '../image/pixels';
import { eachSpanOfLine } from './capsule';
import { eachSpanInside } from './polygon';
import { type PlainStroke, resolved } from './resolve';
import type { OnSpan } from './spans';
import type { Stroke } from './strokes';

/**
 * The pixels of a mask, 0 or 255 each. A pixel belongs to a line if its middle is no farther from it than half the line's size (and than half
 * a pixel's diagonal, so that there is no line without pixels), to a lasso if its middle is inside the closed line, to a rectangle if it is
 * one of its pixels. What lies outside of the picture does not count.
 */
export function maskOf(strokes: readonly Stroke[], { width, height }: Size): Mask {
	const data = new Uint8Array(width * height);
	let inverted = false;
	for (const stroke of resolved(strokes)) {
		if (stroke.kind === 'invert') inverted = !inverted;
		else paint(stroke, { width, height, data }, inverted === (stroke.erases === true) ? 255 : 0);
	}
	if (inverted) for (let at = 0; at < data.length; at++) data[at] = 255 - (data[at] ?? 0);
	return { width, height, data };
}

function paint(stroke: Exclude<PlainStroke, { kind: 'invert' }>, { data, ...size }: Mask, value: number): void {
	const fill: OnSpan = (row, from, end) => void data.fill(value, row * size.width + from, row * size.width + end);
	switch (stroke.kind) {
		case 'line':
			return eachSpanOfLine(stroke.points, stroke.size, size, fill);
		case 'lasso':
			return eachSpanInside(stroke.points, size, fill);
		case 'rectangle':
			return eachSpanOfRect(stroke.rect, size, fill);
	}
}

function eachSpanOfRect(rect: Rect, { width, height }: Size, onSpan: OnSpan): void {
	const inside = overlap(rect, { x: 0, y: 0, width, height });
	if (inside.width === 0) return;
	for (let row = inside.y; row < inside.y + inside.height; row++) onSpan(row, inside.x, inside.x + inside.width);
}
