import { Worker } from 'node:worker_threads';
import type { PaintOrder } from '../providers/provider';
import type { Craft, Errand, PainterWork } from './painterWork';
import { practice } from './practice';

interface Painting {
	readonly errand: Errand;
	readonly resolve: (answer: unknown) => void;
	readonly reject: (reason: unknown) => void;
}

/**
 * The one thread for pixel work, started at first use. It does one errand at a time.
 * Work on pixels cannot be interrupted from outside, so cancelling it ends the thread; the next errand starts another.
 */
export class PainterThread {
	/** The first is on the easel. */
	readonly #queue: Painting[] = [];
	#worker: Worker | undefined;

	/** `script`: absolute path of the painter's bundle. */
	constructor(readonly script: string) {}

	/** A sketch's file. See {@link ask}. */
	async paint(order: PaintOrder, signal: AbortSignal): Promise<Uint8Array> {
		return this.ask({ craft: 'paint', order }, signal);
	}

	/** What the errand's craft answers. Rejects with the signal's reason when aborted, and with the thread's error when it breaks. */
	async ask<K extends Craft>(
		errand: Extract<Errand, { craft: K }>,
		signal: AbortSignal,
	): Promise<PainterWork[K]['answer']> {
		const answer = await this.#queued(errand, signal);
		assertAnswers(errand, answer);
		return answer;
	}

	async #queued(errand: Errand, signal: AbortSignal): Promise<unknown> {
		signal.throwIfAborted();
		const settled = new AbortController();
		return new Promise<unknown>((resolve, reject) => {
			const painting = { errand, resolve, reject };
			// One signal serves all pictures of a job, so the listener ends with its picture.
			signal.addEventListener('abort', () => this.#abandon(painting, signal.reason), { signal: settled.signal });
			this.#queue.push(painting);
			if (this.#queue.length === 1) this.#paintFirst();
		}).finally(() => settled.abort());
	}

	/** Starts the thread before there is an errand, and lets it practise, so that the first one need not wait. */
	start(): void {
		try {
			this.#worker ??= this.#startThread(practice);
		} catch {
			// The errand tries again, and says so.
		}
	}

	dispose(): void {
		this.#endThread();
		for (const { reject } of this.#queue.splice(0)) reject(new Error('The painter was stopped.'));
	}

	#paintFirst(): void {
		const [first] = this.#queue;
		if (!first) return;
		try {
			this.#worker ??= this.#startThread();
			this.#worker.postMessage(first.errand);
		} catch (error) {
			this.#failFirst(error);
		}
	}

	#failFirst(error: unknown): void {
		this.#queue.shift()?.reject(error);
		this.#paintFirst();
	}

	#startThread(workerData?: typeof practice): Worker {
		const worker = new Worker(this.script, { workerData });
		worker.unref();
		worker.on('message', (answer: unknown) => {
			this.#queue.shift()?.resolve(answer);
			this.#paintFirst();
		});
		worker.on('error', (error) => {
			this.#worker = undefined;
			this.#failFirst(error);
		});
		worker.on('exit', () => {
			// After an error, and where it was ended on purpose, another has taken its place or none is wanted.
			if (this.#worker !== worker) return;
			this.#worker = undefined;
			this.#failFirst(new Error('The painter thread ended.'));
		});
		return worker;
	}

	#abandon(painting: Painting, reason: unknown): void {
		const place = this.#queue.indexOf(painting);
		if (place === -1) return;
		this.#queue.splice(place, 1);
		painting.reject(reason);
		if (place > 0) return;
		this.#endThread();
		this.#paintFirst();
	}

	#endThread(): void {
		this.#worker?.removeAllListeners();
		void this.#worker?.terminate();
		this.#worker = undefined;
	}
}

/** The thread is of our own making: what it answers is what the table of crafts says. */
function assertAnswers<K extends Craft>(
	_errand: Extract<Errand, { craft: K }>,
	_answer: unknown,
): asserts _answer is PainterWork[K]['answer'] {}
