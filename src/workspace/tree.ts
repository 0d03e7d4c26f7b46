import { FileType, type Uri, workspace } from 'vscode';
import { listLocally, readLocally, statLocally } from '../disk/readLocally';
import { type Entry, stampOf, type Tree } from '../recipes/tree';

/**
 * The files of the file system that `base` is on. On the local disk they are read directly: through the editor, thousands of files take
 * ten times as long.
 */
export function treeOf(base: Uri): Tree {
	return base.scheme === 'file' ? localTree(base) : editorTree(base);
}

function localTree(base: Uri): Tree {
	const local = (path: string) => base.with({ path }).fsPath;
	return {
		list: async (folder) => listLocally(local(folder)),
		stat: async (path) => {
			const found = await statLocally(local(path));
			return found && { size: found.size, stamp: stampOf(found.times, found.size, Date.now()) };
		},
		read: async (path) => readLocally(local(path)),
	};
}

function editorTree(base: Uri): Tree {
	const at = (path: string) => base.with({ path });
	const { fs } = workspace;
	return {
		list: async (folder) =>
			fs.readDirectory(at(folder)).then(
				(entries) => entries.map(([name, type]) => ({ name, kind: kindOf(type) })),
				() => undefined,
			),
		stat: async (path) =>
			fs.stat(at(path)).then(
				({ type, mtime, size }) =>
					type & FileType.File ? { size, stamp: stampOf([mtime], size, Date.now()) } : undefined,
				() => undefined,
			),
		read: async (path) => fs.readFile(at(path)).then(undefined, () => undefined),
	};
}

function kindOf(type: FileType): Entry['kind'] {
	if (type & FileType.SymbolicLink) return 'link';
	return type & FileType.Directory ? 'folder' : 'file';
}
