import type { Tree } from '../../recipes/tree';
import { inParallel, type Turns } from '../../recipes/turns';

/** What a walk through a folder needs. */
export interface Walk {
	readonly tree: Pick<Tree, 'list'>;
	readonly turns: Turns;
	/** What the person does not want to see. `path`: below the top folder; folders end with a slash. `names`: what stands beside it. */
	readonly isExcluded: (path: string, names: ReadonlySet<string>) => boolean;
	readonly signal: AbortSignal;
}

/** How many folders are read at a time. */
const foldersAtOnce = 8;

/** How many names are looked at at a time: one folder may have ten thousands. */
const namesAtOnce = 200;

/** Folders of other people's files. */
const foreign: ReadonlySet<string> = new Set(['node_modules', '.git']);

const isPicture = /\.(?:png|jpe?g|webp|gif|avif)$/i;

/**
 * The paths of pictures below a folder, those that lie higher first; links to folders are not followed. Stops soon after `most`.
 * Rejects with the signal's reason.
 */
export async function picturesBelow(top: string, most: number, walk: Walk): Promise<string[]> {
	const base = top.replace(/\/$/, '');
	const found: string[] = [];
	let level = [''];
	while (level.length > 0 && found.length < most) {
		const looked = await inParallel(level, foldersAtOnce, async (folder) => {
			if (found.length >= most) return [];
			const { pictures, folders } = await lookInto(base, folder, walk);
			for (const path of pictures) found.push(`${base}/${path}`);
			return folders;
		});
		level = looked.flat();
	}
	return found;
}

/** Paths below the top folder; those of folders end with a slash. */
async function lookInto(base: string, folder: string, { tree, turns, isExcluded, signal }: Walk) {
	signal.throwIfAborted();
	const entries = (await tree.list(`${base}/${folder}`.replace(/(?<=.)\/$/, ''))) ?? [];
	const names = new Set<string>();
	const pictures: string[] = [];
	const folders: string[] = [];
	for (const { name } of entries) names.add(name);
	for (let at = 0; at < entries.length; at += namesAtOnce) {
		signal.throwIfAborted();
		await turns.run(() => {
			for (const { name, kind } of entries.slice(at, at + namesAtOnce)) {
				const isFolder = kind === 'folder';
				const path = folder + name + (isFolder ? '/' : '');
				if (isFolder ? foreign.has(name) : !isPicture.test(name)) continue;
				if (!isExcluded(path, names)) (isFolder ? folders : pictures).push(path);
			}
		});
	}
	return { pictures, folders };
}
