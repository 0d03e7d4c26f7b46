import type { Size } from '../domain/size';
import type { Pixels } from './pixels';

/** Whether the columns of the stored picture are the rows of the displayed one. */
function isOnItsSide(orientation: number): boolean {
	return orientation >= 5;
}

/** The size in which a stored picture is displayed. */
export function displayedSize({ width, height }: Size, orientation: number): Size {
	return isOnItsSide(orientation) ? { width: height, height: width } : { width, height };
}

/** A stored picture as it is displayed. `orientation`: 1 to 8, as EXIF counts them. */
export function upright(pixels: Pixels, orientation: number): Pixels {
	if (orientation === 1) return pixels;
	const size = displayedSize(pixels, orientation);
	const { first, right, down } = walk(pixels, orientation);
	const stored = words(pixels.data);
	const turned = new Uint32Array(stored.length);
	for (let y = 0, to = 0; y < size.height; y++) {
		for (let x = 0, from = first + y * down; x < size.width; x++, from += right) turned[to++] = stored[from] ?? 0;
	}
	return { ...size, data: new Uint8Array(turned.buffer) };
}

/** Where in the stored picture the displayed one begins, and how many pixels on its next column and its next row are. */
function walk({ width, height }: Size, orientation: number): { first: number; right: number; down: number } {
	const fromRight = [2, 3, 7, 8].includes(orientation);
	const fromBottom = [3, 4, 6, 7].includes(orientation);
	const across = fromRight ? -1 : 1;
	const along = fromBottom ? -width : width;
	return {
		first: (fromRight ? width - 1 : 0) + (fromBottom ? (height - 1) * width : 0),
		...(isOnItsSide(orientation) ? { right: along, down: across } : { right: across, down: along }),
	};
}

/** A pixel a number. */
function words(data: Uint8Array): Uint32Array {
	const { buffer, byteOffset, length } = data.byteOffset % 4 === 0 ? data : data.slice();
	return new Uint32Array(buffer, byteOffset, length / 4);
}
