import type { Pixels } from '../../../image/pixels';
import type { Rgb } from '../colour';

/** A triangle in pixels. */
export interface Triangle {
	readonly corners: readonly [
		readonly [x: number, y: number],
		readonly [x: number, y: number],
		readonly [x: number, y: number],
	];
	readonly colour: Rgb;
}

/** Lines a pixel row is cut into. */
const lines = 4;

/**
 * Fills triangles that tile the picture without gaps. Coverage is summed instead of laid over, because laying
 * half-covered neighbours over each other leaves a hairline of the ground between them.
 */
export function fillMesh(pixels: Pixels, triangles: readonly Triangle[]): void {
	const { width, height, data } = pixels;
	const waiting = triangles.map((triangle) => ({ triangle, ...extent(triangle) })).sort((a, b) => a.top - b.top);
	const row = new Float32Array(width * 3);
	let active: typeof waiting = [];
	let next = 0;
	for (let y = 0; y < height; y++) {
		active = active.filter(({ bottom }) => bottom > y);
		for (let item = waiting[next]; item !== undefined && item.top < y + 1; item = waiting[++next]) active.push(item);
		row.fill(0);
		for (let line = 0; line < lines; line++) {
			for (const { triangle } of active) addLine(row, width, triangle, y + (line + 0.5) / lines);
		}
		for (let x = 0; x < width; x++) {
			const at = (y * width + x) * 4;
			data[at] = Math.round(row[x * 3] ?? 0);
			data[at + 1] = Math.round(row[x * 3 + 1] ?? 0);
			data[at + 2] = Math.round(row[x * 3 + 2] ?? 0);
		}
	}
}

function extent({ corners: [a, b, c] }: Triangle): { readonly top: number; readonly bottom: number } {
	return { top: Math.min(a[1], b[1], c[1]), bottom: Math.max(a[1], b[1], c[1]) };
}

/** Adds what one line at height `y` meets of a triangle. */
function addLine(row: Float32Array, width: number, { corners, colour }: Triangle, y: number): void {
	let left = Infinity;
	let right = -Infinity;
	for (let i = 0; i < 3; i++) {
		const from = corners[i] ?? corners[0];
		const to = corners[(i + 1) % 3] ?? corners[0];
		if (from[1] <= y === to[1] <= y) continue;
		const x = from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]);
		left = Math.min(left, x);
		right = Math.max(right, x);
	}
	left = Math.max(0, left);
	right = Math.min(width, right);
	if (right <= left) return;
	const last = Math.min(width - 1, Math.floor(right));
	for (let x = Math.floor(left); x <= last; x++) {
		const share = (Math.min(x + 1, right) - Math.max(x, left)) / lines;
		row[x * 3] = (row[x * 3] ?? 0) + colour[0] * share;
		row[x * 3 + 1] = (row[x * 3 + 1] ?? 0) + colour[1] * share;
		row[x * 3 + 2] = (row[x * 3 + 2] ?? 0) + colour[2] * share;
	}
}
