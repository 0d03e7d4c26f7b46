import type { Rect } from '../domain/size';
import { endAt, firstFrom } from './spans';
import type { Trace } from './strokes';

/** Half a pixel's diagonal, squared: a line of this radius has a pixel wherever it is. */
const leastSquared = 0.5;

/** The square of how far a line reaches to each side: of half its size in pixels, and never too little for a pixel. */
export function squaredRadiusOf(size: number): number {
	return Math.max((size * size) / 4, leastSquared);
}

/** Whole pixels: the smallest rectangle round the pixels of a line. */
export function boxOfLine(points: Trace, size: number): Rect {
	const radius = Math.sqrt(squaredRadiusOf(size));
	const { left, right, top, bottom } = reachOf(points);
	const [x, y] = [firstFrom(left - radius), firstFrom(top - radius)];
	return { x, y, width: endAt(right + radius) - x, height: endAt(bottom + radius) - y };
}

/** Whole pixels round the inside of a closed line. Of middles on the line itself, those on its right and on its lower side are outside. */
export function boxOfLasso(points: Trace): Rect {
	const { left, right, top, bottom } = reachOf(points);
	const [x, y] = [firstFrom(left), firstFrom(top)];
	return { x, y, width: firstFrom(right) - x, height: firstFrom(bottom) - y };
}

function reachOf(points: Trace): { left: number; right: number; top: number; bottom: number } {
	let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
	// Of all strokes of a mask at every change: no objects are made for it.
	for (let at = 0; at + 1 < points.length; at += 2) {
		const x = points[at] ?? 0;
		const y = points[at + 1] ?? 0;
		left = Math.min(left, x);
		right = Math.max(right, x);
		top = Math.min(top, y);
		bottom = Math.max(bottom, y);
	}
	return { left, right, top, bottom };
}
