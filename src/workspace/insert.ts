import {
	type Disposable,
	EndOfLine,
	Position,
	Range,
	type TextDocument,
	type Uri,
	window,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import { type ImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import { folderOf, relativePath } from '../documents/paths';
import { type Placement, placeBelow } from '../documents/placeReference';
import { referenceLanguage } from '../documents/references/languages';
import { destinationFor, fileOf } from './destination';
import { TrackedPlace } from './trackedPlace';

/** A picture to refer to. */
export interface Insertable {
	readonly uri: Uri;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	/** Not escaped. */
	readonly alt: string;
}

/** Exactly at the place, or below the text that ends there. */
export type Manner = 'inline' | 'below';

/** References that stand in a document, tracked until it is disposed of. */
export interface Insertion extends Disposable {
	/** The references alone, without what stands around them. */
	readonly text: string;
	/** Takes them out again as one edit; `false` where the text is no longer as it was inserted. */
	remove(): Promise<boolean>;
}

/** Inserts the references in one edit of their own: one Undo takes them out and leaves the pictures. */
export async function insertReferences(
	place: TrackedPlace,
	pictures: readonly Insertable[],
	manner: Manner,
): Promise<Insertion | ImageError> {
	const document = await reopened(place);
	if (!document) return closed(place);
	const text = referencesFor(document, pictures);
	const { position, before, after } = placementOf(document, place, manner);
	// Moves behind the text with the edit: what is inserted at a place comes before it.
	const end = new TrackedPlace(document, position);
	const restoreSelections = selectionsAround(position, document);
	const edit = new WorkspaceEdit();
	edit.insert(document.uri, position, before + text + after);
	if (await workspace.applyEdit(edit)) {
		if (manner === 'below') restoreSelections();
		return insertionEndingAt(end, before + text + after, text);
	}
	end.dispose();
	return unsent('not-writable', say('{0} cannot be changed, so nothing was inserted.', nameOf(document.uri)));
}

/** The references as this document writes them, a line each. */
function referencesFor(document: TextDocument, pictures: readonly Insertable[]): string {
	const { write } = referenceLanguage(document.languageId);
	return pictures
		.map(({ uri, ...picture }) => write({ ...picture, path: pathTo(uri, document) }))
		.join(eolOf(document));
}

/** Relative to the document; for one that was never saved, relative to where its pictures go. */
function pathTo(picture: Uri, document: TextDocument): string {
	const file = fileOf(document.uri);
	const home = file ?? destinationFor(document.uri)?.uri;
	if (home?.scheme !== picture.scheme || home.authority !== picture.authority) return picture.toString(true);
	return relativePath(file ? folderOf(file.path) : home.path, picture.path);
}

function placementOf(document: TextDocument, place: TrackedPlace, manner: Manner) {
	const position = document.positionAt(place.offset);
	if (manner === 'inline') return { position, before: '', after: '' };
	// A selection of whole lines ends at the start of the line after them.
	const last = position.character === 0 && position.line > 0 ? position.line - 1 : position.line;
	const lines = document.getText().split(/\r\n|\n/);
	const { block } = referenceLanguage(document.languageId);
	const { line, ...around }: Placement = placeBelow(lines, last, block, eolOf(document));
	return { position: new Position(line, lines[line]?.length ?? 0), ...around };
}

/** A selection grows over what is inserted at its end. Returns what undoes that. */
function selectionsAround(position: Position, document: TextDocument): () => void {
	const editors = window.visibleTextEditors.filter((editor) => editor.document === document);
	const before = editors.map((editor) => ({ editor, selections: editor.selections }));
	return () => {
		for (const { editor, selections } of before) {
			editor.selections = editor.selections.map((selection, index) => {
				const earlier = selections[index];
				return earlier?.contains(position) ? earlier : selection;
			});
		}
	};
}

function insertionEndingAt(end: TrackedPlace, inserted: string, text: string): Insertion {
	return {
		text,
		dispose: () => end.dispose(),
		remove: async () => {
			const document = await reopened(end);
			if (!document) return false;
			const range = new Range(document.positionAt(end.offset - inserted.length), document.positionAt(end.offset));
			if (document.getText(range) !== inserted) return false;
			const edit = new WorkspaceEdit();
			edit.delete(document.uri, range);
			return workspace.applyEdit(edit);
		},
	};
}

/** The document again where it was closed meanwhile; one that was never saved is gone then. */
async function reopened({ document, uri }: TrackedPlace): Promise<TextDocument | undefined> {
	if (!document.isClosed) return document;
	if (!fileOf(uri)) return undefined;
	return workspace.openTextDocument(uri).then(undefined, () => undefined);
}

function closed({ uri }: TrackedPlace): ImageError {
	return unsent('not-writable', say('{0} is closed, so nothing was inserted.', nameOf(uri)));
}

function nameOf(uri: Uri): string {
	return workspace.asRelativePath(uri);
}

function eolOf(document: TextDocument): string {
	return document.eol === EndOfLine.CRLF ? '\r\n' : '\n';
}
