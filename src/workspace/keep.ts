import { Uri } from 'vscode';
import { FilesError } from '../store/files';
import { filesOf } from './files';

/** Puts a picture that has no other place into Limn's own folder `storage`. Returns the path to show, `undefined` where even that fails. */
export async function keepIn(storage: Uri, name: string, bytes: Uint8Array): Promise<string | undefined> {
	const folder = Uri.joinPath(storage, 'kept');
	const unique = `${Date.now().toString(36)}-${name}`;
	try {
		const saved = await filesOf(folder).publish(folder.path, unique, bytes, [storage.path]);
		return saved === 'saved' ? Uri.joinPath(folder, unique).fsPath : undefined;
	} catch (error) {
		if (error instanceof FilesError) return undefined;
		throw error;
	}
}
