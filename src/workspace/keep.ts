import { mkdir } from 'node:fs/promises';
import { Uri, workspace } from 'vscode';
import type { FileContent } from '../domain/picture';
import { FilesError } from '../store/files';
import { filesOf } from './files';

/** Puts a picture that has no other place into Limn's own folder `storage`; `name` is its content's. Returns the path to show, `undefined` where even that fails. */
export async function keepIn(storage: Uri, name: string, content: FileContent): Promise<string | undefined> {
	const folder = folderIn(storage);
	try {
		if (folder.scheme === 'file') await makePrivate(folder.fsPath);
		// Names are made of the content: one that exists is this picture.
		await filesOf(folder).publish(folder.path, name, content, [storage.path]);
		return Uri.joinPath(folder, name).fsPath;
	} catch (error) {
		if (error instanceof FilesError) return undefined;
		throw error;
	}
}

/** Takes a picture out of that folder again: it has found its place. Any other file stays. */
export async function dropKept(storage: Uri, path: string): Promise<void> {
	const file = Uri.file(path);
	if (Uri.joinPath(file, '..').fsPath !== folderIn(storage).fsPath) return;
	await workspace.fs.delete(file).then(undefined, () => undefined);
}

/** Nobody else looks into it. What goes wrong here goes wrong when a picture is put there, which tells of it. */
async function makePrivate(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
}

function folderIn(storage: Uri): Uri {
	return Uri.joinPath(storage, 'kept');
}
