import { setImmediate } from 'node:timers/promises';
import { type Uri, workspace } from 'vscode';
import { documentFiles } from '../recipes/documentFiles';
import { excludedBy } from '../recipes/ignored';
import type { Digest } from '../recipes/made';
import { PictureDigests } from '../recipes/pictureFiles';
import { type Depth, type Scan, type ScanFile, Scanner } from '../recipes/scan';
import type { Tree } from '../recipes/tree';
import { Turns } from '../recipes/turns';
import { treeOf } from './tree';
import { unsavedTexts } from './unsaved';

/** The editor has its turn between two stretches of work. */
export const turnPorts = { pause: async () => setImmediate(), now: () => performance.now() };

/** One file system, and what is known of its files from one look to the next. */
export class Place {
	readonly tree: Tree;
	readonly digests: PictureDigests;
	readonly #scanner: Scanner;
	#unsaved: ReadonlyMap<string, () => string> = new Map();

	/** `base`: any address of that file system. */
	constructor(
		readonly base: Uri,
		hash: Digest,
	) {
		this.tree = treeOf(base);
		this.digests = new PictureDigests(this.tree, hash);
		const read = async (path: string) => this.#unsaved.get(this.uriOf(path).toString())?.() ?? this.tree.read(path);
		this.#scanner = new Scanner({ ...turnPorts, read });
	}

	uriOf(path: string): Uri {
		return this.base.with({ path });
	}

	/** The documents in these folders, which may lie in each other. `tree`: this one's during the run that the scan is part of. */
	async scan(folders: readonly Uri[], depth: Depth, tree: Tree, signal?: AbortSignal): Promise<Scan> {
		const found = new Map<string, ScanFile>();
		for (const folder of folders) for (const file of await filesIn(folder, tree, signal)) found.set(file.path, file);
		const unsaved = unsavedTexts();
		this.#unsaved = unsaved;
		// What is being written has no stamp: it is looked at every time.
		const files = Array.from(found.values(), (file) =>
			unsaved.has(this.uriOf(file.path).toString()) ? { path: file.path } : file,
		);
		return this.#scanner.scan(files, depth, signal);
	}
}

async function filesIn(folder: Uri, tree: Tree, signal: AbortSignal | undefined): Promise<ScanFile[]> {
	const setting = workspace.getConfiguration('files', folder).get<Record<string, unknown>>('exclude', {});
	return documentFiles(folder.path, { tree, turns: new Turns(turnPorts), isExcluded: excludedBy(setting), signal });
}
