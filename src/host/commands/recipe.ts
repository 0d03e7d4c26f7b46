import { l10n, type LogOutputChannel, Uri, workspace } from 'vscode';
import { nameOfPath } from '../../documents/paths';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { PainterThread } from '../../generation/painterThread';
import { inspect } from '../../image/inspect';
import type { Recipe } from '../../image/metadata/readRecipe';
import { isSigned } from '../../image/metadata/signed';
import { savePicture, type SavePlan } from '../../store/savePicture';
import { chosenDestination, type Destination, destinationFor } from '../../workspace/destination';
import { imageArguments, parseArguments } from '../arguments';
import { readImage } from '../change';
import { showFailure } from '../failureActions';
import type { History } from '../history';
import { pickImage } from '../imagePicker';
import { recordOf } from '../pictureRecords';
import { factsOfRecipe } from '../recipeFacts';
import { failureOf, type Result } from '../result';
import { savePortsOf } from '../savePorts';
import type { Sheets } from '../sheet';
import { tell } from '../tell';

/** What `limn.showRecipe` returns. */
export interface RecipeResult {
	/** How the picture came to be. Absent: its file says nothing, and Limn did not make it here. */
	readonly recipe?: Recipe;
	/** The file is signed by its maker (C2PA). */
	readonly signed: boolean;
	readonly failure?: Result['failures'][number];
}

/** *Show Image Recipe*: what a picture's file, else the history, says of how it was made. Looks, and changes nothing. */
export async function showRecipe(
	argument: unknown,
	{ history, sheets }: { history: History; sheets: Sheets },
): Promise<RecipeResult | undefined> {
	const image = await imageOf(argument);
	if (!image || isImageError(image)) return image && { signed: false, failure: refuse(image) };
	const bytes = await readImage(image);
	if (isImageError(bytes)) return { signed: false, failure: refuse(bytes) };
	if (!inspect(bytes)) return { signed: false, failure: refuse(noPicture(image)) };
	const { recipe } = await recordOf(bytes, history);
	const signed = isSigned(bytes);
	const parent =
		recipe?.kind === 'limn' && recipe.record.parent !== undefined
			? await nameOfParent(recipe.record.parent, history)
			: undefined;
	await sheets.show(image, l10n.t('Recipe of {0}', nameOfPath(image.path)), linesOf(recipe, signed, parent));
	return { ...(recipe && { recipe }), signed };
}

/** Where a picture was put that was made here; else what it is known by. */
async function nameOfParent(id: string, history: History): Promise<string> {
	const entry = await history.find(id);
	return entry ? workspace.asRelativePath(Uri.parse(entry.uri)) : id;
}

/** Labelled lines, and the prompts as paragraphs of their own. */
function linesOf(recipe: Recipe | undefined, signed: boolean, parent: string | undefined): string[] {
	const end = signed ? ['', l10n.t('The file carries Content Credentials (C2PA) of its maker.')] : [];
	if (!recipe)
		return [l10n.t('Nothing in the file says how the picture was made, and Limn did not make it here.'), ...end];
	if (recipe.kind === 'limn') return [...linesOfRecord(recipe, parent), ...end];
	const { prompt, negative } = recipe;
	return [
		...paragraph(l10n.t('Prompt'), prompt),
		...paragraph(l10n.t('Not wanted'), negative ?? ''),
		...linesOfFacts(recipe, undefined),
		...end,
	];
}

function linesOfRecord(recipe: Extract<Recipe, { kind: 'limn' }>, parent: string | undefined): string[] {
	const { prompt, revisedPrompt } = recipe.record;
	return [
		...paragraph(l10n.t('Prompt'), prompt),
		...paragraph(l10n.t('Prompt as the provider wrote it'), revisedPrompt ?? ''),
		...linesOfFacts(recipe, parent),
	];
}

function linesOfFacts(recipe: Recipe, parent: string | undefined): string[] {
	return factsOfRecipe(recipe, parent).map(({ label, value }) => `${label}: ${value}`);
}

function paragraph(label: string, text: string): string[] {
	return text === '' ? [] : [label, text, ''];
}

/** *Strip Image Metadata*: a copy beside the picture without recipe, EXIF, XMP and signature. The picture itself stays. */
export async function stripMetadata(
	argument: unknown,
	{ log, painter }: { log: LogOutputChannel; painter: PainterThread },
): Promise<{ uri: string } | { failure: Result['failures'][number] } | undefined> {
	if (!workspace.isTrusted) return { failure: refuse(unsent('untrusted')) };
	const image = await imageOf(argument);
	if (!image || isImageError(image)) return image && { failure: refuse(image) };
	const original = await readImage(image);
	if (isImageError(original)) return { failure: refuse(original) };
	if (!inspect(original)) return { failure: refuse(noPicture(image)) };
	const bytes = await strip(original, painter).catch((fault: unknown) => {
		log.error(String(fault));
		return undefined;
	});
	if (!bytes) return { failure: refuse(unstripped(image)) };
	const isInside = workspace.getWorkspaceFolder(image) !== undefined;
	const destination = isInside ? destinationFor(image) : chosenDestination(Uri.joinPath(image, '..'));
	if (!destination) return { failure: refuse(unsent('not-writable')) };
	// A copy can be made again: it is kept nowhere else.
	const ports = savePortsOf(image, log);
	const saved = await savePicture({ bytes, costUsd: 0 }, 1, planFor(image, destination), ports);
	if (isImageError(saved)) return { failure: refuse(saved) };
	const name = workspace.asRelativePath(Uri.parse(saved.uri));
	void tell('information', l10n.t('Saved {0}, a copy without metadata.', name));
	return { uri: saved.uri };
}

async function strip(bytes: Uint8Array, painter: PainterThread): Promise<Uint8Array | undefined> {
	return painter.ask({ craft: 'strip', order: bytes }, new AbortController().signal);
}

/** Right beside the picture. */
function planFor(image: Uri, place: Destination): SavePlan {
	const name = nameOfPath(image.path).replace(/\.[^.]+$/, '');
	const facts = { slug: `${name}-stripped`, date: '', time: '', model: '', provider: '' };
	return {
		templates: { folder: '${documentFolder}', fileName: '${slug}' },
		facts,
		place,
		describe: (path) => workspace.asRelativePath(image.with({ path })),
	};
}

async function imageOf(argument: unknown): Promise<Uri | ImageError | undefined> {
	if (argument === undefined) return pickImage();
	if (argument instanceof Uri) return argument;
	const parsed = parseArguments(imageArguments, argument);
	return 'error' in parsed ? parsed.error : parsed.value.image;
}

function unstripped(image: Uri): ImageError {
	return unsent(
		'bad-input',
		say('{0} is damaged, or could not be read: no copy was made.', workspace.asRelativePath(image)),
	);
}

function noPicture(image: Uri): ImageError {
	return unsent('bad-input', say('{0} is no PNG, JPEG or WebP.', workspace.asRelativePath(image)));
}

function refuse(error: ImageError): Result['failures'][number] {
	void showFailure(error);
	return failureOf(error);
}
