import type { ImageError } from '../domain/imageError';
import type { ReceivedImage } from '../domain/picture';
import type { Call, Provider, Reply, Request, Step } from '../providers/provider';

/** The way out of this process: carries one request and brings its reply. Rejects with the signal's reason when aborted. */
export type Send = (request: Request, signal: AbortSignal) => Promise<Reply>;

/** Something that came of a call. */
export type Arrival =
	| { readonly kind: 'image'; readonly image: ReceivedImage }
	| { readonly kind: 'failure'; readonly error: ImageError };

/** The one interpreter of all providers: does what each step says until there is no next, and hands on whatever arrives at once. */
export async function* run(
	provider: Provider,
	call: Call,
	send: Send,
	signal: AbortSignal,
): AsyncGenerator<Arrival, void> {
	let step = provider.begin(call);
	yield* arrivals(step);
	while ('next' in step) {
		step = provider.read(await send(step.next, signal), call);
		yield* arrivals(step);
	}
}

function* arrivals({ images = [], failures = [] }: Step): Generator<Arrival> {
	for (const image of images) yield { kind: 'image', image };
	for (const error of failures) yield { kind: 'failure', error };
}
