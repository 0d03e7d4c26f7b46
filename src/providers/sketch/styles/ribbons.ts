import { type Rgb, mix, shift } from '../colour';
import type { Dice } from '../hash';
import { fractal, noise } from '../noise';
import { ramp } from '../ramp';
import { edge, fillAll, fillBelow } from '../raster';
import type { Scene } from '../scene';

/** Flowing cloth: ribbons that overlap like folds, each bright at its upper hem and deep where the next one covers it. */
export function ribbons(scene: Scene): void {
	const { pixels, dice, unit } = scene;
	const { width, height } = pixels;
	const colours = ribbonColours(scene);
	const slope = dice.between(-0.45, 0.45) * Math.min(1, height / width);
	const curves = flow(dice, unit, colours.length);
	const start = height * dice.between(-0.02, 0.2) - Math.abs(slope) * width * 0.3;
	const gap = (height * 1.12 - start) / colours.length;
	drawGround(scene);
	for (const [index, colour] of colours.entries()) {
		const base = start + gap * (index + 0.3);
		const border = edge(width, (x) => base + slope * (x - width / 2) + curves(x, index));
		const tops = Float32Array.from({ length: width }, (_, x) => border[x * 4 + 2] ?? 0);
		const below = Float32Array.from(
			{ length: width },
			(_, x) => 1 / Math.max(gap * 0.55, base + gap + slope * (x - width / 2) + curves(x, index + 1) - (tops[x] ?? 0)),
		);
		fillBelow(pixels, border, {
			ramp: foldRamp(colour, scene.palette.tones[0]),
			at: (x, y) => (y - (tops[x] ?? 0)) * (below[x] ?? 0),
		});
	}
}

function drawGround({ pixels, palette }: Scene): void {
	const [deep, shade, , glow, pale] = palette.tones;
	const colours = palette.dark ? ramp([deep, mix(deep, shade, 0.7)]) : ramp([mix(glow, pale, 0.6), pale]);
	fillAll(pixels, { ramp: colours, at: (_, y) => y / pixels.height, isLevel: true });
}

/** Pale to deep, or there and back, with the accent on one ribbon. */
function ribbonColours({ palette, dice }: Scene): Rgb[] {
	const [deep, shade, body, glow, pale] = palette.tones;
	const count = dice.whole(6, 9);
	const stops = palette.dark
		? dice.pick([
				[shade, body, glow, body, shade, deep],
				[body, glow, body, shade, deep],
				[shade, body, shade, deep],
			])
		: dice.pick([
				[pale, glow, body, shade, deep],
				[glow, body, shade, body, glow],
				[shade, body, glow, pale, glow],
				[body, glow, body, shade],
			]);
	const accented = dice.whole(1, count - 2);
	return Array.from({ length: count }, (_, index) => {
		const place = (index / (count - 1)) * (stops.length - 1);
		const from = stops[Math.floor(place)] ?? body;
		const colour = mix(from, stops[Math.ceil(place)] ?? from, place % 1);
		return index === accented ? mix(colour, palette.accent, 0.72) : colour;
	});
}

/** A lit hem, the cloth's own colour, and shadow where it goes under the next ribbon. */
function foldRamp(colour: Rgb, dark: Rgb) {
	const hem = shift(colour, { lightness: 0.085, chroma: 0.92 });
	return ramp([hem, shift(colour, { lightness: 0.03 }), colour, mix(colour, dark, 0.16), mix(colour, dark, 0.42)]);
}

/** The waves of all ribbons: they change slowly from one ribbon to the next, so neighbours run side by side. */
function flow(dice: Dice, unit: number, count: number): (x: number, index: number) => number {
	const field = noise(dice);
	const length = unit * dice.between(0.75, 1.25);
	const height = unit * dice.between(0.1, 0.2);
	const phase = dice.between(0, 7);
	const turn = dice.between(0.35, 0.8) * dice.pick([-1, 1]);
	return (x, index) => {
		const along = (x / length) * 2 * Math.PI;
		const swell =
			Math.sin(along * 0.62 + phase + index * turn) + 0.45 * Math.sin(along * 1.31 + phase * 2 - index * turn * 1.4);
		const drift = fractal(field, x / length / 1.4 + index * 0.23, 2) - 0.5;
		return height * (0.55 * swell + 1.1 * drift) * (0.75 + (0.5 * index) / count);
	};
}
