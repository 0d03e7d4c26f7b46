import type { Rect, Size } from '../domain/size';

/** In pixels of the picture, or of the screen. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** What is seen of the canvas: screen pixels (CSS) to one of the picture, and the picture's place in the middle of the box. */
export interface CanvasSight extends Point {
	readonly scale: number;
}

/** Screen pixels to one of the picture, at most. */
export const largestScale = 32;

/** Screen pixels that are left round what fits. */
const border = 24;

/** Small things are not enlarged. */
export function fitting(area: Rect, box: Size): CanvasSight {
	const room = { width: Math.max(1, box.width - 2 * border), height: Math.max(1, box.height - 2 * border) };
	const scale = Math.min(1, room.width / area.width, room.height / area.height);
	return { scale, x: area.x + area.width / 2, y: area.y + area.height / 2 };
}

/** The picture's place under a point of the box, which is counted from its upper left corner. */
export function toPicture(point: Point, { scale, x, y }: CanvasSight, box: Size): Point {
	return { x: x + (point.x - box.width / 2) / scale, y: y + (point.y - box.height / 2) / scale };
}

/** The point of the box over a place of the picture. */
export function toScreen(place: Point, { scale, x, y }: CanvasSight, box: Size): Point {
	return { x: (place.x - x) * scale + box.width / 2, y: (place.y - y) * scale + box.height / 2 };
}

/** Enlarges by a factor, and keeps what is under a point of the box there. The area stays in sight. */
export function zoomed(sight: CanvasSight, factor: number, about: Point, area: Rect, box: Size): CanvasSight {
	const least = Math.min(fitting(area, box).scale / 2, sight.scale);
	const scale = Math.min(largestScale, Math.max(least, sight.scale * factor));
	const fixed = toPicture(about, sight, box);
	const x = fixed.x - (about.x - box.width / 2) / scale;
	const y = fixed.y - (about.y - box.height / 2) / scale;
	return inSight({ scale, x, y }, area);
}

/** Moves what is seen by screen pixels. The area stays in sight. */
export function panned({ scale, x, y }: CanvasSight, dx: number, dy: number, area: Rect): CanvasSight {
	return inSight({ scale, x: x - dx / scale, y: y - dy / scale }, area);
}

/** What is in the middle of the box is of the area. */
function inSight({ scale, x, y }: CanvasSight, area: Rect): CanvasSight {
	return {
		scale,
		x: Math.min(Math.max(x, area.x), area.x + area.width),
		y: Math.min(Math.max(y, area.y), area.y + area.height),
	};
}
