import { type Uri, workspace } from 'vscode';
import type { DocumentLanguage } from '../documents/languages/language';
import { languageOfFile } from '../documents/languages/languages';
import { folderOf, nameOfPath, normalizePath } from '../documents/paths';
import { type Linking, linksInUse } from '../documents/siblings';
import { findSite, type LinkInUse, type Site, type SiteFiles, type Surroundings } from '../documents/sites';

/** Milliseconds for which a folder counts as known: a document is looked at several times in a row. */
const freshness = 2000;

/** Documents that are read to see how pictures are linked beside. */
const mostSiblings = 10;

/** Bytes; larger files are hardly documents that somebody wrote. */
const mostBytes = 1_000_000;

const known = new Map<string, { readonly since: number; readonly site: Promise<Site | undefined> }>();

/** Where a document's links lead. `document`: its file, or for one that was never saved any name in the folder that it refers from. */
export async function surroundingsOf(document: Uri, siteRoots: readonly string[]): Promise<Surroundings> {
	const workspaceFolder = workspace.getWorkspaceFolder(document)?.uri;
	if (!workspaceFolder) return { document: document.path, siteRoots: [] };
	const files = siteFilesOf(document);
	const existing = await Promise.all(
		siteRoots.map(async (root) => {
			const isThere = await files.exists(normalizePath(`${workspaceFolder.path}/${root}`));
			return isThere ? [root] : [];
		}),
	);
	return {
		document: document.path,
		workspaceFolder: workspaceFolder.path,
		site: await siteOf(document, workspaceFolder, files),
		siteRoots: existing.flat(),
	};
}

async function siteOf(document: Uri, workspaceFolder: Uri, files: SiteFiles): Promise<Site | undefined> {
	const folder = folderOf(document.path);
	const key = document.with({ path: folder }).toString();
	const now = Date.now();
	for (const [each, { since }] of known) if (now - since > freshness) known.delete(each);
	const site = known.get(key)?.site ?? findSite(folder, workspaceFolder.path, files);
	if (!known.has(key)) known.set(key, { since: now, site });
	return site;
}

/** How the pictures of a site are linked: in the document itself, then in those of its kind beside it. */
export async function linksAround(
	own: Linking,
	document: Uri,
	surroundings: Surroundings,
): Promise<readonly (readonly LinkInUse[])[]> {
	const { exists, list } = siteFilesOf(document);
	const folder = folderOf(document.path);
	const names = (await list(folder)).filter((name) => isSibling(name, document, own.language));
	const beside = names.slice(0, mostSiblings).map(async (name) => {
		const path = normalizePath(`${folder}/${name}`);
		const text = await textOf(document.with({ path }));
		return linksInUse({ path, text, language: own.language }, surroundings, exists);
	});
	return [await linksInUse(own, surroundings, exists), (await Promise.all(beside)).flat()];
}

function isSibling(name: string, document: Uri, language: DocumentLanguage): boolean {
	return name !== nameOfPath(document.path) && languageOfFile(name) === language;
}

/** Empty where it cannot be read. */
async function textOf(file: Uri): Promise<string> {
	try {
		const { size } = await workspace.fs.stat(file);
		return size > mostBytes ? '' : new TextDecoder().decode(await workspace.fs.readFile(file));
	} catch {
		return '';
	}
}

/** The file system that a document is on. */
function siteFilesOf(document: Uri): SiteFiles {
	const at = (path: string) => document.with({ path });
	return {
		list: async (folder) =>
			workspace.fs.readDirectory(at(folder)).then(
				(entries) => entries.map(([name]) => name),
				() => [],
			),
		exists: async (path) =>
			workspace.fs.stat(at(path)).then(
				() => true,
				() => false,
			),
	};
}
