import { type TextDocument, type Uri, workspace } from 'vscode';
import { languageOf } from '../../documents/languages/languages';
import { markdownCells, withCellText } from '../../documents/notebook/notebook';
import { type Message, say } from '../../domain/message';
import { noteMade } from '../../recipes/made';
import { type Made, type Recipe, recipesIn } from '../../recipes/recipe';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { openNotebookOf } from '../../workspace/unsaved';
import { noteInDocument } from './noteMade';

/** A cell of a notebook that no editor shows. */
export interface ClosedCell {
	readonly file: Uri;
	/** Among all cells, from 0. */
	readonly index: number;
}

/** One after the other: each reads what the one before it wrote. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Writes into a recipe of a closed notebook what its picture was made of. Every other byte of the file stays, which the editor's own way of
 * saving notebooks does not promise. Returns what went wrong.
 */
export async function noteInClosedCell(cell: ClosedCell, recipe: Recipe, made: Made): Promise<Message | undefined> {
	const mine = last.then(async () => note(cell, recipe, made));
	last = mine.catch(() => undefined);
	return mine;
}

async function note({ file, index }: ClosedCell, recipe: Recipe, made: Made): Promise<Message | undefined> {
	const name = workspace.asRelativePath(file);
	const open = openNotebookOf(file);
	// Somebody has opened it meanwhile, and may be writing in it.
	if (open && index < open.cellCount) return noteInOpenCell(open.cellAt(index).document, recipe, made);
	try {
		const text = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(await workspace.fs.readFile(file));
		const cell = markdownCells(text).find((each) => each.index === index);
		const present = cell && recipeLike(recipe, cell.text, file.path);
		const changed = present && withCellText(text, index, changeOf(noteMade(present, made)));
		if (changed === undefined)
			return say('The recipe in {0} is gone, so nothing was noted there. The picture is saved.', name);
		await workspace.fs.writeFile(file, new TextEncoder().encode(changed));
		return undefined;
	} catch {
		return say('{0} could not be changed: its recipe does not know of the picture yet.', name);
	}
}

async function noteInOpenCell(document: TextDocument, recipe: Recipe, made: Made): Promise<Message | undefined> {
	const place = new TrackedPlace(document, document.positionAt(recipe.span.start));
	const problem = await noteInDocument(place, made, recipe);
	place.dispose();
	return problem;
}

function changeOf({ text, ...span }: ReturnType<typeof noteMade>) {
	return { ...span, replacement: text };
}

/** The same recipe, where it is now: what was noted above it has moved it. */
function recipeLike({ prompt, picture, span }: Recipe, text: string, path: string): Recipe | undefined {
	const parts = languageOf('markdown', path).read?.(text);
	const alike = (parts ? recipesIn(text, parts) : []).filter(
		(each) => each.prompt === prompt && each.picture?.href === picture?.href,
	);
	return alike.find((each) => each.span.start >= span.start) ?? alike[0];
}
