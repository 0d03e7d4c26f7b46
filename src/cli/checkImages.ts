import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { leadsOutLocally } from '../disk/localFiles';
import { listLocally, readLocally, statLocally } from '../disk/readLocally';
import { isWithin } from '../documents/paths';
import { digest } from '../generation/slices';
import { documentFiles } from '../recipes/documentFiles';
import { excludedBy } from '../recipes/ignored';
import type { FileFinding } from '../recipes/findings';
import { PictureLookup } from '../recipes/pictureFiles';
import { findingsIn, Scanner, type ScanFile } from '../recipes/scan';
import { duringOneRun, stampOf, type Tree } from '../recipes/tree';
import { inParallel, Turns } from '../recipes/turns';
import { localOf, pathOf, type Root, uriOf } from './paths';
import { projectSettings, type ProjectSettings } from './projectSettings';
import { inWords } from './words';

/** What is wrong with a picture of a document (contract: `Finding`). */
export interface Finding {
	/** Of the file. */
	readonly uri: string;
	/** Zero-based; of the cell in a notebook. */
	readonly line: number;
	readonly cell?: number;
	readonly kind: FileFinding['kind'];
	readonly message: string;
}

/** What a look at documents came to. */
export interface Checked {
	/** File by file, in the order of the text. */
	readonly findings: readonly Finding[];
	/** How many documents show pictures or have recipes. */
	readonly documents: number;
	/** Files that are too large to be looked into, by path. */
	readonly tooLarge: readonly string[];
	/** What was named and is not there, or is outside of the root. */
	readonly unknown: readonly string[];
}

/** Documents are compared with their pictures so many at a time: each waits for the disk. */
const surveysAtOnce = 8;

const turnPorts = { pause: async () => setImmediate(), now: () => performance.now() };

const disk: Tree = {
	list: async (folder) => listLocally(localOf(folder)),
	stat: async (file) => {
		const found = await statLocally(localOf(file));
		return found && { size: found.size, stamp: stampOf(found.times, found.size, Date.now()) };
	},
	read: async (file) => readLocally(localOf(file)),
};

/** What is wrong with the pictures of documents: of those that are named by files and folders, else of all below the root. Looks only. */
export async function checkImages(root: Root, names: readonly string[], signal: AbortSignal): Promise<Checked> {
	const settings = await projectSettings(root);
	const tree = duringOneRun(disk);
	const { files, unknown } = await filesNamed(root, names, tree, settings, signal);
	const scan = await new Scanner({ ...turnPorts, read: tree.read }).scan(files, 'everything', signal);
	const home = { workspaceFolder: root.path, siteRoots: settings.siteRoots };
	const pictures = new PictureLookup({ tree, homeOf: () => home, hash: digest });
	const turns = new Turns(turnPorts);
	const findings = await inParallel(scan.documents, surveysAtOnce, async (document) => {
		signal.throwIfAborted();
		const found = await turns.run(async () => findingsIn(document, pictures));
		return found.map((finding) => findingOf(document.path, finding));
	});
	const { documents, tooLarge } = scan;
	return { findings: findings.flat(), documents: documents.length, tooLarge, unknown };
}

function findingOf(file: string, { line, cell, kind, message }: FileFinding): Finding {
	return { uri: uriOf(file), line, ...(cell !== undefined && { cell }), kind, message: inWords(message) };
}

async function filesNamed(
	root: Root,
	names: readonly string[],
	tree: Tree,
	{ exclude }: ProjectSettings,
	signal: AbortSignal,
): Promise<{ readonly files: readonly ScanFile[]; readonly unknown: readonly string[] }> {
	const kinds = await Promise.all(names.map(async (name) => kindOf(name, root)));
	const folders = names.length === 0 ? [root.path] : kinds.flatMap((found) => found?.folder ?? []);
	const search = { tree, turns: new Turns(turnPorts), isExcluded: excludedBy(exclude), signal };
	// From the root on, whatever is named: rules of what is passed over stand above, too.
	const all = folders.length > 0 ? await documentFiles(root.path, search) : [];
	const below = all.filter((file) => folders.some((folder) => isWithin(file.path, folder)));
	const files = new Map(below.map((file) => [file.path, file]));
	for (const found of kinds) if (found?.file !== undefined) files.set(found.file, { path: found.file });
	return { files: inOrder([...files.values()]), unknown: names.filter((_, index) => kinds[index] === undefined) };
}

function inOrder(files: readonly ScanFile[]): ScanFile[] {
	return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** `undefined`: there is nothing of that name inside. */
async function kindOf(
	name: string,
	root: Root,
): Promise<{ readonly file?: string; readonly folder?: string } | undefined> {
	const local = path.resolve(root.local, name);
	if (await leadsOutLocally(local, [root.local])) return undefined;
	const found = await stat(local).catch(() => undefined);
	if (found?.isDirectory()) return { folder: pathOf(local) };
	return found?.isFile() ? { file: pathOf(local) } : undefined;
}
