import type { Operation } from '../domain/imageRequest';

/** A picture of the gallery. */
export interface GalleryItem {
	/** The name that the host minted for it. */
	readonly id: string;
	/** Of its file, as a string. */
	readonly uri: string;
	/** The file's name. */
	readonly name: string;
	/** For people, and to search in: below the workspace. */
	readonly path: string;
	/** Empty: none is known. */
	readonly prompt: string;
	/** `provider/model`. */
	readonly model?: string;
	/** Absent: nobody knows how it was made. */
	readonly operation?: Operation;
	/** ms since the epoch: when it was saved, else when its file was changed. */
	readonly saved: number;
	/** What favourites hang on: the picture's content where it is known, else its file. */
	readonly key: string;
	readonly isFavourite: boolean;
	/** Ids (see `StoredPicture`) of its content, and of what it was made from. */
	readonly picture?: string;
	readonly parent?: string;
}
