import type { Rect } from '../domain/size';
import { boxOfLasso, boxOfLine } from './boxes';
import { type PlainStroke, resolved } from './resolve';
import type { Stroke } from './strokes';

/** What is painted, and whether it is what is kept then, and all round it is repainted. */
export interface Figure {
	/** Whole pixels in which what is painted lies, a box for each stroke; not clipped to a picture. */
	readonly boxes: readonly Rect[];
	readonly inverted: boolean;
}

/**
 * The smallest rectangle of whole pixels round what is painted, inside of a picture or not; of an inverted mask: round what it leaves out.
 * Erasing does not make it smaller. `undefined`: nothing is painted.
 */
export function extentOf(strokes: readonly Stroke[]): Rect | undefined {
	return around(figureOf(strokes).boxes);
}

/** What is erased while all is inverted is painted, seen from the other side. */
export function figureOf(strokes: readonly Stroke[]): Figure {
	const boxes: Rect[] = [];
	let inverted = false;
	for (const stroke of resolved(strokes)) {
		if (stroke.kind === 'invert') inverted = !inverted;
		else if ((stroke.erases === true) === inverted) boxes.push(boxOf(stroke));
	}
	return { boxes: boxes.filter(({ width, height }) => width > 0 && height > 0), inverted };
}

/** The smallest rectangle round others. `undefined`: there are none. */
export function around(rects: readonly Rect[]): Rect | undefined {
	const [first, ...others] = rects;
	return first && others.reduce(aroundBoth, first);
}

function aroundBoth(a: Rect, b: Rect): Rect {
	const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
	return {
		x,
		y,
		width: Math.max(a.x + a.width, b.x + b.width) - x,
		height: Math.max(a.y + a.height, b.y + b.height) - y,
	};
}

/** The smallest rectangle of whole pixels round one stroke. */
export function boxOf(stroke: Exclude<PlainStroke, { kind: 'invert' }>): Rect {
	switch (stroke.kind) {
		case 'line':
			return boxOfLine(stroke.points, stroke.size);
		case 'lasso':
			return boxOfLasso(stroke.points);
		case 'rectangle':
			return stroke.rect;
	}
}
