import type { Uri } from 'vscode';
import { altOf } from '../documents/altText';
import { nameOfPath } from '../documents/paths';
import { isBlank } from '../domain/imageRequest';
import type { Insertable } from '../workspace/insert';
import type { PictureFacts } from './features/knownPictures';
import { promptOf } from './pictureRecords';
import { wordsOfName } from './wordsOfName';

/** A picture as a document would show it: told by the prompt that made it, else by the words of its name. `undefined`: it is damaged. */
export function insertableOf(
	uri: Uri,
	{ size, recipe }: PictureFacts,
	name = nameOfPath(uri.path),
): Insertable | undefined {
	const prompt = recipe ? promptOf(recipe) : '';
	return size && { uri, ...size, alt: altOf(isBlank(prompt) ? wordsOfName(name) : prompt) };
}
