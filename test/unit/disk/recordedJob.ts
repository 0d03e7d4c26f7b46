import { createHash } from 'node:crypto';
import { wholeOf } from '../../../src/domain/picture';
import { type JobFile, JobJournal } from '../../../src/generation/journal';

const call = { id: 'call', n: 2, before: 0 };

/** What came. */
export const pictures = [new Uint8Array(20_000).fill(1), new Uint8Array(40_000).fill(2)] as const;

/** What a job of two pictures writes down, one act after the other; at the end it takes all of it away. */
const acts: readonly ((journal: JobJournal) => Promise<unknown>)[] = [
	async (journal) =>
		journal.head(
			{ id: 'job', at: '2026-11-22T08:00:00.000Z', model: 'a/b', n: 2, calls: [2], usd: 0.08 },
			{ prompt: 'ü 森' },
		),
	async (journal) => journal.begin(call),
	async (journal) => journal.reached(call, { handed: [], polls: 1, ticket: 't' }),
	async (journal) => journal.arrived({ bytes: pictures[0], costUsd: 0.04 }, 1),
	async (journal) => journal.publishing(1, 'id', 'images/fox.png'),
	async (journal) => journal.saved(1),
	async (journal) => journal.arrived({ bytes: pictures[1] }, 2),
	async (journal) => journal.end(),
];

export function digest(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** A journal that fails where its file does. */
export function strictJournal(file: JobFile): JobJournal {
	return new JobJournal(
		file,
		async (bytes) => digest(await wholeOf(bytes)),
		(fault) => {
			throw fault;
		},
	);
}

/** What a journal asks of its file. */
export type Deed =
	| { readonly kind: 'write'; readonly line: string }
	| { readonly kind: 'stage'; readonly name: string; readonly bytes: Uint8Array }
	| { readonly kind: 'remove' };

/** All that the job's journal asks of its file. */
export async function deedsOf(): Promise<Deed[]> {
	const deeds: Deed[] = [];
	const journal = strictJournal({
		write: async (line) => void deeds.push({ kind: 'write', line }),
		stage: async (name, bytes) => void deeds.push({ kind: 'stage', name, bytes: await wholeOf(bytes) }),
		remove: async () => void deeds.push({ kind: 'remove' }),
	});
	for (const act of acts) await act(journal);
	return deeds;
}
