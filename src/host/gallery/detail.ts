import { l10n, Uri, workspace } from 'vscode';
import type { PaintedMask } from '../../canvas/paintedMask';
import { formatUsd } from '../../catalogue/price';
import type { GalleryItem } from '../../gallery/item';
import { childrenOf, parentOf } from '../../gallery/lineage';
import { inspect, mostPixels } from '../../image/inspect';
import type { Recipe } from '../../image/metadata/readRecipe';
import { isSigned } from '../../image/metadata/signed';
import { type ImageHeader, sniff } from '../../image/sniff';
import type { DetailView } from '../../protocol/views';
import { inParallel } from '../../recipes/turns';
import { treeOf } from '../../workspace/tree';
import type { History } from '../history';
import { modelOf, promptOf, recordOf } from '../pictureRecords';
import { type Fact, factsOfRecipe } from '../recipeFacts';
import { cardOf, picturedOf } from './cards';
import { draftOf } from './draftOf';
import { type FileState, stampOf, stateOf } from './pictureFile';
import type { Shown } from './shown';
import type { Thumbnails } from './thumbnails';

interface Parts {
	readonly history: History;
	readonly thumbnails: Thumbnails;
	/** Where parents and children are. */
	readonly items: readonly GalleryItem[];
	readonly shown: Shown;
}

/** In bytes: a larger file is not read. */
const largestFile = 256 * 1024 * 1024;

/** More are not shown. */
const mostChildren = 200;

/** A picture's file, and what it says. */
interface Look {
	readonly file: Uri;
	readonly state?: FileState | undefined;
	/** Absent: the file is gone, too large, or cannot be read. */
	readonly bytes?: Uint8Array | undefined;
	readonly header?: ImageHeader | undefined;
	/** See `StoredPicture`. */
	readonly picture?: string | undefined;
	readonly recipe?: Recipe | undefined;
	readonly costUsd?: number | undefined;
	readonly painted?: PaintedMask | undefined;
}

/** All that is known of a picture. */
export async function detailOf(item: GalleryItem, parts: Parts): Promise<DetailView> {
	const { shown, thumbnails, items } = parts;
	const look = await lookAt(item, parts.history);
	const { recipe } = look;
	const lineage = { ...item, ...lineageOf(look) };
	const parent = parentOf(lineage, items);
	const children = childrenOf(lineage, items).slice(0, mostChildren);
	const named = { ...item, ...(recipe && { prompt: promptOf(recipe) || item.prompt }) };
	const draft = recipe && draftOf({ recipe, size: look.header, source: parent?.id, painted: look.painted });
	const card = await cardOf(withModel(named, recipe), shown, thumbnails);
	return {
		card,
		path: item.path,
		prompt: named.prompt,
		facts: factsOf(look, lineage.parent !== undefined && !parent ? lineage.parent : undefined),
		...(await pictureOf(item, look, parts)),
		...(parent && { parent: await cardOf(parent, shown, thumbnails) }),
		children: await inParallel(children, 16, async (child) => cardOf(child, shown, thumbnails)),
		...(draft && { draft }),
	};
}

/** Of a file that is gone the history still knows something. */
async function lookAt({ uri, picture }: GalleryItem, history: History): Promise<Look> {
	const file = Uri.parse(uri);
	const state = await stateOf(file);
	const bytes = state && state.size <= largestFile ? await treeOf(file).read(file.path) : undefined;
	if (bytes) {
		const { id, recipe, costUsd } = await recordOf(bytes, history);
		const { painted } = (await history.find(id)) ?? {};
		return { file, state, bytes, header: inspect(bytes) ?? sniff(bytes), picture: id, recipe, costUsd, painted };
	}
	const entry = picture === undefined ? undefined : await history.find(picture);
	const { costUsd, painted } = entry ?? {};
	return { file, state, picture, ...(entry && { recipe: { kind: 'limn', record: entry }, costUsd, painted }) };
}

function lineageOf({ picture, recipe }: Look): Pick<GalleryItem, 'picture' | 'parent'> {
	const parent = recipe?.kind === 'limn' ? recipe.record.parent : undefined;
	return { ...(picture !== undefined && { picture }), ...(parent !== undefined && { parent }) };
}

function withModel(item: GalleryItem, recipe: Recipe | undefined): GalleryItem {
	const model = item.model ?? (recipe && modelOf(recipe));
	const operation = item.operation ?? (recipe?.kind === 'limn' ? recipe.record.operation : undefined);
	return { ...item, ...(model !== undefined && { model }), ...(operation && { operation }) };
}

function factsOf({ recipe, costUsd = 0, header, state, bytes }: Look, parent: string | undefined): Fact[] {
	const facts: readonly (readonly [name: string, label: string, value: string | undefined])[] = [
		[
			'revisedPrompt',
			l10n.t('Prompt as the provider wrote it'),
			recipe?.kind === 'limn' ? recipe.record.revisedPrompt : undefined,
		],
		['negative', l10n.t('Not wanted'), recipe?.kind === 'a1111' ? recipe.negative : undefined],
		// Nobody is told that something cost nothing.
		['cost', l10n.t('Cost'), costUsd > 0 ? formatUsd(costUsd) : undefined],
		['size', l10n.t('Size'), header && `${header.width} × ${header.height}`],
		['format', l10n.t('Format'), header?.format.toUpperCase()],
		['bytes', l10n.t('File'), state && bytesInWords(state.size)],
		[
			'signed',
			l10n.t('Content Credentials'),
			bytes && isSigned(bytes) ? l10n.t('signed by its maker (C2PA)') : undefined,
		],
	];
	const others = facts.flatMap(([name, label, value]) => (value === undefined ? [] : [{ name, label, value }]));
	return [...(recipe ? factsOfRecipe(recipe, parent) : []), ...others];
}

/** As the editor's own image view says it. */
function bytesInWords(bytes: number): string {
	if (bytes < 1024) return l10n.t('{0} B', bytes);
	if (bytes < 1024 ** 2) return l10n.t('{0} KB', (bytes / 1024).toFixed(1));
	return l10n.t('{0} MB', (bytes / 1024 ** 2).toFixed(1));
}

/** The picture itself where the webview may look, else a smaller one. */
async function pictureOf(
	item: GalleryItem,
	{ file, state, bytes, header }: Look,
	{ shown, thumbnails }: Parts,
): Promise<Pick<DetailView, 'picture' | 'problem'>> {
	if (!state) return { problem: l10n.t('The file is gone: it was moved or deleted.') };
	if (state.size > largestFile) return { problem: l10n.t('The file is larger than 256 MB.') };
	if (!bytes) return { problem: l10n.t('{0} cannot be read.', workspace.asRelativePath(file)) };
	if (!header || isCutOff(bytes, header)) return { problem: l10n.t('The file is damaged, or no picture.') };
	const { width, height } = header;
	if (width * height > mostPixels) return { problem: l10n.t('The picture has more than 64 megapixels.') };
	if (shown.mayShow(file))
		return {
			picture: { uri: versioned(shown.address(file), state), width, height, isWhole: true, stamp: stampOf(state) },
		};
	const made = await thumbnails.make(picturedOf(item), 'preview', new AbortController().signal);
	if (made.kind === 'missing') return { problem: l10n.t('The file is gone: it was moved or deleted.') };
	if (made.kind === 'unreadable') return { problem: made.why };
	const isWhole = Math.max(width, height) <= 2048;
	return { picture: { uri: shown.address(made.file), width, height, isWhole, stamp: stampOf(state) } };
}

/** GIF and AVIF are not looked into. */
function isCutOff(bytes: Uint8Array, { format }: ImageHeader): boolean {
	return format !== 'gif' && format !== 'avif' && !inspect(bytes);
}

/** A webview keeps what it has loaded: after a change the file has another address. */
function versioned(address: string, { changed }: FileState): string {
	return `${address}${address.includes('?') ? '&' : '?'}changed=${Math.round(changed)}`;
}
