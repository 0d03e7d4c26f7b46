import type { Size } from '../../domain/size';
import type { Pixels } from '../../image/pixels';
import type { Rgb } from './colour';
import { type Fill, shade, tint } from './ramp';

/** Horizontal samples of an edge in every pixel column: enough for towers and treetops to look smooth. */
const samples = 4;

/** A circle in pixels; the centre may lie outside the picture. */
export interface Circle {
	readonly x: number;
	readonly y: number;
	readonly radius: number;
}

/** An opaque black picture. */
export function blank({ width, height }: Size): Pixels {
	const data = new Uint8Array(width * height * 4);
	data[3] = 255;
	repeat(data, 0, 4, data.length);
	return { width, height, data };
}

/** The length by which shapes are sized: the short side, but more than that in strips, where all would shrink to dots. */
export function unitOf({ width, height }: Size): number {
	return Math.max(Math.min(width, height), Math.sqrt(width * height) / 2);
}

/** Fills the whole picture. */
export function fillAll(pixels: Pixels, fill: Fill): void {
	for (let y = 0; y < pixels.height; y++) fillRow(pixels, y, fill);
}

/** A level row repeats what its first pixels are: `shade`'s pattern is four pixels wide. */
function fillRow(pixels: Pixels, y: number, fill: Fill): void {
	const { width, data } = pixels;
	const shaded = fill.isLevel ? Math.min(width, 4) : width;
	for (let x = 0; x < shaded; x++) shade(pixels, x, y, fill.ramp, fill.at(x, y), 1);
	repeat(data, y * width * 4, (y * width + shaded) * 4, (y + 1) * width * 4);
}

/** Fills `to` up to `end` with what stands between `from` and `to`, over and over: the platform copies faster than a loop writes. */
function repeat(data: Uint8Array, from: number, to: number, end: number): void {
	for (let at = to; at < end; at += at - from) data.copyWithin(at, from, Math.min(at, from + end - at));
}

/** Samples an edge, given as the height `y` over `x` (both in pixels), for `fillBelow`. */
export function edge(width: number, heightAt: (x: number) => number): Float32Array {
	const heights = new Float32Array(width * samples);
	for (let i = 0; i < heights.length; i++) heights[i] = heightAt((i + 0.5) / samples);
	return heights;
}

/** Fills all that lies below an edge, with a smooth border. */
export function fillBelow(pixels: Pixels, border: Float32Array, fill: Fill): void {
	const { width, height } = pixels;
	const [highest, lowest] = extremes(border, width);
	const top = Math.max(0, Math.floor(highest.reduce((a, b) => Math.min(a, b), height)));
	const foot = lowest.reduce((a, b) => Math.max(a, b), 0);
	for (let y = top; y < height; y++) {
		if (y >= foot) {
			fillRow(pixels, y, fill);
			continue;
		}
		for (let x = 0; x < width; x++) {
			if (y + 1 <= (highest[x] ?? 0)) continue;
			const coverage = y >= (lowest[x] ?? 0) ? 1 : columnCoverage(border, x, y);
			shade(pixels, x, y, fill.ramp, fill.at(x, y), coverage);
		}
	}
}

/** Fills a circle with a smooth border; `opacity` 0 to 1. */
export function fillDisc(pixels: Pixels, circle: Circle, fill: Fill, opacity = 1): void {
	const outer = circle.radius + 0.5;
	eachRow(pixels, circle, outer, (y, rise) => {
		const reach = Math.sqrt(Math.max(0, outer * outer - rise * rise));
		const last = Math.min(pixels.width - 1, Math.ceil(circle.x + reach));
		for (let x = Math.max(0, Math.floor(circle.x - reach)); x <= last; x++) {
			const away = Math.hypot(x + 0.5 - circle.x, rise);
			const coverage = Math.min(1, outer - away) * opacity;
			if (coverage > 0) shade(pixels, x, y, fill.ramp, fill.at(x, y), coverage);
		}
	});
}

/** Draws a circle's line, `thickness` pixels wide, with smooth borders; `opacityAt` may vary it with the angle (radians). */
export function strokeCircle(
	pixels: Pixels,
	circle: Circle,
	thickness: number,
	colour: Rgb,
	opacityAt: (angle: number) => number,
): void {
	const half = thickness / 2 + 0.5;
	const outer = circle.radius + half;
	const inner = Math.max(0, circle.radius - half);
	const span = (y: number, rise: number, from: number, to: number): void => {
		const last = Math.min(pixels.width - 1, Math.ceil(to));
		for (let x = Math.max(0, Math.floor(from)); x <= last; x++) {
			const run = x + 0.5 - circle.x;
			const coverage = Math.min(1, half - Math.abs(Math.sqrt(run * run + rise * rise) - circle.radius), thickness);
			if (coverage > 0) tint(pixels, x, y, colour, coverage * opacityAt(Math.atan2(rise, run)));
		}
	};
	eachRow(pixels, circle, outer, (y, rise) => {
		const far = Math.sqrt(Math.max(0, outer * outer - rise * rise));
		const near = Math.sqrt(Math.max(0, inner * inner - rise * rise));
		const middle = Math.floor(circle.x);
		span(y, rise, circle.x - far, Math.min(middle, circle.x - near + 1));
		span(y, rise, Math.max(middle + 1, Math.floor(circle.x + near - 1)), circle.x + far);
	});
}

/** Calls back for every picture row that a circle of this reach meets, with the row's distance below the centre. */
function eachRow(pixels: Pixels, circle: Circle, reach: number, row: (y: number, rise: number) => void): void {
	const last = Math.min(pixels.height - 1, Math.ceil(circle.y + reach));
	for (let y = Math.max(0, Math.floor(circle.y - reach)); y <= last; y++) row(y, y + 0.5 - circle.y);
}

function extremes(border: Float32Array, width: number): readonly [Float32Array, Float32Array] {
	const highest = new Float32Array(width).fill(Infinity);
	const lowest = new Float32Array(width).fill(-Infinity);
	for (let i = 0; i < border.length; i++) {
		const x = Math.floor(i / samples);
		const y = border[i] ?? 0;
		highest[x] = Math.min(highest[x] ?? 0, y);
		lowest[x] = Math.max(lowest[x] ?? 0, y);
	}
	return [highest, lowest];
}

function columnCoverage(border: Float32Array, x: number, y: number): number {
	let sum = 0;
	for (let i = x * samples; i < (x + 1) * samples; i++) sum += Math.min(1, Math.max(0, y + 1 - (border[i] ?? 0)));
	return sum / samples;
}
