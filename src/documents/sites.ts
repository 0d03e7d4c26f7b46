import type { DocumentLanguage } from './languages/language';
import { markdown } from './languages/markdown';
import { folderOf, isWithin, nameOfPath, normalizePath, relativePath } from './paths';

/** A project that makes a site. */
export interface Site {
	/** What makes it. */
	readonly name: string;
	/** The folder that its configuration is in. */
	readonly root: string;
	readonly served: readonly Served[];
	/** The documents in Markdown that are pages of the site, by their paths below `root`. Absent: all. */
	readonly markdownPages?: RegExp;
}

/** A folder whose files a site serves as they are. */
export interface Served {
	readonly folder: string;
	/** What it is served as: `/`, `/assets`. */
	readonly at: string;
	/** Its pictures are linked from the root, unless the documents do otherwise; else only where they do so. */
	readonly usual: boolean;
}

/** The little that finding a site needs of a file system. */
export interface SiteFiles {
	/** The names in a folder; none where there is no such folder. */
	readonly list: (folder: string) => Promise<readonly string[]>;
	readonly exists: (path: string) => Promise<boolean>;
}

/** How a kind of site is recognised. */
interface Kind {
	readonly name: string;
	/** One of the folder's names fits. */
	readonly config: RegExp;
	/** There is this path, too. */
	readonly also?: string;
	/** None of the folder's names fits. */
	readonly unless?: RegExp;
	readonly served: readonly string[];
	/** Everything else of the project is served as well. */
	readonly whole?: true;
	/** See `Site`. */
	readonly markdownPages?: RegExp;
}

/**
 * Whoever is first is meant: most of the later ones are the machinery of earlier ones. A base path (Docusaurus' `baseUrl`, Vite's and Astro's
 * `base`) is put before rooted links in documents and style sheets by the tool itself; where it is not (`<img>` in Next, Astro and MDX, all of
 * Jekyll), no link in a document is right under every base. So none is written, and no configuration is read. Nor are folders that a
 * configuration renames (`staticDirectories`, `publicDir`): what is below them is linked as in any other project.
 */
const kinds: readonly Kind[] = [
	{ name: 'VitePress', config: /^\.vitepress$/, served: ['public'] },
	{ name: 'VuePress', config: /^\.vuepress$/, served: ['.vuepress/public'] },
	{ name: 'Docusaurus', config: /^docusaurus\.config\.[cm]?[jt]s$/, served: ['static'] },
	{ name: 'Hugo', config: /^hugo\.(toml|ya?ml|json)$/, served: ['static'] },
	{ name: 'Hugo', config: /^config\.(toml|ya?ml|json)$/, also: 'content', served: ['static'] },
	{ name: 'Hugo', config: /^config$/, also: 'config/_default', served: ['static'] },
	{ name: 'Hexo', config: /^_config\.ya?ml$/, also: 'scaffolds', served: ['source'] },
	// Jupyter Book has such a file, too.
	{ name: 'Jekyll', config: /^_config\.(ya?ml|toml)$/, unless: /^_toc\.yml$/, served: ['assets'], whole: true },
	{ name: 'Gatsby', config: /^gatsby-config\.[cm]?[jt]s$/, served: ['static'] },
	{
		name: 'Nuxt',
		config: /^nuxt\.config\.[cm]?[jt]s$/,
		served: ['public', 'static'],
		// What its module Content reads.
		markdownPages: /^content\//,
	},
	{
		name: 'Next',
		config: /^next\.config\.[cm]?[jt]s$/,
		served: ['public'],
		markdownPages: /^(?:src\/)?(?:app|pages)\//,
	},
	{ name: 'Astro', config: /^astro\.config\.[cm]?[jt]s$/, served: ['public'] },
	{
		name: 'SvelteKit',
		config: /^svelte\.config\.[cm]?[jt]s$/,
		also: 'src/routes',
		served: ['static'],
		// As mdsvex makes them.
		markdownPages: /^src\/routes\//,
	},
	{ name: 'Vite', config: /^vite\.config\.[cm]?[jt]s$/, served: ['public'], markdownPages: /^(?!)/ },
	// Serves no folder: see `antoraModule`.
	{ name: 'Antora', config: /^antora\.yml$/, also: 'modules', served: [] },
];

/** The nearest site that a document in this folder can belong to; no folder above `top` is looked at. */
export async function findSite(folder: string, top: string, files: SiteFiles): Promise<Site | undefined> {
	if (!isWithin(folder, top)) return undefined;
	const root = normalizePath(folder);
	const names = await files.list(root);
	for (const kind of kinds) if (await isKind(kind, root, names, files)) return siteOf(kind, root);
	return root === normalizePath(top) ? undefined : findSite(folderOf(root), top, files);
}

async function isKind({ config, also, unless }: Kind, root: string, names: readonly string[], files: SiteFiles) {
	if (!names.some((name) => config.test(name)) || names.some((name) => unless?.test(name))) return false;
	return also === undefined || files.exists(normalizePath(`${root}/${also}`));
}

function siteOf({ name, served, whole, markdownPages }: Kind, root: string): Site {
	const folders = served.map((folder) => ({
		folder: normalizePath(`${root}/${folder}`),
		at: whole ? `/${folder}` : '/',
		usual: true,
	}));
	return {
		name,
		root,
		served: [...folders, ...(whole ? [{ folder: root, at: '/', usual: false }] : [])],
		...(markdownPages && { markdownPages }),
	};
}

/** Where a page of Antora is by its path, and where its pictures are; whether it is one the site of that name tells. */
export function antoraModule(document: string): { readonly root: string; readonly images: string } | undefined {
	const [, root, module] = /^(.*?)\/modules\/([^/]+)\/(?:pages|partials)\//.exec(normalizePath(document)) ?? [];
	return root === undefined ? undefined : { root: root || '/', images: `${root}/modules/${module}/images` };
}

/** Where a document is, and what its links can mean. Paths are absolute, those of URIs. */
export interface Surroundings {
	readonly document: string;
	/** Absent: the document is in none. */
	readonly workspaceFolder?: string | undefined;
	/** What the document itself says that its relative links begin with; see `baseOf` of a language. */
	readonly base?: string | undefined;
	readonly site?: Site | undefined;
	/** Folders that a site which is not recognised may serve as `/`, relative to the workspace folder. */
	readonly siteRoots: readonly string[];
}

/** Every folder that may be served, the likeliest first. */
export function servedFolders({ site, siteRoots, workspaceFolder }: Surroundings): readonly Served[] {
	const own = site?.served ?? [];
	if (workspaceFolder === undefined) return own;
	const others = siteRoots
		.map((root) => normalizePath(`${workspaceFolder}/${root}`))
		.filter((folder) => isWithin(folder, workspaceFolder) && own.every((served) => served.folder !== folder));
	return [...own, ...others.map((folder) => ({ folder, at: '/', usual: false }))];
}

/** A link of a document to a file that is there. */
export interface LinkInUse {
	readonly path: string;
	/** It begins with a `/`. */
	readonly rooted: boolean;
}

/**
 * How a picture is linked from the root of the site: `/img/fox.png`; `undefined` where it is not, or the documents link such files otherwise.
 * `links`: those of the document, then those of the documents beside it. `language`: the document's; absent: one that only sites have.
 */
export function rootedPath(
	picture: string,
	surroundings: Surroundings,
	links: readonly (readonly LinkInUse[])[],
	language?: DocumentLanguage,
): string | undefined {
	const habit = (served: Served): boolean => {
		const isBelow = ({ path }: LinkInUse) => isWithin(path, served.folder);
		const inUse = links.find((group) => group.some(isBelow))?.filter(isBelow) ?? [];
		const rooted = inUse.filter((link) => link.rooted).length;
		return inUse.length === 0 ? isUsual(served, surroundings, language) : rooted * 2 >= inUse.length;
	};
	const served = servedFolders(surroundings).find((each) => isWithin(picture, each.folder) && habit(each));
	return served && servedPath(picture, served);
}

/** How a file below a served folder is linked from the root. */
export function servedPath(file: string, { folder, at }: Served): string {
	return `${at === '/' ? '' : at}/${relativePath(folder, file)}`;
}

/**
 * The papers of a project are read beside the site, not in it. What a site makes of a folder `_posts` is somewhere else: no relative link
 * leads from there to a picture.
 */
function isUsual({ usual, folder }: Served, { document, site }: Surroundings, language?: DocumentLanguage): boolean {
	if (!site || isPaper(document, site)) return false;
	const path = relativePath(site.root, document);
	if (language === markdown && site.markdownPages?.test(path) === false) return false;
	return usual || (folder === site.root && /^_|\/_/.test(path));
}

function isPaper(document: string, { name, root }: Site): boolean {
	const file = nameOfPath(document);
	// The home page of VuePress.
	if (name === 'VuePress' && file === 'README.md') return false;
	return folderOf(document) === root && papers.test(file);
}

const papers = /^(readme|changelog|history|contributing|code_of_conduct|security|support|license|authors)\b/i;
