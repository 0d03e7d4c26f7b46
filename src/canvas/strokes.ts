import type { Rect } from '../domain/size';

/** Places in pixels of the picture, x and y by turns. Fractions count: 0.5 is the middle of the first pixel. A place may lie outside. */
export type Trace = readonly number[];

/** Whether a stroke takes away from the mask instead of adding to it. */
interface Painting {
	readonly erases?: true;
}

/**
 * One act on a mask. In order they make it: a mask is kept, undone and moved as what was done, and becomes pixels only where
 * pixels are needed.
 */
export type Stroke =
	/** Of the brush. `size`: its diameter in pixels of the picture. */
	| ({ readonly kind: 'line'; readonly size: number; readonly points: Trace } & Painting)
	/** The inside of a line that is closed by itself. */
	| ({ readonly kind: 'lasso'; readonly points: Trace } & Painting)
	/** Whole pixels. */
	| ({ readonly kind: 'rectangle'; readonly rect: Rect } & Painting)
	| { readonly kind: 'invert' }
	| { readonly kind: 'clear' }
	/** Moves and sizes all that was painted before: what was in `from` comes to be in `to`. */
	| { readonly kind: 'place'; readonly from: Rect; readonly to: Rect };

/** What was done, and how much of it counts: the rest was undone, and can be done again. */
export interface StrokeList {
	readonly strokes: readonly Stroke[];
	readonly done: number;
}

/** Nothing is masked. */
export const noStrokes: StrokeList = { strokes: [], done: 0 };

/** Those that count. */
export function current({ strokes, done }: StrokeList): readonly Stroke[] {
	return strokes.slice(0, done);
}

/** Does something more. What was undone before is forgotten. */
export function withStroke(list: StrokeList, stroke: Stroke): StrokeList {
	return { strokes: [...current(list), stroke], done: list.done + 1 };
}

/** The same list: there is nothing to undo. */
export function undone(list: StrokeList): StrokeList {
	return list.done > 0 ? { ...list, done: list.done - 1 } : list;
}

/** The same list: nothing was undone. */
export function redone(list: StrokeList): StrokeList {
	return list.done < list.strokes.length ? { ...list, done: list.done + 1 } : list;
}
