import path from 'node:path';
import { Uri, workspace } from 'vscode';
import { normalizePath } from '../../documents/paths';
import { type ImageError, unsent } from '../../domain/imageError';
import { formatOfName } from '../../domain/imageFormat';
import { say } from '../../domain/message';
import { destinationFor } from '../../workspace/destination';
import { filesOf } from '../../workspace/files';
import { notAnImage } from '../../agents/toolPath';

/** The workspace folder that a relative path starts at, as the editor names paths: where there are several, the first segment may name one. */
export function folderNamed(
	segments: readonly string[],
): { readonly folder: Uri; readonly rest: readonly string[] } | undefined {
	const folders = workspace.workspaceFolders ?? [];
	const [first, ...others] = segments;
	const named = folders.length > 1 && others.length > 0 ? folders.find(({ name }) => name === first) : undefined;
	const folder = (named ?? folders[0])?.uri;
	return folder && { folder, rest: named ? others : segments };
}

/** A picture of the workspace that an agent names by path or URI. Links are followed: what they lead to must be inside, too. */
export async function pictureInside(name: string): Promise<Uri | ImageError> {
	const uri = uriNamed(name);
	// Of the file itself: in an address its name may end elsewhere.
	if (formatOfName(uri?.path ?? name) === undefined) return notAnImage(name);
	const inside = uri && workspace.getWorkspaceFolder(uri) ? destinationFor(uri) : undefined;
	const isOut = !uri || !inside || (await filesOf(uri).leadsOut(uri.path, inside.roots));
	return isOut ? outside(name) : uri;
}

function uriNamed(name: string): Uri | undefined {
	try {
		const uri = addressed(name);
		return uri?.with({ path: normalizePath(uri.path), query: '', fragment: '' });
	} catch {
		return undefined;
	}
}

function addressed(name: string): Uri | undefined {
	if (path.isAbsolute(name)) return Uri.file(name);
	if (/^[a-z][a-z0-9+.-]+:/i.test(name)) return Uri.parse(name, true);
	const found = folderNamed(name.split('/'));
	return found && Uri.joinPath(found.folder, ...found.rest);
}

function outside(name: string): ImageError {
	return unsent('bad-input', say('{0} is not inside the workspace, so it was not read. Name a picture inside.', name));
}

/** There is no workspace that a path could be inside of. */
export const noFolder = unsent('not-writable', say('No folder is open. Open one, then try again.'));
