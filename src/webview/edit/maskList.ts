import { computed, signal } from '@preact/signals';
import { extentOf } from '../../canvas/extent';
import { resolved } from '../../canvas/resolve';
import { current, type Stroke, type StrokeList, withStroke } from '../../canvas/strokes';
import { mostStrokes } from '../../protocol/limits';
import { canvas } from '../kept';

export const list = computed(() => canvas.value.strokes);

/** The acts that count. */
export const done = computed(() => current(list.value));

/** What the mask is made of, as it lies now. */
export const plainStrokes = computed(() => resolved(done.value));

/** What is painted, wherever it lies. `undefined`: nothing is. */
export const extent = computed(() => extentOf(done.value));

export const canUndo = computed(() => list.value.done > 0);
export const canRedo = computed(() => list.value.done < list.value.strokes.length);
/** There is something that could be cleared away. */
export const isMarked = computed(() => plainStrokes.value.length > 0);

/** Numbers in the places of a whole mask: it goes to the host at every change. */
const mostInAll = 1_000_000;

/** The list with one act more. Where that is too much, what was cleared away is forgotten. `undefined`: it is too much even so. */
export function withAct(before: StrokeList, act: Stroke): StrokeList | undefined {
	const all = [...current(before), act];
	if (fits(all)) return withStroke(before, act);
	const rest = all.slice(all.findLastIndex(({ kind }) => kind === 'clear') + 1);
	return fits(rest) ? { strokes: rest, done: rest.length } : undefined;
}

function fits(acts: readonly Stroke[]): boolean {
	return acts.length <= mostStrokes && acts.reduce((sum, act) => sum + numbersOf(act), 0) <= mostInAll;
}

function numbersOf(act: Stroke): number {
	return act.kind === 'line' || act.kind === 'lasso' ? act.points.length : 0;
}

const refusedFor = signal<StrokeList | undefined>(undefined);

/** The last act found no room. */
export const isFull = computed(() => refusedFor.value === list.value);

export function refuse(): void {
	refusedFor.value = list.peek();
}
