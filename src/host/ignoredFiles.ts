import { realpath } from 'node:fs/promises';
import { Uri, workspace } from 'vscode';
import { neverSent } from '../documents/neverSent';
import { isWithin, nameOfPath, relativePath } from '../documents/paths';
import { type ImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import { fileOf } from '../workspace/destination';
import { ignoredFor } from './settings';

/** Why nothing of these files and documents may be sent: the setting `limn.ignore` names one. `undefined`: it names none. */
export async function refusalOfFiles(files: readonly Uri[]): Promise<ImageError | undefined> {
	const homes = files.map((file) => fileOf(file) ?? file);
	const named = await Promise.all(homes.map(isNamed));
	const first = homes.find((_, index) => named[index]);
	return first && refusal(workspace.asRelativePath(first));
}

/** The same of a file of which nothing is known but its name: it may have lain anywhere, so the end of a glob that names names is enough. */
export function refusalOfName(name: string): ImageError | undefined {
	const layers = [undefined, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
	const globs = layers.flatMap((uri) => ignoredFor(uri));
	// What fits every picture of this kind says nothing of this one.
	const any = `\0${/\.[^.]*$/.exec(name)?.[0] ?? ''}`;
	const ends = globs.map((glob) => nameOfPath(glob.replaceAll('\\', '/'))).filter((end) => !neverSent([end])(any));
	return name !== '' && neverSent([...globs, ...ends])(name) ? refusal(name) : undefined;
}

function refusal(name: string): ImageError {
	return unsent('bad-input', say('{0} is not sent: the setting limn.ignore names it.', name));
}

/**
 * Judged by every way that leads to a file: behind an innocent link may be one that is named. A file of no workspace folder is taken as
 * one of the topmost folder.
 */
async function isNamed(file: Uri): Promise<boolean> {
	const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => ({ uri, globs: ignoredFor(uri) }));
	const globs = ignoredFor(file);
	// By far the most have none: then no disk is asked.
	if ([globs, ...folders.map((folder) => folder.globs)].every(({ length }) => length === 0)) return false;
	const roots = await Promise.all(
		folders.map(async ({ uri, globs: theirs }) => ({ uri, theirs, ways: await waysTo(uri) })),
	);
	const paths = await waysTo(file);
	return paths.some((path) => {
		const places = rootsLike(file, roots).flatMap(({ theirs, ways }) =>
			ways.filter((way) => isWithin(path, way)).map((way) => ({ theirs, below: relativePath(way, path) })),
		);
		const below = places.length === 0 ? [path, path.replace(/^\/+/, '')] : [path];
		return below.some(neverSent(globs)) || places.some((place) => neverSent(place.theirs)(place.below));
	});
}

/** Its path, and on the local disk where that leads. */
async function waysTo(uri: Uri): Promise<readonly string[]> {
	if (uri.scheme !== 'file') return [uri.path];
	const end = await realpath(uri.fsPath).catch(() => undefined);
	return end === undefined ? [uri.path] : [uri.path, Uri.file(end).path];
}

/** Folders on the same computer: elsewhere the same path is another file. A file of a kind that no folder has may be of any. */
function rootsLike<T extends { readonly uri: Uri }>(file: Uri, roots: readonly T[]): readonly T[] {
	const like = roots.filter(({ uri }) => computerOf(uri) === computerOf(file));
	return like.length > 0 || roots.some(({ uri }) => uri.scheme === file.scheme) ? like : roots;
}

function computerOf({ scheme, authority }: Uri): string {
	return `${scheme}://${authority}`.toLowerCase();
}
