import type { Trace } from './strokes';

/** So many points are thinned at once: in the worst case the work grows with the square of their number. */
const mostAtOnce = 500;

/**
 * A trace with fewer points, after Ramer, Douglas and Peucker: none of those that are left out is farther from the new trace than the tolerance,
 * in pixels. The first and the last point stay.
 */
export function thinned(points: Trace, tolerance: number): Trace {
	const last = points.length / 2 - 1;
	const kept = new Set([0, last]);
	for (let from = 0; from < last; from += mostAtOnce)
		keep(points, from, Math.min(last, from + mostAtOnce), tolerance, kept);
	return points.filter((_, at) => kept.has(Math.floor(at / 2)));
}

/** Notes which points between two others stay, and those two. Not by calling itself: a trace may be long. */
function keep(points: Trace, from: number, to: number, tolerance: number, kept: Set<number>): void {
	const open: [number, number][] = [[from, to]];
	for (let part = open.pop(); part; part = open.pop()) {
		const [start, end] = part;
		kept.add(start).add(end);
		const farthest = farthestOf(points, start, end);
		if (farthest.squared > tolerance * tolerance) open.push([start, farthest.index], [farthest.index, end]);
	}
}

/**
 * Of the points between two others: the one that is farthest from the straight line between those (beyond its ends: from them), and that
 * distance squared.
 */
function farthestOf(points: Trace, start: number, end: number): { readonly index: number; readonly squared: number } {
	const [x, y] = placeOf(points, start);
	const [endX, endY] = placeOf(points, end);
	const [dx, dy] = [endX - x, endY - y];
	const perLength = dx === 0 && dy === 0 ? 0 : 1 / (dx * dx + dy * dy);
	let [index, squared] = [start, 0];
	for (let at = start + 1; at < end; at++) {
		const u = (points[at * 2] ?? 0) - x;
		const v = (points[at * 2 + 1] ?? 0) - y;
		const part = Math.min(1, Math.max(0, (u * dx + v * dy) * perLength));
		const away = (u - part * dx) ** 2 + (v - part * dy) ** 2;
		if (away > squared) [index, squared] = [at, away];
	}
	return { index, squared };
}

function placeOf(points: Trace, index: number): readonly [number, number] {
	return [points[index * 2] ?? 0, points[index * 2 + 1] ?? 0];
}
