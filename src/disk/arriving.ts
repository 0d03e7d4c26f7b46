import { mkdirSync } from 'node:fs';
import { nameStaged, sweepStaged } from './stagedFiles';

/**
 * Names files for what arrives, in a folder of Limn's own that nobody else looks into. What processes have left there that ended too
 * early goes at once.
 */
export function arrivingIn(folder: string): () => string {
	let isThere = false;
	void sweepStaged(folder);
	return () => {
		if (!isThere) make(folder);
		isThere = true;
		return nameStaged(folder);
	};
}

/** What goes wrong here goes wrong when a file is made, and who makes one knows what to do then. */
function make(folder: string): void {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
	} catch {
		// See above.
	}
}
