import { type Margins, marginsForRatio, withMargins } from '../domain/margins';
import type { Rect, Size } from '../domain/size';
import { mostPixels } from '../image/inspect';

// A frame is what a picture is expanded to: whole pixels in the plane of the picture, whose upper left corner is at 0, 0.
// A frame always holds the whole picture.

/** In pixels: the most that an expansion adds on a side. */
export const widestMargin = 16_384;

/** The frame that has these margins round the picture. */
export function frameOf(source: Size, margins: Margins): Rect {
	return { x: 0 - margins.left, y: 0 - margins.top, ...withMargins(source, margins) };
}

/** What a frame adds to the picture. */
export function marginsOf(source: Size, { x, y, width, height }: Rect): Margins {
	return { top: 0 - y, right: x + width - source.width, bottom: y + height - source.height, left: 0 - x };
}

/** Whether a frame holds the whole picture and is no larger than what Limn makes. */
export function isPossible(frame: Rect, source: Size): boolean {
	const { top, right, bottom, left } = marginsOf(source, frame);
	return (
		Math.min(top, right, bottom, left) >= 0 &&
		Math.max(top, right, bottom, left) <= widestMargin &&
		frame.width * frame.height <= mostPixels
	);
}

/** The same frame elsewhere, as far as the picture stays in it. */
export function moved(frame: Rect, source: Size, dx: number, dy: number): Rect {
	return {
		...frame,
		x: slid(frame.x, frame.width, source.width, dx),
		y: slid(frame.y, frame.height, source.height, dy),
	};
}

function slid(start: number, length: number, needed: number, by: number): number {
	const least = Math.max(needed - length, -widestMargin);
	const most = Math.min(0, needed + widestMargin - length);
	return Math.max(least, Math.min(most, Math.floor(start + by + 0.5)));
}

/**
 * The smallest frame of a ratio. `anchor`: where the picture lies in it, from 0 (left, top) to 1; in the middle, unless something else
 * is said. `undefined`: it would be larger than what Limn makes.
 */
export function framedTo(source: Size, ratio: Size, anchor = { x: 0.5, y: 0.5 }): Rect | undefined {
	const { top, right, bottom, left } = marginsForRatio(source, ratio);
	const [across, down] = [left + right, top + bottom];
	const [before, above] = [Math.floor(across * anchor.x), Math.floor(down * anchor.y)];
	const frame = frameOf(source, { top: above, right: across - before, bottom: down - above, left: before });
	return isPossible(frame, source) ? frame : undefined;
}
