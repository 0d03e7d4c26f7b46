import type { Rect } from '../../domain/size';
import type { Pixels } from '../../image/pixels';
import { type Rgb, lightnessOf, mix } from './colour';
import { tint } from './ramp';

/** Letters 5 wide and 7 high; each number is a row, its highest of five bits the leftmost dot. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
	S: [15, 16, 16, 14, 1, 1, 30],
	K: [17, 18, 20, 24, 20, 18, 17],
	E: [31, 16, 16, 30, 16, 16, 31],
	T: [31, 4, 4, 4, 4, 4, 4],
	C: [14, 17, 16, 16, 16, 17, 14],
	H: [17, 17, 17, 31, 17, 17, 17],
	N: [17, 25, 21, 19, 17, 17, 17],
	O: [14, 17, 17, 17, 17, 17, 14],
	A: [14, 17, 17, 31, 17, 17, 17],
	I: [14, 4, 4, 4, 4, 4, 14],
	'·': [0, 0, 0, 4, 0, 0, 0],
	' ': [0, 0, 0, 0, 0, 0, 0],
};

const texts = ['SKETCH · NOT AI', 'NOT AI'] as const;
const padding = 3;
const advance = 6;

/** The share of a picture's width that the plate may take: a larger one would be the picture. */
const widest = 0.62;

/**
 * Marks an area as a placeholder's: a small plate in its lower right says "SKETCH · NOT AI", or "NOT AI" where only
 * that fits; an area too small for words gets a dashed corner. Returns the plate's rectangle, if there is one.
 */
export function drawLabel(pixels: Pixels, area: Rect): Rect | undefined {
	const dot = dotSize(area);
	for (const text of texts) {
		const plate = plateOf(area, text, dot);
		if (plate === undefined) continue;
		drawPlate(pixels, plate, text, dot);
		return plate;
	}
	drawCorner(pixels, area);
	return undefined;
}

/** Where `drawLabel` puts its plate in such an area. */
export function labelPlate(area: Rect): Rect | undefined {
	const dot = dotSize(area);
	return plateOf(area, texts[0], dot) ?? plateOf(area, texts[1], dot);
}

/** Pixels a dot: one for every 512 pixels of the short side, rounded. */
function dotSize({ width, height }: Rect): number {
	return Math.max(1, Math.round(Math.min(width, height) / 512));
}

function plateOf(area: Rect, text: string, dot: number): Rect | undefined {
	const width = (text.length * advance - 1 + padding * 2 + 2) * dot;
	const height = (7 + padding * 2) * dot;
	const margin = Math.max(0, Math.min(6 * dot, Math.floor((area.height - height) / 2)));
	if (width > area.width * widest || height > area.height) return undefined;
	const y = Math.max(area.y, area.y + area.height - height - margin);
	return { x: area.x + area.width - width - margin, y, width, height };
}

function drawPlate(pixels: Pixels, plate: Rect, text: string, dot: number): void {
	const { ground, ink } = inks(meanOf(pixels, plate));
	const corner = 2 * dot;
	for (let y = 0; y < plate.height; y++) {
		for (let x = 0; x < plate.width; x++) {
			const overX = Math.max(0, corner - x - 0.5, x + 0.5 - plate.width + corner);
			const overY = Math.max(0, corner - y - 0.5, y + 0.5 - plate.height + corner);
			const coverage = Math.min(1, Math.max(0, corner + 0.5 - Math.hypot(overX, overY)));
			if (coverage > 0) tint(pixels, plate.x + x, plate.y + y, ground, coverage);
		}
	}
	for (const [index, letter] of text.split('').entries()) {
		drawGlyph(pixels, plate, letter, (padding + 1 + index * advance) * dot, dot, ink);
	}
}

function drawGlyph(pixels: Pixels, plate: Rect, letter: string, left: number, dot: number, ink: Rgb): void {
	const rows = glyphs[letter] ?? [];
	for (let y = 0; y < 7 * dot; y++) {
		const row = rows[Math.floor(y / dot)] ?? 0;
		for (let x = 0; x < 5 * dot; x++) {
			if (((row >> (4 - Math.floor(x / dot))) & 1) === 1) {
				tint(pixels, plate.x + left + x, plate.y + padding * dot + y, ink, 1);
			}
		}
	}
}

/** The plate takes the colour of what lies below, a little darker or lighter, and its ink the opposite end. */
function inks(below: Rgb): { readonly ground: Rgb; readonly ink: Rgb } {
	const light = lightnessOf(below) > 0.6;
	const ground = mix(below, light ? [255, 255, 255] : [8, 10, 16], light ? 0.35 : 0.4);
	return { ground, ink: mix(ground, light ? [12, 14, 22] : [255, 255, 255], light ? 0.68 : 0.72) };
}

function meanOf(pixels: Pixels, area: Rect): Rgb {
	const sum = [0, 0, 0];
	for (let y = area.y; y < area.y + area.height; y++) {
		for (let x = area.x; x < area.x + area.width; x++) {
			const at = (y * pixels.width + x) * 4;
			for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + (pixels.data[at + c] ?? 0);
		}
	}
	const count = area.width * area.height;
	return [(sum[0] ?? 0) / count, (sum[1] ?? 0) / count, (sum[2] ?? 0) / count];
}

/** A dashed hairline along the last pixels of the right and lower side. */
function drawCorner(pixels: Pixels, area: Rect): void {
	const right = area.x + area.width - 2;
	const bottom = area.y + area.height - 2;
	const reach = Math.min(12, Math.floor(Math.min(area.width, area.height) / 2));
	const dot = { x: right, y: bottom, width: 1, height: 1 };
	if (reach < 4) return;
	const { ink } = inks(meanOf(pixels, dot));
	for (let step = 0; step < reach; step++) {
		if (step % 3 === 2) continue;
		tint(pixels, right - step, bottom, ink, 0.8);
		tint(pixels, right, bottom - step, ink, 0.8);
	}
}
