import { type Uri, workspace } from 'vscode';
import type { Offer } from '../catalogue/model';
import type { CopyDestination } from '../documents/copyFiles';
import { slug } from '../documents/fileName';
import { nameOfPath } from '../documents/paths';
import { formatOfName, type RequestableFormat } from '../domain/imageFormat';
import { isBlank, type Options } from '../domain/imageRequest';
import type { SizeWish } from '../domain/size';
import type { ExactPlace, SavePlan } from '../store/savePicture';
import type { Destination } from '../workspace/destination';
import type { Change } from './change';
import { dateAndTime } from '../generation/localTime';
import { copiedTo } from './copiedTo';
import { settingFor } from './settings';

/** The recipe that asks for a picture, to be found again in another window. */
export interface WishRecipe {
	/** The document's, a notebook's too. */
	readonly file: Uri;
	/** Among all cells of a notebook, from 0. */
	readonly cell?: number;
	/** See {@link SurveyedRecipe}. */
	readonly hash: string;
}

/** What somebody wants, from whichever door it came; what is absent is in the settings. */
export interface Wish {
	readonly prompt: string;
	/** See {@link ImageRequest}. */
	readonly addition?: string;
	readonly model?: string | undefined;
	readonly size?: SizeWish | undefined;
	readonly n: number;
	/** See {@link ImageRequest}. */
	readonly already?: number;
	readonly options: Options;
	/** Absent: a picture is made of words alone. */
	readonly change?: Change | undefined;
	readonly format?: RequestableFormat | undefined;
	readonly folder?: string | undefined;
	readonly fileName?: string | undefined;
	/** The one place of the picture, whatever the templates say. */
	readonly exact?: ExactPlace;
	readonly destination: Destination;
	/** The settings that hold for this document are used. */
	readonly document?: Uri | undefined;
	/** What came is noted there. Absent: no recipe asks for it. */
	readonly recipe?: WishRecipe;
}

/** A wish whose folder may have to be asked for. */
export type WishDraft = Omit<Wish, 'destination'> & Partial<Pick<Wish, 'destination'>>;

/** The settings of the document hold, else those of the folder that the pictures go to. */
export function scopeOf({ document, destination }: Wish): Uri {
	return document ?? destination.uri;
}

/** What a wish alone may fill, as keys: the file that it names, else its recipe. On some disks capitals make no other file. */
export function placesOf({ exact, destination, recipe }: Wish): readonly string[] {
	if (exact) return [destination.uri.with({ path: exact.path }).toString().toLowerCase()];
	return recipe ? [`${recipe.file.toString()} ${recipe.cell ?? ''} ${recipe.hash}`] : [];
}

/** The template of the pictures' names; another where the editor's own setting names them. */
function fileNameOf(wish: Wish, copied = copiedFor(wish)): string {
	return wish.fileName ?? copied?.fileName ?? settingFor('output.fileName', scopeOf(wish));
}

/** Where the editor's own setting puts the pictures; nobody has said it otherwise then. Without facts and time only the kind of file is right. */
function copiedFor(wish: Wish, facts: SavePlan['facts'] | object = {}, now = new Date(0)): CopyDestination | undefined {
	const { document, destination, fileName: ownName } = wish;
	const scope = scopeOf(wish);
	if (wish.folder !== undefined || destination.pointedAt || settingFor('output.folder', scope) !== '' || !document)
		return undefined;
	const fileName = ownName ?? settingFor('output.fileName', scope);
	const format = formatOfName(fileName) ?? wish.format ?? settingFor('output.format', scope);
	return copiedTo({ document, destination, fileName, facts: { ...facts }, format }, now);
}

/** The format of the file. `kept`: some of its pixels are to stay exactly, which a JPEG cannot; then one must be asked for by name. */
export function formatFor(wish: Wish, kept: boolean): RequestableFormat {
	const named = formatOfName(wish.exact?.path ?? fileNameOf(wish)) ?? wish.format;
	const usual = settingFor('output.format', scopeOf(wish));
	return named ?? (kept && usual === 'jpeg' ? 'png' : usual);
}

/** How the pictures of a wish are saved. */
export function savePlanFor(wish: Wish, { provider, name: model }: Offer, now: Date): SavePlan {
	const { destination, exact } = wish;
	const facts = { slug: slug(titleOf(wish)), ...dateAndTime(now), model, provider };
	const copied = copiedFor(wish, facts, now);
	return {
		templates: { folder: folderTemplate(wish, copied), fileName: fileNameOf(wish, copied) },
		facts,
		place: copied ? { ...destination, documentFolder: copied.folder } : destination,
		...(exact && { exact }),
		describe: (path) => nameIn(destination.uri.with({ path })),
	};
}

/** Of what a change without words makes: `fox-expanded`. In English, as file names are in most projects. */
const outcomes = { edit: 'edited', expand: 'expanded', vary: 'varied' } as const;

/** What the picture's file is called after. */
function titleOf(wish: Wish): string {
	const { prompt, change } = wish;
	return isBlank(prompt) && change ? `${subjectOf(wish)} ${outcomes[change.operation]}` : prompt;
}

/** What the picture shows, for people: the prompt; where there is none, the name of the picture that it is made from. */
export function subjectOf({ prompt, change }: Pick<Wish, 'prompt' | 'change'>): string {
	return isBlank(prompt) && change ? nameOfPath(change.image.path).replace(/\.[^.]+$/, '') : prompt;
}

/** The command's own folder, else the one that was pointed at, else the setting, else the editor's own, else `images` beside the document. */
function folderTemplate(wish: Wish, copied: CopyDestination | undefined): string {
	if (wish.folder !== undefined) return wish.folder;
	if (wish.destination.pointedAt) return '${documentFolder}';
	// A path as it is, not a template: only what a variable stands for is never read as one.
	if (copied) return /[$\\]/.test(copied.folder) ? '${documentFolder}' : copied.folder;
	return settingFor('output.folder', scopeOf(wish)) || '${documentFolder}/images';
}

/** As people know it: below its workspace folder, or that folder's own name. */
function nameIn(uri: Uri): string {
	const folder = workspace.getWorkspaceFolder(uri);
	return folder && folder.uri.path === uri.path ? folder.name : workspace.asRelativePath(uri);
}
