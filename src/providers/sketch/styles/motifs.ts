/** A shape in a unit square: the signed distance from its border, below 0 inside. */
export type Motif = (u: number, v: number) => number;

const root = Math.SQRT1_2;

/** The shapes of the tiles; the first one is the plain circle. */
export const motifs: readonly [Motif, ...Motif[]] = [
	(u, v) => Math.sqrt((u - 0.5) ** 2 + (v - 0.5) ** 2) - 0.4,
	quarter,
	quarter,
	(u, v) => Math.sqrt((u - 0.5) ** 2 + v * v) - 0.5,
	(u, v) => Math.max(quarter(u, v), quarter(1 - u, 1 - v)),
	(u, v) => (u + v - 1) * root,
	(u, v) => bands(Math.sqrt(u * u + v * v) * 3.5, 3.5) + Math.max(0, quarter(u, v)) * 9,
	(u, v) =>
		Math.max(
			bands(Math.sqrt((u - 0.5) ** 2 + (v - 0.5) ** 2) * 6, 6),
			Math.sqrt((u - 0.5) ** 2 + (v - 0.5) ** 2) - 0.46,
		),
	(_, v) => bands(v * 4 + 0.25, 4),
	(u, v) => bands((u + v) * 3, 3 * Math.SQRT2),
	(u, v) => Math.sqrt((cell(u * 3) - 0.5) ** 2 + (cell(v * 3) - 0.5) ** 2) / 3 - 0.09,
	(u, v) =>
		Math.max(
			Math.min(Math.sqrt((u - 0.5) ** 2 + (v - 0.5) ** 2) - 0.36, Math.max(Math.abs(u - 0.5) - 0.36, 0.5 - v)),
			v - 1,
		),
	(u, v) => (Math.abs(u - 0.5) + Math.abs(v - 0.5) - 0.46) * root,
	(u, v) => Math.min(quarter(u, v) + 0.5, quarter(1 - u, 1 - v) + 0.5),
	(_, v) => v - 0.5,
];

function quarter(u: number, v: number): number {
	return Math.sqrt(u * u + v * v) - 1;
}

/** Stripes with as much gap as ink: `place` in stripes, `count` stripes in a unit. */
function bands(place: number, count: number): number {
	return (Math.abs(cell(place) - 0.5) - 0.25) / count;
}

function cell(place: number): number {
	return place - Math.floor(place);
}
