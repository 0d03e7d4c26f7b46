import type { GalleryItem } from './item';

type Related = Pick<GalleryItem, 'id' | 'picture' | 'parent' | 'saved'>;

/** The picture that one was made from, if it is there: of several copies the latest. Never the picture itself. */
export function parentOf<T extends Related>(item: Pick<T, 'id' | 'parent'>, items: readonly T[]): T | undefined {
	const { id, parent } = item;
	if (parent === undefined) return undefined;
	let latest: T | undefined;
	for (const other of items) {
		if (other.picture !== parent || other.id === id) continue;
		if (!latest || other.saved > latest.saved) latest = other;
	}
	return latest;
}

/** The pictures that were made from one, the oldest first. Never the picture itself. */
export function childrenOf<T extends Related>(item: Pick<T, 'id' | 'picture'>, items: readonly T[]): T[] {
	const { id, picture } = item;
	if (picture === undefined) return [];
	return items
		.filter((other) => other.parent === picture && other.id !== id)
		.toSorted((a, b) => a.saved - b.saved || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
