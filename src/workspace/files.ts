import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import { leadsOutLocally, publishLocally, replaceLocally } from '../disk/localFiles';
import { folderOf } from '../documents/paths';
import { type FileContent, wholeOf } from '../domain/picture';
import { type Files, FilesError } from '../store/files';

/** The files of the file system that `base` is on: the local disk with all its guarantees, anything else through the editor. */
export function filesOf(base: Uri): Files {
	const at = (path: string) => base.with({ path });
	if (base.scheme === 'file') {
		const local = (path: string) => at(path).fsPath;
		return {
			leadsOut: async (folder, roots) => leadsOutLocally(local(folder), roots.map(local)),
			publish: async (folder, name, content, roots) => publishLocally(local(folder), name, content, roots.map(local)),
			replace: async (folder, name, content, roots, mayGo) =>
				replaceLocally(local(folder), name, content, roots.map(local), mayGo),
		};
	}
	return {
		leadsOut: async (folder, roots) => hasLink(at, folder, roots),
		publish: async (folder, name, content, roots) => {
			if (await hasLink(at, folder, roots)) throw new FilesError('outside', `${folder} is behind a link`);
			return publishThroughEditor(at(folder), name, content);
		},
		replace: async (folder, name, content, roots, mayGo) => {
			if (await hasLink(at, `${folder}/${name}`, roots)) throw new FilesError('outside', `${folder} is behind a link`);
			return replaceThroughEditor(Uri.joinPath(at(folder), name), content, mayGo);
		},
	};
}

/** The editor does not say where a link leads, so that any link below the root counts as one that leads out. */
async function hasLink(at: (path: string) => Uri, folder: string, roots: readonly string[]): Promise<boolean> {
	for (let path = folder; !roots.includes(path) && path !== '/'; path = folderOf(path)) {
		if (await isLink(at(path))) return true;
	}
	return false;
}

async function isLink(uri: Uri): Promise<boolean> {
	return workspace.fs.stat(uri).then(
		({ type }) => (type & FileType.SymbolicLink) !== 0,
		() => false, // Not there yet.
	);
}

/** Staged under another name, then renamed without overwriting: as whole and as exclusive as that file system is. */
async function publishThroughEditor(folder: Uri, name: string, content: FileContent): Promise<'saved' | 'exists'> {
	const target = Uri.joinPath(folder, name);
	const staged = Uri.joinPath(folder, `.limn-${crypto.randomUUID()}.tmp`);
	await workspace.fs.createDirectory(folder).then(undefined, (error: unknown) => {
		throw asFilesError(error);
	});
	try {
		if (await exists(target)) return 'exists';
		await workspace.fs.writeFile(staged, await wholeOf(content));
		await workspace.fs.rename(staged, target, { overwrite: false });
		return 'saved';
	} catch (error) {
		await workspace.fs.delete(staged).then(undefined, () => undefined);
		if (error instanceof FileSystemError && error.code === 'FileExists') return 'exists';
		throw asFilesError(error);
	}
}

/** Between the look and the rename somebody may be faster: that file system has no way to tell. */
async function replaceThroughEditor(
	target: Uri,
	content: FileContent,
	mayGo: (present: Uint8Array) => Promise<boolean>,
): Promise<'saved' | 'kept' | 'gone'> {
	const staged = Uri.joinPath(target, '..', `.limn-${crypto.randomUUID()}.tmp`);
	try {
		if (!(await exists(target))) return 'gone';
		await workspace.fs.writeFile(staged, await wholeOf(content));
		if (!(await mayGo(await workspace.fs.readFile(target)))) {
			await workspace.fs.delete(staged);
			return 'kept';
		}
		await workspace.fs.rename(staged, target, { overwrite: true });
		return 'saved';
	} catch (error) {
		await workspace.fs.delete(staged).then(undefined, () => undefined);
		throw asFilesError(error);
	}
}

async function exists(uri: Uri): Promise<boolean> {
	try {
		await workspace.fs.stat(uri);
		return true;
	} catch (error) {
		if (error instanceof FileSystemError && error.code === 'FileNotFound') return false;
		throw error;
	}
}

/** Such a file system reports a full disk only in its words. */
function asFilesError(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	const full = /ENOSPC|EDQUOT|no space|quota/i.test(error.message);
	return new FilesError(full ? 'no-space' : 'not-writable', error.message);
}
