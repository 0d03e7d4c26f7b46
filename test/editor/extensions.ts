import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

const manifestSchema = z.object({ publisher: z.string(), name: z.string(), version: z.string() });

/**
 * Makes the extensions of a user these and no others: as links to their folders. So an extension under development is an
 * installed one; the other way to load it, in development mode, is open to windows without notifications only.
 */
export async function installExtensions(extensionsFolder: string, sources: readonly string[]): Promise<void> {
	// VS Code lists what it finds in the folder only where it has no list yet.
	await rm(extensionsFolder, { recursive: true, force: true });
	await mkdir(extensionsFolder, { recursive: true });
	for (const source of sources) {
		const manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8')));
		const name = `${manifest.publisher}.${manifest.name}-${manifest.version}`;
		await symlink(path.resolve(source), path.join(extensionsFolder, name), 'dir');
	}
}
