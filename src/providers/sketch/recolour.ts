import type { Strength } from '../../domain/imageRequest';
import type { Pixels } from '../../image/pixels';
import type { Dice } from './hash';
import type { Palette } from './palette';
import { ramp } from './ramp';

/** How far hues turn (degrees) and how much of the prompt's own colours comes in (0 to 1). */
const changes: Readonly<Record<Strength, { readonly turn: number; readonly lean: number }>> = {
	subtle: { turn: 7, lean: 0.07 },
	medium: { turn: 18, lean: 0.22 },
	strong: { turn: 34, lean: 0.46 },
};

/** Turns a picture's hues and leans its colours to a palette by their lightness; changes the picture it is given. */
export function recolour({ data }: Pixels, strength: Strength, palette: Palette, dice: Dice): void {
	const { turn, lean } = changes[strength];
	const turned = hueMatrix(turn * dice.pick([-1, 1]) * dice.between(0.8, 1.2));
	const tones = ramp(palette.tones);
	const keep = 1 - lean;
	const rows = [turned.slice(0, 3), turned.slice(3, 6), turned.slice(6, 9)] as const;
	for (let at = 0; at < data.length; at += 4) {
		const red = data[at] ?? 0;
		const green = data[at + 1] ?? 0;
		const blue = data[at + 2] ?? 0;
		const tone = Math.round(red * 0.2126 + green * 0.7152 + blue * 0.0722) * 3;
		for (let c = 0; c < 3; c++) {
			const row = rows[c] ?? rows[0];
			const hue = red * (row[0] ?? 0) + green * (row[1] ?? 0) + blue * (row[2] ?? 0);
			const value = Math.min(255, Math.max(0, hue)) * keep + (tones[tone + c] ?? 0) * lean;
			data[at + c] = Math.round(value);
		}
	}
}

/** Turns hues by degrees and keeps luma: the SVG `hueRotate` matrix, row by row. */
function hueMatrix(degrees: number): Float64Array {
	const cos = Math.cos((degrees * Math.PI) / 180);
	const sin = Math.sin((degrees * Math.PI) / 180);
	return Float64Array.of(
		0.213 + cos * 0.787 - sin * 0.213,
		0.715 - cos * 0.715 - sin * 0.715,
		0.072 - cos * 0.072 + sin * 0.928,
		0.213 - cos * 0.213 + sin * 0.143,
		0.715 + cos * 0.285 + sin * 0.14,
		0.072 - cos * 0.072 - sin * 0.283,
		0.213 - cos * 0.213 - sin * 0.787,
		0.715 - cos * 0.715 + sin * 0.715,
		0.072 + cos * 0.928 + sin * 0.072,
	);
}
