import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { normalizePath, relativePath } from '../documents/paths';

/** The folder that a command works in: nothing outside of it is written or sent. */
export interface Root {
	/** Its real path, as the operating system writes it. */
	readonly local: string;
	/** The same as a path of the other rooms: with `/`. */
	readonly path: string;
}

/** `undefined`: it is no folder. */
export async function rootAt(folder: string): Promise<Root | undefined> {
	const local = await realpath(folder).catch(() => undefined);
	const isFolder = local !== undefined && (await stat(local)).isDirectory();
	return isFolder ? { local, path: pathOf(local) } : undefined;
}

/** A file of the operating system as a path of the other rooms. */
export function pathOf(local: string): string {
	return normalizePath(local.split(path.sep).join('/'));
}

/** The same the other way round. */
export function localOf(file: string): string {
	return path.sep === '/' ? file : file.replace(/^\/(?=[a-z]:)/i, '').replaceAll('/', path.sep);
}

/** A path as the address of a file. */
export function uriOf(file: string): string {
	return pathToFileURL(localOf(file)).href;
}

/** A path as people name it: from the root on. */
export function nameIn(root: Root, file: string): string {
	return file === root.path ? '.' : relativePath(root.path, file);
}
