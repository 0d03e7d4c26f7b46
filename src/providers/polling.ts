/** How long to wait for work under way, all together, ms: Runware's own client gives up as late (Runware reference, *Polling*). */
export const longestWork = 20 * 60_000;

/**
 * How long to wait before asking again, ms: the advice is to begin with a second or two and to back off (Runware reference,
 * *Polling*). Fast models are done in a second; after a minute nobody minds five more.
 */
export function pauseBeforePoll(polls: number): number {
	if (polls === 0) return 1000;
	return Math.min(5000, 500 * 1.3 ** (polls - 1));
}

/** How long the polls so far have waited, all together, ms. */
export function waitedFor(polls: number): number {
	return Array.from({ length: polls }, (_, index) => pauseBeforePoll(index)).reduce((sum, pause) => sum + pause, 0);
}
