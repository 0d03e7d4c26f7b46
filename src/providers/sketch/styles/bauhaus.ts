import { type Rgb, mix } from '../colour';
import { tint } from '../ramp';
import type { Scene } from '../scene';
import { type Motif, motifs } from './motifs';

/** A tile in whole pixels. */
interface Tile {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/** Tiles with plain shapes in few colours, some tiles two by two; the ground of one is the figure of another. */
export function bauhaus(scene: Scene): void {
	const { dice } = scene;
	const inks = inksOf(scene);
	const favourites = [dice.pick(motifs), dice.pick(motifs), dice.pick(motifs), dice.pick(motifs)] as const;
	for (const tile of tiles(scene)) {
		const ground = dice.pick(inks);
		const others = inks.filter((ink) => ink !== ground);
		const figure = dice.pick([others[dice.whole(0, others.length - 1)] ?? inks[0]]);
		fillTile(scene, tile, ground);
		if (dice.chance(0.07)) continue;
		drawMotif(scene, tile, dice.chance(0.7) ? dice.pick(favourites) : dice.pick(motifs), figure);
		if (dice.chance(0.3)) {
			const third = others.filter((ink) => ink !== figure);
			drawMotif(scene, shrink(tile), motifs[0], third[dice.whole(0, third.length - 1)] ?? ground);
		}
	}
}

/** Colours by weight: paper and the body colours often, the accent seldom. */
function inksOf({ palette, dice }: Scene): readonly [Rgb, ...Rgb[]] {
	const [deep, shade, body, glow, pale] = palette.tones;
	const { accent } = palette;
	if (palette.dark) return [deep, deep, shade, body, glow, dice.chance(0.5) ? accent : pale, mix(deep, shade, 0.5)];
	return [pale, pale, glow, body, shade, accent, dice.chance(0.5) ? deep : mix(pale, glow, 0.4)];
}

/** The picture as a grid, with free two-by-two squares joined now and then. */
function tiles({ pixels, dice, unit }: Scene): Tile[] {
	const wish = unit / dice.whole(3, 6);
	const columns = Math.max(1, Math.round(pixels.width / wish));
	const rows = Math.max(1, Math.round(pixels.height / wish));
	const taken = new Set<number>();
	const list: Tile[] = [];
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			if (taken.has(row * columns + column)) continue;
			const fits = row + 1 < rows && column + 1 < columns && !taken.has(row * columns + column + 1);
			const span = fits && dice.chance(0.16) ? 2 : 1;
			if (span === 2) {
				for (const at of [1, columns, columns + 1]) taken.add(row * columns + column + at);
			}
			const left = Math.round((column * pixels.width) / columns);
			const top = Math.round((row * pixels.height) / rows);
			const width = Math.round(((column + span) * pixels.width) / columns) - left;
			list.push({ left, top, width, height: Math.round(((row + span) * pixels.height) / rows) - top });
		}
	}
	return list;
}

function fillTile({ pixels }: Scene, { left, top, width, height }: Tile, colour: Rgb): void {
	for (let y = top; y < top + height; y++) {
		for (let x = left; x < left + width; x++) tint(pixels, x, y, colour, 1);
	}
}

/** Draws a motif, turned by a random number of quarters. */
function drawMotif({ pixels, dice }: Scene, { left, top, width, height }: Tile, motif: Motif, colour: Rgb): void {
	const turns = dice.whole(0, 3);
	const scale = Math.min(width, height);
	for (let y = 0; y < height; y++) {
		const down = (y + 0.5) / height;
		for (let x = 0; x < width; x++) {
			const along = (x + 0.5) / width;
			const u = turns === 0 ? along : turns === 1 ? down : turns === 2 ? 1 - along : 1 - down;
			const v = turns === 0 ? down : turns === 1 ? 1 - along : turns === 2 ? 1 - down : along;
			const coverage = 0.5 - motif(u, v) * scale;
			if (coverage > 0) tint(pixels, left + x, top + y, colour, Math.min(1, coverage));
		}
	}
}

/** The middle third of a tile. */
function shrink({ left, top, width, height }: Tile): Tile {
	const inset = { x: Math.round(width * 0.34), y: Math.round(height * 0.34) };
	return { left: left + inset.x, top: top + inset.y, width: width - inset.x * 2, height: height - inset.y * 2 };
}
