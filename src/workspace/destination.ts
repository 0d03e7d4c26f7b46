import { type Uri, workspace } from 'vscode';
import { folderOf, nameOfPath } from '../documents/paths';
import type { Place } from '../store/target';

/** Where pictures go, and on which file system. */
export interface Destination extends Place {
	/** Any URI of that file system. */
	readonly uri: Uri;
	/** Somebody pointed at the folder: pictures go right there, whatever the settings say. */
	readonly pointedAt: boolean;
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
	return {
		uri,
		base: uri.path,
		documentFolder,
		documentBaseName,
		pointedAt: false,
		roots: home ? rootsLike(uri) : [uri.path],
	};
}

/** The place of pictures right in a folder of the workspace; `undefined` for a folder outside of it. */
export function destinationIn(folder: Uri): Destination | undefined {
	const owner = workspace.getWorkspaceFolder(folder);
	return owner && { ...chosenDestination(folder), base: owner.uri.path, roots: rootsLike(folder) };
}

/** The place of pictures in a folder that the person chose because there is no workspace. */
export function chosenDestination(folder: Uri): Destination {
	const { path } = folder;
	return { uri: folder, base: path, documentFolder: path, documentBaseName: '', pointedAt: true, roots: [path] };
}

/** The file that a document is or belongs to; `undefined` for one that was never saved. */
export function fileOf(document: Uri): Uri | undefined {
	if (document.scheme === 'untitled') return undefined;
	if (document.scheme !== 'vscode-notebook-cell') return document;
	const cell = document.toString();
	const notebook = workspace.notebookDocuments.find((candidate) =>
		candidate.getCells().some((each) => each.document.uri.toString() === cell),
	);
	return notebook?.isUntitled === false ? notebook.uri : undefined;
}

function rootsLike({ scheme, authority }: Uri): string[] {
	const folders = workspace.workspaceFolders ?? [];
	return folders.flatMap(({ uri }) => (uri.scheme === scheme && uri.authority === authority ? [uri.path] : []));
}
