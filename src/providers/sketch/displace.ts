import type { Strength } from '../../domain/imageRequest';
import type { Pixels } from '../../image/pixels';
import type { Dice } from './hash';
import type { Rect } from '../../domain/size';
import { noise } from './noise';

/** How far shapes drift, as a share of the picture's mean side. */
const drift: Readonly<Record<Strength, number>> = { subtle: 0.008, medium: 0.028, strong: 0.07 };

/** Pixels between two points of the drift's grid, at least. */
const finest = 8;

/** Bends a picture by a smooth random field. Where `still` lies nothing moves. */
export function displace(source: Pixels, strength: Strength, dice: Dice, still: Rect | undefined): Pixels {
	const { width, height } = source;
	const reach = Math.sqrt(width * height) * drift[strength];
	const step = Math.max(finest, Math.ceil(Math.max(width, height) / 128));
	const columns = Math.ceil(width / step) + 1;
	const grid = driftGrid(source, { step, columns, reach, still }, dice);
	const data = new Uint8Array(width * height * 4);
	for (let y = 0; y < height; y++) {
		const row = Math.floor(y / step);
		const v = y / step - row;
		for (let x = 0; x < width; x++) {
			const column = Math.floor(x / step);
			const at = (row * columns + column) * 2;
			const u = x / step - column;
			const dx = between(grid, at, columns * 2, u, v);
			const dy = between(grid, at + 1, columns * 2, u, v);
			sample(source, x + dx, y + dy, data, (y * width + x) * 4);
		}
	}
	return { width, height, data };
}

interface Drift {
	/** Pixels from one point of the grid to the next. */
	readonly step: number;
	/** Points in a row. */
	readonly columns: number;
	/** The greatest drift in pixels. */
	readonly reach: number;
	readonly still: Rect | undefined;
}

/** The drift (x, then y, in pixels) at every point of the grid. */
function driftGrid({ width, height }: Pixels, { step, columns, reach, still }: Drift, dice: Dice): Float32Array {
	const field = noise(dice);
	const rows = Math.ceil(height / step) + 1;
	const scale = 2.6 / Math.sqrt(width * height);
	const grid = new Float32Array((rows + 1) * columns * 2 + 2);
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const [x, y] = [column * step, row * step];
			const free = freedom(x, y, step, still) * reach;
			const at = (row * columns + column) * 2;
			grid[at] = field.plane(x * scale, y * scale) * free;
			grid[at + 1] = field.plane(x * scale + 71.3, y * scale + 19.1) * free;
		}
	}
	return grid;
}

/** 0 in the still rectangle, 1 well away from it. */
function freedom(x: number, y: number, step: number, still: Rect | undefined): number {
	if (still === undefined) return 1;
	const dx = Math.max(still.x - x, x - still.x - still.width, 0);
	const dy = Math.max(still.y - y, y - still.y - still.height, 0);
	const away = Math.max(0, Math.hypot(dx, dy) - step);
	return Math.min(1, away / (still.height * 4));
}

function between(grid: Float32Array, at: number, down: number, u: number, v: number): number {
	const upper = (grid[at] ?? 0) * (1 - u) + (grid[at + 2] ?? 0) * u;
	const lower = (grid[at + down] ?? 0) * (1 - u) + (grid[at + down + 2] ?? 0) * u;
	return upper * (1 - v) + lower * v;
}

/** Reads a place between four pixels. Places outside are mirrored back, so borders do not smear. */
function sample({ width, height, data }: Pixels, x: number, y: number, into: Uint8Array, to: number): void {
	const left = Math.floor(x);
	const top = Math.floor(y);
	const u = x - left;
	const v = y - top;
	const x0 = mirror(left, width) * 4;
	const x1 = mirror(left + 1, width) * 4;
	const y0 = mirror(top, height) * width * 4;
	const y1 = mirror(top + 1, height) * width * 4;
	for (let c = 0; c < 4; c++) {
		const upper = (data[y0 + x0 + c] ?? 0) * (1 - u) + (data[y0 + x1 + c] ?? 0) * u;
		const lower = (data[y1 + x0 + c] ?? 0) * (1 - u) + (data[y1 + x1 + c] ?? 0) * u;
		into[to + c] = Math.round(upper * (1 - v) + lower * v);
	}
}

function mirror(place: number, count: number): number {
	const inside = place < 0 ? -place : place >= count ? 2 * count - 2 - place : place;
	return Math.min(count - 1, Math.max(0, inside));
}
