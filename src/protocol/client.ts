import type { CallFailure, Channel, Downward, Upward } from './wire';

/** A call that the host refused, or that came to nothing. */
export class CallError extends Error {
	constructor(readonly failure: CallFailure) {
		super(failure.message);
	}
}

interface Pending {
	/** Takes what its own method answers: which that is, only the id knows. */
	readonly resolve: (value: never) => void;
	readonly reject: (reason: CallError) => void;
}

/**
 * The webview's end of the wire. It trusts what comes down: the host is of the same build. `Params` and `Answers`: by method what
 * the host is given, and what it answers.
 */
export class Client<Params, Answers extends Readonly<Record<keyof Params, unknown>>, State> {
	readonly #pending = new Map<number, Pending>();
	readonly #stop: () => void;
	#last: number;

	/**
	 * `onState`: called with each snapshot. `before`: calls are counted from here; another number for each page, or one that is loaded again
	 * would be given what the one before it had asked for.
	 */
	constructor(
		readonly channel: Channel<Upward, Downward<State, never>>,
		onState: (state: State) => void,
		before = 0,
	) {
		this.#last = before;
		this.#stop = channel.onMessage((message) => {
			if (message.kind === 'state') onState(message.state);
			else this.#settle(message);
		});
	}

	/** Asks the host. Rejects with a {@link CallError}; at once when `signal` aborts, and then the host is told. */
	async call<K extends keyof Params & string>(method: K, params: Params[K], signal?: AbortSignal): Promise<Answers[K]> {
		if (signal?.aborted) throw cancelled();
		const id = ++this.#last;
		const abort = () => {
			this.channel.post({ kind: 'cancel', id });
			this.#take(id)?.reject(cancelled());
		};
		signal?.addEventListener('abort', abort, { once: true });
		try {
			return await new Promise<Answers[K]>((resolve, reject) => {
				this.#pending.set(id, { resolve, reject });
				this.channel.post({ kind: 'call', id, method, params });
			});
		} finally {
			signal?.removeEventListener('abort', abort);
		}
	}

	/** Ends the listening; what is still waited for fails. */
	dispose(): void {
		this.#stop();
		const ended = new CallError({ code: 'ended', message: 'The view was closed.' });
		for (const { reject } of this.#pending.values()) reject(ended);
		this.#pending.clear();
	}

	#settle(message: Exclude<Downward<State, never>, { kind: 'state' }>): void {
		const pending = this.#take(message.id);
		if (message.kind === 'done') pending?.resolve(message.value);
		else pending?.reject(new CallError(message.failure));
	}

	#take(id: number): Pending | undefined {
		const pending = this.#pending.get(id);
		this.#pending.delete(id);
		return pending;
	}
}

function cancelled(): CallError {
	return new CallError({ code: 'cancelled', message: 'Cancelled.' });
}
