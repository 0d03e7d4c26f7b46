import { Uri, workspace } from 'vscode';
import { unsent } from '../../domain/imageError';
import type { ImageRecord } from '../../domain/imageRecord';
import type { SizeWish } from '../../domain/size';
import type { Recipe } from '../../image/metadata/readRecipe';
import { destinationFor } from '../../workspace/destination';
import { besidePicture } from '../besidePicture';
import type { Change } from '../change';
import { refuse } from '../commands/calls';
import type { History } from '../history';
import type { Orders } from '../orders';
import { promptOf } from '../pictureRecords';
import type { Result } from '../result';
import type { Wish, WishDraft } from '../wish';
import type { KnownPictures } from './knownPictures';

interface Parts {
	readonly orders: Pick<Orders, 'ask'>;
	readonly pictures: Pick<KnownPictures, 'look'>;
	readonly history: Pick<History, 'find'>;
}

/**
 * Asks for a picture like this one once more, with the prompt and the model that made it. The new one lies beside the old one, and no
 * document is changed. `undefined`: the person left.
 */
export async function regenerate(image: Uri, { orders, pictures, history }: Parts): Promise<Result | undefined> {
	if (!workspace.isTrusted) return refuse(unsent('untrusted'));
	const again = (await wishAgain(image, { pictures, history })) ?? { ...homeOf(image), prompt: '', options: {}, n: 1 };
	return orders.ask({ wish: again, silent: false });
}

/** What would make a picture like this one once more. `undefined`: nobody knows how it was made. */
export async function wishAgain(
	image: Uri,
	{ pictures, history }: Pick<Parts, 'pictures' | 'history'>,
): Promise<WishDraft | undefined> {
	const facts = await pictures.look(image);
	const { recipe, size } = facts === 'missing' ? {} : (facts ?? {});
	if (!recipe) return undefined;
	const again = await againFrom(recipe, { pictures, history });
	const like = !again.change && size && { size: { kind: 'pixels', size } satisfies SizeWish };
	return { options: {}, ...again, ...like, n: 1, ...homeOf(image) };
}

function homeOf(image: Uri): Pick<WishDraft, 'folder' | 'document' | 'destination'> {
	const { document, folder } = besidePicture(image);
	const destination = destinationFor(document);
	return { folder, document, ...(destination && { destination }) };
}

/** Without the seed: the same picture is there already. */
async function againFrom(
	recipe: Recipe,
	parts: Pick<Parts, 'pictures' | 'history'>,
): Promise<Pick<Wish, 'prompt' | 'change'> & Partial<Pick<Wish, 'model' | 'options'>>> {
	const prompt = promptOf(recipe);
	if (recipe.kind !== 'limn') return { prompt };
	const { model, options } = recipe.record;
	const change = await changeOf(recipe.record, parts);
	return { prompt, model, options, ...(change && { change }) };
}

/** What was done to the picture that it was made from, if that one is still where it was; else it is made of words alone. */
async function changeOf(
	{ operation, parent, selected, margins, strength = 'medium' }: ImageRecord,
	{ pictures, history }: Pick<Parts, 'pictures' | 'history'>,
): Promise<Change | undefined> {
	const source = parent === undefined ? undefined : await history.find(parent);
	if (!source) return undefined;
	const image = Uri.parse(source.uri);
	const facts = await pictures.look(image);
	if (facts === 'missing' || facts?.id !== parent) return undefined;
	switch (operation) {
		case 'generate':
			return undefined;
		case 'edit':
			return { operation, image, ...(selected && { mask: [selected] }) };
		case 'expand':
			return margins && { operation, image, by: margins };
		case 'vary':
			return { operation, image, strength };
	}
}
