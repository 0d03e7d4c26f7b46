import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { RecordFile } from '../../src/disk/recordFile';
import { RecordFiles } from '../../src/disk/recordFiles';
import type { OwnFile } from '../../src/generation/writtenJob';

/** Called before and after each step that the journal takes, with the step's name: `call`, `stage`, `remove`, … */
export type OnStep = (step: string, when: 'before' | 'after') => void;

/** The records of a window. */
function recordsIn(storage: string): RecordFiles {
	return new RecordFiles(path.join(storage, 'journal'), { id: randomUUID(), now: Date.now }, (fault) => {
		throw fault instanceof Error ? fault : new Error(String(fault));
	});
}

/** The record of a new job. */
export async function newJobFile(storage: string, onStep: OnStep): Promise<OwnFile> {
	const file = await recordsIn(storage).open(randomUUID());
	const stepping = async (step: string, work: () => Promise<void>) => {
		onStep(step, 'before');
		await work();
		onStep(step, 'after');
	};
	return {
		write: async (line) => stepping(stepOf(line), async () => file.write(line)),
		stage: async (name, bytes) => stepping('stage', async () => file.stage(name, bytes)),
		remove: async () => stepping('remove', file.remove),
		leave: file.leave,
	};
}

/** The jobs that a process has left behind, taken over. */
export async function leftJobs(storage: string): Promise<{ readonly text: string; readonly file: RecordFile }[]> {
	const records = recordsIn(storage);
	const claimed = (await records.left()).map(async ({ id }) => {
		const file = await records.claim(id);
		return file ? [{ text: (await file.read()).text, file }] : [];
	});
	return (await Promise.all(claimed)).flat();
}

/** What the next window clears away when it looks. */
export async function lookAgain(storage: string): Promise<void> {
	await recordsIn(storage).left();
}

/** The kind that the line itself says. */
function stepOf(line: string): string {
	return /^\{"kind":"(\w+)"/.exec(line)?.[1] ?? 'line';
}
