import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, readFile, realpath, rename } from 'node:fs/promises';
import path from 'node:path';
import { FilesError } from '../store/files';
import { withStaged } from './stagedFiles';
import { codeOf } from './systemError';

/** The local disk's part of the port `Files` (store/files.ts); folders as the operating system writes them. */
export async function publishLocally(
	folder: string,
	name: string,
	bytes: Uint8Array,
	roots: readonly string[],
): Promise<'saved' | 'exists'> {
	return inside(folder, roots, async (real) => {
		const target = path.join(real, name);
		// Only to save the work of staging: many pictures of one name try many names.
		if (await isTaken(target)) return 'exists';
		return staged(real, bytes, async (file) => publishStaged(file, target));
	});
}

/** That port's `replace`: a file takes the place of one by `rename`. What stands there through a link is nobody's to replace. */
export async function replaceLocally(
	folder: string,
	name: string,
	bytes: Uint8Array,
	roots: readonly string[],
	mayGo: (present: Uint8Array) => Promise<boolean>,
): Promise<'saved' | 'kept' | 'gone'> {
	return inside(folder, roots, async (real) => {
		const target = path.join(real, name);
		return staged(real, bytes, async (file) => {
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

/** Compares real paths, of the folder's nearest ancestor that exists and of the roots. */
export async function leadsOutLocally(folder: string, roots: readonly string[]): Promise<boolean> {
	const [real, ...realRoots] = await Promise.all([folder, ...roots].map(realPathOfExisting));
	return !realRoots.some((root) => {
		const steps = path.relative(root, real ?? '');
		return steps !== '..' && !steps.startsWith(`..${path.sep}`) && !path.isAbsolute(steps);
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
async function staged<T>(folder: string, bytes: Uint8Array, publish: (file: string) => Promise<T>): Promise<T> {
	return withStaged(folder, async (file) => {
		await writeWhole(file, bytes);
		return publish(file);
	});
}

async function isTaken(target: string): Promise<boolean> {
	return lstat(target).then(
		() => true,
		() => false,
	);
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
	const handle = await open(file, 'wx');
	try {
		await handle.writeFile(bytes);
		await handle.sync();
	} finally {
		await handle.close();
	}
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

/** What file systems without hard links (FAT, some network drives) answer. */
const linkless = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EINVAL']);

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
