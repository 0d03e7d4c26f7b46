import { batch, signal } from '@preact/signals';
import { picture } from '../kept';
import { ids } from './pictures';
import { active, choose } from './selection';

/** Two pictures that are compared. Not kept: the gallery is. */
export const compared = signal<readonly [left: string, right: string] | undefined>(undefined);

/** The picture that another one is being chosen for, to compare them. */
export const sought = signal<string | undefined>(undefined);

/** The picture that is shown large over the grid. */
export const previewed = signal<string | undefined>(undefined);

/** The picture whose tile is to come into sight and to take the focus: until it has it. */
export const focusWanted = signal<string | undefined>(undefined);

/** The picture whose tile an event is from. */
export function idOf({ target }: Event): string | undefined {
	const tile = target instanceof Element ? target.closest<HTMLElement>('[data-id]') : undefined;
	return tile?.dataset['id'];
}

/** As in every list of the editor's: Shift extends, Ctrl or Cmd adds one. */
export function chooseByPointer(click: MouseEvent): void {
	const id = idOf(click);
	if (id === undefined) return;
	if (sought.peek() !== undefined) openPicture(id);
	else choose(id, choiceOf(click), ids.peek());
}

function choiceOf({ shiftKey, ctrlKey, metaKey }: MouseEvent) {
	if (shiftKey) return 'extended';
	return ctrlKey || metaKey ? 'toggled' : 'alone';
}

/** Opens the picture that an event is from. */
export function open(from: MouseEvent): void {
	const id = idOf(from);
	if (id !== undefined && !from.ctrlKey && !from.metaKey && !from.shiftKey) openPicture(id);
}

/** Shows a picture alone; or beside the one that it was sought for. */
export function openPicture(id: string): void {
	const first = sought.peek();
	batch(() => {
		active.value = id;
		previewed.value = undefined;
		if (first === undefined) picture.value = id;
		else if (first !== id) compare(first, id);
	});
}

export function compare(left: string, right: string): void {
	batch(() => {
		sought.value = undefined;
		compared.value = [left, right];
	});
}

/** Chooses another picture in the grid, to compare this one with. */
export function seek(id: string): void {
	batch(() => {
		focusWanted.value = id;
		active.value = id;
		sought.value = id;
		picture.value = undefined;
	});
}

/** Back to the grid, where one was. */
export function close(): void {
	batch(() => {
		focusWanted.value = active.peek();
		compared.value = undefined;
		picture.value = undefined;
	});
}
