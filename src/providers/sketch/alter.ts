import type { Strength } from '../../domain/imageRequest';
import type { Margins } from '../../domain/margins';
import type { Rect, Size } from '../../domain/size';
import type { Pixels } from '../../image/pixels';
import { borderOf } from './border';
import { dice } from './hash';
import { drawLabel, labelPlate } from './label';
import { smoothstep } from './noise';
import { type SketchOrder, paintUnmarked } from './paint';
import { paletteOf } from './palette';
import { displace } from './displace';
import { recolour } from './recolour';

/**
 * Paints a sketch into the masked part of a picture. The mask has one byte a pixel: 0 keeps the source's bytes exactly,
 * 255 takes the sketch, between blends. The sketch is composed for the mask's bounding box, so a small hole
 * shows a whole small picture; `order.size` is not needed.
 */
export function repaint(source: Pixels, mask: Uint8Array, order: SketchOrder): Pixels {
	const data = source.data.slice();
	const result = { width: source.width, height: source.height, data };
	const box = maskBox(source, mask);
	if (box === undefined) return result;
	const sketch = paintUnmarked({ ...order, size: { width: box.width, height: box.height } });
	markHole(sketch, mask, box, source.width);
	for (let y = 0; y < box.height; y++) {
		for (let x = 0; x < box.width; x++) {
			const pixel = (box.y + y) * source.width + box.x + x;
			blendPixel(data, pixel * 4, sketch.data, (y * box.width + x) * 4, (mask[pixel] ?? 0) / 255);
		}
	}
	return result;
}

/**
 * Puts a picture on a larger canvas. The source's bytes stay as they are; round it the colours of its border go on, softer
 * with the distance, and give way to the prompt's sketch. The result's size is the source's plus the margins.
 */
export function expand(source: Pixels, margins: Margins, order: SketchOrder): Pixels {
	const size = {
		width: source.width + margins.left + margins.right,
		height: source.height + margins.top + margins.bottom,
	};
	const result = paintUnmarked({ ...order, size });
	const colourAt = borderOf(source);
	const widest = Math.max(margins.top, margins.right, margins.bottom, margins.left);
	const reach = Math.max(8, Math.min(widest, Math.max(source.width, source.height)) * 0.85);
	const colour = new Float64Array(4);
	for (let y = 0; y < size.height; y++) {
		const down = y - margins.top;
		for (let x = 0; x < size.width; x++) {
			const across = x - margins.left;
			const dx = Math.max(-across, across - source.width + 1, 0);
			const dy = Math.max(-down, down - source.height + 1, 0);
			const away = Math.sqrt(dx * dx + dy * dy);
			if (away === 0 || away >= reach) continue;
			colourAt(across, down, colour);
			fade(result.data, (y * size.width + x) * 4, colour, 1 - smoothstep(0, reach, away));
		}
	}
	markMargin(result, margins);
	copyInto(result, source, margins);
	return result;
}

/**
 * Paints a picture anew with the same composition: its shapes drift, its hues turn and lean to the prompt's colours, the
 * more the greater the strength. Same size as the source; `order.size` is not needed.
 */
export function vary(source: Pixels, strength: Strength, order: SketchOrder): Pixels {
	const chance = dice(`vary ${order.seed} ${order.prompt.normalize('NFKC')}`);
	const whole = { x: 0, y: 0, width: source.width, height: source.height };
	// Where the mark comes to stand the picture keeps still, or an earlier mark would peep out from behind it.
	const result = displace(source, strength, chance, labelPlate(whole));
	recolour(result, strength, paletteOf(order.prompt, order.seed), chance);
	drawLabel(result, whole);
	return result;
}

function maskBox({ width, height }: Size, mask: Uint8Array): Rect | undefined {
	let [left, top, right, bottom] = [width, height, -1, -1];
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			if ((mask[y * width + x] ?? 0) === 0) continue;
			left = Math.min(left, x);
			right = Math.max(right, x);
			top = Math.min(top, y);
			bottom = y;
		}
	}
	return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Marks the sketch where the mask shows the whole plate; in a round hole that is not the corner of its box. */
function markHole(sketch: Pixels, mask: Uint8Array, box: Rect, stride: number): void {
	for (const share of [1, 0.9, 0.8, 0.7, 0.6]) {
		const width = Math.floor(sketch.width * share);
		const height = Math.floor(sketch.height * share);
		const x = Math.floor((sketch.width - width) / 2);
		const y = Math.floor((sketch.height - height) / 2);
		const area = { x, y, width, height };
		const plate = labelPlate(area);
		if (plate === undefined) return;
		if (shows(mask, { ...plate, x: box.x + plate.x, y: box.y + plate.y }, stride)) {
			drawLabel(sketch, area);
			return;
		}
	}
}

function shows(mask: Uint8Array, { x, y, width, height }: Rect, stride: number): boolean {
	for (let row = y; row < y + height; row++) {
		const line = mask.subarray(row * stride + x, row * stride + x + width);
		if (line.some((value) => value < 255)) return false;
	}
	return true;
}

/** Blends an opaque pixel into one that may be see-through; the colours count by their alpha. */
function blendPixel(data: Uint8Array, at: number, sketch: Uint8Array, from: number, share: number): void {
	if (share === 0) return;
	const kept = ((data[at + 3] ?? 0) / 255) * (1 - share);
	const alpha = kept + share;
	for (let c = 0; c < 3; c++) {
		data[at + c] = Math.round(((data[at + c] ?? 0) * kept + (sketch[from + c] ?? 0) * share) / alpha);
	}
	data[at + 3] = Math.round(alpha * 255);
}

function fade(data: Uint8Array, at: number, colour: Float64Array, share: number): void {
	const part = share * (colour[3] ?? 0);
	for (let c = 0; c < 3; c++) {
		const below = data[at + c] ?? 0;
		data[at + c] = Math.round(below + ((colour[c] ?? 0) - below) * part);
	}
}

/** Marks the first margin that is wide enough: below, right, above, left. */
function markMargin(result: Pixels, { top, right, bottom, left }: Margins): void {
	const { width, height } = result;
	const areas: readonly Rect[] = [
		{ x: 0, y: height - bottom, width, height: bottom },
		{ x: width - right, y: 0, width: right, height },
		{ x: 0, y: 0, width, height: top },
		{ x: 0, y: 0, width: left, height },
	];
	const area = areas.find((candidate) => labelPlate(candidate) !== undefined);
	if (area !== undefined) drawLabel(result, area);
}

function copyInto(result: Pixels, source: Pixels, { left, top }: Margins): void {
	for (let y = 0; y < source.height; y++) {
		const row = source.data.subarray(y * source.width * 4, (y + 1) * source.width * 4);
		result.data.set(row, ((y + top) * result.width + left) * 4);
	}
}
