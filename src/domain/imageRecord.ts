import type { Operation, Options, Strength } from './imageRequest';
import type { Margins } from './margins';
import type { Rect } from './size';

/** How a picture came to be: what goes into its file and into the history. */
export interface ImageRecord {
	readonly operation: Operation;
	/** The person's own words; empty where none were needed. */
	readonly prompt: string;
	/** The prompt that the provider made of it. */
	readonly revisedPrompt?: string;
	/** `provider/model`. */
	readonly model: string;
	/** As they were sent. */
	readonly options: Options;
	/** A decimal number of any length. */
	readonly seed?: string;
	/** Id (see `StoredPicture`) of the picture that it was made from. */
	readonly parent?: string;
	/** The mask's bounding box, in pixels of the parent. */
	readonly selected?: Rect;
	/** What an expansion added. */
	readonly margins?: Margins;
	/** How far a variation went. */
	readonly strength?: Strength;
	/** An instant in ISO 8601, UTC. Absent: the same picture comes of the same order, whenever that is given. */
	readonly created?: string;
}
