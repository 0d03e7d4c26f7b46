import { Uri, workspace } from 'vscode';
import { nameOfPath } from '../documents/paths';
import type { Digest } from '../recipes/made';
import { type Home, PictureLookup } from '../recipes/pictureFiles';
import { duringOneRun, type Tree } from '../recipes/tree';
import { fileOf } from './destination';
import type { Place } from './place';

interface Parts {
	readonly digest: Digest;
	readonly siteRootsFor: (document: Uri) => readonly string[];
	readonly placeOf: (uri: Uri) => Place;
	/** Else nobody asks which picture a file holds. */
	readonly readsPictures: boolean;
}

/** Files and settings as they are during one look, on every file system that documents are on. */
export class Look {
	readonly #trees = new Map<Place, Tree>();
	readonly #pictures = new Map<Place, PictureLookup>();
	readonly #siteRoots = new Map<string | undefined, readonly string[]>();

	constructor(readonly parts: Parts) {}

	treeOf(place: Place): Tree {
		const tree = this.#trees.get(place) ?? duringOneRun(place.tree);
		this.#trees.set(place, tree);
		return tree;
	}

	/** The files that a document's links may mean. */
	picturesOf(document: Uri): PictureLookup {
		const { placeOf, digest: hash, readsPictures } = this.parts;
		const place = placeOf(whereabouts(document) ?? document);
		const known = this.#pictures.get(place);
		if (known) return known;
		const homeOf = (path: string) => this.#homeOf(place.uriOf(path));
		const digest = readsPictures ? place.digests.of : undefined;
		const pictures = new PictureLookup({ tree: this.treeOf(place), homeOf, hash, digest });
		this.#pictures.set(place, pictures);
		return pictures;
	}

	#homeOf(document: Uri): Home {
		const folder = workspace.getWorkspaceFolder(document);
		const key = folder?.uri.toString();
		const siteRoots = this.#siteRoots.get(key) ?? this.parts.siteRootsFor(folder?.uri ?? document);
		this.#siteRoots.set(key, siteRoots);
		return { workspaceFolder: folder?.uri.path, siteRoots };
	}
}

/** Where a document counts as being: its file's place, or the first workspace folder where it was never saved; `undefined`: nowhere. */
export function whereabouts(document: Uri): Uri | undefined {
	const file = fileOf(document);
	if (file) return file;
	const home = workspace.workspaceFolders?.[0]?.uri;
	return home && Uri.joinPath(home, nameOfPath(document.path));
}
