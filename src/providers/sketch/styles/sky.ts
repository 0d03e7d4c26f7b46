import { mix } from '../colour';
import { type Ramp, flat, shade, tint } from '../ramp';
import { fillDisc } from '../raster';
import type { Scene } from '../scene';

/** The sun or the moon; a place and a radius in pixels, colours from its upper to its lower edge. */
export interface Light {
	readonly x: number;
	readonly y: number;
	readonly radius: number;
	readonly colours: Ramp;
}

/** Draws a sky down to the horizon `level` (a y in pixels), with its light and by night its stars. */
export function drawSky(scene: Scene, sky: Ramp, level: number, light: Light): void {
	const { pixels, palette } = scene;
	const strength = palette.dark ? 0.2 : 0.34;
	const reach = (light.radius * (palette.dark ? 3 : 4.5)) ** 2;
	for (let y = 0; y < pixels.height; y++) {
		const height = Math.min(1, y / level) ** 1.15 * (palette.dark ? 0.86 : 0.9);
		const rise = (y - light.y) ** 2;
		for (let x = 0; x < pixels.width; x++) {
			const run = x - light.x;
			// The glow moves along the sky's own gradient, so it can never clash with it.
			const near = 1 / (1 + (run * run + rise) / reach);
			shade(pixels, x, y, sky, height + strength * near * near, 1);
		}
	}
	if (palette.dark) drawStars(scene, level);
	const top = light.y - light.radius;
	fillDisc(pixels, light, { ramp: light.colours, at: (_, y) => (y - top) / (light.radius * 2) }, 0.96);
	if (!palette.dark) drawClouds(scene, level);
}

function drawStars({ pixels, palette, dice, unit }: Scene, level: number): void {
	const { width } = pixels;
	const count = Math.min(900, Math.round(((width * level) / (unit * unit)) * 130));
	const white = flat(mix(palette.tones[4], [255, 255, 255], 0.4));
	for (let star = 0; star < count; star++) {
		const height = dice.next() ** 1.4;
		const radius = unit * (0.0007 + 0.0016 * dice.next() ** 5);
		const circle = { x: dice.next() * width, y: height * level * 0.92, radius: Math.max(0.35, radius) };
		fillDisc(pixels, circle, { ramp: white, at: () => 0 }, dice.between(0.25, 0.95) * (1 - height * 0.8));
	}
}

/** A few long flat clouds: lens shapes, pale and see-through. */
function drawClouds({ pixels, palette, dice, unit }: Scene, level: number): void {
	const colour = mix(palette.tones[4], [255, 255, 255], 0.35);
	const count = dice.whole(0, 5);
	for (let cloud = 0; cloud < count; cloud++) {
		const x = dice.next() * pixels.width;
		const y = dice.between(0.15, 0.85) * level;
		const half = unit * dice.between(0.1, 0.34);
		const thick = unit * dice.between(0.004, 0.011);
		const opacity = dice.between(0.2, 0.5);
		lens({ x, y, half, thick }, (column, row, coverage) => {
			if (column >= 0 && column < pixels.width && row >= 0 && row < pixels.height) {
				tint(pixels, column, row, colour, coverage * opacity);
			}
		});
	}
}

/** A lens lying flat: its middle, half its length and half its thickness, in pixels. */
interface Lens {
	readonly x: number;
	readonly y: number;
	readonly half: number;
	readonly thick: number;
}

/** Calls back for every pixel a lens covers, with a coverage above 0 up to 1; pixels may lie outside the picture. */
export function lens({ x, y, half, thick }: Lens, each: (x: number, y: number, coverage: number) => void): void {
	for (let column = Math.floor(x - half); column <= Math.ceil(x + half); column++) {
		const along = (column + 0.5 - x) / half;
		const swell = thick * Math.max(0, 1 - along * along);
		if (swell <= 0) continue;
		for (let row = Math.floor(y - swell); row <= Math.floor(y + swell); row++) {
			const coverage = Math.min(row + 1, y + swell) - Math.max(row, y - swell);
			if (coverage > 0) each(column, row, Math.min(1, coverage));
		}
	}
}
