import { cached } from './cached';

/** The files of a disk, or of another file system, for reading. Paths are absolute, those of URIs. What cannot be read is not there. */
export interface Tree {
	readonly list: (folder: string) => Promise<readonly Entry[] | undefined>;
	/** Of a file, through links; `undefined`: there is none. */
	readonly stat: (path: string) => Promise<FileState | undefined>;
	readonly read: (path: string) => Promise<Uint8Array | undefined>;
}

/** What stands in a folder. */
export interface Entry {
	readonly name: string;
	/** `link`: nobody has looked yet where it leads. */
	readonly kind: 'file' | 'folder' | 'link';
}

/** What tells whether a file is still the same. */
export interface FileState {
	/** Another one after every change. Absent: nobody can tell, because it was written just now or because the file system keeps no time. */
	readonly stamp?: string | undefined;
	/** In bytes. */
	readonly size: number;
}

/** The same files as they are during one run: no folder is listed twice. */
export function duringOneRun(tree: Tree): Tree {
	const lists = new Map<string, ReturnType<Tree['list']>>();
	return { ...tree, list: async (folder) => cached(lists, folder, async () => tree.list(folder)) };
}

/** Milliseconds after which a change is seen in a file's times whatever the file system: the coarsest one counts by two seconds. */
const settled = 2000;

/** The stamp of a file of this size with these times, in milliseconds: of its last change, at least. `now`: of the same clock. */
export function stampOf(times: readonly number[], size: number, now: number): string | undefined {
	const latest = Math.max(...times);
	return latest > 0 && Math.abs(now - latest) > settled ? [...times, size].join('/') : undefined;
}
