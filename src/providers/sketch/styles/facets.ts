import { type Rgb, mix } from '../colour';
import type { Dice } from '../hash';
import { noise } from '../noise';
import { ramp } from '../ramp';
import type { Scene } from '../scene';
import { type Triangle, fillMesh } from './mesh';

type Point = readonly [x: number, y: number];

/** A surface of triangles, lit from one side, with colours that run over the picture as over a cut stone. */
export function facets(scene: Scene): void {
	const { pixels, dice, unit } = scene;
	const cell = unit / dice.whole(6, 11);
	const columns = Math.max(1, Math.round(pixels.width / cell));
	const rows = Math.max(1, Math.round(pixels.height / cell));
	const grid = points(scene, columns, rows);
	const colour = painter(scene);
	const triangles: Triangle[] = [];
	const add = (a: Point, b: Point, c: Point): void => {
		triangles.push({ corners: [a, b, c], colour: colour([(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3]) });
	};
	for (let row = 0; row < rows + 2; row++) {
		for (let column = 0; column < columns + 2; column++) {
			const at = (right: number, down: number): Point => grid[(row + down) * (columns + 3) + column + right] ?? [0, 0];
			if (dice.chance(0.5)) {
				add(at(0, 0), at(1, 0), at(1, 1));
				add(at(0, 0), at(1, 1), at(0, 1));
			} else {
				add(at(0, 0), at(1, 0), at(0, 1));
				add(at(1, 0), at(1, 1), at(0, 1));
			}
		}
	}
	fillMesh(pixels, triangles);
}

/** A grid one cell larger than the picture all round, its points pushed about by less than half a cell. */
function points({ pixels, dice }: Scene, columns: number, rows: number): Point[] {
	const width = pixels.width / columns;
	const height = pixels.height / rows;
	const list: Point[] = [];
	for (let row = -1; row <= rows + 1; row++) {
		for (let column = -1; column <= columns + 1; column++) {
			list.push([(column + dice.between(-0.38, 0.38)) * width, (row + dice.between(-0.38, 0.38)) * height]);
		}
	}
	return list;
}

/** Gives a triangle its colour by its middle: a slope across the picture, a glow, slow noise and a facet's own glint. */
function painter({ pixels, palette, dice, unit }: Scene): (middle: Point) => Rgb {
	const colours = ramp(order(palette.tones, palette.dark, dice));
	const field = noise(dice);
	const angle = dice.between(0, 2 * Math.PI);
	const [east, south] = [Math.cos(angle), Math.sin(angle)];
	const glow = { x: pixels.width * dice.between(0.15, 0.85), y: pixels.height * dice.between(0.15, 0.85) };
	const half = (Math.abs(east) * pixels.width + Math.abs(south) * pixels.height) / 2;
	const spot = { x: pixels.width * dice.next(), y: pixels.height * dice.next(), reach: unit * dice.between(0.16, 0.3) };
	return ([x, y]) => {
		const slope = ((x - pixels.width / 2) * east + (y - pixels.height / 2) * south) / half;
		const near = Math.exp(-((x - glow.x) ** 2 + (y - glow.y) ** 2) / (unit * 0.5) ** 2);
		const slow = field.plane((x / unit) * 2.2, (y / unit) * 2.2);
		const t = 0.42 + 0.34 * slope + 0.26 * near + 0.2 * slow + dice.between(-0.075, 0.075);
		const at = Math.round(Math.min(1, Math.max(0, t)) * 255) * 3;
		const colour: Rgb = [colours[at] ?? 0, colours[at + 1] ?? 0, colours[at + 2] ?? 0];
		const accent = Math.exp(-((x - spot.x) ** 2 + (y - spot.y) ** 2) / spot.reach ** 2);
		// All or nothing: half-mixed complements are grey.
		return dice.chance(accent * 0.85) ? mix(colour, palette.accent, dice.between(0.6, 0.95)) : colour;
	};
}

function order(tones: readonly [Rgb, Rgb, Rgb, Rgb, Rgb], dark: boolean, dice: Dice): readonly Rgb[] {
	const [deep, shade, body, glow, pale] = tones;
	if (dark) return [deep, mix(deep, shade, 0.7), shade, body, glow];
	return dice.pick([
		[deep, shade, body, glow, pale],
		[shade, body, glow, pale],
		[shade, body, body, glow, pale],
	]);
}
