import { Disposable, type TextDocument, workspace } from 'vscode';
import { documentExtensions, languageIds } from '../documents/languages/names';

/** What a document says that shows a picture, or asks for one. */
const mentionsPicture = /limn:|!\[|<img|\.(?:png|jpe?g|webp|gif|avif|svg)\b/i;

/** Calls `load` once, when a document that is open, or that is written in, has to do with pictures. */
export function atFirstPicture(load: () => unknown): Disposable {
	const found = () => {
		listeners.dispose();
		load();
	};
	const listeners = Disposable.from(
		workspace.onDidOpenTextDocument(
			(document) => isReadable(document) && mentionsPicture.test(document.getText()) && found(),
		),
		workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
			if (!isReadable(document)) return;
			const lines = contentChanges.map(
				({ range, text }) => document.lineAt(Math.min(range.start.line, document.lineCount - 1)).text + text,
			);
			if (lines.some((line) => mentionsPicture.test(line))) found();
		}),
	);
	const open = workspace.textDocuments.some(
		(document) => isReadable(document) && mentionsPicture.test(document.getText()),
	);
	if (open) found();
	return listeners;
}

function isReadable({ languageId, uri: { path } }: TextDocument): boolean {
	if (languageIds.includes(languageId)) return true;
	return languageId === 'plaintext' && documentExtensions.some((end) => path.toLowerCase().endsWith(end));
}
