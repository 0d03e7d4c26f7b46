import type { PictureLink } from './languages/language';
import { languageNames, type LanguageName } from './languages/names';
import { folderOf, isWithin, nameOfPath, normalizePath } from './paths';
import { antoraModule, servedFolders, type Surroundings } from './sites';

/** Where a link of a document leads. */
export type LinkEnd =
	/** The files of the project that it may mean, the likeliest first; at least one. */
	| { readonly kind: 'file'; readonly candidates: readonly string[] }
	/** Out of the project: to a server, into the document itself. */
	| { readonly kind: 'elsewhere' }
	/** Only the tool that reads the document knows. */
	| { readonly kind: 'unknown' };

/** What LaTeX looks for where a picture is named without extension. */
const pictureExtensions = ['png', 'jpg', 'jpeg', 'pdf', 'eps'];

/** Where a picture's link leads, by the text alone. */
export function resolveLink({ href, kind }: Pick<PictureLink, 'href' | 'kind'>, surroundings: Surroundings): LinkEnd {
	const path = kind === 'url' ? pathOfUrl(href) : href;
	if (path === '' || isTemplate(href, kind)) return { kind: 'unknown' };
	const file = localFile(href);
	if (file !== undefined) return fileAt([file]);
	if (isElsewhere(href) || isExample(href, surroundings)) return { kind: 'elsewhere' };
	if (!path.startsWith('/')) return relativeLink(path, kind, surroundings);
	// Nothing is above the root.
	const whole = normalizePath(path);
	return fileAt(kind === 'url' ? rooted(whole, surroundings) : absolute(whole, surroundings));
}

/** The folders that the document's relative links begin at, the likeliest first. */
export function baseFolders(surroundings: Surroundings): readonly string[] | Exclude<LinkEnd['kind'], 'file'> {
	const { base, document } = surroundings;
	if (isIn('latex', document)) return foldersOfLatex(surroundings);
	const images = imagesOfAntora(surroundings);
	if (images !== undefined) {
		// Antora knows no other folder; what the document says is for those who read it without.
		const others = baseFolders({ ...surroundings, site: undefined });
		return typeof others === 'string' ? [images] : [images, ...others];
	}
	if (base === undefined || base === '') return [folderOf(document)];
	const end = resolveLink({ href: base, kind: 'url' }, { ...surroundings, base: undefined });
	return end.kind === 'file' ? end.candidates : end.kind;
}

function relativeLink(path: string, kind: PictureLink['kind'], surroundings: Surroundings): LinkEnd {
	const folders = baseFolders(surroundings);
	if (typeof folders === 'string') return { kind: folders };
	const paths = folders.map((folder) => normalizePath(`${folder}/${path}`));
	return fileAt(kind === 'path' ? paths.flatMap(withExtensions) : paths);
}

/** LaTeX begins where the main file is, which may be any folder above; in each it looks for the folders of `\graphicspath`, too. */
function foldersOfLatex({ base = '', document, workspaceFolder }: Surroundings): readonly string[] {
	const own = folderOf(document);
	const isInside = workspaceFolder !== undefined && isWithin(own, workspaceFolder);
	const above = isInside ? [...foldersBetween(own, workspaceFolder), normalizePath(workspaceFolder)] : [own];
	const named = Array.from(base.matchAll(/\{\s*([^{}\\#]+?)\s*\}/g), ([, folder = '']) => folder);
	const below = (folder: string) =>
		named.map((each) => normalizePath(each.startsWith('/') ? each : `${folder}/${each}`));
	return [...new Set(above.flatMap((folder) => [folder].concat(below(folder))))];
}

/** Where Antora looks for the pictures of this page. */
function imagesOfAntora({ document, site }: Surroundings): string | undefined {
	const module = site?.name === 'Antora' && isIn('asciidoc', document) ? antoraModule(document) : undefined;
	return module && module.root === site?.root ? module.images : undefined;
}

function isIn(language: LanguageName, path: string): boolean {
	const ending = /\.[^./]+$/.exec(path)?.[0].toLowerCase();
	return languageNames.some(({ name, extensions }) => name === language && extensions.some((each) => each === ending));
}

function fileAt(candidates: readonly string[]): LinkEnd {
	return candidates.length === 0 ? { kind: 'unknown' } : { kind: 'file', candidates: [...new Set(candidates)] };
}

/** Below the folders that are served, else below the workspace folder, as in the editor's own preview. */
function rooted(path: string, surroundings: Surroundings): readonly string[] {
	const { site, workspaceFolder } = surroundings;
	const below = (folder: string) => normalizePath(`${folder}/${path}`);
	const served = servedFolders(surroundings).flatMap((each) => {
		const rest = each.at === '/' ? path : afterPrefix(path, each.at);
		// `/assets/fox.png` is hardly `assets/assets/fox.png`.
		const doubled = !site?.served.includes(each) && afterPrefix(path, `/${nameOfPath(each.folder)}`) !== undefined;
		return rest === undefined ? [] : [{ file: normalizePath(`${each.folder}/${rest}`), doubled }];
	});
	const plain = workspaceFolder === undefined ? [] : [below(workspaceFolder)];
	const files = (doubled: boolean) => served.filter((each) => each.doubled === doubled).map(({ file }) => file);
	return [...files(false), ...plain, ...files(true)];
}

function afterPrefix(path: string, prefix: string): string | undefined {
	return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

/** For languages that read no URLs: on the disk, or below the folder that the project begins in, which may be any above the document. */
function absolute(path: string, surroundings: Surroundings): readonly string[] {
	const { document, workspaceFolder = folderOf(document) } = surroundings;
	const inProject = [workspaceFolder, ...foldersBetween(folderOf(document), workspaceFolder)].map((folder) =>
		normalizePath(`${folder}/${path}`),
	);
	const served = rooted(path, surroundings);
	const all = isWithin(path, workspaceFolder) ? [path, ...inProject, ...served] : [...inProject, ...served, path];
	return all.flatMap(withExtensions);
}

/** The folder and those above it, below `top`. */
function foldersBetween(folder: string, top: string): string[] {
	const isBelow = folder !== normalizePath(top) && isWithin(folder, top);
	return isBelow ? [folder, ...foldersBetween(folderOf(folder), top)] : [];
}

function withExtensions(path: string): string[] {
	if (/[^/]\.[^./]+$/.test(path)) return [path];
	return [...pictureExtensions.map((extension) => `${path}.${extension}`), path];
}

/** Without query and fragment, decoded. */
function pathOfUrl(url: string): string {
	return url.replace(/[?#].*$/s, '').replace(/(?:%[\da-f]{2})+/gi, decoded);
}

/** What is no UTF-8 stays as it is. */
function decoded(octets: string): string {
	try {
		return decodeURIComponent(octets);
	} catch {
		return octets;
	}
}

/** Filled in, or looked up, by the tool that reads the document: `{{ page.url }}`, `${src}`, `{fox}`, `<% x %>`, `@/fox.png`, `~/fox.png`, LaTeX's `{\figdir/fox}`. */
function isTemplate(href: string, kind: PictureLink['kind']): boolean {
	return kind === 'url' ? /[{}]|<%|^[@~]/.test(href) : /^~\/|^\{[^]*[\\#][^]*\}$/.test(href);
}

/** The pictures that LaTeX itself brings in its package `mwe`. */
function isExample(href: string, { document }: Surroundings): boolean {
	return /^example-(?:image|grid)(?:-[\w-]+)?(?:\.[a-z]+)?$/.test(href) && isIn('latex', document);
}

/** A scheme has two letters at least: one is a drive of Windows. Two slashes either way are another computer. */
function isElsewhere(href: string): boolean {
	return /^(?:[a-z][a-z\d+.-]+:|\/\/|\\\\)/i.test(href);
}

/** The file of this machine that is named whole. */
function localFile(href: string): string | undefined {
	if (/^[a-z]:[\\/]/i.test(href)) return normalizePath(`/${href.replaceAll('\\', '/')}`);
	const path = /^file:(?:\/\/(?:localhost)?)?(\/(?!\/).*)$/is.exec(href)?.[1];
	return path === undefined ? undefined : normalizePath(pathOfUrl(path));
}
