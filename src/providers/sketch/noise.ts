import type { Dice } from './hash';

/** Smooth noise. Features are about one unit wide. */
export interface Noise {
	/** Along a line, 0 to 1. */
	readonly line: (x: number) => number;
	/** Over a plane, about -1 to 1, zero on average. */
	readonly plane: (x: number, y: number) => number;
}

const period = 256;

/** Makes one field of noise; it repeats every 256 units. */
export function noise(dice: Dice): Noise {
	const heights = new Float32Array(period);
	const directions = new Float32Array(period * 2);
	const order = new Uint8Array(period * 2);
	for (let i = 0; i < period; i++) {
		heights[i] = dice.next();
		const angle = dice.between(0, 2 * Math.PI);
		directions[i * 2] = Math.cos(angle);
		directions[i * 2 + 1] = Math.sin(angle);
		order[i] = dice.whole(0, period - 1);
		order[i + period] = order[i] ?? 0;
	}
	const corner = (column: number, row: number, x: number, y: number): number => {
		const which = order[(order[column & 255] ?? 0) + (row & 255)] ?? 0;
		return (directions[which * 2] ?? 0) * x + (directions[which * 2 + 1] ?? 0) * y;
	};
	return {
		line: (x) => {
			const cell = Math.floor(x);
			const from = heights[cell & 255] ?? 0;
			return from + ((heights[(cell + 1) & 255] ?? 0) - from) * ease(x - cell);
		},
		plane: (x, y) => {
			const column = Math.floor(x);
			const row = Math.floor(y);
			const u = x - column;
			const v = y - row;
			const slide = ease(u);
			const upper = blend(corner(column, row, u, v), corner(column + 1, row, u - 1, v), slide);
			const lower = blend(corner(column, row + 1, u, v - 1), corner(column + 1, row + 1, u - 1, v - 1), slide);
			return blend(upper, lower, ease(v)) * 1.4;
		},
	};
}

/** Several octaves of line noise, 0 to 1; every octave is half as wide and `gain` times as high as the one before. */
export function fractal(field: Noise, x: number, octaves: number, gain = 0.5): number {
	let sum = 0;
	let height = 1;
	let total = 0;
	let position = x;
	for (let octave = 0; octave < octaves; octave++) {
		sum += field.line(position) * height;
		total += height;
		height *= gain;
		position = position * 2.03 + 17.7;
	}
	return sum / total;
}

/** 0 below `from`, 1 above `to`, with a soft start and a soft end. */
export function smoothstep(from: number, to: number, value: number): number {
	const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
	return t * t * (3 - 2 * t);
}

function ease(t: number): number {
	return t * t * t * (t * (t * 6 - 15) + 10);
}

function blend(from: number, to: number, t: number): number {
	return from + (to - from) * t;
}
