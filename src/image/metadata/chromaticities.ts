/** A colour without its brightness, as CIE counts them. */
export type Chromaticity = readonly [x: number, y: number];

/** What the numbers of a picture stand for: what all of them at most, and each of them alone, look like. */
export interface Chromaticities {
	readonly white: Chromaticity;
	readonly red: Chromaticity;
	readonly green: Chromaticity;
	readonly blue: Chromaticity;
}

/** A colour of CIE (X, Y, Z), or what stands for one. */
export type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** The white of all profiles. */
export const d50: Vector = [0.9642, 1, 0.8249];

/**
 * The colours of CIE, under the white of profiles, that red, green and blue are at most: the columns of the matrix of a profile.
 * `undefined`: the chromaticities span no colours.
 */
export function columnsOf(chromaticities: Chromaticities): Matrix | undefined {
	const { white, red, green, blue } = chromaticities;
	const primaries: Matrix = [colourOf(red), colourOf(green), colourOf(blue)];
	const inverse = inverseRows(primaries);
	if (!inverse || ![white, red, green, blue].every(([, y]) => y > 0)) return undefined;
	// As much of each as makes white.
	const amounts = times(inverse, colourOf(white));
	const adapt = adaptation(chromaticities);
	const column = (primary: Vector, amount: number) => times(rowsOf(adapt), scaled(primary, amount));
	return [column(primaries[0], amounts[0]), column(primaries[1], amounts[1]), column(primaries[2], amounts[2])];
}

/** By the cones of the eye (Bradford), as profiles do it: rows, and those of its inverse. */
const toCones: Matrix = [
	[0.8951, 0.2664, -0.1614],
	[-0.7502, 1.7135, 0.0367],
	[0.0389, -0.0685, 1.0296],
];
const fromCones: Matrix = [
	[0.9869929, -0.1470543, 0.1599627],
	[0.4323053, 0.5183603, 0.0492912],
	[-0.0085287, 0.0400428, 0.9684867],
];

/** How colours under the white of a picture look under that of profiles: the columns of a matrix. */
export function adaptation({ white }: Chromaticities): Matrix {
	const [from, to] = [times(toCones, colourOf(white)), times(toCones, d50)];
	const adapted = (colour: Vector): Vector => {
		const [long, medium, short] = times(toCones, colour);
		return times(fromCones, [(long * to[0]) / from[0], (medium * to[1]) / from[1], (short * to[2]) / from[2]]);
	};
	return [adapted([1, 0, 0]), adapted([0, 1, 0]), adapted([0, 0, 1])];
}

/** Of brightness 1. */
function colourOf([x, y]: Chromaticity): Vector {
	return [x / y, 1, (1 - x - y) / y];
}

/** The rows of a matrix that has these columns, or the columns of one that has these rows. */
export function rowsOf([a, b, c]: Matrix): Matrix {
	return [
		[a[0], b[0], c[0]],
		[a[1], b[1], c[1]],
		[a[2], b[2], c[2]],
	];
}

/** The rows of the inverse of the matrix that has these columns. */
function inverseRows([a, b, c]: Matrix): Matrix | undefined {
	const size = dot(a, cross(b, c));
	if (!(Math.abs(size) > 1e-9)) return undefined;
	return [scaled(cross(b, c), 1 / size), scaled(cross(c, a), 1 / size), scaled(cross(a, b), 1 / size)];
}

/** A matrix of these rows, times a column. */
function times([a, b, c]: Matrix, vector: Vector): Vector {
	return [dot(a, vector), dot(b, vector), dot(c, vector)];
}

function dot(a: Vector, b: Vector): number {
	return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
	return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function scaled([x, y, z]: Vector, by: number): Vector {
	return [x * by, y * by, z * by];
}
