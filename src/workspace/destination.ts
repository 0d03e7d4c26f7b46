import { type Uri, workspace } from 'vscode';
import { folderOf, nameOfPath } from '../documents/paths';
import type { Place } from '../store/target';

/** Where pictures go, and on which file system. */
export interface Destination extends Place {
	/** Any URI of that file system. */
	readonly uri: Uri;
	/** A folder that somebody pointed at: pictures go right there, whatever the settings say. */
	readonly folder?: string;
}

/** The place of pictures for a document (or for none). `undefined`: there is neither a folder nor a saved document, somebody must choose. */
export function destinationFor(document: Uri | undefined): Destination | undefined {
	const file = document && fileOf(document);
	const owner = file && workspace.getWorkspaceFolder(file);
	const home = owner ?? workspace.workspaceFolders?.[0];
	const folder = file && file.with({ path: folderOf(file.path) });
	const uri = home?.uri ?? folder;
	if (!uri) return undefined;
	const documentFolder = (owner || !home) && folder ? folder.path : uri.path;
	const documentBaseName = document ? nameOfPath(document.path).replace(/\.[^.]+$/, '') : '';
	return { uri, base: uri.path, documentFolder, documentBaseName, roots: home ? rootsLike(uri) : [uri.path] };
}

/** The place of pictures in a folder that somebody pointed at: pictures go right into it. */
export function destinationIn(folder: Uri): Destination {
	const owner = workspace.getWorkspaceFolder(folder);
	return {
		uri: folder,
		base: owner?.uri.path ?? folder.path,
		folder: folder.path,
		documentFolder: folder.path,
		documentBaseName: '',
		roots: owner ? rootsLike(folder) : [folder.path],
	};
}

/** The file that a document is or belongs to; `undefined` for one that was never saved. */
export function fileOf(document: Uri): Uri | undefined {
	if (document.scheme === 'untitled') return undefined;
	if (document.scheme !== 'vscode-notebook-cell') return document;
	const cell = document.toString();
	return workspace.notebookDocuments.find((notebook) =>
		notebook.getCells().some((candidate) => candidate.document.uri.toString() === cell),
	)?.uri;
}

function rootsLike({ scheme, authority }: Uri): string[] {
	const folders = workspace.workspaceFolders ?? [];
	return folders.flatMap(({ uri }) => (uri.scheme === scheme && uri.authority === authority ? [uri.path] : []));
}
