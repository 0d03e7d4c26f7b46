import type { Charged, FailureCode, ImageError } from '../domain/imageError';
import type { Message } from '../domain/message';
import { isPictureBytes, type PictureBytes, PictureFile, type ReceivedImage, wholeOf } from '../domain/picture';
import { headerOf, isHuge } from '../image/sniff';
import type { CallState, Delivery, LinkedImage } from '../providers/provider';

/** Fetches a picture by the address that a reply gave it. Rejects with the signal's reason when aborted. */
export type Download = (url: string, signal: AbortSignal) => Promise<PictureBytes | ImageError>;

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

/**
 * What a reply brought, in its order; pictures that are only named by an address come last, since they have yet to be fetched. The file of
 * one that was fetched is there until the next arrival is asked for.
 */
export async function* arrivalsOf(
	{ images = [], failures = [], warnings = [] }: Delivery,
	download: Download,
	signal: AbortSignal,
): AsyncGenerator<Arrival, void> {
	for (const message of warnings) yield { kind: 'warning', message };
	for (const image of images) if (!('url' in image)) yield await received(image);
	for (const error of failures) yield failed(error);
	yield* fetchedAhead(
		images.filter((image) => 'url' in image),
		download,
		signal,
	);
}

/** One at a time; while it is handed on, and saved, the next is under way. */
async function* fetchedAhead(
	images: readonly LinkedImage[],
	download: Download,
	signal: AbortSignal,
): AsyncGenerator<Arrival, void> {
	let coming: ReturnType<Download> | undefined;
	try {
		for (const [index, { url, ...image }] of images.entries()) {
			const bytes = await (coming ?? download(url, signal));
			const next = images[index + 1];
			coming = next && download(next.url, signal);
			// Whoever waits for it hears of what goes wrong.
			coming?.catch(() => undefined);
			yield* fetched(image, bytes);
		}
	} finally {
		// Nobody waits any more.
		void coming?.then(letGo, () => undefined);
	}
}

/** Bytes of an unfinished picture that is handed on: a larger one would lie in memory beside the next. */
const largestPreview = 8 * 2 ** 20;

/** An unfinished picture, unless it is one that nothing should decode. */
export async function* unfinished(preview: PictureBytes): AsyncGenerator<Arrival, void> {
	if (preview.length > largestPreview || (await unfoldsTooFar(preview))) return;
	yield { kind: 'preview', bytes: await wholeOf(preview) };
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

async function received(image: ReceivedImage): Promise<Arrival> {
	return (await unfoldsTooFar(image.bytes)) ? lost({ code: 'too-large' }, image) : { kind: 'image', image };
}

async function* fetched(
	{ otherwise, ...facts }: Omit<LinkedImage, 'url'>,
	bytes: PictureBytes | ImageError,
): AsyncGenerator<Arrival, void> {
	if (!isPictureBytes(bytes)) {
		const arrival = otherwise ? failed(otherwise) : lost(bytes, facts);
		yield !otherwise && passing.has(bytes.code) ? later(arrival) : arrival;
		return;
	}
	try {
		yield await received({ ...facts, bytes });
	} finally {
		letGo(bytes);
	}
}

function letGo(bytes: PictureBytes | ImageError): void {
	if (bytes instanceof PictureFile) bytes.reader.release();
}

/** A small file may have more pixels than a computer holds. */
async function unfoldsTooFar(bytes: PictureBytes): Promise<boolean> {
	const header = await headerOf(bytes);
	return header !== undefined && isHuge(header);
}

/** A picture that cannot be had was made all the same, and so perhaps paid. */
function lost(error: Omit<ImageError, 'charged'>, { costUsd }: Pick<ReceivedImage, 'costUsd'>): Arrival {
	if (costUsd === undefined) return failed({ ...error, charged: 'unknown' });
	const charged: Charged = costUsd > 0 ? 'yes' : 'no';
	return { kind: 'failure', error: { ...error, charged }, costUsd };
}
