import type { Call, CallState } from '../providers/provider';
import { type JobHead, type Line, lineOf, version, versionOf } from './journalLines';

/** A call that went out. */
export interface RecordedCall extends Pick<Call, 'id' | 'n' | 'before'> {
	/** How far it had come. Absent: nothing of it was heard. */
	readonly state?: CallState;
}

/** What became of one picture of a job, as far as it was written down. */
export interface RecordedPicture {
	/** What came, and where its bytes lie. Absent: nothing had come. */
	readonly arrived?: Omit<Extract<Line, { kind: 'arrived' }>, 'kind' | 'index'>;
	/** Where it was to be put: it may be there. */
	readonly publishing?: { readonly id: string; readonly path: string };
	readonly ending?: 'saved' | Omit<Extract<Line, { kind: 'failed' }>, 'kind' | 'index'>;
}

/** What the journal knows of a job. */
export interface JobRecord {
	readonly head: JobHead;
	/** `undefined`: it could not be written down, or is damaged. */
	readonly order: unknown;
	readonly calls: readonly RecordedCall[];
	/** By their numbers in the job, from 1. */
	readonly pictures: ReadonlyMap<number, RecordedPicture>;
	/** What came of it so far is no news. */
	readonly isTold: boolean;
	/** Lines that nobody can read. */
	readonly damaged: number;
}

/**
 * What the lines of a job come to. The last one counts only if it is whole. `torn`: not even the first is whole, so nothing had gone
 * out; `newer`: a later version wrote them; `damaged`: nobody knows what they are.
 */
export function readJob(text: string): JobRecord | 'torn' | 'newer' | 'damaged' {
	const lines = text.split('\n').slice(0, -1);
	const [first] = lines;
	if (first === undefined) return 'torn';
	const head = readHead(first);
	if (!head) return versionOf(first) > version ? 'newer' : 'damaged';
	const fold = new Fold();
	for (const line of lines.slice(1)) fold.take(lineOf(line));
	return { head, ...fold.record() };
}

/** The first line of a job; `undefined`: it is none that this version knows. */
export function readHead(line: string): JobHead | undefined {
	const read = lineOf(line);
	if (read?.kind !== 'job') return undefined;
	const { kind: _, version: __, ...head } = read;
	return head;
}

class Fold {
	readonly #calls = new Map<string, RecordedCall>();
	readonly #pictures = new Map<number, RecordedPicture>();
	#order: unknown;
	#isTold = false;
	#damaged = 0;

	record(): Omit<JobRecord, 'head'> {
		const { order, isTold, damaged } = { order: this.#order, isTold: this.#isTold, damaged: this.#damaged };
		return { order, calls: [...this.#calls.values()], pictures: this.#pictures, isTold, damaged };
	}

	take(line: Line | undefined): void {
		switch (line?.kind) {
			case 'order':
				this.#order = line.order;
				return;
			case 'told':
				this.#isTold = true;
				return;
			case 'call': {
				const { id, n, before } = line;
				this.#calls.set(id, { id, n, before });
				return;
			}
			case 'state': {
				const call = this.#calls.get(line.call);
				if (call) this.#calls.set(call.id, { ...call, state: line.state });
				return;
			}
			case 'arrived': {
				const { kind: _, index: at, ...arrived } = line;
				// Nothing of what was there before is true of this one.
				this.#pictures.set(at, { arrived });
				return;
			}
			case 'publishing':
				this.#note(line.index, { publishing: { id: line.id, path: line.path } });
				return;
			case 'saved':
				this.#note(line.index, { ending: 'saved' });
				return;
			case 'failed': {
				const { kind: _, index: at, ...ending } = line;
				this.#note(at, { ending });
				return;
			}
			case 'job':
			case undefined:
				this.#damaged++;
		}
	}

	#note(at: number, news: RecordedPicture): void {
		this.#pictures.set(at, { ...this.#pictures.get(at), ...news });
	}
}
