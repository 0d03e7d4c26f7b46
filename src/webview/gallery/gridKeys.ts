import { batch } from '@preact/signals';
import { favour, perform } from './actions';
import { known } from './cards';
import { focusWanted, openPicture, previewed, sought } from './choosing';
import { goal } from './layout';
import { ids, inOrder, placeOf } from './pictures';
import { layout, pageRows } from './scroller';
import { active, choose, selectAll, selected, selectNone } from './selection';

/** Keys of the grid. */
export function gridKey(pressed: KeyboardEvent): void {
	const place = Math.max(0, placeOf(active.peek()));
	const id = ids.peek()[place];
	if (id === undefined || pressed.altKey) return;
	const next = goal(pressed.key, place, {
		columns: layout.peek().columns,
		rows: pageRows.peek(),
		count: ids.peek().length,
	});
	if (next !== undefined) go(next, pressed);
	else if (!act(pressed, id)) return;
	pressed.preventDefault();
}

function go(next: number, { shiftKey, ctrlKey, metaKey }: KeyboardEvent): void {
	const id = ids.peek()[next];
	if (id === undefined) return;
	batch(() => {
		focusWanted.value = id;
		if (shiftKey) choose(id, 'extended', ids.peek());
		else choose(id, ctrlKey || metaKey ? 'visited' : 'alone', ids.peek());
	});
}

/** Whether the key does anything. */
function act(pressed: KeyboardEvent, id: string): boolean {
	const isWithControl = pressed.ctrlKey || pressed.metaKey;
	if (isWithControl && pressed.key === 'a') selectAll(ids.peek());
	else if (isWithControl && pressed.key === ' ') choose(id, 'toggled', ids.peek());
	else if (isWithControl) return false;
	else if (pressed.key === 'Enter') openPicture(id);
	else if (pressed.key === ' ') previewed.value = id;
	else if (pressed.key === 'Delete') void perform('delete', meant(id));
	else if (pressed.key === 'f' || pressed.key === 'F' || pressed.key === '.') void favour(meant(id), !isFavourite(id));
	else if (pressed.key === 'Escape') leave();
	else return false;
	return true;
}

/** What an action is meant for: all that is selected, or the picture with the focus if it is not among them. */
function meant(id: string): readonly string[] {
	const all = selected.peek();
	return all.has(id) ? inOrder(all) : [id];
}

function isFavourite(id: string): boolean {
	return known(id).peek()?.card.isFavourite ?? false;
}

function leave(): void {
	if (sought.peek() !== undefined) sought.value = undefined;
	else selectNone();
}
