import type { Size } from '../../../src/domain/size';
import type { Mask } from '../../../src/image/pixels';
import type { Stroke, Trace } from '../../../src/canvas/strokes';

// What a mask is, pixel by pixel and slowly. Places are counted in sixteenths of a pixel: all of it is done in whole numbers.

/** The mask of strokes none of which moves others. All of their numbers are eighths. */
export function slowMask(strokes: readonly Stroke[], { width, height }: Size): Mask {
	const isSelected = (at: number) => isIn(strokes, (at % width) * 16 + 8, Math.floor(at / width) * 16 + 8);
	return { width, height, data: Uint8Array.from({ length: width * height }, (_, at) => (isSelected(at) ? 255 : 0)) };
}

function isIn(strokes: readonly Stroke[], x: number, y: number): boolean {
	let selected = false;
	for (const stroke of strokes) {
		if (stroke.kind === 'clear') selected = false;
		else if (stroke.kind === 'invert') selected = !selected;
		else if (stroke.kind !== 'place' && touches(stroke, x, y)) selected = !stroke.erases;
	}
	return selected;
}

function touches(stroke: Stroke, x: number, y: number): boolean {
	if (stroke.kind === 'line') return isNear(sixteenths(stroke.points), stroke.size * 16, x, y);
	if (stroke.kind === 'lasso') return winding(sixteenths(stroke.points), x, y) !== 0;
	if (stroke.kind !== 'rectangle') return false;
	const rect = stroke.rect;
	return x > rect.x * 16 && x < (rect.x + rect.width) * 16 && y > rect.y * 16 && y < (rect.y + rect.height) * 16;
}

function sixteenths(points: Trace): (readonly [number, number])[] {
	return points.flatMap((place, at) => (at % 2 === 0 ? [[place * 16, (points[at + 1] ?? 0) * 16] as const] : []));
}

/** Distances are compared as squares, times four; 512 is half a pixel's diagonal so. */
function isNear(points: readonly (readonly [number, number])[], size: number, x: number, y: number): boolean {
	const most = Math.max(size * size, 512);
	return points.some(([ax, ay], at) => {
		const [bx, by] = points[at + 1] ?? [ax, ay];
		const [dx, dy, u, v] = [bx - ax, by - ay, x - ax, y - ay];
		const [along, squared] = [u * dx + v * dy, dx * dx + dy * dy];
		if (along <= 0) return 4 * (u * u + v * v) <= most;
		if (along >= squared) return 4 * ((x - bx) ** 2 + (y - by) ** 2) <= most;
		return 4n * BigInt(u * dy - v * dx) ** 2n <= BigInt(most) * BigInt(squared);
	});
}

/** How often a closed line goes round a place: the sides that a ray to the left crosses. */
function winding(points: readonly (readonly [number, number])[], x: number, y: number): number {
	return points.reduce((sum, [ax, ay], at) => {
		const [bx, by] = points[(at + 1) % points.length] ?? [ax, ay];
		const isLeft = (x - ax) * (by - ay) - (bx - ax) * (y - ay);
		if (ay <= y && by > y && isLeft >= 0) return sum + 1;
		return by <= y && ay > y && isLeft <= 0 ? sum - 1 : sum;
	}, 0);
}
