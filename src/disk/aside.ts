import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from './systemError';

/** The oldest beyond these go. */
const kept = 100;

/**
 * Moves a folder to `aside` below `home`, named by the time and by `name`, never over another. Gives its new path. Throws the system's
 * error. `now`: milliseconds since 1970.
 */
export async function moveAside(from: string, home: string, name: string, now: number): Promise<string> {
	const aside = path.join(home, 'aside');
	await mkdir(aside, { recursive: true, mode: 0o700 });
	const time = new Date(now).toISOString().replaceAll(':', '-');
	for (let copy = 0; ; copy++) {
		const target = path.join(aside, `${time}.${name}${copy > 0 ? `.${copy}` : ''}`);
		if (await movedTo(from, target)) {
			await trim(aside);
			return target;
		}
	}
}

/** `false`: the name is taken. */
async function movedTo(from: string, target: string): Promise<boolean> {
	// Some systems replace an empty folder.
	if (await isThere(target)) return false;
	try {
		await rename(from, target);
		return true;
	} catch (error) {
		if (await isThere(target)) return false;
		throw error;
	}
}

async function isThere(target: string): Promise<boolean> {
	return lstat(target).then(
		() => true,
		(error: unknown) => {
			if (codeOf(error) === 'ENOENT') return false;
			throw error;
		},
	);
}

async function trim(aside: string): Promise<void> {
	const names = (await readdir(aside)).toSorted();
	for (const name of names.slice(0, Math.max(0, names.length - kept)))
		await rm(path.join(aside, name), { recursive: true, force: true });
}
