import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/** Time and chance, as a value: tests bring their own. */
export interface Clock {
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Rejects with the signal's reason when aborted. */
	readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
	/** From 0 to below 1. */
	readonly random: () => number;
}

export const systemClock: Clock = {
	now: Date.now,
	sleep: async (ms, signal) => setTimeout(ms, undefined, { signal }),
	random: () => randomInt(2 ** 32) / 2 ** 32,
};
