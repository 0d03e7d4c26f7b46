import { nameOfPath, normalizePath } from '../documents/paths';
import { type Charged, type ImageError, isImageError, unsent } from '../domain/imageError';
import { extensionOf, formatOfName, type ImageFormat } from '../domain/imageFormat';
import { say } from '../domain/message';
import { type FileContent, pictureId, type ReceivedImage, type StoredPicture } from '../domain/picture';
import { headerOf } from '../image/sniff';
import { type Files, FilesError, type FilesFault } from './files';
import { exactTarget, type Facts, type Place, resolveTarget, type Target, type Templates } from './target';

/** Everything about a save that is the same for all pictures of a job. */
export interface SavePlan {
	readonly templates: Templates;
	readonly facts: Omit<Facts, 'width' | 'height' | 'seed' | 'id' | 'index'>;
	readonly place: Place;
	/** How a person names a path: relative to the workspace. */
	readonly describe: (path: string) => string;
	/** The one place that will do: a document refers to it. Then the templates do not count. */
	readonly exact?: ExactPlace;
}

/** A place that is known before there is a picture. */
export interface ExactPlace {
	/** With the extension of the format that is asked for. */
	readonly path: string;
	/** The file that may be replaced there: the beginning of its SHA-256 in hex. Absent: none. */
	readonly replaces?: string;
}

/** A picture that came, as its file is to be. */
export interface FinishedImage extends Omit<ReceivedImage, 'bytes'> {
	readonly bytes: FileContent;
}

/** The outside world of a save. */
export interface SavePorts {
	readonly files: Files;
	/** SHA-256 in hex. */
	readonly digest: (content: FileContent) => Promise<string>;
	/** A path as a URI string. */
	readonly uriOf: (path: string) => string;
	/** Limn's own storage, for a picture that could not be saved where it belongs: the path to show, `undefined` where that fails too. */
	readonly keep: (name: string, content: FileContent) => Promise<string | undefined>;
	/** Told of a picture before it is replaced: it is kept where Limn's history finds it. `false` where that fails; then it stays. */
	readonly retire: (id: string, path: string, bytes: Uint8Array) => Promise<boolean>;
	/** Told of a place before a picture is put there; of a name that is taken, too. `id`: see `StoredPicture`. */
	readonly announce: (id: string, path: string) => Promise<void>;
	/** Told of every fault of the file system. */
	readonly log: (error: FilesError) => void;
}

/** More files of one name than this, and something is wrong with the name. */
const maxSuffix = 9999;

/** Says before anything is sent why the pictures of this plan could not be saved; `undefined`: they can, as far as one can know. */
export async function checkTarget(plan: SavePlan, files: Files): Promise<ImageError | undefined> {
	const target = targetOf(plan, { ...plan.facts, ...factsOf('1') });
	if (isImageError(target)) return target;
	return (await files.leadsOut(target.folder, plan.place.roots)) ? leadsOut(plan.describe(target.folder)) : undefined;
}

/** The folder that the pictures of this plan go to, as a person names it; what is not known before they are there is `…`. */
export function foreseenFolder(plan: SavePlan): string | ImageError {
	const target = targetOf(plan, { ...plan.facts, ...factsOf('…') });
	return isImageError(target) ? target : plan.describe(target.folder);
}

/** In place of what only a picture itself can say. */
function factsOf(unknown: string): Omit<Facts, keyof SavePlan['facts']> {
	return { width: unknown, height: unknown, seed: unknown, id: unknown, index: unknown };
}

/**
 * Saves one picture under the name that the templates give it, with `-1`, `-2`, … where that is taken; or in the one place that the plan
 * names.
 */
export async function savePicture(
	image: FinishedImage,
	index: number,
	plan: SavePlan,
	ports: SavePorts,
): Promise<StoredPicture | ImageError> {
	const { bytes, seed = '' } = image;
	const charged = chargedFor(image);
	const header = await headerOf('picture' in bytes ? bytes.picture : bytes);
	if (!header) return { ...unsent('bad-reply', say('What came is not a picture. Nothing was saved.')), charged };
	const { width, height, format } = header;
	const id = pictureId(await ports.digest(bytes));
	const facts = { ...plan.facts, width: `${width}`, height: `${height}`, seed, id, index: `${index}` };
	const extension = extensionFor(plan.templates.fileName, format);
	const target = targetOf(plan, facts);
	const saved = await publishAt(target, { id, content: bytes, format, extension }, plan, ports);
	if (!isImageError(saved)) return { id, uri: ports.uriOf(saved), width, height, format };
	const at = await ports.keep(`${id}.${extension}`, bytes);
	return { ...saved, charged, kept: at === undefined ? 'lost' : { at } };
}

function targetOf({ exact, templates, place }: SavePlan, facts: Facts): Target | ImageError {
	return exact ? exactTarget(exact.path, place) : resolveTarget(templates, facts, place);
}

/** A picture's file. */
interface File {
	readonly id: string;
	readonly content: FileContent;
	readonly format: ImageFormat;
	readonly extension: string;
}

/** The path that the picture got. */
async function publishAt(
	target: Target | ImageError,
	file: File,
	plan: SavePlan,
	ports: SavePorts,
): Promise<string | ImageError> {
	if (isImageError(target)) return target;
	try {
		if (plan.exact) return await publishExactly(target, file, plan.exact, plan, ports);
		return await publish(target, file, plan.place.roots, ports);
	} catch (error) {
		if (!(error instanceof FilesError)) throw error;
		ports.log(error);
		return failureOf(error.fault, plan.describe(target.folder));
	}
}

/** Where a picture is already, it makes room only if it is the one that the plan knows. */
async function publishExactly(
	{ folder }: Target,
	{ id, content, format }: File,
	{ path, replaces }: ExactPlace,
	{ place, describe }: SavePlan,
	{ files, digest, retire, announce }: SavePorts,
): Promise<string | ImageError> {
	const name = nameOfPath(path);
	if (formatOfName(name) !== format) {
		return unsent('bad-reply', say('What came is {0}: it cannot be called {1}.', format, describe(path)));
	}
	await announce(id, normalizePath(path));
	if ((await files.publish(folder, name, content, place.roots)) === 'saved') return normalizePath(path);
	const mayGo = async (present: Uint8Array) => {
		const hash = await digest(present);
		return replaces !== undefined && hash.startsWith(replaces) && retire(pictureId(hash), path, present);
	};
	if ((await files.replace(folder, name, content, place.roots, mayGo)) === 'saved') return normalizePath(path);
	return unsent('not-writable', say('{0} is another picture by now. It was left as it is.', describe(path)));
}

/** A name's own spelling (`.jpeg`, `.PNG`) where it is right, else the usual one for the bytes. */
function extensionFor(fileName: string, format: ImageFormat): string {
	return formatOfName(fileName) === format ? fileName.slice(fileName.lastIndexOf('.') + 1) : extensionOf(format);
}

/** A price that the provider did not name may still have been paid. */
function chargedFor({ costUsd }: FinishedImage): Charged {
	if (costUsd === undefined) return 'unknown';
	return costUsd > 0 ? 'yes' : 'no';
}

async function publish(
	{ folder, name }: Target,
	{ id, content, extension }: File,
	roots: readonly string[],
	{ files, announce }: SavePorts,
): Promise<string> {
	for (let suffix = 0; suffix <= maxSuffix; suffix++) {
		const fileName = `${name}${suffix === 0 ? '' : `-${suffix}`}.${extension}`;
		const path = normalizePath(`${folder}/${fileName}`);
		await announce(id, path);
		if ((await files.publish(folder, fileName, content, roots)) === 'saved') return path;
	}
	throw new FilesError('not-writable', `${folder} has ${maxSuffix} files named ${name}`);
}

function failureOf(fault: FilesFault, folder: string): ImageError {
	switch (fault) {
		case 'not-writable':
			return unsent('not-writable', say('{0} cannot be written to. Choose another folder.', folder));
		case 'no-space':
			return unsent('no-space', say('There is no space left in {0}. Free some and try again.', folder));
		case 'outside':
			return leadsOut(folder);
	}
}

function leadsOut(folder: string): ImageError {
	return unsent('bad-input', say('{0} leads out of the workspace through a link. Choose a folder inside.', folder));
}
