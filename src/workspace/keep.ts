import { Uri } from 'vscode';
import { FilesError } from '../store/files';
import { filesOf } from './files';

/** Puts a picture that has no other place into Limn's own folder `storage`; `name` is its content's. Returns the path to show, `undefined` where even that fails. */
export async function keepIn(storage: Uri, name: string, bytes: Uint8Array): Promise<string | undefined> {
	const folder = Uri.joinPath(storage, 'kept');
	try {
		// Names are made of the content: one that exists is this picture.
		await filesOf(folder).publish(folder.path, name, bytes, [storage.path]);
		return Uri.joinPath(folder, name).fsPath;
	} catch (error) {
		if (error instanceof FilesError) return undefined;
		throw error;
	}
}
