import type { ImageError } from '../domain/imageError';
import type { RequestableFormat } from '../domain/imageFormat';
import type { Margins, Options, Strength } from '../domain/imageRequest';
import type { ReceivedImage } from '../domain/picture';
import type { Size } from '../domain/size';
import type { Pixels } from '../image/pixels';

/** What a call does to which pixels. */
export type Task =
	| { readonly operation: 'generate' }
	/** `mask`: one byte a pixel of `source`, 255 = repaint, 0 = keep. */
	| { readonly operation: 'edit'; readonly source: Pixels; readonly mask: Uint8Array }
	/** `margins` in pixels. */
	| { readonly operation: 'expand'; readonly source: Pixels; readonly margins: Margins }
	| { readonly operation: 'vary'; readonly source: Pixels; readonly strength: Strength };

/** One request's worth of a plan. */
export interface Call {
	readonly task: Task;
	readonly prompt: string;
	/** Of the result, in pixels. */
	readonly size: Size;
	/** Pictures wanted of this call. */
	readonly n: number;
	/** How many pictures of the job are wanted of the calls before this one. */
	readonly before: number;
	readonly options: Options;
	readonly format: RequestableFormat;
}

/** What the painter thread is asked for: plain data, so that it can cross to the thread. */
export interface PaintOrder {
	readonly task: Task;
	readonly prompt: string;
	/** Of the result, in pixels. */
	readonly size: Size;
	/** A decimal number of any length. */
	readonly seed: string;
	/** Absent: the prompt chooses. */
	readonly style?: string;
	readonly format: RequestableFormat;
}

/** What a provider wants done, as data. So far only the painter's work; requests over HTTP join here. */
export type Request = { readonly kind: 'paint'; readonly order: PaintOrder };

/** What came back. */
export interface Reply {
	readonly body: Uint8Array;
}

/** What a provider makes of a call or a reply: what has arrived, and whether there is more to do. */
export type Step = {
	readonly images?: readonly ReceivedImage[];
	readonly failures?: readonly ImageError[];
} & ({ readonly next: Request } | { readonly done: true });

/** A dialect: pure functions over data, so that one interpreter runs them all and a test is a comparison of values. */
export interface Provider {
	/** What to do first. */
	begin(call: Call): Step;
	/** What the answer means. */
	read(reply: Reply, call: Call): Step;
}
