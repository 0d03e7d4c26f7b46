import type { Dice } from '../hash';
import { type Noise, fractal } from '../noise';
import type { Scenery } from '../scene';

/** What a range looks like. */
interface ProfileOrder {
	readonly scenery: Scenery;
	readonly field: Noise;
	readonly dice: Dice;
	/** Pixels by which heights and widths are sized. */
	readonly unit: number;
	/** The y of the range's middle, in pixels. */
	readonly base: number;
	/** 0 the farthest range, 1 the nearest. */
	readonly nearness: number;
	/** Tells ranges apart. */
	readonly range: number;
}

type Outline = (order: ProfileOrder) => (x: number) => number;

const outlines: Readonly<Record<Scenery, Outline>> = {
	sea: hills,
	hills,
	city: towers,
	forest: trees,
	dunes,
	mountains: (order) => (order.nearness > 0.7 ? hills(order) : peaks(order)),
};

/** The outline of a range: the y in pixels over an x in pixels. */
export function profile(order: ProfileOrder): (x: number) => number {
	return outlines[order.scenery](order);
}

function hills({ field, unit, base, nearness, range }: ProfileOrder): (x: number) => number {
	const width = unit * (0.36 + 0.3 * nearness);
	const height = unit * 0.26;
	return (x) => base - (fractal(field, x / width + range * 31.7, 4, 0.36) - 0.5) * height;
}

/** Ridged noise: the folded middle of smooth noise makes crests. */
function peaks({ field, unit, base, nearness, range }: ProfileOrder): (x: number) => number {
	const width = unit * (0.42 + 0.1 * nearness);
	const height = unit * (0.5 - 0.22 * nearness);
	return (x) => {
		let sum = 0;
		let size = 1;
		let place = x / width + range * 23.1;
		for (let octave = 0; octave < 5; octave++) {
			sum += (1 - Math.abs(2 * field.line(place) - 1)) * size;
			size *= 0.44;
			place = place * 2.1 + 9.3;
		}
		return base + height * 0.35 - (sum / 1.75) * height;
	};
}

/** Dunes: slow waves, steeper on the lee side. */
function dunes({ field, dice, unit, base, nearness, range }: ProfileOrder): (x: number) => number {
	const width = unit * (0.7 + 0.5 * nearness);
	const height = unit * 0.17;
	const phase = dice.next();
	return (x) => {
		const place = x / width + phase + field.line(x / width / 1.7 + range * 7.7) * 0.9;
		const along = place - Math.floor(place);
		const crest = 0.68;
		const rise = along < crest ? along / crest : (1 - along) / (1 - crest);
		return base + height * 0.3 - height * rise ** 1.35 * (0.55 + 0.45 * field.line(place * 0.5));
	};
}

/** A skyline: house after house, flat or stepped, higher in the far ranges. */
function towers({ field, dice, unit, base, nearness, range }: ProfileOrder): (x: number) => number {
	const steps: { readonly end: number; readonly top: number }[] = [];
	const scale = unit * (1 - 0.25 * nearness);
	const floor = base + unit * 0.05;
	// Wide enough for every picture: a strip of 4096 pixels has a unit of at least 128.
	for (let end = 0; end < unit * 40;) {
		const middle = field.line(end / unit / 0.5 + range * 13);
		const top = floor - scale * (0.05 + 0.2 * dice.next() * (0.4 + middle) + 0.16 * middle ** 2);
		const width = scale * dice.between(0.035, 0.085);
		if (dice.chance(0.25)) {
			const step = width * 0.25;
			const crown = top - scale * dice.between(0.015, 0.05);
			steps.push({ end: end + step, top }, { end: end + width - step, top: crown }, { end: end + width, top });
		} else if (dice.chance(0.12)) {
			steps.push(
				{ end: end + width * 0.47, top },
				{ end: end + width * 0.53, top: top - scale * 0.07 },
				{ end: end + width, top },
			);
		} else {
			steps.push({ end: end + width, top });
		}
		end += width;
		if (dice.chance(0.3)) steps.push({ end: (end += scale * dice.between(0.005, 0.03)), top: floor - scale * 0.04 });
	}
	let at = 0;
	return (x) => {
		// The edge is sampled from left to right; starting over is for anyone who does not.
		if (at > 0 && x < (steps[at - 1]?.end ?? 0)) at = 0;
		while (at < steps.length - 1 && x >= (steps[at]?.end ?? Infinity)) at++;
		return steps[at]?.top ?? floor;
	};
}

/** Hills with firs on them: each fir a narrow triangle with ragged sides. */
function trees(order: ProfileOrder): (x: number) => number {
	const { field, unit, nearness, range } = order;
	const ground = hills(order);
	const spacing = unit * (0.016 + 0.034 * nearness ** 1.5);
	const fir = (index: number, x: number): number => {
		const seed = field.line(index * 1.37 + range * 51.3);
		const other = field.line(index * 2.71 + range * 17.9 + 0.5);
		const centre = (index + 0.2 + 0.6 * other) * spacing;
		const height = spacing * (1.3 + 2.2 * seed);
		const width = spacing * (0.5 + 0.35 * other);
		const down = Math.abs(x - centre) / width;
		if (down >= 1) return 0;
		// Boughs: the side of the triangle goes in steps.
		const boughs = 5;
		const ragged = Math.floor(down * boughs) / boughs;
		return height * (1 - (down * 0.55 + ragged * 0.45));
	};
	return (x) => {
		const index = Math.floor(x / spacing);
		return ground(x) - Math.max(fir(index - 1, x), fir(index, x), fir(index + 1, x), 0);
	};
}
