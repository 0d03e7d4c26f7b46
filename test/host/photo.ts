import type { Rect, Size } from '../../src/domain/size';
import type { Pixels } from '../../src/image/pixels';

/** A picture as photos are: colours that run into each other, and grain, so that no pixel stands for its neighbour. */
export function photo({ width, height }: Size): Pixels {
	const data = new Uint8Array(width * height * 4);
	let grain = 1;
	for (let at = 0; at < data.length; at++) {
		grain = (Math.imul(grain, 1_664_525) + 1_013_904_223) >>> 0;
		const [x, y] = [((at >> 2) % width) / width, Math.floor((at >> 2) / width) / height];
		const slope = [x, y, 1 - x][at & 3] ?? 0;
		data[at] = (at & 3) === 3 ? 255 : Math.round(20 + slope * 190 + (grain >>> 28));
	}
	return { width, height, data };
}

/** How many of a picture's pixels differ in another one, where it lies at `at`; what is `selected` is not looked at. */
export function countChanged(
	source: Pixels,
	{ width, data }: Pixels,
	selected: readonly Rect[],
	at = { x: 0, y: 0 },
): number {
	let changed = 0;
	for (let y = 0; y < source.height; y++) {
		for (let x = 0; x < source.width; x++) {
			if (isInside(x, y, selected)) continue;
			const [from, to] = [(y * source.width + x) * 4, ((y + at.y) * width + x + at.x) * 4];
			if ([0, 1, 2, 3].some((channel) => source.data[from + channel] !== data[to + channel])) changed++;
		}
	}
	return changed;
}

/** Whether a pixel is in one of the rectangles. */
export function isInside(x: number, y: number, rects: readonly Rect[]): boolean {
	return rects.some((rect) => x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height);
}
