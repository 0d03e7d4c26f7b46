import {
	type NotebookCell,
	type NotebookDocument,
	Range,
	type TextDocument,
	type Uri,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import { languageOf } from '../../documents/languages/languages';
import { isStyleSheet } from '../../documents/placeReference';
import { type ImageError, unsent } from '../../domain/imageError';
import { type Message, say } from '../../domain/message';
import { madeDigits, noteMade } from '../../recipes/made';
import { type Made, type Recipe, recipesIn } from '../../recipes/recipe';
import { changeDocument } from '../../workspace/changeDocument';
import { type Insertable, referenceBelow } from '../../workspace/insert';
import { writingHabitsFor } from '../settings';
import type { TrackedPlace } from '../../workspace/trackedPlace';

/** The recipes of an open document, as its text is now. */
function recipesOf(document: TextDocument): Recipe[] {
	const text = document.getText();
	const parts = languageOf(document.languageId, document.uri.path).read?.(text);
	return parts ? recipesIn(text, parts) : [];
}

/** The recipe that begins at a place; where the text was replaced around it, the only one that is still the same. */
function recipeAt(document: TextDocument, offset: number, { prompt, picture }: Recipe): Recipe | undefined {
	const recipes = recipesOf(document);
	const alike = recipes.filter((each) => each.prompt === prompt && each.picture?.href === picture?.href);
	return recipes.find(({ span }) => span.start === offset) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** A picture to refer to; `home` as in `Insertion`. */
interface Referable {
	readonly picture: Insertable;
	readonly home: Uri | undefined;
}

/**
 * Why what is made could not be noted in the recipe at `place`, or referred to below it where it has no picture: that would be asked for, and
 * paid, for ever.
 */
export async function checkRoom(
	place: TrackedPlace,
	like: Recipe,
	referable: Referable,
): Promise<ImageError | undefined> {
	const document = await place.document();
	const recipe = document && recipeAt(document, place.offset, like);
	if (!recipe) return undefined;
	if (recipe.picture) return isNotable(document, recipe) ? undefined : unsent('bad-input', noNote);
	if ((await referenceTo(referable, document, recipe)) !== undefined) return undefined;
	const isInStyles = isStyleSheet(languageOf(document.languageId, document.uri.path));
	return unsent('bad-input', isInStyles ? say('Write url(…) below the recipe.') : noRoom);
}

/** Whether a picture was noted in the recipe at `place` since it was `like` this: by another build, or a recovery. */
export async function isMadeSince(place: TrackedPlace, like: Recipe): Promise<boolean> {
	const document = await place.document();
	const made = document && recipeAt(document, place.offset, like)?.made;
	return made !== undefined && made.picture !== like.made?.picture;
}

/** In the cell of a table the bar before `made=` would end the cell, and with it the recipe. */
function isNotable(document: TextDocument, recipe: Recipe): boolean {
	const text = document.getText();
	const none = '0'.repeat(madeDigits);
	const { start, end, text: note } = noteMade(recipe, { recipe: none, picture: none });
	const noted = text.slice(0, start) + note + text.slice(end);
	const parts = languageOf(document.languageId, document.uri.path).read?.(noted);
	return recipesIn(noted, parts ?? { comments: [], pictures: [] }).some(
		({ span, made, picture }) => span.start === recipe.span.start && made?.recipe === none && picture !== undefined,
	);
}

const noNote = say('Nothing can be noted in this recipe where it stands. Put it above the table.');

const noRoom = say('There is no room for a reference below this recipe. Write one there.');

async function referenceTo({ picture, home }: Referable, document: TextDocument, recipe: Recipe) {
	return referenceBelow(document, recipe, picture, home, writingHabitsFor(document.uri));
}

/**
 * Writes into the recipe at `place` what its picture was made of, as one edit; with a reference to `referable`, where none follows it yet. A document that
 * had no unsaved changes is saved: what is on disk belongs together. Returns what went wrong.
 */
export async function noteInDocument(
	place: TrackedPlace,
	made: Made,
	like: Recipe,
	referable?: Referable,
): Promise<Message | undefined> {
	let isGone = false;
	let isCramped = false;
	const outcome = await changeDocument(place, async (document) => {
		const { version } = document;
		const recipe = recipeAt(document, place.offset, like);
		isGone = recipe === undefined;
		if (!recipe) return true;
		const edit = new WorkspaceEdit();
		const { start, end, text } = noteMade(recipe, made);
		edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
		if (!recipe.picture && referable) {
			const reference = await referenceTo(referable, document, recipe);
			// The places are those of the text as it was.
			if (document.version !== version) return false;
			isCramped = reference === undefined;
			if (reference !== undefined) edit.insert(document.uri, document.positionAt(recipe.span.end), reference);
		}
		const container = containerOf(document);
		const wasSaved = !container.isDirty && !container.isUntitled;
		if (!(await workspace.applyEdit(edit))) return false;
		if (wasSaved) await container.save();
		return true;
	});
	const name = workspace.asRelativePath(place.uri);
	if (outcome !== 'changed') return say('{0} could not be changed: its recipe does not know of the picture yet.', name);
	if (isGone) return say('The recipe in {0} is gone, so nothing was noted there. The picture is saved.', name);
	return isCramped ? noRoom : undefined;
}

/** What is saved with a document: itself, or the notebook that it is a cell of. */
function containerOf(document: TextDocument): TextDocument | NotebookDocument {
	return notebookCellOf(document)?.notebook ?? document;
}

/** `undefined`: it is no cell of an open notebook. */
export function notebookCellOf(document: TextDocument): NotebookCell | undefined {
	if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
	const uri = document.uri.toString();
	const cells = workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
	return cells.find((cell) => cell.document.uri.toString() === uri);
}
