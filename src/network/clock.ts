/** Time, so that a test can be its master. */
export interface Clock {
	/** Milliseconds since some moment; never goes back. */
	now(): number;
	/** Runs something once, later. What comes back calls it off. */
	setTimer(ms: number, run: () => void): () => void;
}

/** The longest wait that Node's timers know: longer ones end at once. */
const longest = 2 ** 31 - 1;

export const systemClock: Clock = {
	now: () => performance.now(),
	setTimer(ms, run) {
		const timer = setTimeout(run, Math.min(ms, longest));
		return () => clearTimeout(timer);
	},
};
