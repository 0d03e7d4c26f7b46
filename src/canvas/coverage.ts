import type { Rect, Size } from '../domain/size';
import { boundsOf } from './bounds';
import { certainShare } from './certain';
import { maskOf } from './rasterise';
import { movedBy, resolved } from './resolve';
import type { Stroke } from './strokes';

/** Pixels of a side that are counted at most. */
const mostCounted = 256;

/**
 * How much of a picture is selected, from 0 to 1. Quick, and therefore about right: what is selected is counted in a smaller picture of it,
 * in which nothing that is painted or erased vanishes. Right to the pixel where what is selected lies in no more than 256 × 256 pixels. It is 0
 * or 1 only where that is certain.
 */
export function coverageOf(strokes: readonly Stroke[], size: Size): number {
	const certain = certainShare(strokes, size);
	const bounds = boundsOf(strokes, size);
	if (certain !== undefined || !bounds) return certain ?? 0;
	const small = smaller(bounds);
	const { data } = maskOf(inSmaller(strokes, bounds, small), small);
	const counted = data.reduce((sum, value) => sum + value, 0) / 255 / data.length;
	const isExact = small.width === bounds.width && small.height === bounds.height;
	const least = isExact ? 0 : 0.5 / data.length;
	const share = Math.min(Math.max(counted, least), 1 - least);
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
