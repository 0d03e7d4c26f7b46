import { type ImageError, unsent } from '../domain/imageError';
import { formatOfName } from '../domain/imageFormat';
import { say } from '../domain/message';
import { isNoneOnWindows, safeName } from '../documents/fileName';
import { folderOf, isWithin, nameOfPath, normalizePath, relativePath } from '../documents/paths';
import { fillTemplate } from '../documents/template';

/** Where a job's pictures belong. All paths are those of URIs of one file system. */
export interface Place {
	/** Relative folders start here: the document's workspace folder, else the first one, else the document's own folder. */
	readonly base: string;
	/** The document's folder; `base` where it has none inside the workspace. */
	readonly documentFolder: string;
	/** Without extension; empty without a document. */
	readonly documentBaseName: string;
	/** Nothing is written outside of these folders. */
	readonly roots: readonly string[];
}

/** The variables that a picture and its job give a value to. */
const factNames = ['slug', 'date', 'time', 'model', 'provider', 'width', 'height', 'seed', 'id', 'index'] as const;

/** What those variables stand for. */
export type Facts = Readonly<Record<(typeof factNames)[number], string>>;

/** Folder and file name as templates: from the settings or from a command's arguments. */
export interface Templates {
	readonly folder: string;
	readonly fileName: string;
}

/** A file to be. */
export interface Target {
	readonly folder: string;
	/** Without extension. */
	readonly name: string;
}

/** Fills the templates in and keeps the result inside the place's roots, or says why that cannot be. */
export function resolveTarget(templates: Templates, facts: Facts, place: Place): Target | ImageError {
	const folders = { workspaceFolder: place.base, documentFolder: place.documentFolder };
	const names = Object.fromEntries(
		Object.entries({ documentBaseName: place.documentBaseName, ...facts }).map(([name, value]) => [
			name,
			portable(value),
		]),
	);
	const everything = { ...folders, ...names };
	const folder = fillTemplate(templates.folder, everything, withForwardSlashes);
	const name = fillTemplate(withoutImageExtension(templates.fileName), names, withForwardSlashes);
	if (typeof folder !== 'string') return unknownVariable(folder.unknown, everything);
	if (typeof name !== 'string') return unknownVariable(name.unknown, names);
	const path = `${isAbsolute(templates.folder) ? absolute(folder) : `${place.base}/${folder}`}/${name}`;
	const last = nameOfPath(path);
	const target = { folder: normalizePath(path.slice(0, path.length - last.length)), name: portable(last) || 'image' };
	const root = place.roots.find((candidate) => isWithin(target.folder, candidate));
	if (root === undefined || last === '..' || isAbsolute(templates.fileName)) return outside(templates);
	const below = `${relativePath(root, target.folder)}/${last}`;
	return isForbidden(below) || isImpossible(target.folder, root) ? forbidden(templates) : target;
}

/** In the one form that every system reads alike: macOS may give letters with marks in pieces. */
function portable(name: string): string {
	return safeName(name.normalize('NFC'));
}

/** The one place of a picture, or why nothing is written there. Its name stays as it is: a document says it. */
export function exactTarget(path: string, { roots }: Place): Target | ImageError {
	const templates = { folder: folderOf(path), fileName: nameOfPath(path) };
	const root = roots.find((candidate) => isWithin(path, candidate));
	if (root === undefined || templates.fileName === '') return outside(templates);
	// A name that another system reads as something else would lead elsewhere there.
	const isPortable = safeName(templates.fileName) === templates.fileName;
	if (!isPortable || isForbidden(relativePath(root, path))) return forbidden(templates);
	return { folder: templates.folder, name: withoutImageExtension(templates.fileName) };
}

/**
 * Whether nothing is saved at a path below a workspace folder: control characters hide what a name is; in the folders of Git and the editor a
 * new file may do more than be looked at.
 */
export function isForbidden(path: string): boolean {
	return /\p{Cc}/u.test(path) || path.split('/').some((segment) => othersFolder.test(asOpened(segment)));
}

/** Whether a folder cannot be made on the Windows that its path is of; what is wrong elsewhere the disk says. */
function isImpossible(folder: string, root: string): boolean {
	const drive = /^\/[a-z]:/i;
	return drive.test(root) && folder.replace(drive, '').split('/').some(isNoneOnWindows);
}

/** With the short names that Windows gives them: where there are many, with a part of a digest. */
const othersFolder = /^(\.(git|vscode)|(git|vscode?|(gi|vs)[\da-f]{4})~\d+)$/i;

/** Without what file systems pass over: macOS some letters that nobody sees, Windows points and blanks at the end, and a colon opens the same folder. */
function asOpened(segment: string): string {
	return segment
		.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
		.replace(/:.*$/s, '')
		.replace(/[. ]+$/, '');
}

function forbidden({ folder, fileName }: Templates): ImageError {
	const path = `${folder}/${fileName}`.replace(/\p{Cc}/gu, '?');
	return unsent('bad-input', say('Limn saves nothing in {0}. Choose another folder or name.', path));
}

/** A file name's extension asks for a format; the one that is written comes from the bytes. */
export function withoutImageExtension(fileName: string): string {
	return formatOfName(fileName) ? fileName.replace(/\.[^.]+$/, '') : fileName;
}

function absolute(folder: string): string {
	return /^[a-z]:/i.test(folder) ? `/${folder.charAt(0).toLowerCase()}${folder.slice(1)}` : folder;
}

/**
 * Judged by the template, because a variable that stands for nothing must not lead to the top. Also `~/…`: nobody who writes
 * that means a folder named `~`, and addresses.
 */
function isAbsolute(template: string): boolean {
	return /^([/\\]|~([/\\]|$)|[a-z][a-z\d+.-]*:\/\/|[a-z]:|\$\{(workspace|document)Folder\})/i.test(template);
}

function withForwardSlashes(text: string): string {
	return text.replaceAll('\\', '/');
}

function unknownVariable(name: string, values: object): ImageError {
	const known = Object.keys(values)
		.map((variable) => `\${${variable}}`)
		.join(' ');
	return unsent('bad-input', say('There is no variable {0}. Available: {1}.', `\${${name}}`, known));
}

function outside({ folder, fileName }: Templates): ImageError {
	return unsent(
		'bad-input',
		say(
			'{0} is outside the workspace. Choose a folder inside: pictures are saved nowhere else.',
			`${folder}/${fileName}`,
		),
	);
}
