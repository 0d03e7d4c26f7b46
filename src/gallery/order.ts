import type { GalleryItem } from './item';
import { folded } from './search';

export type Sort = 'newest' | 'oldest' | 'name';

/** A list is sorted once. */
const known = new WeakMap<readonly GalleryItem[], Map<Sort, readonly GalleryItem[]>>();

/** The pictures in order. Pauses often. The list must not be changed afterwards. */
export function* inOrder(items: readonly GalleryItem[], sort: Sort): Generator<void, readonly GalleryItem[]> {
	const orders = known.get(items) ?? new Map<Sort, readonly GalleryItem[]>();
	known.set(items, orders);
	const order = orders.get(sort) ?? (yield* sorted(items, sort));
	orders.set(sort, order);
	return order;
}

/** What a picture is sorted by: what comes first is less. Of equals the URI decides, so that the order is always the same. */
interface Rank {
	readonly item: GalleryItem;
	readonly by: number | string;
}

function* sorted(items: readonly GalleryItem[], sort: Sort): Generator<void, readonly GalleryItem[]> {
	const rank = ranks[sort];
	let runs: Rank[][] = [];
	for (let at = 0; at < items.length; at += runLength) {
		const run = items.slice(at, at + runLength).map((item) => ({ item, by: rank(item) }));
		runs.push(run.sort(compare));
		yield;
	}
	while (runs.length > 1) {
		const merged: Rank[][] = [];
		for (let at = 0; at < runs.length; at += 2) {
			merged.push(yield* mergedOf(runs[at] ?? [], runs[at + 1] ?? []));
		}
		runs = merged;
	}
	return (runs[0] ?? []).map(({ item }) => item);
}

/** What is sorted between two pauses. */
const runLength = 1000;

const ranks: Readonly<Record<Sort, (item: GalleryItem) => number | string>> = {
	newest: ({ saved }) => -saved,
	oldest: ({ saved }) => saved,
	name: ({ name }) => nameRank(name),
};

/** `fox-2` before `fox-10`. */
export function nameRank(name: string): string {
	return folded(name).replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(20, '0'));
}

function compare(a: Rank, b: Rank): number {
	if (a.by !== b.by) return a.by < b.by ? -1 : 1;
	if (a.item.uri === b.item.uri) return 0;
	return a.item.uri < b.item.uri ? -1 : 1;
}

function* mergedOf(a: readonly Rank[], b: readonly Rank[]): Generator<void, Rank[]> {
	const merged: Rank[] = [];
	let [left, right] = [0, 0];
	for (;;) {
		const [first, second] = [a[left], b[right]];
		if (!first || !second) return merged.concat(a.slice(left), b.slice(right));
		const isFirst = compare(first, second) <= 0;
		merged.push(isFirst ? first : second);
		if (isFirst) left++;
		else right++;
		if (merged.length % runLength === 0) yield;
	}
}
