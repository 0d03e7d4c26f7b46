import type { Pixels } from '../../image/pixels';
import { type Lab, type Rgb, fromLab, toLab } from './colour';

/** A gradient as 256 colours of 3 bytes (red, green, blue). */
export type Ramp = Uint8Array;

/** A gradient over an area: `at` says where on the ramp (0 to 1, else clamped) a pixel lies. */
export interface Fill {
	readonly ramp: Ramp;
	readonly at: (x: number, y: number) => number;
	/** `at` does not ask for `x`. */
	readonly isLevel?: true;
}

/** A 4x4 Bayer matrix in sixteenths: an ordered pattern hides the steps of a gradient and still packs well in a PNG. */
const bayer = Float32Array.of(0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5).map((step) => step / 16);

/** A smooth gradient through evenly spaced colours, curved (Catmull-Rom) so that no stop shows as an edge. */
export function ramp(stops: readonly Rgb[]): Ramp {
	const labs = stops.map((stop) => toLab(stop));
	const bytes = new Uint8Array(256 * 3);
	for (let i = 0; i < 256; i++) {
		const place = (i / 255) * (labs.length - 1);
		bytes.set(fromLab(curve(labs, place)).map(Math.round), i * 3);
	}
	return bytes;
}

/** One flat colour as a ramp. */
export function flat(colour: Rgb): Ramp {
	return ramp([colour, colour]);
}

/** Lays the ramp's colour at `t` over the pixel (`x`, `y`) with a coverage of 0 to 1. */
export function shade(pixels: Pixels, x: number, y: number, colours: Ramp, t: number, coverage: number): void {
	const step = Math.min(1, Math.max(0, t)) * 255 + (bayer[((y & 3) << 2) | (x & 3)] ?? 0);
	const from = Math.min(255, Math.floor(step)) * 3;
	const at = (y * pixels.width + x) * 4;
	const { data } = pixels;
	if (coverage >= 1) {
		data[at] = colours[from] ?? 0;
		data[at + 1] = colours[from + 1] ?? 0;
		data[at + 2] = colours[from + 2] ?? 0;
		return;
	}
	data[at] = over(data[at] ?? 0, colours[from] ?? 0, coverage);
	data[at + 1] = over(data[at + 1] ?? 0, colours[from + 1] ?? 0, coverage);
	data[at + 2] = over(data[at + 2] ?? 0, colours[from + 2] ?? 0, coverage);
}

/** Lays one colour over the pixel (`x`, `y`) with a coverage of 0 to 1. */
export function tint(pixels: Pixels, x: number, y: number, colour: Rgb, coverage: number): void {
	const at = (y * pixels.width + x) * 4;
	const { data } = pixels;
	data[at] = over(data[at] ?? 0, colour[0], coverage);
	data[at + 1] = over(data[at + 1] ?? 0, colour[1], coverage);
	data[at + 2] = over(data[at + 2] ?? 0, colour[2], coverage);
}

function over(below: number, above: number, coverage: number): number {
	return Math.round(below + (above - below) * coverage);
}

function curve(labs: readonly Lab[], place: number): Lab {
	const index = Math.min(labs.length - 2, Math.floor(place));
	const t = place - index;
	const stop = (offset: number): Lab => labs[Math.min(labs.length - 1, Math.max(0, index + offset))] ?? [0, 0, 0];
	const [before, from, to, after] = [stop(-1), stop(0), stop(1), stop(2)];
	const channel = (c: 0 | 1 | 2): number => {
		const bend = (to[c] - before[c]) / 2;
		const unbend = (after[c] - from[c]) / 2;
		const rise = to[c] - from[c];
		return from[c] + t * (bend + t * (3 * rise - 2 * bend - unbend + t * (bend + unbend - 2 * rise)));
	};
	return [channel(0), channel(1), channel(2)];
}
