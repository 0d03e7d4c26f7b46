import type { Margins } from '../domain/margins';
import type { Rect, Size } from '../domain/size';
import { mostPixels } from '../image/inspect';
import { frameOf, marginsOf, widestMargin } from './frame';
import type { Point } from './sight';

export type Side = keyof Margins;

/** Where a frame is taken hold of: the middle of a side, or a corner. */
export type Handle = 'n' | 's' | 'e' | 'w' | 'ne' | 'nw' | 'se' | 'sw';

/** The sides that a handle moves: of a corner first the upright one. */
export const sidesOf: Readonly<Record<Handle, readonly Side[]>> = {
	n: ['top'],
	s: ['bottom'],
	e: ['right'],
	w: ['left'],
	ne: ['right', 'top'],
	nw: ['left', 'top'],
	se: ['right', 'bottom'],
	sw: ['left', 'bottom'],
};

/** The frame whose handle was dragged to a place, as far as it may be: it holds the picture, and is no larger than what Limn makes. */
export function resized(frame: Rect, handle: Handle, place: Point, source: Size): Rect {
	const moving = sidesOf[handle];
	const margins = { ...marginsOf(source, frame) };
	for (const side of moving) margins[side] = limited(marginAt(side, place, source));
	return frameOf(source, withinPixels(source, margins, moving));
}

/** What the side adds to the picture if it goes through a place. */
function marginAt(side: Side, { x, y }: Point, { width, height }: Size): number {
	switch (side) {
		case 'left':
			return -x;
		case 'right':
			return x - width;
		case 'top':
			return -y;
		case 'bottom':
			return y - height;
	}
}

/** A place that is no number leaves nothing added. */
function limited(margin: number): number {
	return Math.max(0, Math.min(widestMargin, Math.round(margin) || 0));
}

/** Takes from the sides that move what makes the frame too large; from a corner's sides in proportion to the frame. */
function withinPixels(source: Size, margins: Margins, moving: readonly Side[]): Margins {
	const { width, height } = frameOf(source, margins);
	if (width * height <= mostPixels) return margins;
	const across = moving.filter((side) => side === 'left' || side === 'right');
	const down = moving.filter((side) => side === 'top' || side === 'bottom');
	if (down.length === 0) return lessened(margins, across, width - Math.floor(mostPixels / height));
	if (across.length === 0) return lessened(margins, down, height - Math.floor(mostPixels / width));
	const narrower = lessened(margins, across, width - Math.floor(Math.sqrt((mostPixels * width) / height)));
	const narrow = frameOf(source, narrower).width;
	const lower = lessened(narrower, down, height - Math.floor(mostPixels / narrow));
	const low = frameOf(source, lower).height;
	return low * narrow <= mostPixels ? lower : lessened(lower, across, narrow - Math.floor(mostPixels / low));
}

/** Takes pixels from sides, from each its part; where one has less, more from the other. */
function lessened(margins: Margins, sides: readonly Side[], pixels: number): Margins {
	const lesser = { ...margins };
	let left = pixels;
	for (const [at, side] of sides.toSorted((a, b) => margins[a] - margins[b]).entries()) {
		const part = Math.ceil(left / (sides.length - at));
		const taken = Math.max(0, Math.min(lesser[side], part));
		lesser[side] -= taken;
		left -= taken;
	}
	return lesser;
}
