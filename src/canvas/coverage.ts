import type { Rect, Size } from '../domain/size';
import { boundsOf } from './bounds';
import { maskOf } from './rasterise';
import { movedBy, resolved } from './resolve';
import type { Stroke } from './strokes';

/** Pixels of a side that are counted at most. */
const mostCounted = 256;

/**
 * How much of a picture is selected, from 0 to 1. Quick, and therefore about right: what is selected is counted in a smaller picture of it,
 * in which nothing that is painted or erased vanishes. Right to the pixel where what is selected lies in no more than 256 × 256 pixels.
 */
export function coverageOf(strokes: readonly Stroke[], size: Size): number {
	const bounds = boundsOf(strokes, size);
	if (!bounds) return 0;
	const small = smaller(bounds);
	const { data } = maskOf(inSmaller(strokes, bounds, small), small);
	const share = data.reduce((sum, value) => sum + value, 0) / 255 / data.length;
	return (share * bounds.width * bounds.height) / (size.width * size.height);
}

function smaller({ width, height }: Size): Size {
	const scale = Math.min(1, mostCounted / Math.max(width, height));
	return { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
}

/** The strokes as they are on a smaller picture of a part of theirs. */
function inSmaller(strokes: readonly Stroke[], part: Rect, small: Size): readonly Stroke[] {
	const [across, down] = [small.width / part.width, small.height / part.height];
	const move = { across, down, right: -part.x * across, below: -part.y * down };
	return resolved(strokes).map((stroke) => movedBy(stroke, move));
}
