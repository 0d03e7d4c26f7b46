import { isFree } from '../catalogue/price';
import type { Charged, ImageError } from '../domain/imageError';
import {
	type Call,
	type CallState,
	type NoReply,
	type Provider,
	type Reply,
	type Request,
	type Step,
	unbegun,
} from '../providers/provider';
import { type Arrival, arrivalsOf, type Download, failed, later, passing } from './arrivals';
import type { Clock } from './clock';
import { follow } from './follow';
import { isLeaving } from './leaving';
import { lossOf, redirected } from './losses';
import { patienceWith } from './retry';
import { type RequestKind, type Verdict, verdictOn } from './verdict';

/** The way out of this process: carries one request and brings its reply. Rejects with the signal's reason when aborted. */
export type Send = (request: Request, signal: AbortSignal) => Promise<Reply | NoReply>;

/** What the interpreter needs of the world around it. */
export interface World {
	readonly send: Send;
	readonly download: Download;
	readonly clock: Clock;
	/** Called when nothing more will be asked, though what came is not handed on yet. */
	readonly onAnswered?: () => void;
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
			yield isFree(call.offer) ? unpaid(arrival) : asFarAs(provider, arrival);
		}
	} catch (error) {
		if (!signal.aborted) throw error;
		// Who only goes comes back for it.
		if (!isLeaving(signal)) conversation.stopWork();
		const charged = isFree(call.offer) ? 'no' : conversation.charged;
		if (arrived < call.n) yield failed({ code: 'cancelled', charged });
	} finally {
		conversation.release();
	}
}

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
	/** What the first answer said that left it open whether the work is done; the reason, if nobody ever hears of it. */
	#doubt: ImageError | undefined;
	/** Whose pictures lie in files. */
	#reply: Pick<Reply, 'release'> | undefined;

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
			if (isLast(step)) world.onAnswered?.();
			yield* arrivalsOf(this.#withReason(step), world.download, signal);
			this.release();
			// What was handed on is safe only now.
			if (isNews) yield { kind: 'state', state: this.#state };
			if (!('next' in step)) return;
			const { next } = step;
			const answer = await this.#answerTo(next);
			if ('release' in answer) this.#reply = answer;
			if ('code' in answer) {
				yield kindOf(next) === 'poll' && passing.has(answer.code) ? later(failed(answer)) : failed(answer);
				return;
			}
			if ('status' in answer && answer.events) {
				yield* follow(answer, answer.events, this);
				return;
			}
			step = 'status' in answer ? provider.read(answer, call, this.#state) : answer;
			if ('status' in answer && kindOf(next) === 'billed') this.#hear(step);
		}
	}

	/** What the last reply brought is safe by now, or not wanted. */
	release(): void {
		this.#reply?.release?.();
		this.#reply = undefined;
	}

	/** An order was answered well, unless the answer itself leaves that open. */
	#hear(step: Step): void {
		const doubt = 'next' in step ? step.doubt : undefined;
		this.#doubt = doubt && (this.#doubt ?? doubt);
	}

	/** Of work that nobody knows, what the order's own answer said tells more. */
	#withReason(step: Step): Step {
		const doubt = 'done' in step && step.isUnknown ? this.#doubt : undefined;
		return doubt ? { ...step, failures: (step.failures ?? []).map(() => doubt) } : step;
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
			if (!signal.aborted || isLeaving(signal)) throw error;
			AbortSignal.timeout(patienceWithStopping).addEventListener('abort', () => patience.abort());
			const state = this.#state;
			void answer
				.then((reply) => {
					if ('lost' in reply || reply.status >= 300) return;
					const begun = provider.read(reply, call, state).state;
					reply.release?.();
					if (begun) this.#stop(begun);
				})
				.catch(() => undefined);
			throw error;
		}
	}

	/** What a request comes to, by the rules: an answer to be read, another step in its stead, or a failure. */
	async #answerTo(request: Request): Promise<Reply | Step | ImageError> {
		const { call, signal, world } = this;
		const { send, clock } = world;
		const kind = kindOf(request);
		const before = this.charged;
		const isOpen = before === 'unknown' || this.#losses > 0;
		const patience = patienceWith(call.offer.provider, clock);
		if (request.kind === 'http' && request.afterMs !== undefined) await clock.sleep(request.afterMs, signal);
		for (let attempt = 1; ; attempt++) {
			signal.throwIfAborted();
			if (kind === 'billed') this.charged = 'unknown';
			const reply = await this.#send(request, send);
			const failure = this.#failureOf(reply, kind === 'billed');
			const outcome = 'lost' in reply ? reply : { ...reply, ...(failure && { failure }) };
			const { tokens } = patience;
			const facts = { kind, outcome, attempt, isOpen, tokens, now: clock.now(), random: clock.random() };
			const verdict = verdictOn(facts);
			if (verdict.do === 'repeat') {
				if (kind !== 'poll') patience.repeated();
				this.charged = before;
				await clock.sleep(verdict.afterMs, signal);
				continue;
			}
			if (verdict.do === 'read' && !('lost' in reply)) {
				patience.answered();
				return reply;
			}
			const ending = failureBy(verdict, failure);
			const step = verdict.do === 'ask' ? this.#otherWay(verdict.how, request, reply) : undefined;
			if (step && verdict.do === 'ask' && verdict.how === 'resume') this.#doubt ??= ending;
			return step ?? ending;
		}
	}

	/** What the provider knows to do in the stead of a request that failed. */
	#otherWay(how: 'instead' | 'resume', request: Request, reply: Reply | NoReply): Step | undefined {
		const { call, provider } = this;
		if (how === 'resume') {
			const step = provider.resume?.(call, { ...this.#state, lost: this.#losses === 0 });
			if (step) this.#losses++;
			return step;
		}
		if (request.kind !== 'http' || 'lost' in reply) return undefined;
		const step = provider.instead?.(request, reply, call, this.#state);
		if (step && 'next' in step && step.next.kind === 'http' && step.next.billed) this.charged = 'no';
		return step;
	}

	/** In words for a person. */
	#failureOf(reply: Reply | NoReply, billed: boolean): ImageError | undefined {
		const { call, provider } = this;
		if ('lost' in reply) return lossOf(reply, call, billed);
		if (reply.status >= 400) return provider.failure(reply, call, this.#state);
		return reply.status >= 300 ? redirected(reply, call) : undefined;
	}
}

/** Nothing is asked after it, and no picture has yet to be fetched. */
function isLast(step: Step): boolean {
	return !('next' in step) && !(step.images ?? []).some((image) => 'url' in image);
}

function kindOf(request: Request): RequestKind {
	if (request.kind === 'paint') return 'free';
	if (request.billed) return 'billed';
	return request.afterMs === undefined ? 'free' : 'poll';
}

function failureBy(verdict: Verdict, failure: ImageError | undefined): ImageError {
	if (!failure || !('charged' in verdict)) throw new Error('What did not fail was judged a failure.');
	return { ...failure, code: verdict.code, charged: verdict.charged };
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

/** Who cannot be asked again has nothing to give later. */
function asFarAs(provider: Provider, arrival: Arrival): Arrival {
	if (provider.resume || arrival.kind !== 'failure') return arrival;
	const { mayComeYet: _, ...forGood } = arrival;
	return forGood;
}

/** What costs nothing cannot have been charged, however it ended. */
function unpaid(arrival: Arrival): Arrival {
	return arrival.kind === 'failure' ? failed({ ...arrival.error, charged: 'no' }) : arrival;
}
