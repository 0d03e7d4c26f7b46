import type { ThumbnailView } from '../protocol/views';
import { host } from './connection';

/** Asked for at a time: the host makes them one by one. */
const most = 4;

/** What begins each of those that wait, in their order. */
const waiting = new Set<() => void>();
let running = 0;

/** Has a thumbnail made, in its turn. Rejects with what the host fails with; at once when `signal` aborts. */
export async function thumbnailOf(id: string, signal: AbortSignal): Promise<ThumbnailView> {
	await turn(signal);
	try {
		return await host.call('thumbnail', { id }, signal);
	} finally {
		running--;
		next();
	}
}

/** One that is aborted has its turn at once: the call that follows comes to nothing. */
async function turn(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const begin = () => {
			waiting.delete(begin);
			signal.removeEventListener('abort', begin);
			running++;
			resolve();
		};
		waiting.add(begin);
		signal.addEventListener('abort', begin);
		next();
	});
}

function next(): void {
	for (const begin of waiting) {
		if (running >= most) return;
		begin();
	}
}
