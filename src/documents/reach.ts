import { asciidoc } from './languages/asciidoc';
import { astro } from './languages/astro';
import { css } from './languages/css';
import { html } from './languages/html';
import { jsx } from './languages/jsx';
import type { DocumentLanguage } from './languages/language';
import { markdown } from './languages/markdown';
import { mdx } from './languages/mdx';
import { scss } from './languages/scss';
import { svelte } from './languages/svelte';
import type { ReferenceTarget } from './languages/target';
import { vue } from './languages/vue';
import { folderOf, haveSameRoot, isWithin, relativePath } from './paths';
import { baseFolders } from './resolveLink';
import { type LinkInUse, rootedPath, servedFolders, servedPath, type Surroundings } from './sites';

/** The languages in which a link may begin at the root of a site. */
const ofSites: ReadonlySet<DocumentLanguage> = new Set([
	asciidoc,
	astro,
	css,
	html,
	jsx,
	markdown,
	mdx,
	scss,
	svelte,
	vue,
]);

/** Whether links of this language may begin at the root of a site. */
export function speaksOfSites(language: DocumentLanguage): boolean {
	return ofSites.has(language);
}

/**
 * How a document reaches a picture of its own file system: from the root of the site where that is how it is done there (`links`: see
 * `rootedPath`), else relative to where its links begin; `undefined`: no path leads there.
 */
export function targetOf(
	picture: string,
	language: DocumentLanguage,
	surroundings: Surroundings,
	links: readonly (readonly LinkInUse[])[],
): Extract<ReferenceTarget, { path: string }> | undefined {
	const rooted = ofSites.has(language) ? rootedPath(picture, surroundings, links, language) : undefined;
	if (rooted !== undefined) return { path: rooted };
	const relative = relativeTo(picture, language, surroundings);
	return relative === undefined ? undefined : { path: unmistakable(relative) };
}

function relativeTo(picture: string, language: DocumentLanguage, surroundings: Surroundings): string | undefined {
	const folder = folderOf(surroundings.document);
	if (!haveSameRoot(folder, picture)) return undefined;
	const begin = beginOf(picture, surroundings);
	if (begin !== undefined) return relativePath(begin, picture);
	// The base leads away. From the root the picture is reached in spite of it, if it is served at all.
	const served = servedFolders(surroundings).find((each) => isWithin(picture, each.folder));
	return ofSites.has(language) && served ? servedPath(picture, served) : relativePath(folder, picture);
}

/** The folder that relative links to the picture begin at; `undefined`: from where they begin none leads there. */
function beginOf(picture: string, surroundings: Surroundings): string | undefined {
	const folders = baseFolders(surroundings);
	if (typeof folders === 'string') return undefined;
	// No way on a site leads out of what is served there.
	if (surroundings.base?.startsWith('/')) return folders.find((folder) => isWithin(picture, folder));
	// Antora leads to what is in the folder for pictures only; the rest the editor shows.
	if (surroundings.site?.name === 'Antora')
		return folders.find((folder) => isWithin(picture, folder)) ?? folders.at(-1);
	return folders[0];
}

/** A first segment that could be read as a scheme, a home folder or an alias is one of a path all the same. */
function unmistakable(path: string): string {
	return /^(?:[~@]|[^/]*:)/.test(path) ? `./${path}` : path;
}
