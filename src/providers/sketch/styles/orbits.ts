import { type Rgb, mix, shift } from '../colour';
import { type Fill, flat, ramp } from '../ramp';
import { type Circle, fillAll, fillDisc, strokeCircle } from '../raster';
import type { Scene } from '../scene';

/** Circles round a centre: a soft ground, a glowing middle, thin rings, and balls that are lit from the middle. */
export function orbits(scene: Scene): void {
	const { pixels, dice, unit } = scene;
	const centre = {
		x: pixels.width * dice.pick([dice.between(0.2, 0.42), dice.between(0.42, 0.58), dice.between(0.58, 0.8)]),
		y: pixels.height * dice.between(0.3, 0.7),
		radius: unit * dice.between(0.07, 0.15),
	};
	drawGround(scene, centre);
	drawVeils(scene);
	const count = dice.whole(5, 9);
	const growth = dice.between(1.2, 1.34);
	const far = Math.hypot(pixels.width, pixels.height);
	let radius = centre.radius * dice.between(1.5, 1.9);
	for (let ring = 0; radius < far && ring < count + 6; ring++) {
		drawRing(scene, { ...centre, radius }, ring);
		if (ring < count) drawBalls(scene, centre, radius, ring / count);
		radius *= growth;
	}
	drawSun(scene, centre);
}

function drawGround({ pixels, palette, dice, unit }: Scene, centre: Circle): void {
	const [deep, shade, body, glow, pale] = palette.tones;
	const colours = palette.dark
		? ramp([mix(shade, body, 0.7), shade, mix(deep, shade, 0.4), deep])
		: ramp(
				dice.pick([
					[pale, mix(pale, glow, 0.5), glow, mix(glow, body, 0.7)],
					[glow, body, mix(body, shade, 0.7), shade],
					[pale, pale, mix(pale, glow, 0.8)],
				]),
			);
	const reach = unit * dice.between(1, 1.5);
	fillAll(pixels, {
		ramp: colours,
		at: (x, y) => Math.sqrt((x - centre.x) ** 2 + (y - centre.y) ** 2) / reach,
	});
}

/** Large see-through discs that overlap: they give the ground its depth. */
function drawVeils({ pixels, palette, dice, unit }: Scene): void {
	const count = dice.whole(1, 3);
	for (let veil = 0; veil < count; veil++) {
		const colour = dice.pick([palette.tones[2], palette.tones[3], palette.accent, palette.tones[1]]);
		const circle = {
			x: pixels.width * dice.between(-0.05, 1.05),
			y: pixels.height * dice.between(-0.05, 1.05),
			radius: unit * dice.between(0.25, 0.6),
		};
		fillDisc(pixels, circle, { ramp: flat(colour), at: () => 0 }, dice.between(0.1, 0.26));
	}
}

function drawRing({ pixels, palette, dice, unit }: Scene, circle: Circle, ring: number): void {
	const colour = palette.dark ? palette.tones[4] : dice.pick([palette.tones[0], palette.tones[1], palette.tones[4]]);
	const thickness = Math.max(0.8, unit * dice.pick([0.0016, 0.0016, 0.0028, 0.006]));
	const opacity = dice.between(0.3, 0.75) * 0.93 ** ring;
	const start = dice.between(0, 2 * Math.PI);
	const length = dice.chance(0.45) ? dice.between(1.5, 5) : 7;
	strokeCircle(pixels, circle, thickness, colour, (angle) => {
		const along = (angle - start + 4 * Math.PI) % (2 * Math.PI);
		return along < length ? opacity : opacity * 0.18;
	});
}

function drawBalls(scene: Scene, centre: Circle, orbit: number, farness: number): void {
	const { pixels, palette, dice, unit } = scene;
	const [, shade, body, glow, pale] = palette.tones;
	const count = dice.pick([0, 1, 1, 2]);
	for (let ball = 0; ball < count; ball++) {
		const angle = dice.between(0, 2 * Math.PI);
		const size = unit * (0.008 + dice.next() ** 2.5 * (0.03 + 0.075 * farness));
		const circle = { x: centre.x + Math.cos(angle) * orbit, y: centre.y + Math.sin(angle) * orbit, radius: size };
		const colour: Rgb = dice.pick([body, glow, palette.accent, palette.dark ? pale : shade]);
		fillDisc(pixels, circle, lit(circle, colour, palette.tones[0], angle));
	}
}

/** Shades a ball as lit from the middle of the picture's system: bright on the near side, dark on the far one. */
function lit(ball: Circle, colour: Rgb, dark: Rgb, angle: number): Fill {
	const x = ball.x - Math.cos(angle) * ball.radius * 0.55;
	const y = ball.y - Math.sin(angle) * ball.radius * 0.55;
	const reach = ball.radius * 1.6;
	const night = mix(shift(colour, { lightness: -0.34 }), dark, 0.4);
	return {
		ramp: ramp([shift(colour, { lightness: 0.12, chroma: 0.8 }), colour, shift(colour, { lightness: -0.13 }), night]),
		at: (px, py) => Math.sqrt((px + 0.5 - x) ** 2 + (py + 0.5 - y) ** 2) / reach,
	};
}

function drawSun({ pixels, palette, dice }: Scene, centre: Circle): void {
	const [, , body, glow, pale] = palette.tones;
	const hot = dice.chance(0.5) ? palette.accent : body;
	const halo = flat(palette.dark ? hot : pale);
	for (const [size, opacity] of [
		[1.5, 0.16],
		[1.24, 0.22],
	] as const) {
		fillDisc(pixels, { ...centre, radius: centre.radius * size }, { ramp: halo, at: () => 0 }, opacity);
	}
	const tilt = dice.between(-0.5, 0.5);
	fillDisc(pixels, centre, {
		ramp: ramp([mix(pale, [255, 255, 250], 0.4), glow, hot]),
		at: (x, y) => 0.5 + (y - centre.y + (x - centre.x) * tilt) / (centre.radius * 2.2),
	});
}
