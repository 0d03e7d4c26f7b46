import { type Uri, workspace } from 'vscode';
import { nameOfPath } from '../../documents/paths';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { formatFor, orderOf } from '../../recipes/order';
import type { SurveyedRecipe } from '../../recipes/survey';
import type { ExactPlace } from '../../store/savePicture';
import { destinationFor, fileOf } from '../../workspace/destination';
import type { Wish } from '../wish';

/** A document, or the file of one that is not open. */
type Addressed = { readonly uri: Uri };

/** What a recipe asks for, as any other wish; or why its picture cannot be made. `replaces`: see {@link ExactPlace}. */
export function wishOf(
	document: Addressed,
	{ recipe, state, path }: SurveyedRecipe,
	replaces?: string,
): Wish | ImageError {
	if (workspace.fs.isWritableFileSystem(document.uri.scheme) === false) return unsent('not-writable', oldVersion);
	const order = orderOf(recipe);
	if ('problem' in order) return unsent('bad-input', order.problem);
	if (state === 'elsewhere') {
		const href = recipe.picture?.href ?? '';
		return unsent('bad-input', say('{0} is no file of the workspace. Let the recipe’s picture be one.', href));
	}
	const exact = path === undefined ? undefined : placeOf(path, replaces);
	if (isImageError(exact)) return exact;
	const destination = destinationFor(document.uri);
	if (!destination) return unsent('not-writable', say('Save the document first: its pictures lie beside it.'));
	return { ...order, n: 1, destination, document: document.uri, ...(exact && { exact }) };
}

/** What makes a picture under the name that a document says. */
export function wishAt(document: Addressed, path: string, prompt: string): Wish | ImageError {
	if (workspace.fs.isWritableFileSystem(document.uri.scheme) === false) return unsent('not-writable', oldVersion);
	const exact = placeOf(path);
	if (isImageError(exact)) return exact;
	const destination = destinationFor(document.uri);
	if (!destination) return unsent('not-writable', say('Save the document first: its pictures lie beside it.'));
	return { prompt, n: 1, options: {}, destination, document: document.uri, exact };
}

const oldVersion = say('This version of the document cannot be changed. Open the document itself.');

function placeOf(path: string, replaces?: string): ExactPlace | ImageError {
	const format = formatFor(nameOfPath(path));
	if (typeof format !== 'string') return unsent('bad-input', format.problem);
	return { path, ...(replaces !== undefined && { replaces }) };
}

/** A path of the document's own file system as a person names it. */
export function describePath(document: Addressed, path: string): string {
	return workspace.asRelativePath(uriBeside(document, path));
}

/** The file at a path of the document's own file system. */
export function uriBeside(document: Addressed, path: string): Uri {
	const base = fileOf(document.uri) ?? workspace.workspaceFolders?.[0]?.uri ?? document.uri;
	return base.with({ path, query: '', fragment: '' });
}
