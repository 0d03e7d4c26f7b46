import { type Rgb, mix } from '../colour';
import type { Dice } from '../hash';
import { noise } from '../noise';
import { type Ramp, ramp, shade } from '../ramp';
import type { Scene } from '../scene';

/** Sheets of paper, cut along the height lines of a hilly field; each throws a soft shadow on the one below. */
export function papercut(scene: Scene): void {
	const { pixels, dice, unit } = scene;
	const { width, height } = pixels;
	const sheets = sheetColours(scene);
	const heightAt = terrain(scene, dice);
	const light = dice.between(0, 2 * Math.PI);
	const [east, south] = [Math.cos(light), Math.sin(light)];
	const shadow = unit * 0.042;
	const order = { width, sheets: sheets.length, stride: Math.min(4, Math.max(1, Math.floor(unit / 200))) };
	let above = rowOf(heightAt, -1, order);
	let row = rowOf(heightAt, 0, order);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const value = row[x + 1] ?? 0;
			const right = value - (row[x] ?? 0);
			const down = value - (above[x + 1] ?? 0);
			const steep = Math.max(1e-6, Math.sqrt(right * right + down * down));
			const sheet = Math.min(sheets.length - 1, Math.max(0, Math.floor(value)));
			// Distances in pixels, from the slope: to the sheet above (whose shadow falls here) and to the one below.
			const toUpper = (sheet + 1 - value) / steep;
			const toLower = (value - sheet) / steep;
			const facing = 0.62 + 0.38 * ((right * east + down * south) / steep);
			const dark = sheet === sheets.length - 1 ? 0 : Math.max(0, 1 - toUpper / (shadow * facing)) ** 2;
			shade(pixels, x, y, sheets[sheet] ?? sheets[0], dark, 1);
			const lower = sheets[sheet - 1];
			if (lower !== undefined && toLower < 1) shade(pixels, x, y, lower, 1, (1 - toLower) * 0.5);
			const upper = sheets[sheet + 1];
			if (upper !== undefined && toUpper < 1) shade(pixels, x, y, upper, 0, (1 - toUpper) * 0.5);
		}
		above = row;
		row = rowOf(heightAt, y + 1, order);
	}
}

/** Each sheet as a ramp from its own colour to its colour in full shadow. */
function sheetColours({ palette, dice }: Scene): readonly [Ramp, ...Ramp[]] {
	const [deep, shadow, body, glow, pale] = palette.tones;
	const count = dice.whole(6, 8);
	const rising = palette.dark ? dice.chance(0.85) : dice.chance(0.5);
	const stops = rising ? [deep, shadow, body, glow, pale] : [pale, glow, body, shadow, deep];
	const accented = dice.chance(0.6) ? dice.whole(1, count - 2) : -1;
	const sheet = (index: number): Ramp => {
		const place = (index / (count - 1)) * 4;
		const from = stops[Math.floor(place)] ?? body;
		const plain = mix(from, stops[Math.ceil(place)] ?? from, place % 1);
		const colour: Rgb = index === accented ? mix(plain, palette.accent, 0.8) : plain;
		return ramp([colour, mix(colour, deep, 0.3), mix(colour, [6, 6, 12], 0.5)]);
	};
	return [sheet(0), ...Array.from({ length: count - 1 }, (_, index) => sheet(index + 1))];
}

/** The hilly field, 0 to 1 over the picture: rings of hollow and hill, bent by noise. */
function terrain({ pixels, unit }: Scene, dice: Dice): (x: number, y: number) => number {
	const field = noise(dice);
	const scale = dice.between(1.3, 2) / unit;
	const x0 = pixels.width * dice.between(0.2, 0.8);
	const y0 = pixels.height * dice.between(0.2, 0.8);
	const reach = 1 / (unit * dice.between(0.6, 0.85));
	const bend = dice.between(0.3, 0.5);
	return (x, y) => {
		// Up and down again, so that a long picture has hills to its end.
		const far = 0.5 - 0.5 * Math.cos(Math.PI * Math.sqrt((x - x0) ** 2 + (y - y0) ** 2) * reach);
		const waves = field.plane(x * scale, y * scale) + 0.35 * field.plane(x * scale * 2.1 + 40, y * scale * 2.1);
		return 0.08 + 0.82 * far + bend * waves;
	};
}

/**
 * One row of the field in sheets, with one more value on the left for the slope. Noise is dear, and it hardly bends
 * within a few pixels: large pictures are sampled every `stride` pixels and drawn straight between.
 */
function rowOf(heightAt: (x: number, y: number) => number, y: number, order: RowOrder): Float32Array {
	const { width, sheets, stride } = order;
	const row = new Float32Array(width + 1);
	let from = heightAt(-1, y) * sheets;
	for (let start = 0; start <= width; start += stride) {
		const to = heightAt(start + stride - 1, y) * sheets;
		const end = Math.min(width, start + stride - 1);
		for (let x = start; x <= end; x++) row[x] = from + ((to - from) * (x - start)) / stride;
		from = to;
	}
	return row;
}

interface RowOrder {
	/** Pixels. */
	readonly width: number;
	/** How many sheets the field's 0 to 1 stands for. */
	readonly sheets: number;
	/** Pixels between two samples. */
	readonly stride: number;
}
