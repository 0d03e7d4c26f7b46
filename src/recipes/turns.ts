/** Milliseconds of work without a pause: an eye sees none of it, and a parse that is begun then still ends in time. */
const longest = 8;

/** The ports of work that must not hold up whatever else its thread does. */
export interface TurnPorts {
	/** Gives the event loop a turn. */
	readonly pause: () => Promise<void>;
	/** Milliseconds since some point in time. */
	readonly now: () => number;
}

/** Cuts long work into short stretches. Everybody who works for the same job shares one. */
export class Turns {
	#since: number;
	#pause: Promise<void> | undefined;

	constructor(readonly ports: TurnPorts) {
		this.#since = ports.now();
	}

	/** Does a piece of work when there is time for it. At once, then: of many who wait, the first may use the time up. */
	async run<T>(work: () => T): Promise<T> {
		while (this.ports.now() - this.#since >= longest) await (this.#pause ??= this.#take());
		return work();
	}

	async #take(): Promise<void> {
		await this.ports.pause();
		this.#since = this.ports.now();
		this.#pause = undefined;
	}
}

/** Works on `items` in their order, on at most `limit` of them at a time, and gives the results in that order. After a failure nothing more is begun. */
export async function inParallel<T, R>(
	items: readonly T[],
	limit: number,
	work: (item: T) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	const queue = items.entries();
	let failed = false;
	const worker = async () => {
		for (const [index, item] of queue) {
			if (failed) return;
			results[index] = await work(item);
		}
	};
	const guarded = async () =>
		worker().catch((error: unknown) => {
			failed = true;
			throw error;
		});
	await Promise.all(Array.from({ length: Math.min(limit, items.length) }, guarded));
	return results;
}
