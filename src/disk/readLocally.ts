import { type Dirent, readFile, stat } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';

/** These take half the time of their namesakes in `node:fs/promises`, and thousands of files are looked at. */
const [statOf, contentOf] = [promisify(stat), promisify(readFile)];

/** What is in a folder of the local disk; `undefined`: it cannot be read. Paths here are as the operating system writes them. */
export async function listLocally(
	folder: string,
): Promise<{ readonly name: string; readonly kind: 'file' | 'folder' | 'link' }[] | undefined> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
	return entries?.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
}

/** The size in bytes of a file, through links, and when it was changed, in milliseconds; `undefined`: there is none. */
export async function statLocally(
	file: string,
): Promise<{ readonly size: number; readonly times: readonly number[] } | undefined> {
	const found = await statOf(file).catch(() => undefined);
	if (!found?.isFile()) return undefined;
	// Whoever sets a file's time back, as archives do, does not set back when that was done.
	return { size: found.size, times: [found.mtimeMs, found.ctimeMs] };
}

/** A whole file; `undefined`: it cannot be read. */
export async function readLocally(file: string): Promise<Uint8Array | undefined> {
	return contentOf(file).catch(() => undefined);
}

/** What is neither file nor folder leads somewhere, or is found to be none when it is looked at. */
function kindOf(entry: Dirent): 'file' | 'folder' | 'link' {
	if (entry.isDirectory()) return 'folder';
	return entry.isFile() ? 'file' : 'link';
}
