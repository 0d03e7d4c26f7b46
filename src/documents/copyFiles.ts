import picomatch from 'picomatch';
import { folderOf, isWithin, nameOfPath, normalizePath, relativePath } from './paths';

/** The document that files are put beside. */
export interface CopyDocument {
	readonly path: string;
	/** Absent: the document is in none. */
	readonly workspaceFolder?: string | undefined;
}

/** The file to be. */
export interface CopiedFile {
	/** Without extension; may be a template, which stays one in what comes back. */
	readonly name: string;
	/** Without the dot. */
	readonly ext: string;
}

/** What a date knows. */
export interface Instant {
	getTime(): number;
	toISOString(): string;
}

/** Where a file goes. */
export interface CopyDestination {
	readonly folder: string;
	/** Without the extension that it would have anyway; a template of the file's variables. Absent: the file keeps its name. */
	readonly fileName?: string;
}

/**
 * What `markdown.copyFiles.destination` (path templates by glob; the first glob that fits the document counts) says of a file. As the
 * editor's Markdown extension reads it, in every detail; only that the brackets of the workspace folder's own path are no part of a glob.
 */
export function copyDestination(
	setting: Readonly<Record<string, string>>,
	document: CopyDocument,
	file: CopiedFile,
	now: Instant,
): CopyDestination | undefined {
	const template = Object.entries(setting).find(([glob]) => fits(glob, document))?.[1];
	if (template === undefined) return undefined;
	const whole = `${file.name}.${file.ext}`;
	const filled = fill(fullTemplate(template), variablesOf(document, file, now));
	const path = normalizePath(filled.startsWith('/') ? filled : `${folderOf(document.path)}/${filled}`);
	const [folder, last] = [folderOf(path), nameOfPath(path)];
	return last === whole ? { folder } : { folder, fileName: nameTemplate(last, file) };
}

/** A glob with a `/` before it starts at the workspace folder, any other anywhere. */
function fits(glob: string, { path, workspaceFolder }: CopyDocument): boolean {
	if (!glob.startsWith('/')) return matches(path, glob.startsWith('**') ? glob : `**/${glob}`);
	if (workspaceFolder === undefined || !isWithin(path, workspaceFolder)) return false;
	return matches(`/${relativePath(workspaceFolder, path)}`, glob);
}

/** A glob that cannot be read fits nothing. */
function matches(path: string, glob: string): boolean {
	try {
		return picomatch.isMatch(path, glob, { dot: true });
	} catch {
		return false;
	}
}

/** A `/` before it is the workspace folder, a `/` behind it lacks the name. */
function fullTemplate(template: string): string {
	const text = template.trim() || '${fileName}';
	const rooted = text.startsWith('/') ? `\${documentWorkspaceFolder}/${text.slice(1)}` : text;
	return rooted.endsWith('/') ? `${rooted}\${fileName}` : rooted;
}

function variablesOf({ path, workspaceFolder }: CopyDocument, { name, ext }: CopiedFile, now: Instant) {
	const folder = folderOf(path);
	const fileName = nameOfPath(path);
	const extension = /(?<!^)\.[^.]*$/.exec(fileName)?.[0] ?? '';
	const relative = (to: string) => (workspaceFolder === undefined ? to : relativeOrSame(workspaceFolder, to));
	return new Map([
		['documentDirName', folder],
		['documentRelativeDirName', relative(folder)],
		['documentFileName', fileName],
		['documentBaseName', fileName.slice(0, fileName.length - extension.length)],
		['documentExtName', extension.replace('.', '')],
		['documentFilePath', path],
		['documentRelativeFilePath', relative(path)],
		['documentWorkspaceFolder', workspaceFolder ?? folder],
		['fileName', `${name}.${ext}`],
		['fileExtName', ext],
		['unixTime', `${now.getTime()}`],
		['isoTime', now.toISOString()],
	]);
}

/** The way from a folder to itself is empty. */
function relativeOrSame(from: string, to: string): string {
	return normalizePath(from) === normalizePath(to) ? '' : relativePath(from, to);
}

/** `\$`, `${name}` or `${name/pattern/replacement/}`, with `\/` for a `/` in the last two. */
const variable =
	/(?<escaped>\\\$)|(?<!\\)\$\{(?<name>\w+)(?:\/(?<pattern>(?:\\\/|[^}/])+)\/(?<replacement>(?:\\\/|[^}/])*)\/)?\}/g;

/** A variable that there is not stays as it stands; so does the value where the pattern is none, or nothing is to replace it. */
function fill(template: string, values: ReadonlyMap<string, string>): string {
	const part = (all: string, escaped?: string, name = '', pattern = '', replacement = ''): string => {
		if (escaped !== undefined) return '$';
		const value = values.get(name);
		if (value === undefined || pattern === '' || replacement === '') return value ?? all;
		return transformed(value, withSlashes(pattern), withSlashes(replacement));
	};
	return template.replace(variable, part);
}

function transformed(value: string, pattern: string, replacement: string): string {
	try {
		return value.replace(new RegExp(pattern), replacement);
	} catch {
		return value;
	}
}

function withSlashes(text: string): string {
	return text.replaceAll(String.raw`\/`, '/');
}

/** What is no part of the file's own name is literal: a `${` in it is no variable. */
function nameTemplate(last: string, { name, ext }: CopiedFile): string {
	const withoutExtension = last.endsWith(`.${ext}`) ? last.slice(0, -ext.length - 1) : last;
	if (name === '') return literal(withoutExtension);
	return withoutExtension.split(name).map(literal).join(name);
}

function literal(text: string): string {
	return text.replace(/\$+(\{|$)/g, '$1');
}
