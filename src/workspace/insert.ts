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
import { folderOf, haveSameRoot, relativePath } from '../documents/paths';
import { placeBelow } from '../documents/placeReference';
import { referenceLanguage } from '../documents/references/languages';
import type { ReferenceTarget } from '../documents/references/reference';
import { fileOf } from './destination';
import { changeDocument } from './changeDocument';
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

/** Where and how references go in. */
export interface Insertion {
	readonly place: TrackedPlace;
	/** Exactly at the place, or below the text that ends there. */
	readonly manner: 'inline' | 'below';
	/** A document that was never saved refers to its pictures from this folder. */
	readonly home: Uri | undefined;
}

/** References that stand in a document, tracked until they are disposed of. */
export interface Inserted extends Disposable {
	/** The references alone, without what stands around them. */
	readonly text: string;
	/** Takes them out again as one edit; `false` where the text is no longer as it was inserted. */
	remove(): Promise<boolean>;
}

/** Inserts the references in one edit of their own: one Undo takes them out and leaves the pictures. */
export async function insertReferences(
	pictures: readonly Insertable[],
	{ place, manner, home }: Insertion,
): Promise<Inserted | ImageError> {
	let inserted: Inserted | undefined;
	const outcome = await changeDocument(place, async (document) => {
		const text = referencesFor(document, pictures, home);
		const { position, before, after } = placementOf(document, place, manner);
		const whole = before + text + after;
		// Moves behind the text with the edit: what is inserted at a place comes before it.
		const end = new TrackedPlace(document, position);
		const restoreSelections = selectionsAround(position, document);
		const edit = new WorkspaceEdit();
		edit.insert(document.uri, position, whole);
		if (!(await workspace.applyEdit(edit))) {
			end.dispose();
			return false;
		}
		if (manner === 'below') restoreSelections();
		// Its start, because a person goes on typing at its end.
		const start = new TrackedPlace(document, document.positionAt(end.offset - whole.length));
		end.dispose();
		inserted = { text, dispose: () => start.dispose(), remove: async () => removeAt(start, whole) };
		return true;
	});
	if (inserted) return inserted;
	const name = workspace.asRelativePath(place.uri);
	const reason =
		outcome === 'gone'
			? say('{0} is closed, so nothing was inserted.', name)
			: say('{0} cannot be changed, so nothing was inserted.', name);
	return unsent('not-writable', reason);
}

async function removeAt(start: TrackedPlace, whole: string): Promise<boolean> {
	const outcome = await changeDocument(start, async (document) => {
		const range = new Range(document.positionAt(start.offset), document.positionAt(start.offset + whole.length));
		if (document.getText(range) !== whole) return false;
		const edit = new WorkspaceEdit();
		edit.delete(document.uri, range);
		return workspace.applyEdit(edit);
	});
	return outcome === 'changed';
}

/** The references as this document writes them, a line each. */
function referencesFor(document: TextDocument, pictures: readonly Insertable[], home: Uri | undefined): string {
	const { write } = referenceLanguage(document.languageId);
	const lines = pictures.map(({ uri, ...picture }) => write({ ...picture, ...targetOf(uri, document, home) }));
	return lines.join(eolOf(document));
}

/** A relative path wherever one can lead from the document to the picture. */
function targetOf(picture: Uri, { uri }: TextDocument, home: Uri | undefined): ReferenceTarget {
	const file = fileOf(uri);
	const from = file ? file.with({ path: folderOf(file.path) }) : home;
	const reachable =
		from?.scheme === picture.scheme && from.authority === picture.authority && haveSameRoot(from.path, picture.path);
	return reachable ? { path: relativePath(from.path, picture.path) } : { uri: picture.toString() };
}

function placementOf(document: TextDocument, place: TrackedPlace, manner: Insertion['manner']) {
	const position = document.positionAt(place.offset);
	if (manner === 'inline') return { position, before: '', after: '' };
	// A selection of whole lines ends at the start of the line after them.
	const last = position.character === 0 && position.line > 0 ? position.line - 1 : position.line;
	const lines = document.getText().split(/\r\n|\n/);
	const { block } = referenceLanguage(document.languageId);
	const { line, ...around } = placeBelow(lines, last, block, eolOf(document));
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

function eolOf(document: TextDocument): string {
	return document.eol === EndOfLine.CRLF ? '\r\n' : '\n';
}
