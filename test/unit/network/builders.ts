import { Buffer } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../src/network/clock';

/** Bytes that look random and are the same each time. */
export function randomBytesOf(size: number, seed: number): Uint8Array {
	let state = seed | 1;
	return Uint8Array.from({ length: size }, () => {
		state = (Math.imul(state, 1664525) + 1013904223) | 0;
		return state >>> 24;
	});
}

/** The same bytes in pieces, cut at these places (modulo the length). */
export function chunksOf(content: string | Uint8Array, cuts: readonly number[]): Uint8Array[] {
	const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
	const places = cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b);
	return [...places, bytes.length].map((end, index) => bytes.slice(places[index - 1] ?? 0, end));
}

/** A stream of these chunks; each comes in a turn of its own. */
export async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	for (const chunk of chunks) {
		await setImmediate();
		yield chunk;
	}
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const item of items) all.push(item);
	return all;
}

/** The beginning of a PNG, which is all that a header needs. */
export function pngOf(width: number, height: number, size = 200): Uint8Array {
	const png = Buffer.alloc(size);
	png.write('\x89PNG\r\n\x1a\n', 'latin1');
	png.writeUInt32BE(13, 8);
	png.write('IHDR', 12, 'latin1');
	png.writeUInt32BE(width, 16);
	png.writeUInt32BE(height, 20);
	png.set([8, 6], 24);
	return new Uint8Array(png);
}

/** A clock that stands still until somebody moves it. */
export class ManualClock implements Clock {
	#now = 0;
	readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();

	now(): number {
		return this.#now;
	}

	setTimer(ms: number, run: () => void): () => void {
		const timer = { at: this.#now + ms, run };
		this.#timers.add(timer);
		return () => this.#timers.delete(timer);
	}

	/** When the timers that run now would end, the soonest first. */
	get due(): number[] {
		return Array.from(this.#timers, ({ at }) => at - this.#now).toSorted((a, b) => a - b);
	}

	pass(ms: number): void {
		this.#now += ms;
		for (const timer of this.#timers) {
			if (timer.at > this.#now) continue;
			this.#timers.delete(timer);
			timer.run();
		}
	}
}

/** What was begun, and whether it has ended by now. */
export function observe<T>(work: Promise<T>): { readonly outcome: Promise<T>; readonly isOver: () => boolean } {
	let isOver = false;
	return { outcome: work.finally(() => (isOver = true)), isOver: () => isOver };
}

/** Waits for something that happens soon. What does not would go on for ever, after its test too. */
export async function until(isSo: () => boolean): Promise<void> {
	const end = performance.now() + 10_000;
	while (!isSo()) {
		if (performance.now() > end) throw new Error(`This did not come true: ${isSo.toString()}`);
		await setImmediate();
	}
}

/** Once, long after everything that can happen at once has happened. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await setImmediate();
}
