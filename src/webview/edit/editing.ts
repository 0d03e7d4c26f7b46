import { current, type Stroke, type StrokeList } from '../../canvas/strokes';
import type { Draft } from '../../protocol/draft';
import type { Editing } from '../../protocol/editing';
import { mostStrokes } from '../../protocol/limits';
import { type Canvas, emptyCanvas, type Staged } from './canvasState';

/** What is done to the picture, as an order has it. `undefined`: it is changed as a whole, as the prompt says. */
function editingOf({ job, strokes, feather, margins, strength }: Canvas): Editing | undefined {
	switch (job) {
		case 'edit':
			return undefined;
		case 'mask':
			return { kind: 'mask', strokes: [...current(strokes)], feather };
		case 'expand':
			return { kind: 'expand', margins };
		case 'vary':
			return { kind: 'vary', strength };
	}
}

/** The canvas on which this was ordered. */
export function withEditing(canvas: Canvas, editing: Editing | undefined): Canvas {
	switch (editing?.kind) {
		case undefined:
			return { ...canvas, job: 'edit' };
		case 'mask': {
			const { strokes, feather } = editing;
			return { ...canvas, job: 'mask', strokes: replaced(canvas.strokes, strokes), feather };
		}
		case 'expand':
			return { ...canvas, job: 'expand', margins: editing.margins };
		case 'vary':
			return { ...canvas, job: 'vary', strength: editing.strength };
	}
}

/** Other strokes in the place of those that are there, which come back when this is undone. */
function replaced(list: StrokeList, given: readonly Stroke[]): StrokeList {
	const before = current(list);
	if (isSame(before, given)) return list;
	const all: Stroke[] = before.length === 0 ? [...given] : [...before, { kind: 'clear' }, ...given];
	// What is too much is of those that were cleared away.
	const strokes = all.slice(-mostStrokes);
	return { strokes, done: strokes.length };
}

function isSame(some: readonly Stroke[], others: readonly Stroke[]): boolean {
	return some.length === others.length && written(some) === written(others);
}

/** Who wrote a stroke may have put its parts into another order. */
function written(strokes: readonly Stroke[]): string {
	return JSON.stringify(strokes.map((stroke) => Object.entries(stroke).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** The draft with what the canvas says of it. */
export function wholeOrder(draft: Draft, canvas: Canvas): Draft {
	const editing = editingOf(canvas);
	return {
		...draft,
		...(editing && { editing }),
		...(canvas.seen && { seen: canvas.seen.stamp }),
	};
}

/** The canvas for another picture: what one works with stays as it was. Results that nobody has decided about can come again. */
export function renewed({ job, tool, brush, feather, strength, taken, staged }: Canvas): Canvas {
	const undecided = new Set(staged.map(takenName));
	const decided = taken.filter((name) => !undecided.has(name));
	return { ...emptyCanvas, job, tool, brush, feather, strength, taken: decided };
}

/** How `taken` knows a result: its file's name may be another's later. */
export function takenName({ job, id }: Pick<Staged, 'job' | 'id'>): string {
	return `${job} ${id}`;
}

/** The canvas with this result to look at; `undefined`: with the picture that is changed. */
export function showing(canvas: Canvas, id: string | undefined): Canvas {
	const { showing: _showing, ...others } = canvas;
	return id === undefined ? others : { ...others, showing: id };
}
