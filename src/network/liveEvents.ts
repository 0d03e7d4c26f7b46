import type { NoReply, ServerEvent } from '../providers/provider';
import { readEvents } from './events';
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

	constructor(
		body: AsyncIterable<Uint8Array>,
		readonly watch: Watch,
		readonly ports: EventPorts,
	) {
		this.#events = this.#read(body);
		const giveUp = () => this.#end(watch.loss ?? 'cancelled');
		if (watch.signal.aborted) giveUp();
		else watch.signal.addEventListener('abort', giveUp);
	}

	[Symbol.asyncIterator](): AsyncIterator<ServerEvent | NoReply, void> {
		return {
			next: async () => this.#events.next(),
			// Not left to the generator: one that has not begun ends without its `finally`.
			return: async () => {
				this.#isLeft = true;
				this.#end();
				return this.#events.return();
			},
		};
	}

	async *#read(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent | NoReply, void> {
		try {
			for await (const event of readEvents(this.watch.read(body))) {
				if ('lost' in event) this.#end(event);
				yield 'lost' in event ? event : this.ports.clean(event);
			}
			this.#end();
		} catch (error) {
			if (this.#isLeft) return;
			yield this.#explain(error);
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
