import { reasonOf } from '../asking';
import { thumbnailOf } from '../thumbnailQueue';
import { learnThumbnail } from './cards';

/** Has a thumbnail made, in its turn. Returns what takes the wish back. */
export function wantThumbnail(id: string): () => void {
	const controller = new AbortController();
	void make(id, controller.signal);
	return () => controller.abort();
}

async function make(id: string, signal: AbortSignal): Promise<void> {
	try {
		learnThumbnail(id, await thumbnailOf(id, signal));
	} catch (fault) {
		if (!signal.aborted) learnThumbnail(id, { kind: 'unreadable', why: reasonOf(fault) });
	}
}
