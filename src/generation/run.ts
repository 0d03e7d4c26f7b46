import type { Charged, ImageError } from '../domain/imageError';
import type { ReceivedImage } from '../domain/picture';
import { isHuge, sniff } from '../image/sniff';
import { originOf } from '../providers/origin';
import type { Call, Delivery, LinkedImage, NoReply, Provider, Reply, Request } from '../providers/provider';
import type { Clock } from './clock';
import { cutShort, lossOf, redirected } from './losses';
import { pauseBeforeRepeat } from './retry';

/** The way out of this process: carries one request and brings its reply. Rejects with the signal's reason when aborted. */
export type Send = (request: Request, signal: AbortSignal) => Promise<Reply | NoReply>;

/** Fetches a picture by the address that a reply gave it. Rejects with the signal's reason when aborted. */
export type Download = (url: string, signal: AbortSignal) => Promise<Uint8Array | ImageError>;

/** What the interpreter needs of the world around it. */
export interface World {
	readonly send: Send;
	readonly download: Download;
	readonly clock: Clock;
}

/** Something that came of a call. */
export type Arrival =
	| { readonly kind: 'image'; readonly image: ReceivedImage }
	/** An unfinished picture, encoded. */
	| { readonly kind: 'preview'; readonly bytes: Uint8Array }
	| { readonly kind: 'failure'; readonly error: ImageError };

/** What the person may have to pay if everything stopped now. */
interface Bill {
	charged: Charged;
}

/**
 * The one interpreter of all providers: does what each step says until there is no next, and hands on whatever arrives at once.
 * Ends with a failure `cancelled` when aborted; throws only on a fault of Limn's own.
 */
export async function* run(
	provider: Provider,
	call: Call,
	world: World,
	signal: AbortSignal,
): AsyncGenerator<Arrival, void> {
	const bill: Bill = { charged: 'no' };
	let arrived = 0;
	try {
		for await (const arrival of converse(provider, call, world, signal, bill)) {
			if (arrival.kind !== 'preview') arrived++;
			yield arrival;
		}
	} catch (error) {
		if (!signal.aborted) throw error;
		if (arrived < call.n) yield failed({ code: 'cancelled', charged: bill.charged });
	}
}

async function* converse(
	provider: Provider,
	call: Call,
	world: World,
	signal: AbortSignal,
	bill: Bill,
): AsyncGenerator<Arrival, void> {
	let step = provider.begin(call);
	for (;;) {
		yield* arrivals(step, world, signal);
		if (!('next' in step)) return;
		const reply = await sendPatiently(step.next, provider, call, world, signal, bill);
		const simpler = simplerRequest(reply, step.next, provider);
		if (simpler) {
			step = { next: simpler };
			continue;
		}
		const failure = failureOf(reply, step.next, provider, call);
		if (failure) yield failed(failure);
		if (failure || 'lost' in reply) return;
		if (reply.events) {
			yield* follow(reply, reply.events, provider, call, world, signal);
			return;
		}
		step = provider.read(reply, call);
	}
}

async function sendPatiently(
	request: Request,
	provider: Provider,
	call: Call,
	{ send, clock }: World,
	signal: AbortSignal,
	bill: Bill,
): Promise<Reply | NoReply> {
	const before = bill.charged;
	if (request.kind === 'http' && request.afterMs !== undefined) await clock.sleep(request.afterMs, signal);
	for (let attempt = 1; ; attempt++) {
		signal.throwIfAborted();
		if (request.kind === 'http' && request.billed) bill.charged = 'unknown';
		const reply = await send(request, signal);
		const pause = pauseBeforeRepeat(request, reply, attempt, (failed) => provider.failure(failed, call), clock);
		if (pause === undefined) return reply;
		bill.charged = before;
		await clock.sleep(pause, signal);
	}
}

function failureOf(reply: Reply | NoReply, request: Request, provider: Provider, call: Call): ImageError | undefined {
	if ('lost' in reply) return lossOf(reply, call, request.kind === 'http' && request.billed);
	if (reply.status >= 400) return provider.failure(reply, call);
	return reply.status >= 300 ? redirected(reply, call) : undefined;
}

/** A server that refuses a request has done nothing: it may be asked without what it did not know. */
function simplerRequest(reply: Reply | NoReply, request: Request, provider: Provider): Request | undefined {
	if ('lost' in reply || reply.status !== 400 || request.kind !== 'http') return undefined;
	return provider.simpler?.(request, reply);
}

/**
 * What a stream brings, until everything has come; one that ends before that, or breaks, is a failure. What had arrived stays.
 * Events know nothing of their request's number: that stands in the reply's headers.
 */
async function* follow(
	reply: Reply,
	events: NonNullable<Reply['events']>,
	provider: Provider,
	call: Call,
	world: World,
	signal: AbortSignal,
): AsyncGenerator<Arrival, void> {
	const origin = originOf(reply, call.offer.provider);
	let arrived = 0;
	let loss: NoReply | undefined;
	for await (const event of events) {
		if ('lost' in event) {
			loss = event;
			break;
		}
		const { preview, images = [], failures = [] } = provider.event?.(event, call) ?? {};
		if (preview) yield { kind: 'preview', bytes: preview };
		yield* arrivals({ images, failures: failures.map((failure) => ({ ...failure, ...origin })) }, world, signal);
		arrived += images.length + failures.length;
		if (arrived >= call.n) return;
	}
	yield failed({ ...(loss ? lossOf(loss, call, true) : cutShort(call)), ...origin });
}

async function* arrivals(
	{ images = [], failures = [] }: Delivery,
	world: World,
	signal: AbortSignal,
): AsyncGenerator<Arrival, void> {
	for (const image of images) yield sane(await received(image, world, signal));
	for (const error of failures) yield failed(error);
}

/** A picture that is only named is fetched. It has been made, and so perhaps paid, even where that fails. */
async function received(
	image: ReceivedImage | LinkedImage,
	{ download }: World,
	signal: AbortSignal,
): Promise<Arrival> {
	if (!('url' in image)) return { kind: 'image', image };
	const { url, ...facts } = image;
	const bytes = await download(url, signal);
	if (bytes instanceof Uint8Array) return { kind: 'image', image: { ...facts, bytes } };
	return failed({ ...bytes, charged: chargeOf(facts) });
}

/** A small file may unfold into more pixels than a computer holds: nothing must decode it. */
function sane(arrival: Arrival): Arrival {
	if (arrival.kind !== 'image') return arrival;
	const header = sniff(arrival.image.bytes);
	if (!header || !isHuge(header)) return arrival;
	return failed({ code: 'too-large', charged: chargeOf(arrival.image) });
}

/** Whether a picture that has been made was paid. */
function chargeOf({ costUsd }: Pick<ReceivedImage, 'costUsd'>): Charged {
	if (costUsd === undefined) return 'unknown';
	return costUsd > 0 ? 'yes' : 'no';
}

function failed(error: ImageError): Arrival {
	return { kind: 'failure', error };
}
