import type { HttpRequest, NoReply, Reply, ServerEvent } from '../providers/provider';
import type { Carry, Incoming } from './carrier';
import type { Clock } from './clock';
import { canBeSent, encode, type Endpoint, urlOf } from './encode';
import { Growing } from './growing';
import { LiveEvents } from './liveEvents';
import { lineOf, outcomeOf, pathOf, requestIdOf } from './logLine';
import { type Body, decodeText, readBody, textLimit } from './readBody';
import { ReplyCleaner } from './replyCleaner';
import { type NewFile, Shelf } from './shelf';
import { Watch } from './watch';

/** Sends a request once and brings what came back, without the key. Rejects with the signal's reason when aborted; so do the reply's events. */
export type Http = (request: HttpRequest, endpoint: Endpoint, signal: AbortSignal) => Promise<Reply | NoReply>;

/** How far the patience with a provider goes. */
export interface Limits {
	/** Between two pieces of a body, in ms. Not before the headers: there providers think. */
	readonly stallMs: number;
	/** The same of a stream of events: some are silent while they paint. */
	readonly eventStallMs: number;
	/** Decoded bytes of a body. */
	readonly maxBytes: number;
}

export const defaultLimits: Limits = {
	stallMs: 60_000,
	eventStallMs: 300_000,
	maxBytes: 256 * 2 ** 20,
};

/** Decoded bytes of a body that says what went wrong. All texts in it are searched for secrets, in one step. */
const maxFailureBytes = 2 ** 18;

export interface ExchangePorts {
	readonly carrierFor: (url: URL) => Promise<Carry>;
	readonly clock: Clock;
	/** Of a whole exchange, in ms. */
	readonly deadlineMs: () => number;
	readonly limits: Limits;
	readonly log: (line: string) => void;
	readonly userAgent: string;
	/** Of a picture that arrives. Absent: in the system's temporary folder. */
	readonly newFile?: NewFile | undefined;
}

export function createExchange(ports: ExchangePorts): Http {
	return async (request, endpoint, signal) => {
		signal.throwIfAborted();
		if (endpoint.key !== undefined && !canBeSent(endpoint.key)) return unsendableKey;
		return new Exchange(ports, request, endpoint, signal).run();
	};
}

/** No header could carry it, so no server could accept it. */
const unsendableKey: Reply = { status: 401, headers: {}, text: 'The key has characters that no API key has.' };

/** One request and what comes of it. */
class Exchange {
	readonly #url: URL;
	readonly #watch: Watch;
	readonly #cleaner: ReplyCleaner;
	readonly #began: number;

	constructor(
		readonly ports: ExchangePorts,
		readonly request: HttpRequest,
		readonly endpoint: Endpoint,
		readonly signal: AbortSignal,
	) {
		const { clock, limits, deadlineMs } = ports;
		this.#url = urlOf(request, endpoint.base);
		this.#cleaner = new ReplyCleaner(endpoint.key);
		this.#began = clock.now();
		this.#watch = new Watch(signal, clock, { ...limits, deadlineMs: deadlineMs() });
	}

	async run(): Promise<Reply | NoReply> {
		let goesOn = false;
		try {
			const reply = await this.#send();
			goesOn = 'events' in reply;
			if (!goesOn) this.#log(reply);
			return reply;
		} catch (error) {
			// Else it is a fault of Limn's own, and looks like one.
			if (this.signal.aborted) this.#logOutcome('cancelled');
			throw error;
		} finally {
			if (!goesOn) this.#watch.close();
		}
	}

	async #send(): Promise<Reply | NoReply> {
		const carry = await this.ports.carrierFor(this.#url);
		const outgoing = await encode(this.request, this.endpoint, this.ports.userAgent);
		let incoming: Incoming;
		try {
			incoming = await this.#watch.until(carry(this.#url, { ...outgoing, signal: this.#watch.signal }));
		} catch (error) {
			return this.#explain(error);
		}
		return this.#reply(incoming);
	}

	async #reply({ status, headers, body }: Incoming): Promise<Reply | NoReply> {
		const reply = { status, headers: this.#cleaner.headers(headers) };
		// Only proxies answer so, and then they have passed nothing on.
		if (status === 407) return { lost: 'proxy', unseen: true, detail: 'the proxy wants to know who asks' };
		// A `fetch` that keeps to the letter gives a redirect that it does not follow the status 0 (fetch standard, 2.2.6).
		if (status < 200) return { lost: 'garbled', unseen: false, detail: `status ${status}` };
		// A redirect is not followed: the key and the prompt are for this origin alone.
		if (!body || (status >= 300 && status < 400)) return reply;
		if (status >= 400) return { ...reply, ...(await this.#readFailure(body)) };
		if (/^text\/event-stream\b/i.test(headers['content-type'] ?? '')) return this.#readEvents(reply, body);
		return this.#readAnswer(reply, body, Number(headers['content-length'] ?? 0));
	}

	async #readAnswer(reply: Reply, body: AsyncIterable<Uint8Array>, length: number): Promise<Reply | NoReply> {
		const shelf = new Shelf(this.ports.newFile);
		try {
			this.#watch.expect(length);
			const read = await readBody(this.#watch.read(body), shelf);
			if (typeof read !== 'string') return { ...reply, ...this.#cleaner.answer(read), ...releaseOf(shelf) };
			const detail = read === 'garbled' ? 'the answer is no JSON' : 'the answer is too large';
			return { lost: read, unseen: false, detail };
		} catch (error) {
			return this.#explainLate(error);
		}
	}

	/** The status is the answer here: of a body that breaks or makes no sense, the beginning is as good as all. */
	async #readFailure(body: AsyncIterable<Uint8Array>): Promise<Body> {
		this.#watch.patience = { ...this.#watch.patience, maxBytes: maxFailureBytes };
		const head = new Growing(textLimit);
		try {
			const read = await readBody(copyHead(this.#watch.read(body), head));
			if (typeof read !== 'string') return this.#cleaner.failure(read);
		} catch (error) {
			this.#throwUnlessLost(error);
		}
		return this.#cleaner.failure({ text: decodeText(head.view()) });
	}

	#readEvents(reply: Reply, body: AsyncIterable<Uint8Array>): Reply {
		this.#watch.patience = { ...this.#watch.patience, stallMs: this.ports.limits.eventStallMs };
		const shelf = new Shelf(this.ports.newFile);
		const ports = {
			clean: (event: ServerEvent) => this.#cleaner.event(event),
			explain: (error: unknown) => this.#explainLate(error),
			log: (end: NoReply | 'cancelled' | undefined) =>
				end === 'cancelled' ? this.#logOutcome(end) : this.#log(end ?? reply),
		};
		return { ...reply, events: new LiveEvents(body, this.#watch, ports, shelf), release: () => shelf.release() };
	}

	#explain(error: unknown): NoReply {
		const loss = this.#watch.explain(error);
		return { ...loss, detail: this.#cleaner.redact(loss.detail) };
	}

	/** Where the person has cancelled, or the fault is Limn's own. */
	#throwUnlessLost(error: unknown): void {
		this.#explain(error);
	}

	/** Whoever answers has seen the request. */
	#explainLate(error: unknown): NoReply {
		return { ...this.#explain(error), unseen: false };
	}

	#log(reply: Reply | NoReply): void {
		if ('lost' in reply) this.#logOutcome(outcomeOf(reply));
		else this.#logOutcome(`${reply.status}`, requestIdOf(reply));
	}

	#logOutcome(outcome: string, id?: string): void {
		const { clock, log } = this.ports;
		const what = `${this.endpoint.provider} ${this.request.method}`;
		const ms = clock.now() - this.#began;
		log(this.#cleaner.redact(lineOf({ what, where: pathOf(this.#url), outcome, bytes: this.#watch.bytes, ms, id })));
	}
}

function releaseOf(shelf: Shelf): Pick<Reply, 'release'> {
	return shelf.isUsed ? { release: () => shelf.release() } : {};
}

async function* copyHead(chunks: AsyncIterable<Uint8Array>, head: Growing): AsyncGenerator<Uint8Array, void> {
	for await (const chunk of chunks) {
		head.append(chunk.subarray(0, head.limit - head.length));
		yield chunk;
	}
}
