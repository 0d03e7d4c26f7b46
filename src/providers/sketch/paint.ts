import type { Size } from '../../domain/size';
import type { Pixels } from '../../image/pixels';
import { dice } from './hash';
import { drawLabel } from './label';
import { paletteOf } from './palette';
import { blank, unitOf } from './raster';
import type { Scene, Scenery } from './scene';
import { bauhaus } from './styles/bauhaus';
import { facets } from './styles/facets';
import { horizon } from './styles/horizon';
import { orbits } from './styles/orbits';
import { papercut } from './styles/papercut';
import { ribbons } from './styles/ribbons';
import { sceneryWords, styleWords } from './subjects';
import { type WordTable, findWords, wordTable } from './words';

/** The styles that the sketch can draw in. */
export const sketchStyles = ['horizon', 'orbits', 'ribbons', 'facets', 'bauhaus', 'papercut'] as const;

/** One of `sketchStyles`. */
export type SketchStyle = (typeof sketchStyles)[number];

/** What to sketch. The same order always gives the same bytes. */
export interface SketchOrder {
	/** The user's words, in any language; may be empty. */
	readonly prompt: string;
	/** The size of the result, 16 to 4096 pixels a side. */
	readonly size: Size;
	/** A decimal number of any length. */
	readonly seed: string;
	/** Left out: the prompt chooses. */
	readonly style?: SketchStyle;
}

const painters: Readonly<Record<SketchStyle, (scene: Scene) => void>> = {
	horizon,
	orbits,
	ribbons,
	facets,
	bauhaus,
	papercut,
};

const styles: WordTable<SketchStyle> = wordTable(sketchStyles.map((style) => [styleWords[style], style] as const));

const sceneries: WordTable<Scenery> = wordTable([
	[sceneryWords.sea, 'sea'],
	[sceneryWords.city, 'city'],
	[sceneryWords.forest, 'forest'],
	[sceneryWords.mountains, 'mountains'],
	[sceneryWords.dunes, 'dunes'],
]);

/** Draws a placeholder: opaque RGBA, marked as no model's work where it is large enough to carry the words. */
export function paint(order: SketchOrder): Pixels {
	const pixels = paintUnmarked(order);
	drawLabel(pixels, { x: 0, y: 0, ...order.size });
	return pixels;
}

/** Draws a placeholder without its mark, for callers that mark the finished picture themselves. */
export function paintUnmarked({ prompt, size, seed, style }: SketchOrder): Pixels {
	const pixels = blank(size);
	const chance = dice(`${seed} ${prompt.normalize('NFKC')}`);
	const scenery = findWords(prompt, sceneries)[0] ?? chance.pick(['hills', 'hills', 'mountains', 'sea', 'dunes']);
	painters[style ?? styleOf(prompt)]({
		pixels,
		palette: paletteOf(prompt, seed),
		dice: chance,
		scenery,
		unit: unitOf(size),
	});
	return pixels;
}

/** The style most of the prompt's words call for, the earliest of equals; without such words the whole prompt decides. */
function styleOf(prompt: string): SketchStyle {
	const votes = findWords(prompt, styles);
	const count = (style: SketchStyle): number => votes.filter((vote) => vote === style).length;
	const [first, ...others] = votes;
	if (first === undefined) return dice(`style ${prompt.normalize('NFKC')}`).pick(sketchStyles);
	return others.reduce((best, style) => (count(style) > count(best) ? style : best), first);
}
