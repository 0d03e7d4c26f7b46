import type { Rect, Size } from '../domain/size';

/** Whether a rectangle is wholly on a canvas. */
export function isWithin({ x, y, width, height }: Rect, canvas: Size): boolean {
	return Math.min(x, y) >= 0 && x + width <= canvas.width && y + height <= canvas.height;
}
