import { Uri, workspace } from 'vscode';
import { altOf } from '../../documents/altText';
import { type Message, say } from '../../domain/message';
import type { StoredPicture } from '../../domain/picture';
import { madeDigits } from '../../recipes/made';
import type { SurveyedRecipe } from '../../recipes/survey';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { type ClosedCell, noteInClosedCell } from './noteInClosedCell';
import { noteInDocument } from './noteMade';

/** What a recipe notes of its picture. */
export type NotablePicture = Pick<StoredPicture, 'id' | 'uri' | 'width' | 'height'>;

/**
 * Writes into the recipe at `place` that this picture was made of it; into a document with a reference, where none follows. `home`: as in
 * `Insertion`. Returns what went wrong.
 */
export async function notePicture(
	place: TrackedPlace | ClosedCell,
	{ recipe, hash }: SurveyedRecipe,
	{ id, uri, width, height }: NotablePicture,
	home: Uri | undefined,
): Promise<Message | undefined> {
	const made = { recipe: hash, picture: id.slice(0, madeDigits) };
	const picture = { uri: Uri.parse(uri), width, height, alt: altOf(recipe.prompt) };
	if (!(place instanceof TrackedPlace)) return noteInClosedCell(place, recipe, made);
	return noteInDocument(place, made, recipe, { picture, home }).catch(() =>
		// What the picture cost is spent: it counts, whatever its document does.
		say('{0} could not be changed: its recipe does not know of the picture yet.', workspace.asRelativePath(place.uri)),
	);
}
