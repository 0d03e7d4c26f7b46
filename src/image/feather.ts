import type { Rect } from '../domain/size';
import { boxOf } from './mask';
import { overlap } from './overlap';
import type { Mask } from './pixels';

/** A step to the side and one across a corner: 3 and 4 are as near to 1 and √2 as small whole numbers come. */
const side = 3;
const corner = 4;

/** In pixels. With a wider feather the lengths below would not fit into a byte. */
const widest = 41;

/**
 * A mask with a soft edge, which lies inside of it: what is kept stays kept, and within `radius` pixels (41 at most) of it the
 * values fall. The picture's own border is no edge. A narrow part gets a narrow feather: its middle keeps its value, and
 * nothing that was selected falls to 0. Time grows with the pixels, not with the radius.
 */
export function feathered(mask: Mask, radius = 8): Mask {
	const { width, height } = mask;
	const data = new Uint8Array(mask.data.length);
	const box = boxOf(mask);
	if (!box) return { width, height, data };
	const whole = { x: 0, y: 0, width, height };
	const area = overlap({ x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 }, whole);
	const far = side * (Math.min(widest, Math.max(0, Math.round(radius))) + 1);
	const nearness = nearnessOf(mask, area, far);
	measureThickness(data, mask, area, far, nearness);
	forEach(area, width, (at) => {
		const value = mask.data[at] ?? 0;
		if (value === 0) return;
		const depth = far - (nearness[at] ?? 0);
		const full = (data[at] ?? 0) - depth;
		// Rounded up: the weakest value is still one.
		data[at] = Math.floor((value * depth + full - 1) / full);
	});
	return { width, height, data };
}

/** How much nearer than `far` each pixel is to one that is kept: `far` is that pixel itself, 0 is far away. */
function nearnessOf(mask: Mask, area: Rect, far: number): Uint8Array {
	const nearness = new Uint8Array(mask.data.length);
	forEach(area, mask.width, (at) => {
		nearness[at] = mask.data[at] === 0 ? far : 0;
	});
	spread(nearness, mask, area);
	return nearness;
}

/**
 * Writes how deep a pixel lies plus how deep its surroundings get: for every pixel the greatest of all depths twice, less
 * the way to where that is. Straight inwards a pixel loses in depth what it has in way, so that its own depth taken off leaves
 * the depth at which the mask is full there: half the mask's width. A small tip of something wide is part of that, a long thin
 * arm is not. Nothing leads through what is kept.
 */
function measureThickness(data: Uint8Array, mask: Mask, area: Rect, far: number, nearness: Uint8Array): void {
	forEach(area, mask.width, (at) => {
		data[at] = mask.data[at] === 0 ? 0 : 2 * (far - (nearness[at] ?? 0));
	});
	spread(data, mask, area);
}

/** Lets every value go on to its neighbours, less by the way, through all that is repainted: once downwards, once upwards. */
function spread(values: Uint8Array, mask: Mask, area: Rect): void {
	const first = area.y * mask.width + area.x;
	sweep(values, mask, area, first, 1);
	sweep(values, mask, area, first + (area.height - 1) * mask.width + area.width - 1, -1);
}

/** From one corner of the area to the other; each pixel takes from the four neighbours that were before it. */
function sweep(values: Uint8Array, mask: Mask, { width, height }: Rect, first: number, step: 1 | -1): void {
	const down = step * mask.width;
	const open = mask.data;
	for (let y = 0; y < height; y++) {
		let at = first + y * down;
		let [before, beforeAbove] = [0, 0];
		let above = y === 0 ? 0 : (values[at - down] ?? 0);
		for (let x = 1; x <= width; x++, at += step) {
			const afterAbove = y === 0 || x === width ? 0 : (values[at - down + step] ?? 0);
			let value = values[at] ?? 0;
			if (open[at] !== 0) {
				if (before - side > value) value = before - side;
				if (above - side > value) value = above - side;
				if (beforeAbove - corner > value) value = beforeAbove - corner;
				if (afterAbove - corner > value) value = afterAbove - corner;
				values[at] = value;
			}
			before = value;
			beforeAbove = above;
			above = afterAbove;
		}
	}
}

/** Calls with the index of each pixel of an area. */
function forEach(area: Rect, stride: number, visit: (at: number) => void): void {
	for (let y = area.y; y < area.y + area.height; y++) {
		const end = y * stride + area.x + area.width;
		for (let at = y * stride + area.x; at < end; at++) visit(at);
	}
}
