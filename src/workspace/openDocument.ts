import { type TextDocument, type TextEditor, type Uri, window, workspace } from 'vscode';

/** The editor that the person is writing in; `undefined` where that is none whose document could refer to a picture (output, diff, …). */
export function writingEditor(): TextEditor | undefined {
	const candidates = [window.activeTextEditor, ...window.visibleTextEditors];
	return candidates.find((editor) => editor !== undefined && isWritable(editor.document.uri));
}

/** The document at this address; `undefined` where it cannot be opened as text. One that is open is not asked for: in a busy window that takes a third of a second. */
export async function openDocument(uri: Uri): Promise<TextDocument | undefined> {
	const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
	return open ?? workspace.openTextDocument(uri).then(undefined, () => undefined);
}

function isWritable({ scheme }: Uri): boolean {
	if (scheme === 'untitled' || scheme === 'vscode-notebook-cell') return true;
	return workspace.fs.isWritableFileSystem(scheme) === true;
}
