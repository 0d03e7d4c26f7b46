import { readdirSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/**
 * Lets this process be killed at its `nth` step on the disk, counted from 1: before what it is about to do there, or in the middle of it
 * where it has one.
 */
export function dieAt(nth: number): void {
	let count = 0;
	const step = (half?: () => unknown): void => {
		if (++count !== nth) return;
		half?.();
		process.kill(process.pid, 'SIGKILL');
	};
	const { open, rm, mkdir, rename, unlink, utimes, writeFile } = fs;
	const stepping =
		<A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
		async (...args: A): Promise<R> => {
			step();
			return work(...args);
		};
	Object.assign(fs, {
		mkdir: stepping(mkdir),
		rename: stepping(rename),
		unlink: stepping(unlink),
		utimes: stepping(utimes),
		writeFile: async (...args: Parameters<typeof writeFile>) => {
			const [file] = args;
			step(() => typeof file === 'string' && writeFileSync(file, ''));
			return writeFile(...args);
		},
		rm: async (...[place, options]: Parameters<typeof rm>) => {
			step(() => removeOne(String(place)));
			return rm(place, options);
		},
		open: async (...args: Parameters<typeof open>) => {
			step();
			return dyingHandle(await open(...args), step);
		},
	});
}

function dyingHandle(handle: FileHandle, step: (half?: () => void) => void): FileHandle {
	for (const name of ['datasync', 'sync'] as const) {
		const work = handle[name].bind(handle);
		Object.assign(handle, {
			[name]: async () => {
				step();
				return work();
			},
		});
	}
	for (const name of ['writeFile', 'appendFile'] as const) {
		const work = handle[name].bind(handle);
		Object.assign(handle, {
			[name]: async (bytes: Uint8Array) => {
				step(() => writeSync(handle.fd, bytes.subarray(0, bytes.length / 2)));
				return work(bytes);
			},
		});
	}
	return handle;
}

function removeOne(folder: string): void {
	const [name] = readdirSync(folder);
	if (name !== undefined) unlinkSync(path.join(folder, name));
}
