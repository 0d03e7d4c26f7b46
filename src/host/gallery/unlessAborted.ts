/** What a promise comes to. Rejects with the signal's reason when that aborts first; what was promised goes on. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
	const ended = new AbortController();
	const aborted = new Promise<void>((resolve) => {
		signal.addEventListener('abort', () => resolve(), { signal: ended.signal });
	});
	try {
		signal.throwIfAborted();
		return await Promise.race([promise, aborted.then(() => thrown(signal))]);
	} finally {
		ended.abort();
	}
}

function thrown(signal: AbortSignal): never {
	signal.throwIfAborted();
	throw new Error('The signal has not aborted.');
}
