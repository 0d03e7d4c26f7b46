import { NotebookCellKind, type NotebookDocument, type TextDocument, type Uri, workspace } from 'vscode';

/** What is written in files and not saved yet, by the file's address. */
export function unsavedTexts(): ReadonlyMap<string, () => string> {
	const documents = workspace.textDocuments
		.filter(({ isDirty, uri }) => isDirty && uri.scheme !== 'vscode-notebook-cell')
		.map((document) => [document.uri.toString(), () => document.getText()] as const);
	const notebooks = workspace.notebookDocuments
		.filter(({ isDirty }) => isDirty)
		.map((notebook) => [notebook.uri.toString(), () => textOfNotebook(notebook)] as const);
	return new Map([...documents, ...notebooks]);
}

/** The document of a file that is open as text. */
export function openTextOf(file: Uri): TextDocument | undefined {
	return workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
}

/** The notebook of a file that is open as one. */
export function openNotebookOf(file: Uri): NotebookDocument | undefined {
	return workspace.notebookDocuments.find(({ uri }) => uri.toString() === file.toString());
}

/** A notebook as its file would be, as far as words go. */
export function textOfNotebook(notebook: NotebookDocument): string {
	const cells = notebook.getCells().map(({ kind, document }) => ({
		cell_type: kind === NotebookCellKind.Markup ? 'markdown' : 'code',
		metadata: {},
		source: document.getText(),
	}));
	return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
}
