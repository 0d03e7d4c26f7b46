import type { Offer, Offered } from '../catalogue/model';
import type { ImageError } from '../domain/imageError';
import type { RequestableFormat } from '../domain/imageFormat';
import type { Options, Strength } from '../domain/imageRequest';
import type { Margins } from '../domain/margins';
import type { Message } from '../domain/message';
import type { PictureBytes, ReceivedImage } from '../domain/picture';
import type { Size, SizeWish } from '../domain/size';

/** A picture that goes out with a request: encoded, without EXIF, GPS or XMP. */
export interface InputImage {
	readonly bytes: Uint8Array;
	readonly format: RequestableFormat;
}

/** What a call does to which pictures. */
export type Task =
	| { readonly operation: 'generate' }
	/**
	 * The mask belongs to the first image and has its size. It is a PNG that every API reads the same: white with alpha 0
	 * where the picture is repainted, black and opaque where it is kept (OpenAI reference, *Mask that works everywhere*).
	 */
	| {
			readonly operation: 'edit';
			readonly images: readonly InputImage[];
			readonly mask?: InputImage;
			/** The same mask the other way round, opaque, black where the picture is repainted: where a model itself may say that it reads it so. */
			readonly inverse?: InputImage;
			/** Clear but for marks that say where the first picture is to change; of its size, and never beside a mask. */
			readonly markup?: InputImage;
	  }
	/** `margins` in pixels. */
	| { readonly operation: 'expand'; readonly image: InputImage; readonly margins: Margins }
	| { readonly operation: 'vary'; readonly image: InputImage; readonly strength: Strength };

/** Who is asked for what: enough to say what a failure means. */
export interface Asked {
	readonly offer: Pick<Offer, 'provider' | 'name'>;
}

/** One request's worth of a plan. */
export interface Call extends Offered {
	/** A UUID of our own: where a provider lets its clients name their tasks, the same one is never done, nor paid, twice. */
	readonly id: string;
	readonly task: Task;
	readonly prompt: string;
	/** Of the result. Absent: the server decides. */
	readonly size?: SizeWish;
	/** Pictures wanted of this call. */
	readonly n: number;
	/** How many pictures of the job are wanted of the calls before this one. */
	readonly before: number;
	readonly options: Options;
	readonly format: RequestableFormat;
	/** Somebody looks on: unfinished pictures are worth asking (and paying) for. */
	readonly watched: boolean;
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

/** What the painter thread is asked for as well: the same picture in another format. */
export interface Conversion {
	readonly file: InputImage;
	readonly to: RequestableFormat;
}

/** A field of a form: a text, or a file with its name. */
export type Part =
	| { readonly name: string; readonly text: string }
	| { readonly name: string; readonly fileName: string; readonly file: InputImage };

export type JsonObject = Readonly<Record<string, unknown>>;

/** In JSON, an {@link InputImage} becomes a data URL, and a `bigint` its digits. */
export type RequestBody =
	| { readonly kind: 'json'; readonly value: JsonObject }
	| { readonly kind: 'json-list'; readonly values: readonly JsonObject[] }
	/** `multipart/form-data`. */
	| { readonly kind: 'form'; readonly parts: readonly Part[] };

/** A request to a provider's API. Where the API is and with which key, the transport knows. */
export interface HttpRequest {
	readonly kind: 'http';
	readonly method: 'GET' | 'POST';
	/** Goes after the provider's base URL, query included: `/images/generations`. */
	readonly path: string;
	/** `origin`: goes after the base URL's scheme and host instead. */
	readonly below?: 'base' | 'origin';
	readonly headers?: Readonly<Partial<Record<'prefer' | 'x-runware-dry-run', string>>>;
	readonly body?: RequestBody;
	/** Sent twice, it might be paid twice. */
	readonly billed: boolean;
	/** Asks how work under way is getting on, after waiting for so long. */
	readonly afterMs?: number;
}

/** What a provider wants done, as data. */
export type Request = { readonly kind: 'paint'; readonly order: PaintOrder } | HttpRequest;

/** One event of a `text/event-stream`. */
export interface ServerEvent {
	/** `message` where the stream names none. */
	readonly name: string;
	/** Parsed JSON; the text itself where it is none, as in `[DONE]`. */
	readonly data: unknown;
}

/** What came back, without the key that went out. Of the last four at most one is there. */
export interface Reply {
	/** Of HTTP; 200 for the painter. */
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/**
	 * The parsed body, in which long base64 strings (data URLs too) are {@link PictureBytes} already, texts with long data URLs among their
	 * words lists of strings and such bytes, and whole numbers beyond 2^53 strings of their digits.
	 */
	readonly json?: unknown;
	/** The beginning of a body that is neither JSON nor a picture. */
	readonly text?: string;
	/** A body that is a picture itself. */
	readonly picture?: PictureBytes;
	/** Arrive while the request lasts. The last one may say that the stream broke. */
	readonly events?: AsyncIterable<ServerEvent | NoReply>;
	/** Lets go of the files in which its pictures lie: for who has done with them. Absent: there are none. */
	readonly release?: () => void;
}

/** Why there is no answer, or none to its end. */
export type LossReason =
	| 'unresolved'
	| 'refused'
	| 'certificate'
	| 'proxy'
	| 'reset'
	| 'stalled'
	| 'timed-out'
	| 'too-large'
	| 'garbled';

/** An exchange without an answer. */
export interface NoReply {
	readonly lost: LossReason;
	/** The server cannot have seen the request, so it did no work for it. */
	readonly unseen: boolean;
	/** For the log, without keys. */
	readonly detail: string;
}

/** A picture that a reply names by its address: absolute, or relative to the base URL. */
export interface LinkedImage extends Omit<ReceivedImage, 'bytes'> {
	readonly url: string;
	/** What to say if no picture lies there: the address was only guessed to be one's. */
	readonly otherwise?: ImageError;
}

/** What has arrived. */
export interface Delivery {
	readonly images?: readonly (ReceivedImage | LinkedImage)[];
	readonly failures?: readonly ImageError[];
	/** What a person should know though nothing failed. */
	readonly warnings?: readonly Message[];
}

/**
 * How far a call has come: plain data, so that it can be written down, and the call taken up again after a reload.
 */
export interface CallState {
	/** The provider's name for the work that it has taken on: a task's, a prediction's. */
	readonly ticket?: string;
	/** Pictures handed on so far (or given up), by the provider's names for them: polling brings them again and again. */
	readonly handed: readonly string[];
	/** How many pictures the work under way is to bring, where they are not all that are missing. */
	readonly asked?: number;
	/** The version of the model to ask for if its name alone does not do. */
	readonly version?: string;
	/** How often the provider was asked how the work is getting on. */
	readonly polls: number;
	/** How many answers in a row, up to the last one, told of nothing: no new picture, nobody at work. Absent: none. */
	readonly quiet?: number;
	/** The answer to what is paid for was lost: if nobody knows of it, it may be sent once more under the same id. */
	readonly lost?: boolean;
}

/** Of a call that has not begun. */
export const unbegun: CallState = { handed: [], polls: 0 };

/**
 * What a provider makes of a call or a reply: what has arrived, and whether there is more to do. `state`: absent where nothing has changed.
 * `doubt`: what the answer to an order said, though the work may be done all the same. `isUnknown`: nobody knows of the work (any more), so
 * that the reason for the failures is what was said when it was ordered, if that was a failure.
 */
export type Step = Delivery & { readonly state?: CallState } & (
		| { readonly next: Request; readonly doubt?: ImageError }
		| { readonly done: true; readonly isUnknown?: true }
	);

/** A dialect: pure functions over data, so that one interpreter runs them all and a test is a comparison of values. */
export interface Provider {
	/** What to do first. */
	begin(call: Call): Step;
	/** What an answer with a status below 400 means. */
	read(reply: Reply, call: Call, state: CallState): Step;
	/** What an answer with another status means. `state`: of the call that it ends, if it ends one. */
	failure(reply: Reply, asked: Asked, state?: CallState): ImageError;
	/** After an answer 400, 404, 409 or 422: what to do in its stead, such as the same request without what the server does not know. `undefined`: it failed. */
	instead?(request: HttpRequest, reply: Reply, call: Call, state: CallState): Step | undefined;
	/** How to ask for work that was begun: after a reload, or because the answer was lost. `undefined`: nobody can. */
	resume?(call: Call, state: CallState): Step | undefined;
	/** How to stop work under way. `undefined`: it cannot be, or nobody knows its name yet. */
	cancel?(state: CallState): HttpRequest | undefined;
	/** Asks what a call would cost, and neither makes nor bills it. `undefined`: that cannot be asked. */
	quote?(call: Call): HttpRequest | undefined;
	/** USD by the answer to that; `undefined`: it names none; `made`: it says that the work was done or taken on after all. */
	quoted?(reply: Reply): number | 'made' | undefined;
	/** What an event of a stream means. `preview`: an unfinished picture. */
	event?(event: ServerEvent, call: Call): Delivery & { readonly preview?: PictureBytes };
	/** What all events of a stream say together that none says alone. Asked for at its end, if something is missing then. */
	told?(events: readonly ServerEvent[], call: Call): Delivery;
}

/** What was learned of a key. */
export type Probed =
	/** It is accepted. `usd`: what is left on the account, where it says so. */
	{ readonly kind: 'works'; readonly usd?: number } | { readonly kind: 'fails'; readonly error: ImageError };

/** How to learn, without spending, whether a provider accepts the key. */
export interface Probe {
	/** `id`: a UUID, for who wants one of each task. */
	request(id: string): HttpRequest;
	/** What an answer says, whatever its status. */
	read(reply: Reply, asked: Asked): Probed;
}
