/** Paths of this room are those of URIs: absolute, with `/`, not percent-encoded; `/c:/…` on Windows. */

/** Resolves `.` and `..` by the text alone and drops empty segments. `..` at the top stays at the top. */
export function normalizePath(path: string): string {
	const kept: string[] = [];
	for (const segment of path.split('/')) {
		if (segment === '..') kept.pop();
		else if (segment !== '' && segment !== '.') kept.push(segment);
	}
	return `/${kept.join('/')}`;
}

/** Whether `path` is `root` or below it. Both are normalized first. */
export function isWithin(path: string, root: string): boolean {
	const [inner, outer] = [normalizePath(path), normalizePath(root)];
	return inner === outer || outer === '/' || inner.startsWith(`${outer}/`);
}

/** The folder that holds `path`. */
export function folderOf(path: string): string {
	return normalizePath(`${path}/..`);
}

/** The last segment. */
export function nameOfPath(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

/** How a document in `folder` names `path`: `images/fox.png`, `../media/fox.png`. */
export function relativePath(folder: string, path: string): string {
	const from = normalizePath(folder).split('/').slice(1).filter(Boolean);
	const to = normalizePath(path).split('/').slice(1);
	let shared = 0;
	while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
	return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
