import { mix, shift } from '../colour';
import { type Ramp, ramp, shade, tint } from '../ramp';
import type { Scene } from '../scene';
import { type Light, lens } from './sky';

/** Draws water from the horizon `level` (a y in pixels) down: the sky's colours deepen, and the light lies on the waves. */
export function drawWater(scene: Scene, sky: Ramp, level: number, light: Light): void {
	const { pixels, palette } = scene;
	const [deep, shadow, body, glow] = palette.tones;
	const far = mix(glow, [sky[600] ?? 0, sky[601] ?? 0, sky[602] ?? 0], 0.5);
	const water = palette.dark
		? ramp([mix(body, far, 0.3), shadow, deep])
		: ramp([far, body, mix(shadow, body, 0.4), shadow]);
	const first = Math.max(0, Math.round(level));
	for (let y = first; y < pixels.height; y++) {
		const depth = (Math.max(0, y - level) / Math.max(1, pixels.height - level)) ** 0.8;
		for (let x = 0; x < pixels.width; x++) shade(pixels, x, y, water, depth, 1);
	}
	drawWaves(scene, first);
	drawGlints(scene, first, light);
}

/** Dark and pale streaks, longer and thicker towards the viewer. */
function drawWaves({ pixels, palette, dice, unit }: Scene, first: number): void {
	const { width, height } = pixels;
	const pale = mix(palette.tones[3], palette.tones[4], 0.4);
	const dark = shift(palette.tones[1], { lightness: -0.02 });
	const count = Math.min(900, Math.round(((width * (height - first)) / (unit * unit)) * 190));
	for (let wave = 0; wave < count; wave++) {
		const depth = dice.next();
		const y = first + 2 + depth ** 1.6 * (height - first);
		const half = unit * (0.008 + 0.07 * depth) * dice.between(0.5, 1.5);
		const thick = unit * (0.0008 + 0.0045 * depth) * dice.between(0.5, 1);
		const colour = dice.chance(0.5) ? pale : dark;
		const opacity = dice.between(0.08, 0.3);
		lens({ x: dice.next() * width, y, half, thick }, (column, row, coverage) => {
			if (column >= 0 && column < width && row >= first && row < height)
				tint(pixels, column, row, colour, coverage * opacity);
		});
	}
}

/** The path of light: bright flakes under the sun or moon, spread wider the nearer they are. */
function drawGlints({ pixels, palette, dice, unit }: Scene, first: number, light: Light): void {
	const { width, height } = pixels;
	const colour = mix(palette.tones[4], [255, 246, 224], 0.5);
	const count = Math.round(((height - first) / unit) * 170);
	for (let glint = 0; glint < count; glint++) {
		const depth = dice.next();
		const y = first + 1 + depth ** 1.3 * (height - first) * 0.9;
		const spread = light.radius * (0.5 + 1.3 * depth);
		const x = light.x + (dice.next() + dice.next() + dice.next() - 1.5) * spread * 1.2;
		const half = unit * (0.006 + 0.035 * depth) * dice.between(0.4, 1.3);
		const thick = unit * (0.001 + 0.0032 * depth) * dice.between(0.6, 1.2);
		const opacity = dice.between(0.35, 0.85) * (1 - depth * 0.55);
		lens({ x, y, half, thick }, (column, row, coverage) => {
			if (column >= 0 && column < width && row >= first && row < height)
				tint(pixels, column, row, colour, coverage * opacity);
		});
	}
}
