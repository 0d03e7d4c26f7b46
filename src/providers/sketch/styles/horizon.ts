import { type Rgb, lightnessOf, mix, shift, toLab } from '../colour';
import { type Noise, noise } from '../noise';
import { type Ramp, ramp } from '../ramp';
import { edge, fillBelow } from '../raster';
import type { Scene, Scenery } from '../scene';
import { profile } from './profiles';
import { type Light, drawSky } from './sky';
import { drawWater } from './water';
import { lightWindows } from './windows';

/** The colours of the air: what is far away fades into `haze`. */
interface Air {
	readonly sky: Ramp;
	readonly haze: Rgb;
	readonly near: Rgb;
}

/** A landscape: a sky with a sun or moon, and land or water before it, each range paler the farther away it is. */
export function horizon(scene: Scene): void {
	const { pixels, dice, scenery, unit } = scene;
	const air = airOf(scene);
	const level = pixels.height * (scenery === 'sea' ? dice.between(0.42, 0.74) : dice.between(0.46, 0.66));
	const light = lightOf(scene, level, air.sky);
	drawSky(scene, air.sky, level, light);
	const field = noise(dice);
	if (scenery === 'sea') {
		const coast: Scene = { ...scene, scenery: dice.pick<Scenery>(['hills', 'hills', 'mountains']) };
		const count = dice.whole(1, 3);
		drawRanges(coast, air, field, {
			from: level - unit * 0.02,
			to: level + unit * 0.02,
			count,
			height: dice.between(0.3, 0.8),
		});
		drawWater(scene, air.sky, level, light);
		if (dice.chance(0.75)) {
			drawShore(scene, air, field);
		}
		return;
	}
	const count = dice.whole(4, 6);
	drawRanges(scene, air, field, { from: level, to: pixels.height - unit * 0.06, count, height: 1 });
}

function airOf({ palette, dice }: Scene): Air {
	const [deep, shade, body, glow, pale] = palette.tones;
	if (palette.dark) {
		const low = dice.pick([mix(body, glow, 0.35), body, mix(body, palette.accent, 0.25)]);
		return {
			sky: ramp([deep, mix(deep, shade, 0.75), mix(shade, body, 0.6), low, glow]),
			haze: low,
			near: shift(deep, { lightness: -0.05 }),
		};
	}
	const sky = dice.pick([
		[body, glow, pale, pale],
		[mix(shade, body, 0.6), body, glow, pale],
		[mix(body, glow, 0.6), glow, mix(glow, pale, 0.7), pale],
		[deep, shade, mix(shade, body, 0.75), glow],
		[shade, mix(shade, body, 0.8), glow, mix(glow, pale, 0.7)],
	]);
	return { sky: ramp(sky), haze: mix(glow, pale, 0.55), near: mix(deep, shade, dice.between(0.05, 0.45)) };
}

function lightOf({ pixels, palette, dice, unit }: Scene, level: number, sky: Ramp): Light {
	const [, , body, glow, pale] = palette.tones;
	const high = palette.dark ? dice.between(0.18, 0.5) : dice.between(0.35, 0.95);
	const warm = mix(pale, [255, 250, 235], 0.5);
	const behind = Math.round(Math.min(1, high + 0.25) * 255) * 3;
	// A pale sun in a pale sky is lost: there it is a coloured one.
	const lost = !palette.dark && lightnessOf([sky[behind] ?? 0, sky[behind + 1] ?? 0, sky[behind + 2] ?? 0]) > 0.9;
	const sun = warmest([palette.accent, body, glow]);
	const day = lost ? [mix(sun, pale, 0.3), shift(sun, { lightness: 0.02, chroma: 1.1 })] : [warm, mix(warm, sun, 0.55)];
	return {
		x: pixels.width * dice.pick([dice.between(0.18, 0.4), dice.between(0.4, 0.6), dice.between(0.6, 0.82)]),
		y: level * high,
		radius: unit * (palette.dark ? dice.between(0.04, 0.08) : dice.between(0.04, 0.13)),
		colours: ramp(palette.dark ? [warm, pale] : day),
	};
}

function warmest(colours: readonly [Rgb, ...Rgb[]]): Rgb {
	return colours.reduce((best, colour) => (warmth(colour) > warmth(best) ? colour : best));
}

function warmth(colour: Rgb): number {
	const [, red, yellow] = toLab(colour);
	return red + yellow * 0.7;
}

interface Ranges {
	/** The y of the farthest and of the nearest range, in pixels. */
	readonly from: number;
	readonly to: number;
	readonly count: number;
	/** How high the ranges stand, 1 as usual. */
	readonly height: number;
}

function drawRanges(scene: Scene, air: Air, field: Noise, { from, to, count, height }: Ranges): void {
	const { pixels, dice, palette, scenery, unit } = scene;
	const body = palette.tones[palette.dark ? 1 : 2];
	for (let range = 0; range < count; range++) {
		const nearness = count === 1 ? 0.45 : range / (count - 1);
		const base = from + (to - from) * nearness ** 1.25;
		const border = edge(pixels.width, profile({ scenery, field, dice, unit: unit * height, base, nearness, range }));
		const far = mix(air.haze, body, 0.3 + 0.45 * nearness);
		const colour = mix(far, air.near, nearness ** 1.1);
		const foot = mix(colour, air.haze, palette.dark ? 0.28 : 0.5 * (1 - nearness) + 0.14);
		const reach = Math.max(8, unit * (0.22 + 0.2 * nearness));
		const top = base - reach * 0.55;
		fillBelow(pixels, border, { ramp: ramp([colour, colour, foot]), at: (_, y) => (y - top) / reach, isLevel: true });
		if (scenery === 'city') lightWindows(scene, border, base, nearness, colour);
	}
}

/** A dark headland in front, that gives the eye a place to stand. */
function drawShore({ pixels, dice, unit }: Scene, air: Air, field: Noise): void {
	const left = dice.chance(0.5);
	const reach = dice.between(0.35, 0.7);
	const { width, height } = pixels;
	const lift = unit * dice.between(0.1, 0.3);
	const wobble = profile({ scenery: 'hills', field, dice, unit: unit * 0.5, base: 0, nearness: 1, range: 9 });
	const border = edge(width, (x) => {
		const along = (left ? x : width - x) / (width * reach);
		const land = Math.max(0, 1 - along) ** 0.7;
		return height + unit * 0.04 - (lift - wobble(x) * 0.6) * land - (along < 1 ? 0 : -unit * 0.05);
	});
	const colours = ramp([air.near, shift(air.near, { lightness: -0.04 })]);
	fillBelow(pixels, border, { ramp: colours, at: (_, y) => (y - height + lift) / lift, isLevel: true });
}
