import { type DataTransfer, Uri, workspace } from 'vscode';
import { nameOfPath } from '../../documents/paths';
import { treeOf } from '../../workspace/tree';

/** A file that was dropped. */
export interface Dropped {
	/** With its extension. */
	readonly name: string;
	/** Absent: nobody says where it is, as in a browser. */
	readonly uri: Uri | undefined;
	/** `undefined`: it cannot be read, or is too large to be copied. */
	readonly read: () => Promise<Uint8Array | undefined>;
}

/** In bytes: a larger file is not copied. */
const largestCopy = 256 * 1024 * 1024;

/**
 * The files of a drop: from outside of the editor with their contents, else as addresses, from the explorer or a list. None: there is
 * something else among them.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly Dropped[]> {
	const files = Array.from(transfer, ([, item]) => item.asFile()).filter((file) => file !== undefined);
	if (files.length > 0) {
		return files.map((file) => ({
			name: file.name,
			uri: file.uri,
			read: async () => {
				const bytes = await file.data();
				return bytes.length <= largestCopy ? bytes : undefined;
			},
		}));
	}
	const list = (await transfer.get('text/uri-list')?.asString()) ?? '';
	const lines = list.split(/\r\n|\r|\n/).filter((line) => line !== '' && !line.startsWith('#'));
	const uris = lines.map(uriOf).filter((uri) => uri !== undefined);
	return uris.length === lines.length ? uris.map(fileAt) : [];
}

/** A file of a file system that the editor knows; a fragment is a place in it. */
function uriOf(line: string): Uri | undefined {
	try {
		const uri = Uri.parse(line, true).with({ query: '', fragment: '' });
		return workspace.fs.isWritableFileSystem(uri.scheme) === undefined ? undefined : uri;
	} catch {
		return undefined;
	}
}

function fileAt(uri: Uri): Dropped {
	const tree = treeOf(uri);
	const read = async () => {
		const state = await tree.stat(uri.path);
		return state && state.size <= largestCopy ? tree.read(uri.path) : undefined;
	};
	return { name: nameOfPath(uri.path), uri, read };
}
