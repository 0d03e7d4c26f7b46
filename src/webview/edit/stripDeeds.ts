import { signal } from '@preact/signals';
import { asked } from '../asking';
import { host, state } from '../connection';
import { doubleActivation } from '../create/formModel';
import { canvas } from '../kept';
import { l10n } from '../words';
import type { Staged } from './canvasState';
import { focusCanvas } from './focusCanvas';
import { fault, unacceptable } from './shown';
import { speak } from './spoken';
import { accept, cells, discard, isComparing, look, looked } from './staging';
import { captionOf, labelOf } from './stripWords';

/** Why the last deed came to nothing. */
export const problem = signal<string | undefined>(undefined);

/** What is to be said when the canvas of the next picture is there. */
let greeting: string | undefined;

/** Shows a cell's picture, and says which. */
export function lookAt(id: string | undefined): void {
	look(id);
	problem.value = undefined;
	speak(sayCell());
}

function sayCell(): string {
	const result = looked.peek();
	return result ? `${labelOf(result)}. ${captionOf(result) ?? ''}`.trim() : l10n.t('The picture that is changed.');
}

/** Walks along the strip. The focus goes along where it is in it. */
function walk(to: number): void {
	const list = cells.peek();
	const id = list[Math.min(Math.max(to, 0), list.length - 1)];
	lookAt(id);
	if (document.activeElement?.matches('.stripCell')) focusCell(id);
}

/** The cell of the picture that is changed has no id. */
function focusCell(id: string | undefined): void {
	const all = document.querySelectorAll<HTMLElement>('.stripCell');
	[...all].find((cell) => cell.dataset['id'] === (id ?? ''))?.focus();
}

/** Keeps the keys where they were, when what had them goes. */
export function focusStrip(): void {
	const { staged, showing } = canvas.peek();
	if (staged.length > 0) focusCell(showing);
	else focusCanvas();
}

export function acceptResult(result: Staged): void {
	const refusal = unacceptable.peek();
	if (refusal !== undefined) {
		speak(refusal);
		return;
	}
	const isOnly = canvas.peek().staged.length === 1;
	const { name } = result;
	greeting = isOnly
		? l10n.t('{0} is the picture that is changed now.', name)
		: l10n.t('{0} is the picture that is changed now. The others are in the gallery.', name);
	problem.value = undefined;
	accept(result);
}

/** A canvas that took the place of another has the keys, and says so. */
export function greet(): void {
	if (greeting === undefined) return;
	focusCanvas();
	speak(greeting);
	greeting = undefined;
}

export function discardResult(result: Staged): void {
	const hadKeys = document.activeElement?.closest('.strip') !== null;
	const isGone = fault.peek() !== undefined;
	discard(result);
	problem.value = undefined;
	const what = isGone ? l10n.t('Discarded.') : l10n.t('Discarded. It stays in the gallery.');
	speak(`${what} ${sayCell()}`);
	if (hadKeys) focusStrip();
}

/** An order for more is on its way. */
export const isRetrying = signal(false);

/** Orders once more what this result was made by. What comes while it is on its way, or at once after, is a part of it. */
export async function retry({ job }: Staged): Promise<void> {
	if (!state.peek()?.isTrusted || isRetrying.peek()) return;
	isRetrying.value = true;
	await asked(host.call('again', { job }), problem);
	await new Promise((resolve) => setTimeout(resolve, doubleActivation));
	isRetrying.value = false;
}

/** Keys of the whole strip. */
export function press(event: KeyboardEvent): void {
	if (event.ctrlKey || event.metaKey || event.altKey) return;
	const now = cells.peek().indexOf(canvas.peek().showing);
	const result = looked.peek();
	const ofResult = (deed: (result: Staged) => void) => () => {
		if (result && !event.repeat) deed(result);
	};
	const keys: Readonly<Record<string, () => void>> = {
		arrowleft: () => walk(now - 1),
		arrowright: () => walk(now + 1),
		home: () => walk(0),
		end: () => walk(Infinity),
		a: ofResult(acceptResult),
		delete: ofResult(discardResult),
		r: ofResult((chosen) => void retry(chosen)),
		c: ofResult(() => (isComparing.value = true)),
	};
	const act = keys[event.key.toLowerCase()];
	if (!act) return;
	event.preventDefault();
	act();
}
