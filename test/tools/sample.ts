import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';

const source = path.join('test', 'sample');

/** A person's own copy of the sample workspace; what they changed in it stays, unless it shall be `fresh`. */
export async function ownSample(fresh: boolean): Promise<string> {
	const folder = path.resolve('.sample');
	if (fresh) await rm(folder, { recursive: true, force: true });
	if (!existsSync(folder)) await cp(source, folder, { recursive: true });
	return folder;
}

/** A copy of the sample workspace below a folder. */
export async function copySample(parent: string): Promise<string> {
	const folder = path.join(parent, 'sample');
	await cp(source, folder, { recursive: true });
	return folder;
}
