import { documentExtensions } from '../documents/languages/names';
import { IgnoreRules } from './ignored';
import type { ScanFile } from './scan';
import type { Tree } from './tree';
import { inParallel, type Turns } from './turns';

/** How many folders are read at a time. */
const foldersAtOnce = 16;

/** Folders of other people's files. */
const foreign: ReadonlySet<string> = new Set(['node_modules', '.git']);

const endings: ReadonlySet<string> = new Set(documentExtensions);

/** What a search for documents needs. */
export interface Search {
	readonly tree: Tree;
	readonly turns: Turns;
	/** What the person does not want to see. `path`: below the top folder; folders end with a slash. `names`: what stands beside it. */
	readonly isExcluded: (path: string, names: ReadonlySet<string>) => boolean;
	readonly signal?: AbortSignal | undefined;
}

/** A folder below the top one; `path`: from there, with a slash at its end; empty: the top one itself. */
interface Folder {
	readonly path: string;
	readonly rules: IgnoreRules;
}

/**
 * The documents below a folder that can be read, in the order of their paths; without what `.gitignore` files from there on pass over.
 * Links to folders are not followed: what they lead to is elsewhere, or is found there.
 */
export async function documentFiles(top: string, search: Search): Promise<ScanFile[]> {
	const found: ScanFile[] = [];
	let level: Folder[] = [{ path: '', rules: IgnoreRules.none }];
	while (level.length > 0) {
		const looked = await inParallel(level, foldersAtOnce, async (folder) => {
			search.signal?.throwIfAborted();
			return search.turns.run(async () => lookInto(top, folder, search));
		});
		for (const { files } of looked) for (const file of files) found.push(file);
		level = looked.flatMap(({ folders }) => folders);
	}
	return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function lookInto(top: string, { path, rules }: Folder, { tree, isExcluded }: Search) {
	const absolute = top.replace(/\/$/, '') + `/${path}`;
	const entries = (await tree.list(absolute.replace(/(?<=.)\/$/, ''))) ?? [];
	const names: ReadonlySet<string> = new Set(entries.map(({ name }) => name));
	const own = names.has('.gitignore') ? await tree.read(`${absolute}.gitignore`) : undefined;
	const all = own ? rules.with(path.replace(/\/$/, ''), new TextDecoder().decode(own)) : rules;
	const isWanted = (below: string) => !all.ignores(below) && !isExcluded(below, names);
	const folders = entries.filter(({ name, kind }) => kind === 'folder' && !foreign.has(name));
	const documents = entries.filter(({ name, kind }) => kind !== 'folder' && isDocument(name));
	const files = documents.filter(({ name }) => isWanted(path + name)).map(({ name }) => absolute + name);
	return {
		files: await withStates(files, tree),
		folders: folders
			.map(({ name }) => ({ path: `${path}${name}/`, rules: all }))
			.filter((folder) => isWanted(folder.path)),
	};
}

async function withStates(paths: readonly string[], tree: Tree): Promise<ScanFile[]> {
	const states = await Promise.all(paths.map(async (path) => ({ path, state: await tree.stat(path) })));
	return states.flatMap(({ path, state }) => (state ? [{ path, ...state }] : []));
}

function isDocument(name: string): boolean {
	const dot = name.lastIndexOf('.');
	return dot >= 0 && endings.has(name.slice(dot).toLowerCase());
}
