import {
	type Disposable,
	EndOfLine,
	Position,
	Range,
	type TextDocument,
	Uri,
	window,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import { type ImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { DocumentLanguage, ReferenceForm } from '../documents/languages/language';
import { languageOf } from '../documents/languages/languages';
import { writeReference } from '../documents/languages/writeReference';
import { isWithin, nameOfPath } from '../documents/paths';
import {
	formAt,
	formsOf,
	isStyleSheet,
	placeAfter,
	placeAt,
	placeBelow,
	type Placement,
} from '../documents/placeReference';
import { speaksOfSites, targetOf } from '../documents/reach';
import { type LinkInUse, servedFolders, type Surroundings } from '../documents/sites';
import { madeDigits, noteMade } from '../recipes/made';
import { type Made, type Recipe, recipesIn } from '../recipes/recipe';
import { fileOf } from './destination';
import { changeDocument } from './changeDocument';
import { linksAround, surroundingsOf } from './site';
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

/** How a person wants references to be written: the settings `limn.insert.*`. */
export interface WritingHabits {
	/** By language id; see `fillOwnTemplate`. */
	readonly templates: Readonly<Record<string, string>>;
	/** See `Surroundings`. */
	readonly siteRoots: readonly string[];
}

/** Where and how references go in. */
export interface Insertion {
	readonly place: TrackedPlace;
	/** Exactly at the place, or below the text that ends there. */
	readonly manner: 'inline' | 'below';
	/** A document that was never saved refers to its pictures from this folder. */
	readonly home: Uri | undefined;
	readonly habits: WritingHabits;
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
	{ place, manner, home, habits }: Insertion,
): Promise<Inserted | ImageError> {
	let inserted: Inserted | undefined;
	const neighbourhood = await neighbourhoodOf(await place.document(), pictures, home, habits);
	const outcome = await changeDocument(place, async (document) => {
		const placement = placementOf(document, place, manner);
		const text = referencesFor(document, pictures, placement, neighbourhood, habits);
		const { before, after } = placement;
		const position = new Position(placement.line, placement.character);
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

/** A text and where it goes. */
export interface Written {
	readonly at: Position;
	readonly text: string;
}

/** What would be inserted at a place, for somebody else to insert. */
export async function referencesAt(
	document: TextDocument,
	position: Position,
	pictures: readonly Insertable[],
	home: Uri | undefined,
	habits: WritingHabits,
): Promise<Written> {
	const neighbourhood = await neighbourhoodOf(document, pictures, home, habits);
	const placement = placeAt(linesOf(document), position, languageIn(document), eolOf(document));
	const text = referencesFor(document, pictures, placement, neighbourhood, habits);
	return { at: new Position(placement.line, placement.character), text: placement.before + text + placement.after };
}

/**
 * What is to be inserted where a recipe ends, so that its picture follows: in the first form that is read as one. `undefined`: none is, and
 * whatever was written there, the recipe would still have no picture.
 */
export async function referenceBelow(
	document: TextDocument,
	recipe: Recipe,
	picture: Insertable,
	home: Uri | undefined,
	habits: WritingHabits,
): Promise<string | undefined> {
	const neighbourhood = await neighbourhoodOf(document, [picture], home, habits);
	const language = languageIn(document);
	if (isStyleSheet(language)) return undefined;
	const { line } = document.positionAt(recipe.span.end);
	const placement = placeAfter(linesOf(document), line, language, eolOf(document));
	const own = ownTemplate(habits.templates, document, language);
	for (const form of [...(own === undefined ? [] : [own]), ...formsOf(language)]) {
		const reference = writtenAs(form, document, [picture], placement, neighbourhood);
		const whole = placement.before + reference + placement.after;
		if (isPictureOf(recipe, whole, document.getText(), language)) return whole;
	}
	return undefined;
}

/**
 * Whether what is written where a recipe ends is read as its picture, and no other picture is lost. With the note: in the row of a table its bar
 * would end the cell, and the recipe with it.
 */
function isPictureOf(recipe: Recipe, written: string, text: string, { read }: DocumentLanguage): boolean {
	if (!read) return false;
	const { span } = recipe;
	const note = noteMade(recipe, anyMade);
	const start = text.slice(0, note.start) + note.text + text.slice(note.end, span.end) + written;
	const whole = start + text.slice(span.end);
	const parts = read(whole);
	if (parts.pictures.length <= read(text).pictures.length) return false;
	const found = recipesIn(whole, parts).find((each) => each.span.start === span.start);
	return found?.made !== undefined && found.picture !== undefined && found.picture.span.start < start.length;
}

const anyMade: Made = { recipe: '0'.repeat(madeDigits), picture: '0'.repeat(madeDigits) };

/** What is known of a document before its text is changed. */
interface Neighbourhood {
	/** Absent: no path leads from the document to anything. */
	readonly file: Uri | undefined;
	readonly surroundings: Surroundings;
	readonly links: readonly (readonly LinkInUse[])[];
}

/** The documents beside are read only where it matters how they link their pictures. */
async function neighbourhoodOf(
	document: TextDocument | undefined,
	pictures: readonly Insertable[],
	home: Uri | undefined,
	{ siteRoots }: WritingHabits,
): Promise<Neighbourhood> {
	const file = document && (fileOf(document.uri) ?? (home && Uri.joinPath(home, nameOfPath(document.uri.path))));
	if (!document || !file) return { file, surroundings: { document: '/', siteRoots }, links: [] };
	const surroundings = await surroundingsOf(file, siteRoots);
	const language = languageIn(document);
	const mayBeServed = servedFolders(surroundings).some(({ folder }) =>
		pictures.some(({ uri }) => isWithin(uri.path, folder)),
	);
	if (!mayBeServed || !speaksOfSites(language)) return { file, surroundings, links: [] };
	const own = { path: file.path, text: document.getText(), language };
	return { file, surroundings, links: await linksAround(own, file, surroundings) };
}

/** The references as this document writes them there. A person's own template is never doubted: nobody can say what becomes of it. */
function referencesFor(
	document: TextDocument,
	pictures: readonly Insertable[],
	placement: Placement,
	neighbourhood: Neighbourhood,
	{ templates }: WritingHabits,
): string {
	const { line, character, before, after } = placement;
	const language = languageIn(document);
	const write = (form: Form) => writtenAs(form, document, pictures, placement, neighbourhood);
	const own = ownTemplate(templates, document, language);
	if (own !== undefined) return write(own);
	const offset = document.offsetAt(new Position(line, character));
	return write(formAt(document.getText(), offset, language, (form) => before + write(form) + after));
}

/** How a reference is written: a person's template, or a form of the language. */
type Form = string | ReferenceForm;

/** The references in a form: each beginning a line, but for those in a line of text. */
function writtenAs(
	form: Form,
	document: TextDocument,
	pictures: readonly Insertable[],
	{ inLine, indent }: Placement,
	neighbourhood: Neighbourhood,
): string {
	const language = languageIn(document);
	const base = language.baseOf?.(document.getText());
	const { file, links } = neighbourhood;
	const surroundings = { ...neighbourhood.surroundings, base };
	const references = pictures.map(({ uri, ...picture }) => {
		const isNear = file?.scheme === uri.scheme && file.authority === uri.authority;
		const target = isNear ? targetOf(uri.path, language, surroundings, links) : undefined;
		const reference = { ...picture, ...(target ?? { uri: uri.toString() }) };
		return typeof form === 'string'
			? writeReference(language, reference, inLine, form)
			: writeReference({ ...language, reference: form }, reference, inLine);
	});
	return references.join(inLine ? ' ' : '\n').replaceAll('\n', eolOf(document) + indent);
}

/** A person's template for a document; where the editor does not know its language, for the language that Limn takes it for. */
function ownTemplate(
	templates: WritingHabits['templates'],
	{ languageId }: TextDocument,
	language: DocumentLanguage,
): string | undefined {
	const known = languageId !== 'plaintext' || languageOf(languageId, '') === language;
	const id = known ? languageId : Object.keys(templates).find((each) => languageOf(each, '') === language);
	return (id !== undefined && Object.hasOwn(templates, id) && templates[id]) || undefined;
}

function linesOf(document: TextDocument): string[] {
	return document.getText().split(/\r\n|\n/);
}

function languageIn({ languageId, uri }: TextDocument): DocumentLanguage {
	return languageOf(languageId, uri.path);
}

function placementOf(document: TextDocument, place: TrackedPlace, manner: Insertion['manner']): Placement {
	const position = document.positionAt(place.offset);
	const lines = linesOf(document);
	const language = languageIn(document);
	if (manner === 'inline') return placeAt(lines, position, language, eolOf(document));
	// A selection of whole lines ends at the start of the line after them.
	const last = position.character === 0 && position.line > 0 ? position.line - 1 : position.line;
	return placeBelow(lines, last, language, eolOf(document));
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
