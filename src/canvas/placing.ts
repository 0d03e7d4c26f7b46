import type { Rect } from '../domain/size';
import { extentOf } from './extent';
import type { Stroke } from './strokes';

/** Pixels: farther away, and longer than twice that, nothing is placed. */
const farthest = 100_000;

/** After so many attempts it is near enough, or cannot be nearer. */
const attempts = 12;

/**
 * The act that brings all that is painted into a rectangle of whole pixels: its extent is that rectangle then, or as near to it as can be. For
 * lines stay round when they are stretched, and a dot cannot be made wide. `guess`: what is tried first. `undefined`: nothing is painted, or it
 * is too far away.
 */
export function placing(strokes: readonly Stroke[], wished: Rect, guess = wished): Stroke | undefined {
	const from = extentOf(strokes);
	if (!from || !isNear(from)) return undefined;
	let [best, least, to] = [near(guess), Infinity, near(guess)];
	for (let attempt = 0; attempt < attempts && least > 0; attempt++) {
		const extent = extentOf([...strokes, { kind: 'place', from, to }]);
		if (!extent) break;
		const distance = distanceOf(extent, wished);
		if (distance < least) [best, least] = [to, distance];
		to = near(corrected(to, extent, wished));
	}
	return { kind: 'place', from, to: best };
}

function isNear({ x, y, width, height }: Rect): boolean {
	return Math.max(Math.abs(x), Math.abs(y)) <= farthest && Math.max(width, height) <= 2 * farthest;
}

function near({ x, y, width, height }: Rect): Rect {
	const [left, top] = [x, y].map((place) => Math.min(Math.max(place, -farthest), farthest));
	return { x: left ?? x, y: top ?? y, width: Math.min(width, 2 * farthest), height: Math.min(height, 2 * farthest) };
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
