import { type Uri, window, workspace } from 'vscode';
import { languageOf } from '../documents/languages/languages';
import { type ImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { Scope } from '../workspace/project';

/** What a command looks at: the file that is named, else the document in front, else all folders of the workspace. */
export function scopeFor({
	scope,
	uri,
}: {
	readonly scope?: 'file' | 'workspace' | undefined;
	readonly uri?: Uri | undefined;
}): Scope | ImageError {
	const file = scope === 'workspace' ? undefined : (uri ?? fileInFront(scope === 'file'));
	if (file) return file;
	if (scope === 'file') return unsent('bad-input', say('There is no document to look into. Open one first.'));
	if (workspace.workspaceFolders?.length) return 'workspace';
	return unsent('bad-input', say('There is nothing to look into. Open a folder or a document first.'));
}

/** `any`: one in a language that is not read, too. */
function fileInFront(any: boolean): Uri | undefined {
	const { activeNotebookEditor, activeTextEditor } = window;
	if (activeNotebookEditor) return activeNotebookEditor.notebook.uri;
	const { uri, languageId } = activeTextEditor?.document ?? {};
	if (!uri || languageId === undefined) return undefined;
	// Not the old version of a document that a comparison shows.
	if (workspace.fs.isWritableFileSystem(uri.scheme) === false) return undefined;
	return any || languageOf(languageId, uri.path).read ? uri : undefined;
}
