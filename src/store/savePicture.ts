import { normalizePath } from '../documents/paths';
import { type Charged, type ImageError, isImageError, unsent } from '../domain/imageError';
import { extensionOf, formatOfName, type ImageFormat } from '../domain/imageFormat';
import { say } from '../domain/message';
import { pictureId, type ReceivedImage, type StoredPicture } from '../domain/picture';
import { sniff } from '../image/sniff';
import { type Files, FilesError, type FilesFault } from './files';
import { type Facts, type Place, resolveTarget, type Target, type Templates } from './target';

/** Everything about a save that is the same for all pictures of a job. */
export interface SavePlan {
	readonly templates: Templates;
	readonly facts: Omit<Facts, 'width' | 'height' | 'seed' | 'id' | 'index'>;
	readonly place: Place;
	/** How a person names a path: relative to the workspace. */
	readonly describe: (path: string) => string;
}

/** The outside world of a save. */
export interface SavePorts {
	readonly files: Files;
	/** SHA-256 in hex. */
	readonly digest: (bytes: Uint8Array) => Promise<string>;
	/** A path as a URI string. */
	readonly uriOf: (path: string) => string;
	/** Limn's own storage, for a picture that could not be saved where it belongs: the path to show, `undefined` where that fails too. */
	readonly keep: (name: string, bytes: Uint8Array) => Promise<string | undefined>;
	/** Told of every fault of the file system. */
	readonly log: (error: FilesError) => void;
}

/** More files of one name than this, and something is wrong with the name. */
const maxSuffix = 9999;

/** Says before anything is sent why the pictures of this plan could not be saved; `undefined`: they can, as far as one can know. */
export async function checkTarget(plan: SavePlan, files: Files): Promise<ImageError | undefined> {
	const unknown = { width: '1', height: '1', seed: '1', id: '1', index: '1' };
	const target = resolveTarget(plan.templates, { ...plan.facts, ...unknown }, plan.place);
	if (isImageError(target)) return target;
	return (await files.leadsOut(target.folder, plan.place.roots)) ? leadsOut(plan.describe(target.folder)) : undefined;
}

/** Saves one picture under the name that the templates give it, with `-1`, `-2`, … where that is taken. */
export async function savePicture(
	image: ReceivedImage,
	index: number,
	plan: SavePlan,
	ports: SavePorts,
): Promise<StoredPicture | ImageError> {
	const { bytes, seed = '' } = image;
	const charged = chargedFor(image);
	const header = sniff(bytes);
	if (!header) return { ...unsent('bad-reply', say('What came is not a picture. Nothing was saved.')), charged };
	const { width, height, format } = header;
	const id = pictureId(await ports.digest(bytes));
	const facts = { ...plan.facts, width: `${width}`, height: `${height}`, seed, id, index: `${index}` };
	const extension = extensionFor(plan.templates.fileName, format);
	const saved = await publishAt(resolveTarget(plan.templates, facts, plan.place), extension, bytes, plan, ports);
	if (!isImageError(saved)) return { id, uri: ports.uriOf(saved), width, height, format };
	const at = await ports.keep(`${id}.${extension}`, bytes);
	return { ...saved, charged, kept: at === undefined ? 'lost' : { at } };
}

/** The path that the picture got. */
async function publishAt(
	target: Target | ImageError,
	extension: string,
	bytes: Uint8Array,
	{ place, describe }: SavePlan,
	{ files, log }: SavePorts,
): Promise<string | ImageError> {
	if (isImageError(target)) return target;
	try {
		return await publish(target, extension, bytes, place.roots, files);
	} catch (error) {
		if (!(error instanceof FilesError)) throw error;
		log(error);
		return failureOf(error.fault, describe(target.folder));
	}
}

/** A name's own spelling (`.jpeg`, `.PNG`) where it is right, else the usual one for the bytes. */
function extensionFor(fileName: string, format: ImageFormat): string {
	return formatOfName(fileName) === format ? fileName.slice(fileName.lastIndexOf('.') + 1) : extensionOf(format);
}

/** A price that the provider did not name may still have been paid. */
function chargedFor({ costUsd }: ReceivedImage): Charged {
	if (costUsd === undefined) return 'unknown';
	return costUsd > 0 ? 'yes' : 'no';
}

async function publish(
	{ folder, name }: Target,
	extension: string,
	bytes: Uint8Array,
	roots: readonly string[],
	files: Files,
): Promise<string> {
	for (let suffix = 0; suffix <= maxSuffix; suffix++) {
		const fileName = `${name}${suffix === 0 ? '' : `-${suffix}`}.${extension}`;
		if ((await files.publish(folder, fileName, bytes, roots)) === 'saved')
			return normalizePath(`${folder}/${fileName}`);
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
