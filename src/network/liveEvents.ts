import type { NoReply, ServerEvent } from '../providers/provider';
import { readEvents } from './events';
import type { Shelf } from './shelf';
import type { Watch } from './watch';

/** What an exchange does for its events. */
export interface EventPorts {
	/** Takes out what nobody may see. */
	readonly clean: (event: ServerEvent) => ServerEvent;
	/** What broke the stream. Throws what did not come from outside, and the reason of a person who cancelled. */
	readonly explain: (error: unknown) => NoReply;
	/** Writes down how it ended; without a loss: well. */
	readonly log: (end: NoReply | 'cancelled' | undefined) => void;
}

/**
 * The events of an exchange that goes on after its reply. It ends once and is logged once, whoever ends it: the server, the
 * reader who has enough, the person or the deadline; the last two even where nobody ever reads.
 */
export class LiveEvents implements AsyncIterable<ServerEvent | NoReply> {
	readonly #events: AsyncGenerator<ServerEvent | NoReply, void>;
	#isOver = false;
	#isLeft = false;
	/** Nothing more comes. */
	#isRead = false;

	constructor(
		body: AsyncIterable<Uint8Array>,
		readonly watch: Watch,
		readonly ports: EventPorts,
		shelf?: Shelf,
	) {
		this.#events = readEvents(watch.read(body), shelf);
		const giveUp = () => this.#end(watch.loss ?? 'cancelled');
		if (watch.signal.aborted) giveUp();
		else watch.signal.addEventListener('abort', giveUp);
	}

	[Symbol.asyncIterator](): AsyncIterator<ServerEvent | NoReply, void> {
		return {
			next: async () => this.#next(),
			// Not left to the generator: one that has not begun ends without its `finally`.
			return: async () => {
				this.#isLeft = true;
				this.#end();
				return this.#events.return();
			},
		};
	}

	/** No generator: while one waits for the next event it holds on to the last, which may be a large picture. */
	async #next(): Promise<IteratorResult<ServerEvent | NoReply, void>> {
		if (this.#isRead) return { done: true, value: undefined };
		try {
			const result = await this.#events.next();
			if (result.done === true) {
				this.#end();
				return result;
			}
			const { value } = result;
			if ('lost' in value) this.#end(value);
			return { done: false, value: 'lost' in value ? value : this.ports.clean(value) };
		} catch (error) {
			this.#isRead = true;
			return this.#isLeft ? { done: true, value: undefined } : { done: false, value: this.#explain(error) };
		}
	}

	#explain(error: unknown): NoReply {
		try {
			const loss = this.ports.explain(error);
			this.#end(loss);
			return loss;
		} finally {
			// A fault of Limn's own looks like one, and has no line.
			this.#isOver = true;
			this.watch.close();
		}
	}

	#end(end?: NoReply | 'cancelled'): void {
		if (this.#isOver) return;
		this.#isOver = true;
		this.ports.log(end);
		this.watch.close();
	}
}
