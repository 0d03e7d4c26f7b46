import type { Rect } from '../domain/size';
import type { Stroke } from './strokes';

/** A mask that was painted, in pixels of the picture as it is displayed. `feather`: over so many of them inside its edge it fades in. */
export interface PaintedMask {
	readonly strokes: readonly Stroke[];
	readonly feather: number;
}

/** Acts of painting a mask, and numbers in the places of one of them. */
export const mostStrokes = 5000;
export const mostNumbers = 100_000;

/** In pixels: over so many inside its edge a mask fades in, unless somebody says it. */
export const usualFeather = 8;

/** In pixels: over more of its inside a mask cannot fade. */
export const widestFeather = 41;

/** Rectangles as if they had been painted. */
export function paintedRects(rects: readonly Rect[]): PaintedMask {
	return { strokes: rects.map((rect) => ({ kind: 'rectangle', rect })), feather: usualFeather };
}

/** Numbers in all the places of a mask that is noted with each picture made with it: the notes are read whenever a window is opened. */
const mostNoted = 20_000;

/** Whether a mask is short enough to be noted. */
export function isNotable({ strokes }: PaintedMask): boolean {
	return strokes.length <= mostStrokes && strokes.reduce((sum, stroke) => sum + numbersIn(stroke), 0) <= mostNoted;
}

function numbersIn(stroke: Stroke): number {
	switch (stroke.kind) {
		case 'line':
		case 'lasso':
			return stroke.points.length;
		case 'rectangle':
			return 4;
		case 'place':
			return 8;
		case 'invert':
		case 'clear':
			return 1;
	}
}
