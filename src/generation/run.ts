import { isFree } from '../catalogue/price';
import type { Charged, ImageError } from '../domain/imageError';
import { originOf } from '../providers/origin';
import type { Call, NoReply, Provider, Reply, Request } from '../providers/provider';
import { type Arrival, arrivalsOf, type Download, failed, unfinished } from './arrivals';
import type { Clock } from './clock';
import { cutShort, lossOf, redirected } from './losses';
import { pauseBeforeRepeat } from './retry';

/** The way out of this process: carries one request and brings its reply. Rejects with the signal's reason when aborted. */
export type Send = (request: Request, signal: AbortSignal) => Promise<Reply | NoReply>;

/** What the interpreter needs of the world around it. */
export interface World {
	readonly send: Send;
	readonly download: Download;
	readonly clock: Clock;
}

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
			yield isFree(call.offer) ? unpaid(arrival) : arrival;
		}
	} catch (error) {
		if (!signal.aborted) throw error;
		const charged = isFree(call.offer) ? 'no' : bill.charged;
		if (arrived < call.n) yield failed({ code: 'cancelled', charged });
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
		yield* arrivalsOf(step, world.download, signal);
		if (!('next' in step)) return;
		const reply = await sendPatiently(step.next, provider, call, world, signal, bill);
		const simpler = simplerRequest(reply, step.next, provider);
		if (simpler) {
			step = { next: simpler };
			bill.charged = 'no';
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
	if ('lost' in reply || ![400, 422].includes(reply.status) || request.kind !== 'http') return undefined;
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
		if (preview) yield* unfinished(preview);
		const numbered = failures.map((failure) => ({ ...failure, ...origin }));
		yield* arrivalsOf({ images, failures: numbered }, world.download, signal);
		arrived += images.length + failures.length;
		if (arrived >= call.n) return;
	}
	yield failed({ ...(loss ? lossOf(loss, call, true) : cutShort(call)), ...origin });
}

/** What costs nothing cannot have been charged, however it ended. */
function unpaid(arrival: Arrival): Arrival {
	return arrival.kind === 'failure' ? failed({ ...arrival.error, charged: 'no' }) : arrival;
}
