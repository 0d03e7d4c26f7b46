/**
 * Runs a task when its turn comes. With an aborted signal it does not wait: such a task ends at once. `leave`: another may come in, though
 * the task goes on.
 */
export type Limited = <T>(task: (leave: () => void) => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** Runs at most `most()` of the given tasks at a time, in order; a task's failure is its own promise's. */
export function limit(most: () => number): Limited {
	const waiting: (() => void)[] = [];
	let running = 0;
	const admit = () => {
		while (running < most()) {
			const next = waiting.shift();
			if (!next) return;
			running++;
			next();
		}
	};
	const turn = async (signal?: AbortSignal): Promise<boolean> =>
		new Promise((resolve) => {
			const enter = () => {
				signal?.removeEventListener('abort', leave);
				resolve(true);
			};
			const leave = () => {
				const place = waiting.indexOf(enter);
				if (place === -1) return;
				waiting.splice(place, 1);
				resolve(false);
			};
			waiting.push(enter);
			signal?.addEventListener('abort', leave, { once: true });
			admit();
			if (signal?.aborted) leave();
		});
	return async (task, signal) => {
		let counts = await turn(signal);
		const leave = () => {
			if (counts) running--;
			counts = false;
			admit();
		};
		try {
			return await task(leave);
		} finally {
			leave();
		}
	};
}
