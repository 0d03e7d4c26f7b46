import type { Charged, FailureCode, ImageError } from '../domain/imageError';
import type { Message } from '../domain/message';
import type { ReceivedImage } from '../domain/picture';
import { isHuge, sniff } from '../image/sniff';
import type { CallState, Delivery, LinkedImage } from '../providers/provider';

/** Fetches a picture by the address that a reply gave it. Rejects with the signal's reason when aborted. */
export type Download = (url: string, signal: AbortSignal) => Promise<Uint8Array | ImageError>;

/** Something that came of a call. */
export type Arrival =
	| { readonly kind: 'image'; readonly image: ReceivedImage }
	/** An unfinished picture, encoded. */
	| { readonly kind: 'preview'; readonly bytes: Uint8Array }
	/** What a person should know though nothing failed. */
	| { readonly kind: 'warning'; readonly message: Message }
	/** How far the call has come, where that is worth writing down: with it, the work can be asked for again. */
	| { readonly kind: 'state'; readonly state: CallState }
	/**
	 * `costUsd`: of a picture that was made and is lost, where it is known. `mayComeYet`: the work is under way or done, and could not be asked
	 * for, or fetched, at the moment.
	 */
	| {
			readonly kind: 'failure';
			readonly error: ImageError;
			readonly costUsd?: number;
			readonly mayComeYet?: true;
	  };

/** What a reply brought, in its order; pictures that are only named by an address come last, since they have yet to be fetched. */
export async function* arrivalsOf(
	{ images = [], failures = [], warnings = [] }: Delivery,
	download: Download,
	signal: AbortSignal,
): AsyncGenerator<Arrival, void> {
	for (const message of warnings) yield { kind: 'warning', message };
	for (const image of images) if (!('url' in image)) yield received(image);
	for (const error of failures) yield failed(error);
	for (const image of images) if ('url' in image) yield await fetched(image, download, signal);
}

/** An unfinished picture, unless it is one that nothing should decode. */
export function* unfinished(bytes: Uint8Array): Generator<Arrival, void> {
	if (!unfoldsTooFar(bytes)) yield { kind: 'preview', bytes };
}

export function failed(error: ImageError): Arrival {
	return { kind: 'failure', error };
}

/** Why something cannot be had at the moment, of which nothing says that it never can be. */
export const passing: ReadonlySet<FailureCode> = new Set([
	'bad-key',
	'bad-reply',
	'no-credit',
	'rate-limited',
	'server-error',
	'timed-out',
	'unreachable',
]);

/** The same failure, of something that may be had another time. */
export function later(arrival: Arrival): Arrival {
	return arrival.kind === 'failure' ? { ...arrival, mayComeYet: true } : arrival;
}

function received(image: ReceivedImage): Arrival {
	return unfoldsTooFar(image.bytes) ? lost({ code: 'too-large' }, image) : { kind: 'image', image };
}

async function fetched(
	{ url, otherwise, ...facts }: LinkedImage,
	download: Download,
	signal: AbortSignal,
): Promise<Arrival> {
	const bytes = await download(url, signal);
	if (bytes instanceof Uint8Array) return received({ ...facts, bytes });
	if (otherwise) return failed(otherwise);
	return passing.has(bytes.code) ? later(lost(bytes, facts)) : lost(bytes, facts);
}

/** A small file may have more pixels than a computer holds. */
function unfoldsTooFar(bytes: Uint8Array): boolean {
	const header = sniff(bytes);
	return header !== undefined && isHuge(header);
}

/** A picture that cannot be had was made all the same, and so perhaps paid. */
function lost(error: Omit<ImageError, 'charged'>, { costUsd }: Pick<ReceivedImage, 'costUsd'>): Arrival {
	if (costUsd === undefined) return failed({ ...error, charged: 'unknown' });
	const charged: Charged = costUsd > 0 ? 'yes' : 'no';
	return { kind: 'failure', error: { ...error, charged }, costUsd };
}
