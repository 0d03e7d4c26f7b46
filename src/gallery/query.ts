import type { Operation } from '../domain/imageRequest';

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
