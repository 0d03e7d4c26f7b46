import type { Rect } from '../domain/size';
import type { Stroke, Trace } from './strokes';

/** A stroke that stands for itself: it has its place, and nothing before it is without meaning. */
export type PlainStroke = Exclude<Stroke, { readonly kind: 'place' } | { readonly kind: 'clear' }>;

/** Where places come to be: `x * across + right`, `y * down + below`. */
export interface Move {
	readonly across: number;
	readonly down: number;
	readonly right: number;
	readonly below: number;
}

const stay: Move = { across: 1, down: 1, right: 0, below: 0 };

/**
 * The same mask without clearing and moving: what was painted before the last clearing is left out, and every stroke has the place that
 * it was moved to. A line that is stretched unevenly gets the mean width. Rectangles are rounded to whole pixels once, at the end, so that
 * what is moved back is as it was. Strokes that never moved are the same objects.
 */
export function resolved(strokes: readonly Stroke[]): readonly PlainStroke[] {
	const plain: PlainStroke[] = [];
	let move = stay;
	for (const stroke of strokes.toReversed()) {
		if (stroke.kind === 'clear') break;
		if (stroke.kind === 'place') move = after(moveOf(stroke.from, stroke.to), move);
		else plain.push(isStay(move) ? stroke : movedBy(stroke, move));
	}
	return plain.reverse();
}

/** A stroke at another place, in another size; of a rectangle the nearest whole pixels, and one at least. */
export function movedBy(stroke: PlainStroke, move: Move): PlainStroke {
	switch (stroke.kind) {
		case 'line':
			return {
				...stroke,
				size: stroke.size * Math.sqrt(move.across * move.down),
				points: movedTrace(stroke.points, move),
			};
		case 'lasso':
			return { ...stroke, points: movedTrace(stroke.points, move) };
		case 'rectangle':
			return { ...stroke, rect: movedRect(stroke.rect, move) };
		case 'invert':
			return stroke;
	}
}

/** What has no area has no size that could change: it is moved alone. */
function moveOf(from: Rect, to: Rect): Move {
	const hasArea = from.width > 0 && from.height > 0;
	const across = hasArea ? to.width / from.width : 1;
	const down = hasArea ? to.height / from.height : 1;
	return { across, down, right: to.x - from.x * across, below: to.y - from.y * down };
}

/** One move and then another. */
function after(first: Move, then: Move): Move {
	return {
		across: first.across * then.across,
		down: first.down * then.down,
		right: first.right * then.across + then.right,
		below: first.below * then.down + then.below,
	};
}

function isStay({ across, down, right, below }: Move): boolean {
	return across === 1 && down === 1 && right === 0 && below === 0;
}

function movedTrace(points: Trace, { across, down, right, below }: Move): Trace {
	return points.map((place, at) => (at % 2 === 0 ? place * across + right : place * down + below));
}

/** Each side by itself: what touched, still does. */
function movedRect({ x, y, width, height }: Rect, { across, down, right, below }: Move): Rect {
	const [left, end] = rounded(x * across + right, (x + width) * across + right);
	const [top, bottom] = rounded(y * down + below, (y + height) * down + below);
	return { x: left, y: top, width: end - left, height: bottom - top };
}

/** Where a side begins and ends, in whole pixels; one at least, that in which its middle is. */
function rounded(start: number, end: number): readonly [number, number] {
	const [first, last] = [Math.floor(start + 0.5), Math.floor(end + 0.5)];
	if (first < last) return [first, last];
	const middle = Math.floor((start + end) / 2);
	return [middle, middle + 1];
}
