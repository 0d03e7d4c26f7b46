import type { Size } from '../domain/size';

/** The most pixels on a side of a picture that goes out to be looked at. */
const largestSide = 2048;

/** As what size a picture goes out that a model looks at as a whole. */
export function sizeToLookAt({ width, height }: Size): Size {
	const scale = Math.min(1, largestSide / Math.max(width, height));
	return rounded({ width: width * scale, height: height * scale });
}

/** In whole pixels, of which each side has at least one. */
export function rounded({ width, height }: Size): Size {
	return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}
