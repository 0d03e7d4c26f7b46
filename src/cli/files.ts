import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { leadsOutLocally, publishLocally, replaceLocally } from '../disk/localFiles';
import type { FileContent } from '../domain/picture';
import { type Files, FilesError } from '../store/files';
import { localOf } from './paths';

/** The local disk as saving sees it. */
export const localFiles: Files = {
	leadsOut: async (folder, roots) => leadsOutLocally(localOf(folder), roots.map(localOf)),
	publish: async (folder, name, bytes, roots) => publishLocally(localOf(folder), name, bytes, roots.map(localOf)),
	replace: async (folder, name, bytes, roots, mayGo) =>
		replaceLocally(localOf(folder), name, bytes, roots.map(localOf), mayGo),
};

/** Puts a picture that has no other place into Limn's own folder; `name` is its content's. Its path, `undefined` where even that fails. */
export async function keepIn(home: string, name: string, bytes: FileContent): Promise<string | undefined> {
	const folder = keptIn(home);
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		await publishLocally(folder, name, bytes, [folder]);
		return path.join(folder, name);
	} catch (error) {
		if (error instanceof FilesError || (error instanceof Error && 'syscall' in error)) return undefined;
		throw error;
	}
}

/** Takes a picture out of that folder again: it has found its place. Any other file stays. */
export async function dropKept(home: string, file: string): Promise<void> {
	if (path.dirname(file) === keptIn(home)) await rm(file, { force: true });
}

function keptIn(home: string): string {
	return path.join(home, 'kept');
}
