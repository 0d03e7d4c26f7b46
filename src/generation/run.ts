import { isFree } from '../catalogue/price';
import type { Charged, ImageError } from '../domain/imageError';
import { originOf } from '../providers/origin';
import {
	type Call,
	type CallState,
	type NoReply,
	type Provider,
	type Reply,
	type Request,
	type ServerEvent,
	type Step,
	unbegun,
} from '../providers/provider';
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

/**
 * The one interpreter of all providers: does what each step says until there is no next, and hands on whatever arrives at once.
 * With a `state` it takes up again what an earlier run had begun. Ends with a failure `cancelled` when aborted; throws only on a
 * fault of Limn's own.
 */
export async function* run(
	provider: Provider,
	call: Call,
	world: World,
	signal: AbortSignal,
	state?: CallState,
): AsyncGenerator<Arrival, void> {
	const conversation = new Conversation(provider, call, world, signal, state);
	let arrived = 0;
	try {
		for await (const arrival of conversation.arrivals()) {
			if (arrival.kind === 'image' || arrival.kind === 'failure') arrived++;
			yield isFree(call.offer) ? unpaid(arrival) : arrival;
		}
	} catch (error) {
		if (!signal.aborted) throw error;
		conversation.stopWork();
		const charged = isFree(call.offer) ? 'no' : conversation.charged;
		if (arrived < call.n) yield failed({ code: 'cancelled', charged });
	}
}

/** Of a stream that is kept whole: a picture in pieces of some letters each has thousands. */
const mostEvents = 100_000;

/** How long a provider may take to hear that work is to be stopped, ms. Nobody waits for it. */
const patienceWithStopping = 10_000;

/** One call and all that is said about it. */
class Conversation {
	/** What the person may have to pay if everything stopped now. */
	charged: Charged;
	#state: CallState;
	readonly #begun: boolean;
	/** How often the answer to what is paid for was lost, and asked for. */
	#losses = 0;

	constructor(
		readonly provider: Provider,
		readonly call: Call,
		readonly world: World,
		readonly signal: AbortSignal,
		state: CallState | undefined,
	) {
		this.#begun = state !== undefined;
		// Long after, nobody orders anything again without being asked to.
		this.#state = { ...(state ?? unbegun), lost: false };
		this.charged = this.#begun ? 'unknown' : 'no';
	}

	async *arrivals(): AsyncGenerator<Arrival, void> {
		const { provider, call, signal, world } = this;
		let step = this.#begun ? provider.resume?.(call, this.#state) : provider.begin(call);
		while (step) {
			const isNews = this.#note(step);
			yield* arrivalsOf(step, world.download, signal);
			// What was handed on is safe only now.
			if (isNews) yield { kind: 'state', state: this.#state };
			if (!('next' in step)) return;
			const { next } = step;
			const reply = await this.#sendPatiently(next);
			step = this.#otherWay(reply, next);
			if (step) continue;
			const failure = this.#failureOf(reply, next);
			if (failure) yield failed(failure);
			if (failure || 'lost' in reply) return;
			if (reply.events) {
				yield* this.#follow(reply, reply.events);
				return;
			}
			step = provider.read(reply, call, this.#state);
		}
	}

	/** Tells the provider, if it can be told, that nobody wants the work any more. What becomes of that, nobody waits to hear. */
	stopWork(): void {
		this.#stop(this.#state);
	}

	#stop(state: CallState): void {
		const request = this.provider.cancel?.(state);
		if (request) void this.world.send(request, AbortSignal.timeout(patienceWithStopping)).catch(() => undefined);
	}

	/** Whether that is worth writing down: how often was asked is not. */
	#note({ state }: Step): boolean {
		if (!state) return false;
		const { ticket, handed } = this.#state;
		this.#state = state;
		// All that was ordered has been handed on, and the next is not ordered yet.
		if (state.ticket === undefined && state.polls === 0) this.charged = 'no';
		return state.ticket !== ticket || state.handed.length !== handed.length;
	}

	/**
	 * What is paid for and could be stopped by its name is not dropped when the person cancels: only the answer has the name. Nobody
	 * waits for it.
	 */
	async #send(request: Request, send: Send): Promise<Reply | NoReply> {
		const { call, provider, signal } = this;
		if (request.kind !== 'http' || !request.billed || !provider.cancel) return send(request, signal);
		const patience = new AbortController();
		const answer = send(request, patience.signal);
		try {
			return await unlessAborted(answer, signal);
		} catch (error) {
			if (!signal.aborted) throw error;
			AbortSignal.timeout(patienceWithStopping).addEventListener('abort', () => patience.abort());
			const state = this.#state;
			void answer
				.then((reply) => {
					if ('lost' in reply || reply.status >= 300) return;
					const begun = provider.read(reply, call, state).state;
					if (begun) this.#stop(begun);
				})
				.catch(() => undefined);
			throw error;
		}
	}

	async #sendPatiently(request: Request): Promise<Reply | NoReply> {
		const { call, provider, signal, world } = this;
		const { send, clock } = world;
		const before = this.charged;
		if (request.kind === 'http' && request.afterMs !== undefined) await clock.sleep(request.afterMs, signal);
		for (let attempt = 1; ; attempt++) {
			signal.throwIfAborted();
			if (request.kind === 'http' && request.billed) this.charged = 'unknown';
			const reply = await this.#send(request, send);
			const pause = pauseBeforeRepeat(request, reply, attempt, (refusal) => provider.failure(refusal, call), clock);
			if (pause === undefined) return reply;
			this.charged = before;
			await clock.sleep(pause, signal);
		}
	}

	/**
	 * What to do in the stead of a request that failed. A server that refuses one has done nothing, and may be asked for something
	 * else; one that broke may know, if it is asked, what became of it.
	 */
	#otherWay(reply: Reply | NoReply, request: Request): Step | undefined {
		if (request.kind !== 'http') return undefined;
		const { call, provider } = this;
		if (!('lost' in reply) && [400, 404, 409, 422].includes(reply.status)) {
			const step = provider.instead?.(request, reply, call, this.#state);
			if (step && 'next' in step && step.next.kind === 'http' && step.next.billed) this.charged = 'no';
			return step;
		}
		if (!request.billed || !this.#isOpen(reply)) return undefined;
		const step = provider.resume?.(call, { ...this.#state, lost: this.#losses === 0 });
		if (step) this.#losses++;
		return step;
	}

	/** Whether the server may have done the work. One that names a reason has judged. */
	#isOpen(reply: Reply | NoReply): boolean {
		if ('lost' in reply) return !reply.unseen;
		if (reply.status < 500 || reply.status === 503) return false;
		return ['server-error', 'timed-out'].includes(this.provider.failure(reply, this.call, this.#state).code);
	}

	/** Who only asks how the work is getting on pays nothing for that, but perhaps for the work; so does who orders it once more. */
	#failureOf(reply: Reply | NoReply, request: Request): ImageError | undefined {
		const failure = this.#ownFailureOf(reply, request);
		const isPoll = request.kind === 'http' && !request.billed;
		const isOpen = this.#losses > 0 || (isPoll && this.charged === 'unknown');
		return failure && isOpen ? { ...failure, charged: 'unknown' } : failure;
	}

	#ownFailureOf(reply: Reply | NoReply, request: Request): ImageError | undefined {
		const { call, provider } = this;
		if ('lost' in reply) return lossOf(reply, call, request.kind === 'http' && request.billed);
		if (reply.status >= 400) return provider.failure(reply, call, this.#state);
		return reply.status >= 300 ? redirected(reply, call) : undefined;
	}

	/**
	 * What a stream brings, until everything has come; one that ends before that, or breaks, is a failure. What had arrived stays.
	 * Events know nothing of their request's number: that stands in the reply's headers.
	 */
	async *#follow(reply: Reply, events: NonNullable<Reply['events']>): AsyncGenerator<Arrival, void> {
		const { call, provider, signal, world } = this;
		const origin = originOf(reply, call.offer.provider);
		const told: ServerEvent[] = [];
		let arrived = 0;
		let loss: NoReply | undefined;
		for await (const event of events) {
			if ('lost' in event) {
				loss = event;
				break;
			}
			if (provider.told && told.length < mostEvents) told.push(event);
			const { preview, images = [], failures = [] } = provider.event?.(event, call) ?? {};
			if (preview) yield* unfinished(preview);
			const numbered = failures.map((failure) => ({ ...failure, ...origin }));
			yield* arrivalsOf({ images, failures: numbered }, world.download, signal);
			arrived += images.length + failures.length;
			if (arrived >= call.n) return;
		}
		const { images = [], failures = [] } = provider.told?.(told, call) ?? {};
		const numbered = failures.map((failure) => ({ ...origin, ...failure }));
		yield* arrivalsOf({ images, failures: numbered }, world.download, signal);
		if (arrived + images.length + failures.length >= call.n) return;
		yield failed({ ...(loss ? lossOf(loss, call, true) : cutShort(call)), ...origin });
	}
}

/** Rejects with the signal's reason as soon as it is aborted. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const leave = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
		if (signal.aborted) leave();
		signal.addEventListener('abort', leave, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
	});
}

/** What costs nothing cannot have been charged, however it ended. */
function unpaid(arrival: Arrival): Arrival {
	return arrival.kind === 'failure' ? failed({ ...arrival.error, charged: 'no' }) : arrival;
}
