import type { Pixels } from '../../../../src/image/pixels';

/** The mean colour of every cell of a grid laid over a picture: 3 numbers a cell, 0 to 255. */
export function thumbnail({ width, height, data }: Pixels, cells: number): Float64Array {
	const sums = new Float64Array(cells * cells * 3);
	const counts = new Float64Array(cells * cells);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const cell = Math.floor((y * cells) / height) * cells + Math.floor((x * cells) / width);
			counts[cell] = (counts[cell] ?? 0) + 1;
			for (let c = 0; c < 3; c++) {
				sums[cell * 3 + c] = (sums[cell * 3 + c] ?? 0) + (data[(y * width + x) * 4 + c] ?? 0);
			}
		}
	}
	return sums.map((sum, i) => sum / Math.max(1, counts[Math.floor(i / 3)] ?? 1));
}

/** The mean of the absolute differences of two rows of numbers. */
export function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
	return sum / a.length;
}

/** The mean colour of a whole picture. */
export function meanColour(pixels: Pixels): { readonly red: number; readonly green: number; readonly blue: number } {
	const [red = 0, green = 0, blue = 0] = thumbnail(pixels, 1);
	return { red, green, blue };
}

/** The bytes of one pixel. */
export function pixelAt({ width, data }: Pixels, x: number, y: number): number[] {
	return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

/** Whether every pixel is opaque. */
export function isOpaque({ data }: Pixels): boolean {
	for (let at = 3; at < data.length; at += 4) {
		if (data[at] !== 255) return false;
	}
	return true;
}

/** A picture of one colour. */
export function plain(width: number, height: number, colour: readonly number[]): Pixels {
	const data = new Uint8Array(width * height * 4);
	for (let i = 0; i < data.length; i++) data[i] = colour[i % 4] ?? 255;
	return { width, height, data };
}
