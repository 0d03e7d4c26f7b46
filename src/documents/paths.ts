/** Paths of this room are those of URIs: absolute, with `/`, not percent-encoded; `/c:/…` on Windows. */

/** Resolves `.` and `..` by the text alone and drops empty segments. `..` at the top stays at the top. */
export function normalizePath(path: string): string {
	const kept: string[] = [];
	for (const segment of path.split('/')) {
		if (segment === '..') kept.pop();
		else if (segment !== '' && segment !== '.') kept.push(segment);
	}
	// Windows takes `C:` for `c:`, and the editor writes both.
	return `/${kept.join('/').replace(/^[A-Z](?=:)/, (drive) => drive.toLowerCase())}`;
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

/** Whether a relative path can lead from one to the other: not between two drives of Windows. */
export function haveSameRoot(path: string, other: string): boolean {
	const [drive, otherDrive] = [path, other].map((each) => /^\/[a-z]:/.exec(normalizePath(each))?.[0]);
	return drive === otherDrive;
}

/** How a document in `folder` names `path`: `images/fox.png`, `../media/fox.png`. */
export function relativePath(folder: string, path: string): string {
	const from = normalizePath(folder).split('/').slice(1).filter(Boolean);
	const to = normalizePath(path).split('/').slice(1);
	let shared = 0;
	while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
	return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
