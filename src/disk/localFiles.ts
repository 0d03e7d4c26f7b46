import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, readFile, realpath, rename } from 'node:fs/promises';
import path from 'node:path';
import type { FileContent } from '../domain/picture';
import { FilesError } from '../store/files';
import { isForbidden } from '../store/target';
import { layFile, linkless } from './layFile';
import { withStaged } from './stagedFiles';
import { codeOf } from './systemError';

/** The local disk's part of the port `Files` (store/files.ts); folders as the operating system writes them. */
export async function publishLocally(
	folder: string,
	name: string,
	content: FileContent,
	roots: readonly string[],
): Promise<'saved' | 'exists'> {
	return inside(folder, roots, async (real) => {
		const target = path.join(real, name);
		// Only to save the work of staging: many pictures of one name try many names.
		if (await isTaken(target)) return 'exists';
		return staged(real, content, async (file) => publishStaged(file, target));
	});
}

/** That port's `replace`: a file takes the place of one by `rename`. What stands there through a link is nobody's to replace. */
export async function replaceLocally(
	folder: string,
	name: string,
	content: FileContent,
	roots: readonly string[],
	mayGo: (present: Uint8Array) => Promise<boolean>,
): Promise<'saved' | 'kept' | 'gone'> {
	return inside(folder, roots, async (real) => {
		const target = path.join(real, name);
		return staged(real, content, async (file) => {
			const found = await lstat(target).catch(() => undefined);
			if (!found) return 'gone';
			if (!found.isFile() || !(await mayGo(await readFile(target)))) return 'kept';
			await rename(file, target);
			return 'saved';
		});
	});
}

/** Makes the folder and works in it, by its real path, if that is inside. */
async function inside<T>(folder: string, roots: readonly string[], work: (real: string) => Promise<T>): Promise<T> {
	try {
		if (await leadsOutLocally(folder, roots)) throw leadsOut(folder);
		await mkdir(folder, { recursive: true });
		// Once more, and then by its real path alone: meanwhile somebody may have put a link there, or may do so yet.
		const real = await realpath(folder);
		if (await leadsOutLocally(real, roots)) throw leadsOut(folder);
		return await work(real);
	} catch (error) {
		throw asFilesError(error);
	}
}

/** Compares real paths, of the folder's nearest ancestor that exists and of the roots. What leads into the folders of Git and the editor leads out, too. */
export async function leadsOutLocally(folder: string, roots: readonly string[]): Promise<boolean> {
	const [real, ...realRoots] = await Promise.all([folder, ...roots].map(realPathOfExisting));
	return !realRoots.some((root) => {
		const steps = path.relative(root, real ?? '');
		const isBelow = steps !== '..' && !steps.startsWith(`..${path.sep}`) && !path.isAbsolute(steps);
		return isBelow && !isForbidden(steps.replaceAll(path.sep, '/'));
	});
}

function leadsOut(folder: string): FilesError {
	return new FilesError('outside', `${folder} leads out of the workspace`);
}

/** What cannot be resolved is not there or not open to us: then writing fails too, whatever this says of it. */
async function realPathOfExisting(folder: string): Promise<string> {
	try {
		return await realpath(folder);
	} catch (error) {
		const parent = path.dirname(folder);
		if (parent === folder) throw error;
		return path.join(await realPathOfExisting(parent), path.basename(folder));
	}
}

/** Works with a finished file beside its place: so it appears under its name at once or not at all. */
async function staged<T>(folder: string, content: FileContent, publish: (file: string) => Promise<T>): Promise<T> {
	return withStaged(folder, async (file) => {
		await layFile(file, content, async (handle) => handle.sync());
		return publish(file);
	});
}

async function isTaken(target: string): Promise<boolean> {
	return lstat(target).then(
		() => true,
		() => false,
	);
}

/** Only if the name is free: that is what `link` promises. */
async function publishStaged(staged: string, target: string): Promise<'saved' | 'exists'> {
	try {
		await link(staged, target);
		return 'saved';
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return 'exists';
		if (!linkless.has(codeOf(error) ?? '')) throw error;
		return copyExclusively(staged, target);
	}
}

/** The next best thing: still never over another file, but a crash in the middle leaves a part of it. A copy that fails is removed by Node. */
async function copyExclusively(staged: string, target: string): Promise<'saved' | 'exists'> {
	try {
		await copyFile(staged, target, constants.COPYFILE_EXCL);
		return 'saved';
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return 'exists';
		throw error;
	}
}

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Whatever the operating system refuses, for reasons without number, is a {@link FilesError}; a fault of Limn's own stays what it is. */
export function asFilesError(error: unknown): unknown {
	if (!(error instanceof Error) || !('syscall' in error)) return error;
	return new FilesError(full.has(codeOf(error) ?? '') ? 'no-space' : 'not-writable', error.message);
}
