import { unlessAborted } from './unlessAborted';

/** A piece of work that begins when it is told to. */
class Task<T> {
	/** How many wait for it. */
	wanted = 0;
	readonly done: Promise<T>;
	#begin: (() => void) | undefined;

	constructor(
		readonly key: string,
		work: () => Promise<T>,
	) {
		this.done = new Promise<void>((resolve) => (this.#begin = resolve)).then(work);
		// Perhaps nobody waits for it any more.
		this.done.catch(() => undefined);
	}

	begin(): void {
		this.#begin?.();
	}
}

/** Does one piece of work at a time, of those that wait the one that was asked for last: it is what somebody looks at now. */
export class NewestFirst<T> {
	/** The newest is the last. */
	readonly #waiting: Task<T>[] = [];
	#running: Task<T> | undefined;

	/**
	 * What has the same key is the same work. Rejects with the signal's reason when it aborts: what nobody waits for any more is not
	 * begun, what is under way is finished.
	 */
	async run(key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
		signal.throwIfAborted();
		const task = this.#taskOf(key, work);
		task.wanted++;
		this.#next();
		try {
			return await unlessAborted(task.done, signal);
		} finally {
			task.wanted--;
			if (task.wanted === 0) this.#drop(task);
		}
	}

	#taskOf(key: string, work: () => Promise<T>): Task<T> {
		if (this.#running?.key === key) return this.#running;
		const waiting = this.#waiting.find((task) => task.key === key);
		const task = waiting ?? new Task(key, work);
		this.#drop(task);
		this.#waiting.push(task);
		return task;
	}

	#drop(task: Task<T>): void {
		const place = this.#waiting.indexOf(task);
		if (place !== -1) this.#waiting.splice(place, 1);
	}

	#next(): void {
		if (this.#running) return;
		const task = this.#waiting.pop();
		if (!task) return;
		this.#running = task;
		task.begin();
		const end = () => {
			this.#running = undefined;
			this.#next();
		};
		task.done.then(end, end);
	}
}
