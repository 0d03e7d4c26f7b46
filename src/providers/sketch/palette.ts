import { type Rgb, type Shift, chromaOf, fromLch, hex, lightnessOf, mix, shift } from './colour';
import { type Dice, dice } from './hash';
import { type SchemeRow, colourSchemes, darkSchemes, hourSchemes, placeSchemes, thingSchemes } from './schemes';
import { moodWords } from './subjects';
import { findWords, wordTable } from './words';

/** Five colours from dark to pale. */
type Tones = readonly [deep: Rgb, shade: Rgb, body: Rgb, glow: Rgb, pale: Rgb];

/** The colours of a picture. */
export interface Palette {
	readonly tones: Tones;
	/** A colour that stands out from the tones. */
	readonly accent: Rgb;
	/** To be drawn as by night: pale things on dark ground. */
	readonly dark: boolean;
}

const schemes = wordTable([
	...[...placeSchemes, ...hourSchemes, ...colourSchemes].map((row) => [row[0], scheme(row, false)] as const),
	...darkSchemes.map((row) => [row[0], scheme(row, true)] as const),
]);

const things = wordTable(thingSchemes.map((row) => [row[0], scheme(row, false)] as const));

const moods = wordTable(moodWords);

/** Reads the colours out of a prompt; a prompt without a known word gets a harmony of its own. The seed only nudges them. */
export function paletteOf(prompt: string, seed: string): Palette {
	const coloured = findWords(prompt, schemes);
	const known = [...new Set(coloured.length > 0 ? coloured : findWords(prompt, things))];
	const chosen = dice(`palette ${prompt.normalize('NFKC')}`);
	const base = known.length > 0 ? blend(known.slice(0, 3)) : invent(chosen);
	const chroma = findWords(prompt, moods).reduce((product, factor) => product * factor, 1);
	const drift = dice(`drift ${seed} ${prompt.normalize('NFKC')}`);
	const reach = known.length > 0 ? 7 : 14;
	return recolour(base, {
		hue: drift.between(-reach, reach),
		chroma: chroma * drift.between(0.92, 1.1),
		lightness: drift.between(-0.015, 0.02),
	});
}

function scheme([, tones, accent]: SchemeRow, dark: boolean): Palette {
	const colours = tones.split(' ');
	const tone = (index: number): Rgb => hex(colours[index] ?? '#808080');
	return { tones: [tone(0), tone(1), tone(2), tone(3), tone(4)], accent: hex(accent), dark };
}

/** One palette out of up to three: the darkest gives the dark end, the lightest the pale end, and they meet in the middle. */
function blend(palettes: readonly Palette[]): Palette {
	const weight = ({ tones }: Palette): number => tones.reduce((sum, tone) => sum + lightnessOf(tone), 0);
	const sorted = palettes.toSorted((a, b) => weight(a) - weight(b));
	const at = (tone: 0 | 1 | 2 | 3 | 4): Rgb => {
		// The ends belong to one palette wholly; else every mixture would turn the same grey.
		const place = (Math.min(3.4, Math.max(0.6, tone)) - 0.6) / 2.8;
		const position = place * (sorted.length - 1);
		const lower = sorted[Math.floor(position)] ?? sorted[0];
		const upper = sorted[Math.ceil(position)] ?? lower;
		if (lower === undefined || upper === undefined) return [128, 128, 128];
		return meet(lower.tones[tone], upper.tones[tone], position - Math.floor(position));
	};
	const accent = palettes[palettes.length - 1]?.accent ?? [255, 160, 80];
	return { tones: [at(0), at(1), at(2), at(3), at(4)], accent, dark: palettes.some(({ dark }) => dark) };
}

/** A mixture in which the stronger colour prevails: an even one of, say, sea blue and dawn red is a dull grey. */
function meet(from: Rgb, to: Rgb, t: number): Rgb {
	const pull = t * chromaOf(to) ** 3;
	const rest = (1 - t) * chromaOf(from) ** 3;
	return mix(from, to, pull / Math.max(1e-9, pull + rest));
}

/** A harmony by the colour wheel: neighbouring hues from dark to pale, and an accent from the other side. */
function invent(chosen: Dice): Palette {
	// Not from the yellows: what is dark and yellow looks like mud.
	const hue = chosen.between(135, 425);
	// Dark tones lean to the blue side and pale ones to the yellow side of the hue, as light and shadow do outdoors.
	const turn = (hue < 280 ? -1 : 1) * chosen.between(8, 24);
	const strength = chosen.between(0.85, 1.2);
	const tone = (lightness: number, chroma: number, steps: number): Rgb =>
		fromLch(lightness, chroma * strength, hue + turn * steps);
	return {
		tones: [
			tone(0.23, 0.065, -2),
			tone(0.41, 0.105, -1),
			tone(0.62, 0.13, 0),
			tone(0.81, 0.09, 1),
			tone(0.95, 0.03, 2),
		],
		accent: fromLch(0.74, 0.14, hue + chosen.pick([180, 150, 210])),
		dark: chosen.chance(0.3),
	};
}

function recolour({ tones, accent, dark }: Palette, by: Shift): Palette {
	const [deep, shade, body, glow, pale] = tones;
	const move = (colour: Rgb): Rgb => shift(colour, by);
	return { tones: [move(deep), move(shade), move(body), move(glow), move(pale)], accent: move(accent), dark };
}
