import { FileType, type Uri, workspace } from 'vscode';
import { digest } from '../generation/slices';
import type { Wish } from './wish';

/** The file of a wish with one exact place. */
export function exactFileOf({ exact, destination }: Wish): Uri | undefined {
	return exact && destination.uri.with({ path: exact.path });
}

/** Whether something stands in that place that may not be replaced: it would be found out only when the picture is paid. */
export async function isTaken(wish: Wish): Promise<boolean> {
	const file = exactFileOf(wish);
	const present = file && (await workspace.fs.stat(file).then(undefined, () => undefined));
	if (!file || !present) return false;
	const { replaces } = wish.exact ?? {};
	if (replaces === undefined || present.type !== FileType.File) return true;
	return !(await workspace.fs.readFile(file).then(digest, () => '')).startsWith(replaces);
}
