import { randomBytes } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { mayRun, thisMachine } from './processes';

/** What this process is staging. */
const own = new Set<string>();

/** Works with a file of a name of its own in a folder; none of that name is there afterwards. */
export async function withStaged<T>(folder: string, work: (file: string) => Promise<T>): Promise<T> {
	const file = nameStaged(folder);
	try {
		return await work(file);
	} finally {
		await unlink(file).catch(() => undefined);
		own.delete(path.basename(file));
	}
}

/** A name of its own for a file in a folder, which is swept away there if this process ends before it. */
export function nameStaged(folder: string): string {
	const name = `.limn-${process.pid}-${machineDigits()}${randomBytes(4).toString('hex')}.tmp`;
	own.add(name);
	return path.join(folder, name);
}

/** Takes away what processes of this machine have staged in a folder and left there when they ended. What cannot be taken away stays. */
export async function sweepStaged(folder: string): Promise<void> {
	const names = await readdir(folder).catch(() => []);
	await Promise.all(names.filter(isLeft).map(async (name) => unlink(path.join(folder, name)).catch(() => undefined)));
}

/** The same in the folders of these files. */
export async function sweepBeside(files: readonly string[]): Promise<void> {
	for (const folder of new Set(files.map((file) => path.dirname(file)))) await sweepStaged(folder);
}

function isLeft(name: string): boolean {
	const [, pid, machine] = /^\.limn-([1-9]\d{0,9})-([\da-f]{4})[\da-f]{8}\.tmp$/.exec(name) ?? [];
	// A folder may be in use on several machines, and their processes have numbers of their own.
	if (pid === undefined || machine !== machineDigits() || own.has(name)) return false;
	return Number(pid) === process.pid || !mayRun(Number(pid));
}

function machineDigits(): string {
	return thisMachine().slice(0, 4);
}
