import type { LossReason, NoReply } from '../providers/provider';
import { classify } from './classify';
import type { Clock } from './clock';

/** For how long and for how much an exchange is waited for. */
export interface Patience {
	/** For all of it, in ms. */
	readonly deadlineMs: number;
	/** Between two pieces of the body, in ms. */
	readonly stallMs: number;
	/** Decoded bytes of the body. */
	readonly maxBytes: number;
}

/**
 * Ends one exchange before its time: because the person cancels, because it takes too long, because too much comes.
 * All of it is here and none in a dispatcher, because the editor's `fetch` drops dispatchers without a word.
 */
export class Watch {
	/** Decoded bytes that have come. */
	bytes = 0;
	readonly #controller = new AbortController();
	/** Ends with the exchange: one signal of the person's serves many. */
	readonly #closed = new AbortController();
	#stopDeadline: () => void;
	#loss: NoReply | undefined;
	#interrupt: ((reason: unknown) => void) | undefined;
	#isRead = false;
	/** What the transport said, to tell it from a fault of Limn's own. */
	#failure: unknown;

	constructor(
		readonly person: AbortSignal,
		readonly clock: Clock,
		public patience: Patience,
	) {
		person.addEventListener('abort', () => this.#end(person.reason), { signal: this.#closed.signal });
		const seconds = Math.round(patience.deadlineMs / 1000);
		this.#stopDeadline = clock.setTimer(patience.deadlineMs, () => this.lose('timed-out', `no end after ${seconds} s`));
		// Of what is over already no event will tell.
		if (person.aborted) this.#end(person.reason);
	}

	/** Why the exchange was given up; absent where it was not, or where it was the person who ended it. */
	get loss(): NoReply | undefined {
		return this.#loss;
	}

	/** For the carrier: aborted, it ends the connection. */
	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** Gives the exchange up, unless it has ended already. */
	lose(lost: LossReason, detail: string): void {
		if (this.signal.aborted) return;
		this.#loss = { lost, unseen: false, detail };
		this.#end(new Error(detail));
	}

	/** The outcome of work, or at once the reason why it is no longer waited for. One at a time. */
	async until<T>(work: Promise<T>): Promise<T> {
		if (this.signal.aborted) {
			work.catch(() => undefined);
			this.signal.throwIfAborted();
		}
		return new Promise<T>((resolve, reject) => {
			this.#interrupt = reject;
			work.then(resolve, (error: unknown) => {
				this.#failure = error;
				// oxlint-disable-next-line typescript/prefer-promise-reject-errors -- passed on as it came
				reject(error);
			});
		});
	}

	/** The outcome of work during which something must come soon. */
	async soon<T>(work: Promise<T>): Promise<T> {
		const { stallMs } = this.patience;
		const detail = `nothing came for ${Math.round(stallMs / 1000)} s`;
		const stop = this.clock.setTimer(stallMs, () => this.lose('stalled', detail));
		try {
			return await this.until(work);
		} finally {
			stop();
		}
	}

	/** So many bytes are to come, or have come. Throws where that is too much. */
	expect(bytes: number): void {
		const { maxBytes } = this.patience;
		if (bytes > maxBytes) this.lose('too-large', `more than ${maxBytes} bytes`);
		this.signal.throwIfAborted();
	}

	/** The body, counted, and ended where it stalls. Time that the reader takes for itself is not the server's. */
	async *read(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
		const pieces = body[Symbol.asyncIterator]();
		for (;;) {
			const piece = await this.soon(pieces.next());
			if (piece.done === true) break;
			this.bytes += piece.value.length;
			this.expect(this.bytes);
			yield piece.value;
		}
		this.#isRead = true;
	}

	/**
	 * What an error means that came of this exchange. Throws the signal's reason where it was the person who ended it, and
	 * the error itself where it did not come from outside.
	 */
	explain(error: unknown): NoReply {
		if (this.#loss) return this.#loss;
		this.person.throwIfAborted();
		if (error !== this.#failure) throw error;
		return classify(error);
	}

	/** The exchange is over. What has not been read of it by now is not wanted. */
	close(): void {
		this.#stopDeadline();
		this.#closed.abort();
		if (!this.#isRead) this.#end(new Error('Nobody reads on.'));
	}

	#end(reason: unknown): void {
		this.#controller.abort(reason);
		this.#interrupt?.(this.signal.reason);
	}
}
