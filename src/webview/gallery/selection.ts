import { signal } from '@preact/signals';

/** The picture that the keys go on from: the one with the focus, if the grid has it. */
export const active = signal<string | undefined>(undefined);

export const selected = signal<ReadonlySet<string>>(new Set());

/** Where a range begins. */
let anchor: string | undefined;

/** `alone`: nothing else is selected any more. `extended`: all from the last one that was chosen so. `toggled`: it alone changes. `visited`: nothing changes. */
export type Choice = 'alone' | 'extended' | 'toggled' | 'visited';

/** Goes to a picture of these. */
export function choose(id: string, choice: Choice, ids: readonly string[]): void {
	active.value = id;
	if (choice === 'visited') return;
	if (choice === 'extended' && anchor !== undefined) {
		const [one, other] = [ids.indexOf(anchor), ids.indexOf(id)];
		if (one >= 0) {
			selected.value = new Set(ids.slice(Math.min(one, other), Math.max(one, other) + 1));
			return;
		}
	}
	anchor = id;
	selected.value = choice === 'toggled' ? toggled(id) : new Set([id]);
}

function toggled(id: string): ReadonlySet<string> {
	const next = new Set(selected.peek());
	if (!next.delete(id)) next.add(id);
	return next;
}

export function selectAll(ids: readonly string[]): void {
	selected.value = new Set(ids);
}

export function selectNone(): void {
	selected.value = new Set();
	anchor = undefined;
}

/** After pictures have come and gone: what is gone is not selected, and its neighbour takes its place. */
export function settle(before: readonly string[], places: ReadonlyMap<string, number>): void {
	const left = [...selected.peek()].filter((id) => places.has(id));
	if (left.length < selected.peek().size) selected.value = new Set(left);
	const id = active.peek();
	if (id === undefined || places.has(id)) return;
	const from = before.indexOf(id);
	active.value =
		before.slice(from + 1).find((other) => places.has(other)) ??
		before.slice(0, Math.max(0, from)).findLast((other) => places.has(other));
}
