import { readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { inParallel } from '../../recipes/turns';

/** How much a folder may hold. */
export interface Bounds {
	readonly files: number;
	readonly bytes: number;
}

/** Of what is too much, a little more is removed: else the next file would be too much again. */
const rest = 0.9;

/** How many files are looked at, or removed, at a time. */
const atOnce = 8;

/** Removes the oldest files below a folder where there are more than it may hold. What is gone meanwhile is no matter. */
export async function sweep(folder: string, bounds: Bounds): Promise<void> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
	const found = await inParallel(names, atOnce, async (name) => fileOf(name));
	const files = found.filter((file) => file !== undefined).sort((a, b) => b.changed - a.changed);
	const bytes = files.reduce((sum, { size }) => sum + size, 0);
	if (files.length <= bounds.files && bytes <= bounds.bytes) return;
	let kept = 0;
	let held = 0;
	const surplus = files.filter(({ size }) => {
		held += size;
		return ++kept > bounds.files * rest || held > bounds.bytes * rest;
	});
	await inParallel(surplus, atOnce, async ({ name }) => unlink(name).catch(() => undefined));
}

async function fileOf(
	name: string,
): Promise<{ readonly name: string; readonly size: number; readonly changed: number } | undefined> {
	const found = await stat(name).catch(() => undefined);
	return found && { name, size: found.size, changed: found.mtimeMs };
}
