import type { Size } from './size';

/** What an expansion adds on each side, in pixels. */
export interface Margins {
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	readonly left: number;
}

/** Of a picture to which nothing is added. */
export const noMargins: Margins = { top: 0, right: 0, bottom: 0, left: 0 };

/** A picture's size with what is added to it. */
export function withMargins({ width, height }: Size, { top, right, bottom, left }: Margins): Size {
	return { width: left + width + right, height: top + height + bottom };
}

/** What gives a picture another ratio and keeps it in the middle; of an odd pixel more, right or below. Zeros: it has that ratio. */
export function marginsForRatio({ width, height }: Size, ratio: Size): Margins {
	const across = Math.max(0, Math.round((height * ratio.width) / ratio.height) - width);
	const down = Math.max(0, Math.round((width * ratio.height) / ratio.width) - height);
	const [left, top] = [Math.floor(across / 2), Math.floor(down / 2)];
	return { top, right: across - left, bottom: down - top, left };
}
