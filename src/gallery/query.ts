import type { Operation } from '../domain/imageRequest';
import type { GalleryItem } from './item';
import { inOrder } from './order';
import { matches, wordsOf } from './search';

/** Which pictures are wanted, and in which order. */
export interface GalleryQuery {
	/** `made`: those of the history. `all`: every picture's file in the workspace as well. */
	readonly source: 'made' | 'all';
	/** Words that the prompt, the name or the path has, in any order; empty: any picture. */
	readonly search: string;
	/** `provider/model`. */
	readonly model?: string;
	readonly operation?: Operation;
	/** Days, `YYYY-MM-DD`, in the person's own time zone; both included. */
	readonly from?: string;
	readonly to?: string;
	readonly favourites: boolean;
	readonly sort: 'newest' | 'oldest' | 'name';
}

export const everyPicture: GalleryQuery = { source: 'made', search: '', favourites: false, sort: 'newest' };

/** The days of a query, in ms since the epoch: from the beginning of the first until before the beginning of the one after the last. */
export interface Days {
	readonly since?: number;
	readonly before?: number;
}

/** What is looked at between two pauses. */
const atOnce = 250;

/**
 * The ids of the pictures that are wanted, in order. Where the pictures come from is not looked at. Pauses often, so that whoever
 * has other things to do can do them: ten thousands of pictures take some time at first.
 */
export function* selecting(
	items: readonly GalleryItem[],
	query: Omit<GalleryQuery, 'source'>,
	days: Days = {},
): Generator<void, string[]> {
	const words = wordsOf(query.search);
	const ids: string[] = [];
	let count = 0;
	for (const item of yield* inOrder(items, query.sort)) {
		if (isWanted(item, query, days) && matches(item, words)) ids.push(item.id);
		if (++count % atOnce === 0) yield;
	}
	return ids;
}

/** Without a pause. */
export function select(...given: Parameters<typeof selecting>): string[] {
	const steps = selecting(...given);
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}

function isWanted(
	item: GalleryItem,
	{ model, operation, favourites }: Omit<GalleryQuery, 'source'>,
	{ since = -Infinity, before = Infinity }: Days,
): boolean {
	if (favourites && !item.isFavourite) return false;
	if (model !== undefined && item.model !== model) return false;
	if (operation !== undefined && item.operation !== operation) return false;
	return item.saved >= since && item.saved < before;
}
