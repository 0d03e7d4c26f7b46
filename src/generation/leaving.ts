/** Why a job ends when its window goes: nobody has cancelled it. What it has under way is asked for again in the next window. */
export class Leaving extends Error {
	constructor() {
		super('The window goes.');
	}
}

/** Whether work ends because the window goes, and not because the person wants it no more. */
export function isLeaving({ aborted, reason }: AbortSignal): boolean {
	return aborted && reason instanceof Leaving;
}
