import type { Rect } from '../domain/size';
import { extentOf } from './extent';
import type { Stroke } from './strokes';

/** After so many attempts it is near enough, or cannot be nearer. */
const attempts = 12;

/**
 * The act that brings all that is painted into a rectangle of whole pixels: its extent is that rectangle then, or as near to it as can be. For
 * lines stay round when they are stretched, and a dot cannot be made wide. `undefined`: nothing is painted.
 */
export function placing(strokes: readonly Stroke[], wished: Rect): Stroke | undefined {
	const from = extentOf(strokes);
	if (!from) return undefined;
	let [best, least, to] = [wished, Infinity, wished];
	for (let attempt = 0; attempt < attempts && least > 0; attempt++) {
		const extent = extentOf([...strokes, { kind: 'place', from, to }]);
		if (!extent) break;
		const distance = distanceOf(extent, wished);
		if (distance < least) [best, least] = [to, distance];
		to = corrected(to, extent, wished);
	}
	return { kind: 'place', from, to: best };
}

/** How far the sides of two rectangles are from each other, all together. */
function distanceOf(a: Rect, b: Rect): number {
	const right = Math.abs(a.x + a.width - b.x - b.width);
	const bottom = Math.abs(a.y + a.height - b.y - b.height);
	return Math.abs(a.x - b.x) + Math.abs(a.y - b.y) + right + bottom;
}

/** Moves and sizes what was tried by what it was wrong. */
function corrected(tried: Rect, extent: Rect, wished: Rect): Rect {
	return {
		x: tried.x + wished.x - extent.x,
		y: tried.y + wished.y - extent.y,
		width: Math.max(tried.width / 4, tried.width + wished.width - extent.width),
		height: Math.max(tried.height / 4, tried.height + wished.height - extent.height),
	};
}
