import type { Rect, Size } from '../domain/size';
import { frameOf, isPossible, marginsOf } from './frame';
import { type Handle, type Side, sidesOf } from './resizeFrame';

/** What the sides of a frame are drawn to. */
export interface Snaps {
	/** What the model takes: margins in multiples of so many pixels. 1: any. */
	readonly step: number;
	readonly ratios: readonly Size[];
	/** From how far, in pixels of the picture. */
	readonly reach: number;
}

/** A frame, and the one of the ratios that it has, if that is why. */
export interface Snapped {
	readonly frame: Rect;
	readonly ratio?: Size;
}

/**
 * The frame with the sides that are dragged where they are drawn to, if that is near: to where the frame has a ratio, the nearest first;
 * else to the picture's edge and to multiples of the step.
 */
export function snapped(frame: Rect, source: Size, handle: Handle, { step, ratios, reach }: Snaps): Snapped {
	const [nearest] = ratios
		.flatMap((ratio) => sidesOf[handle].map((side) => ({ ratio, ...atRatio(frame, side, ratio) })))
		.filter((found) => found.distance <= reach && isPossible(found.frame, source))
		.sort((a, b) => a.distance - b.distance);
	if (nearest) return { frame: nearest.frame, ratio: nearest.ratio };
	const margins = { ...marginsOf(source, frame) };
	for (const side of sidesOf[handle]) margins[side] = nearMultiple(margins[side], step, reach);
	const stepped = frameOf(source, margins);
	return { frame: isPossible(stepped, source) ? stepped : frame };
}

/** The frame with one of its sides where it has a ratio, and how far that is. */
function atRatio(frame: Rect, side: Side, ratio: Size): { readonly frame: Rect; readonly distance: number } {
	const { x, y, width, height } = frame;
	if (side === 'left' || side === 'right') {
		const wished = Math.round((height * ratio.width) / ratio.height);
		const start = side === 'left' ? x + width - wished : x;
		return { frame: { ...frame, x: start, width: wished }, distance: Math.abs(wished - width) };
	}
	const wished = Math.round((width * ratio.height) / ratio.width);
	const start = side === 'top' ? y + height - wished : y;
	return { frame: { ...frame, y: start, height: wished }, distance: Math.abs(wished - height) };
}

/** The nearest multiple of a step, or 0, if it is near enough. */
function nearMultiple(margin: number, step: number, reach: number): number {
	const multiple = step > 1 ? Math.round(margin / step) * step : 0;
	return Math.abs(multiple - margin) <= reach ? multiple : margin;
}
