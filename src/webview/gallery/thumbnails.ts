import { CallError } from '../../protocol/client';
import { host } from '../connection';
import { learnThumbnail } from './cards';

interface Wish {
	readonly id: string;
	readonly controller: AbortController;
}

/** Asked for at a time: the host makes them one by one. */
const most = 4;

const waiting = new Set<Wish>();
let running = 0;

/** Has a thumbnail made, in its turn. Returns what takes the wish back. */
export function wantThumbnail(id: string): () => void {
	const wish: Wish = { id, controller: new AbortController() };
	waiting.add(wish);
	next();
	return () => {
		waiting.delete(wish);
		wish.controller.abort();
	};
}

function next(): void {
	for (const wish of waiting) {
		if (running >= most) return;
		waiting.delete(wish);
		running++;
		void make(wish);
	}
}

async function make({ id, controller: { signal } }: Wish): Promise<void> {
	try {
		learnThumbnail(id, await host.call('thumbnail', { id }, signal));
	} catch (fault) {
		if (!signal.aborted) learnThumbnail(id, { kind: 'unreadable', why: said(fault) });
	} finally {
		running--;
		next();
	}
}

function said(fault: unknown): string {
	return fault instanceof CallError ? fault.failure.message : String(fault);
}
