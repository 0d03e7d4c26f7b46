import { type NotebookDocument, type TextDocument, Uri, workspace } from 'vscode';
import { markdownCells, type NotebookCell } from '../../documents/notebook/notebook';
import { type Message, say } from '../../domain/message';
import { madeDigits } from '../../recipes/made';
import { textOf } from '../../recipes/scan';
import type { SurveyedRecipe } from '../../recipes/survey';
import { openDocument } from '../../workspace/openDocument';
import type { Project } from '../../workspace/project';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { openNotebookOf, openTextOf } from '../../workspace/unsaved';
import type { Wish, WishRecipe } from '../wish';
import type { ClosedCell } from './noteInClosedCell';
import { type NotablePicture, notePicture } from './notePicture';
import type { Holder } from './pictureJob';

type Surveys = Pick<Project, 'surveyOf' | 'surveyOfCell'>;

/** A recipe, found again. */
interface Found {
	readonly holder: Holder;
	readonly recipe: SurveyedRecipe;
}

/**
 * Writes into the recipe that asked for recovered pictures what was made of it, as a build does: else the next one would pay again. A recipe
 * that was changed meanwhile stays as it is. Returns what the person must know.
 */
export async function noteRecovered(
	wish: Wish,
	pictures: readonly NotablePicture[],
	project: Surveys,
): Promise<readonly Message[]> {
	const { recipe: asked, exact, destination } = wish;
	const [first] = pictures;
	if (!asked || !first) return [];
	const picture = pictures.find(({ uri }) => exact?.path === Uri.parse(uri).path) ?? first;
	const found = await find(asked, exact === undefined, project);
	if (found.some(({ recipe }) => isNoted(recipe, picture))) return [];
	const own = ownOf(found, picture, exact !== undefined);
	const problem = own ? await note(own, picture, destination.uri) : unnoted(asked, picture, found.length > 0);
	return problem ? [problem] : [];
}

function isNoted({ recipe: { made, picture }, hash }: SurveyedRecipe, { id }: NotablePicture): boolean {
	return picture !== undefined && made?.recipe === hash && made.picture === id.slice(0, madeDigits);
}

/** The recipe that leads to the picture; one without a reference, where none was asked for. */
function ownOf(found: readonly Found[], { uri }: NotablePicture, isExact: boolean): Found | undefined {
	const { path } = Uri.parse(uri);
	const leading = found.find(({ recipe }) => recipe.path === path);
	return leading ?? (isExact ? undefined : found.find(({ recipe }) => !recipe.recipe.picture));
}

function unnoted({ file }: WishRecipe, { uri }: NotablePicture, isThere: boolean): Message {
	const [document, picture] = [workspace.asRelativePath(file), workspace.asRelativePath(Uri.parse(uri))];
	return isThere
		? say(
				'The recipe in {0} leads to another picture, so nothing was noted there. What was recovered is {1}.',
				document,
				picture,
			)
		: say(
				'The recipe in {0} is gone or was changed, so nothing was noted there. Its picture is {1}.',
				document,
				picture,
			);
}

async function note({ holder, recipe }: Found, picture: NotablePicture, home: Uri): Promise<Message | undefined> {
	if ('cell' in holder) return notePicture(holder.cell, recipe, picture, home);
	const place = new TrackedPlace(holder, holder.positionAt(recipe.recipe.span.start));
	try {
		return await notePicture(place, recipe, picture, home);
	} finally {
		place.dispose();
	}
}

/** The recipes that are still as they were. `refers`: a reference is to be inserted, which the editor does. */
async function find({ file, cell, hash }: WishRecipe, refers: boolean, project: Surveys): Promise<Found[]> {
	const all = cell === undefined ? await inDocument(file, project) : await inNotebook(file, cell, refers, project);
	return all.filter(({ recipe }) => recipe.hash === hash);
}

async function inDocument(file: Uri, project: Surveys): Promise<Found[]> {
	// One that was never saved is gone with its window. The editor still has the text of files that are gone: saved, they would be there again.
	const isThere = file.scheme !== 'untitled' && (await exists(file));
	const document = isThere ? await openDocument(file) : openTextOf(file);
	return document && (isThere || document.isUntitled) ? foundIn(document, project) : [];
}

async function exists(file: Uri): Promise<boolean> {
	return workspace.fs.stat(file).then(
		() => true,
		() => false,
	);
}

async function foundIn(document: TextDocument, project: Surveys): Promise<Found[]> {
	const { recipes } = await project.surveyOf(document);
	return recipes.map((recipe) => ({ holder: document, recipe }));
}

/** In the cell that was asked for first: others may hold the same recipe. */
async function inNotebook(file: Uri, cell: number, refers: boolean, project: Surveys): Promise<Found[]> {
	if (!(await exists(file))) return [];
	const open = openNotebookOf(file) ?? (refers ? await openNotebook(file) : undefined);
	const cells = open ? open.getCells().map(({ index, document }) => ({ index, document })) : await closedCells(file);
	const inOrder = cells.toSorted((a, b) => Number(b.index === cell) - Number(a.index === cell));
	const found = await Promise.all(
		inOrder.map(async (each) =>
			'document' in each
				? foundIn(each.document, project)
				: foundInClosed({ file, index: each.index }, each.text, project),
		),
	);
	return found.flat();
}

async function foundInClosed(cell: ClosedCell, text: string, project: Surveys): Promise<Found[]> {
	const { recipes } = await project.surveyOfCell(cell.file, text);
	return recipes.map((recipe) => ({ holder: { uri: cell.file, cell }, recipe }));
}

async function closedCells(file: Uri): Promise<readonly NotebookCell[]> {
	const bytes = await workspace.fs.readFile(file).then(undefined, () => undefined);
	return bytes ? markdownCells(textOf(bytes)) : [];
}

async function openNotebook(file: Uri): Promise<NotebookDocument | undefined> {
	return workspace.openNotebookDocument(file).then(undefined, () => undefined);
}
