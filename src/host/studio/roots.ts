import type { Uri } from 'vscode';
import { isWithin } from '../../documents/paths';

type Place = Pick<Uri, 'scheme' | 'authority' | 'path'>;

/** Whether a file is a root, or below it: of one file system. */
export function isBelow(file: Place, root: Place): boolean {
	return root.scheme === file.scheme && root.authority === file.authority && isWithin(file.path, root.path);
}

/** Whether a folder is a part of a workspace's folders, and not all of one; but one inside another is a part of that. */
export function isPartOf(folder: Place, whole: readonly Place[]): boolean {
	return whole.some((root) => isBelow(folder, root) && !isBelow(root, folder));
}
