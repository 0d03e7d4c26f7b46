import type { Size } from '../domain/size';
import { firstFrom, type OnSpan } from './spans';
import type { Trace } from './strokes';

/** A side of a polygon, from its upper end. */
interface Edge {
	readonly x: number;
	readonly y: number;
	/** To its lower end; `dy` is above 0. */
	readonly dx: number;
	readonly dy: number;
	/** 1: it is drawn downwards; -1: upwards. */
	readonly way: number;
	/** The rows whose middle it crosses: from one to before another. */
	readonly first: number;
	readonly end: number;
}

/** The first pixel of a row that is not to the left of an edge, and the way of that edge. */
interface Crossing {
	readonly column: number;
	readonly way: number;
}

/**
 * The pixels of a picture whose middle is inside a line that is closed by itself: a middle round which the line winds at least once, as
 * canvases fill. Of a middle on the line itself: those on its left and its upper sides are inside.
 */
export function eachSpanInside(points: Trace, { width, height }: Size, onSpan: OnSpan): void {
	const waiting = edgesOf(points, height).sort((a, b) => b.first - a.first);
	let active: Edge[] = [];
	for (let row = waiting.at(-1)?.first ?? height; row < height; row++) {
		active = active.filter(({ end }) => row < end);
		while ((waiting.at(-1)?.first ?? height) <= row) active.push(...waiting.splice(-1));
		if (active.length === 0 && waiting.length === 0) return;
		eachSpanBetween(crossingsOf(active, row, width), (from, end) => onSpan(row, from, end));
	}
}

function edgesOf(points: Trace, height: number): Edge[] {
	const edges: Edge[] = [];
	const [firstX = 0, firstY = 0] = points;
	for (let at = 0; at < points.length; at += 2) {
		const [x = 0, y = 0, endX = firstX, endY = firstY] = points.slice(at, at + 4);
		const edge = y < endY ? edgeOf(x, y, endX, endY, 1, height) : edgeOf(endX, endY, x, y, -1, height);
		if (edge.first < edge.end) edges.push(edge);
	}
	return edges;
}

function edgeOf(x: number, y: number, endX: number, endY: number, way: number, height: number): Edge {
	const [first, end] = [Math.max(0, firstFrom(y)), Math.min(height, firstFrom(endY))];
	return { x, y, dx: endX - x, dy: endY - y, way, first, end };
}

function crossingsOf(edges: readonly Edge[], row: number, width: number): Crossing[] {
	return edges
		.map((edge) => ({ column: Math.min(width, Math.max(0, columnOf(edge, row))), way: edge.way }))
		.sort((a, b) => a.column - b.column);
}

function columnOf({ x, y, dx, dy }: Edge, row: number): number {
	return firstFrom(x + (dx * (row + 0.5 - y)) / dy);
}

/** Where the line winds round something. */
function eachSpanBetween(crossings: readonly Crossing[], onSpan: (from: number, end: number) => void): void {
	let winding = 0;
	let from = 0;
	for (const { column, way } of crossings) {
		if (winding !== 0 && column > from) onSpan(from, column);
		from = column;
		winding += way;
	}
}
