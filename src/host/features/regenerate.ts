import { l10n, Uri, workspace } from 'vscode';
import type { PaintedMask } from '../../canvas/paintedMask';
import { unsent } from '../../domain/imageError';
import type { ImageRecord } from '../../domain/imageRecord';
import type { SizeWish } from '../../domain/size';
import type { Recipe } from '../../image/metadata/readRecipe';
import { destinationFor } from '../../workspace/destination';
import { besidePicture } from '../besidePicture';
import type { Change } from '../change';
import { refuse } from '../commands/calls';
import type { History } from '../history';
import { refusalOfFiles } from '../ignoredFiles';
import type { Orders } from '../orders';
import { promptOf } from '../pictureRecords';
import type { Result } from '../result';
import type { Wish, WishDraft } from '../wish';
import type { KnownPictures } from './knownPictures';

/** Who knows how pictures were made. */
interface Sources {
	readonly pictures: Pick<KnownPictures, 'look'>;
	readonly history: Pick<History, 'find'>;
}

interface Parts extends Sources {
	readonly orders: Pick<Orders, 'ask'>;
	/** Puts an order on the canvas, and says why. */
	readonly check: (wish: WishDraft, why: string) => Promise<void>;
}

/** What would make a picture once more. */
export interface Again {
	readonly wish: WishDraft;
	/** Of what was selected only the box round it is known: it would make more anew than was made before. */
	readonly isRough: boolean;
}

/**
 * Asks for a picture like this one once more, with the prompt and the model that made it. The new one lies beside the old one, and no
 * document is changed. Where more may be made anew than before, the person sees that first, on the canvas. `undefined`: the person left,
 * or orders there.
 */
export async function regenerate(image: Uri, { orders, pictures, history, check }: Parts): Promise<Result | undefined> {
	if (!workspace.isTrusted) return refuse(unsent('untrusted'));
	const { wish = { ...homeOf(image), prompt: '', options: {}, n: 1 }, isRough = false } =
		(await wishAgain(image, { pictures, history })) ?? {};
	if (!isRough) return orders.ask({ wish, silent: false });
	await check(wish, onlyTheBox());
	return undefined;
}

/** Why an order is put on the canvas instead of being made. */
export function onlyTheBox(): string {
	return l10n.t('Only the box round the selection is known. Check it, then order.');
}

/** What would make a picture like this one once more. `undefined`: nobody knows how it was made, or nothing of it may be sent. */
export async function wishAgain(image: Uri, { pictures, history }: Sources): Promise<Again | undefined> {
	if (await refusalOfFiles([image])) return undefined;
	const facts = await pictures.look(image);
	const { id, recipe, size } = facts === 'missing' ? {} : (facts ?? {});
	if (!recipe) return undefined;
	const { painted } = (id !== undefined && (await history.find(id))) || {};
	const again = await againFrom(recipe, painted, { pictures, history });
	const { change } = again;
	const like = !change && size && { size: { kind: 'pixels', size } satisfies SizeWish };
	const isRough = change?.operation === 'edit' && change.mask !== undefined && !painted;
	return { wish: { options: {}, ...again, ...like, n: 1, ...homeOf(image) }, isRough };
}

function homeOf(image: Uri): Pick<WishDraft, 'folder' | 'document' | 'destination'> {
	const { document, folder } = besidePicture(image);
	const destination = destinationFor(document);
	return { folder, document, ...(destination && { destination }) };
}

/** Without the seed: the same picture is there already. */
async function againFrom(
	recipe: Recipe,
	painted: PaintedMask | undefined,
	parts: Sources,
): Promise<Pick<Wish, 'prompt' | 'change'> & Partial<Pick<Wish, 'model' | 'options'>>> {
	const prompt = promptOf(recipe);
	if (recipe.kind !== 'limn') return { prompt };
	const { model, options } = recipe.record;
	const change = await changeOf(recipe.record, painted, parts);
	return { prompt, model, options, ...(change && { change }) };
}

/** What was done to the picture that it was made from, if that one is still where it was; else it is made of words alone. */
async function changeOf(
	{ operation, parent, selected, margins, strength = 'medium' }: ImageRecord,
	painted: PaintedMask | undefined,
	{ pictures, history }: Sources,
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
			return { operation, image, mask: painted ?? (selected && [selected]) };
		case 'expand':
			return margins && { operation, image, by: margins };
		case 'vary':
			return { operation, image, strength };
	}
}
