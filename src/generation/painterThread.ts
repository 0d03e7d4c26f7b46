import { Worker } from 'node:worker_threads';
import type { Conversion, PaintOrder } from '../providers/provider';

interface Painting {
	readonly order: PaintOrder | Conversion;
	readonly resolve: (bytes: Uint8Array) => void;
	readonly reject: (reason: unknown) => void;
}

/**
 * The one thread for pixel work, started at first use. It paints one order at a time.
 * A painting cannot be interrupted from outside, so cancelling it ends the thread; the next order starts another.
 */
export class PainterThread {
	/** The first is on the easel. */
	readonly #queue: Painting[] = [];
	#worker: Worker | undefined;

	/** `script`: absolute path of the painter's bundle. */
	constructor(readonly script: string) {}

	/** The finished file's bytes. Rejects with the signal's reason when aborted, and with the thread's error when it breaks. */
	async paint(order: PaintOrder | Conversion, signal: AbortSignal): Promise<Uint8Array> {
		signal.throwIfAborted();
		const settled = new AbortController();
		return new Promise<Uint8Array>((resolve, reject) => {
			const painting = { order, resolve, reject };
			// One signal serves all pictures of a job, so the listener ends with its picture.
			signal.addEventListener('abort', () => this.#abandon(painting, signal.reason), { signal: settled.signal });
			this.#queue.push(painting);
			if (this.#queue.length === 1) this.#paintFirst();
		}).finally(() => settled.abort());
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
			this.#worker.postMessage(first.order);
		} catch (error) {
			this.#failFirst(error);
		}
	}

	#failFirst(error: unknown): void {
		this.#queue.shift()?.reject(error);
		this.#paintFirst();
	}

	#startThread(): Worker {
		const worker = new Worker(this.script);
		worker.unref();
		worker.on('message', (bytes: Uint8Array) => {
			this.#queue.shift()?.resolve(bytes);
			this.#paintFirst();
		});
		worker.on('error', (error) => {
			this.#worker = undefined;
			this.#failFirst(error);
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
