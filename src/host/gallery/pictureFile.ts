import { type Uri, workspace, FileType } from 'vscode';
import { statLocally } from '../../disk/readLocally';

/** A picture's file, as it is now. */
export interface FileState {
	/** In bytes. */
	readonly size: number;
	/** ms since the epoch. */
	readonly changed: number;
}

/** Another one for another file, as far as the file system tells. */
export function stampOf({ size, changed }: FileState): string {
	return `${changed} ${size}`;
}

/** `undefined`: there is no such file. */
export async function stateOf(file: Uri): Promise<FileState | undefined> {
	if (file.scheme === 'file') {
		const found = await statLocally(file.fsPath);
		return found && { size: found.size, changed: found.times[0] ?? 0 };
	}
	return workspace.fs.stat(file).then(
		({ type, size, mtime }) => (type & FileType.File ? { size, changed: mtime } : undefined),
		() => undefined,
	);
}
