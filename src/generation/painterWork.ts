import type { Stroke } from '../canvas/strokes';
import type { AlterPlan } from '../catalogue/alterPlan';
import type { RequestableFormat } from '../domain/imageFormat';
import type { ImageRecord } from '../domain/imageRecord';
import { type Message, say } from '../domain/message';
import { formatSize, type Rect, type Size } from '../domain/size';
import type { Conversion, PaintOrder, Task } from '../providers/provider';

/** What is repainted: rectangles or strokes in pixels of the picture as it is displayed, or the bytes of a mask file. */
export type Selection =
	| { readonly rects: readonly Rect[] }
	| { readonly strokes: readonly Stroke[] }
	| { readonly file: Uint8Array };

/** A picture to change, as its file is, and the mask that was given with it. The bytes may be shared between threads. */
export interface Original {
	readonly bytes: Uint8Array;
	readonly selection?: Selection;
	/** Pixels inside the selection over which what was made fades in. 0: none. Absent: 8. */
	readonly feather?: number;
	/** The bytes of a picture of marks. */
	readonly markup?: Uint8Array;
	/** The files of other pictures that go out after it. */
	readonly references?: readonly Uint8Array[];
}

/** What is wrong with a mask, or with marks, of another size than the picture. */
export function ofOtherSize(given: Size, source: Size): Message {
	return say(
		'The mask has {0} pixels, the picture {1}. Give one of the picture’s own size.',
		formatSize(given),
		formatSize(source),
	);
}

/** Asks what a mask selects of a picture of this size. */
export interface LookOrder {
	readonly size: Size;
	readonly selection: Selection;
}

/** `selected`: the bounding box of what is repainted; absent: nothing is. `isAll`: no pixel is kept. */
export type Looked = { readonly selected?: Rect; readonly isAll?: true } | { readonly problem: Message };

/** Asks for what goes out to a provider. */
export interface PrepareOrder {
	readonly original: Original;
	readonly plan: AlterPlan;
	/** How far a variation goes. */
	readonly strength: 'subtle' | 'medium' | 'strong';
}

/** Asks for the file to save: what a provider made, put in its place on the picture it was made from. */
export interface FinishOrder {
	readonly original: Original;
	readonly plan: AlterPlan;
	/** What the provider made, as it came. */
	readonly made: Uint8Array;
	readonly format: RequestableFormat;
	/** Absent: none is written into the file. */
	readonly record?: ImageRecord | undefined;
}

/** Asks for a file with where it comes from in it. */
export interface TellOrder {
	readonly bytes: Uint8Array;
	readonly record: ImageRecord;
}

/** The finished file, and how many of the pixels that were to stay are others in it. */
export interface Finished {
	readonly bytes: Uint8Array;
	readonly changedOutsideMask: number;
	readonly warnings: readonly Message[];
}

/** Asks for a small picture. The bytes may be shared between threads. */
export interface ThumbnailOrder {
	readonly bytes: Uint8Array;
	/** Of its sides, in pixels. */
	readonly longest: number;
}

/** The bytes of a WebP, and its size. */
export interface Thumbnail extends Size {
	readonly bytes: Uint8Array;
}

/** What the painter thread does, by name: what it is given and what it gives back. All of it plain data, which can cross to the thread. */
export interface PainterWork {
	/** A sketch. */
	readonly paint: { readonly order: PaintOrder; readonly answer: Uint8Array };
	/** The same picture in another format. */
	readonly convert: { readonly order: Conversion; readonly answer: Uint8Array };
	readonly look: { readonly order: LookOrder; readonly answer: Looked };
	readonly prepare: { readonly order: PrepareOrder; readonly answer: Task | { readonly problem: Message } };
	/** The file with where it comes from; `undefined`: in this one it cannot be said. */
	readonly tell: { readonly order: TellOrder; readonly answer: Uint8Array | undefined };
	/** The file without anything that it says of its maker; `undefined`: it is broken. */
	readonly strip: { readonly order: Uint8Array; readonly answer: Uint8Array | undefined };
	readonly thumbnail: { readonly order: ThumbnailOrder; readonly answer: Thumbnail | { readonly problem: Message } };
	readonly finish: { readonly order: FinishOrder; readonly answer: Finished | { readonly problem: Message } };
}

export type Craft = keyof PainterWork;

/** An order with its name. */
export type Errand = { [K in Craft]: { readonly craft: K; readonly order: PainterWork[K]['order'] } }[Craft];
