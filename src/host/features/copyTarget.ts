import { type TextDocument, type Uri, workspace } from 'vscode';
import { type CopiedFile, copyDestination } from '../../documents/copyFiles';
import { safeName } from '../../documents/fileName';
import { isWithin } from '../../documents/paths';
import { isImageError } from '../../domain/imageError';
import { extensionOf } from '../../domain/imageFormat';
import { pictureId } from '../../domain/picture';
import { sniff } from '../../image/sniff';
import { resolveTarget, type Templates } from '../../store/target';
import { type Destination, destinationFor, fileOf } from '../../workspace/destination';
import { filesOf } from '../../workspace/files';
import { copyDestinationsFor, settingFor } from '../settings';
import { digest } from '../../generation/slices';
import { dateAndTime } from '../../generation/localTime';

/** More files of one name than this, and something is wrong with the name. */
const mostSuffix = 9999;

/** A picture from somewhere else. */
interface Foreign {
	/** With its extension. */
	readonly name: string;
	readonly bytes: Uint8Array;
}

/**
 * Where the copy of a picture goes: where a new picture of this document would, under the name that it has; with `-1`, `-2`, … where that is
 * taken, or one of `others`. `undefined`: nowhere, since nothing is written outside of the workspace.
 */
export async function copyTarget(
	{ name, bytes }: Foreign,
	document: TextDocument,
	others: ReadonlySet<string>,
): Promise<Uri | undefined> {
	const place = destinationFor(document.uri);
	const header = sniff(bytes);
	if (!place || !header) return undefined;
	const [, base = name, own] = /^(.+)\.([^.]+)$/.exec(name) ?? [];
	const extension = own ?? extensionOf(header.format);
	const facts = {
		...dateAndTime(new Date()),
		slug: base,
		model: '',
		provider: '',
		width: `${header.width}`,
		height: `${header.height}`,
		seed: '',
		id: pictureId(await digest(bytes)),
		index: '1',
	};
	const { templates, folder = place.documentFolder } = templatesFor(
		{ name: base, ext: extension },
		document.uri,
		place,
	);
	const target = resolveTarget(templates, facts, { ...place, documentFolder: folder });
	const files = filesOf(place.uri);
	if (isImageError(target) || (await files.leadsOut(target.folder, place.roots))) return undefined;
	for (let suffix = 0; suffix <= mostSuffix; suffix++) {
		const path = `${target.folder}/${target.name}${suffix === 0 ? '' : `-${suffix}`}.${extension}`;
		const uri = place.uri.with({ path });
		if (!others.has(uri.toString()) && !(await isTaken(uri))) return uri;
	}
	return undefined;
}

/** The slug stands for the picture's own name; `folder` for the document's, where the editor's own setting has one for the document. */
function templatesFor(
	{ name, ext }: CopiedFile,
	document: Uri,
	{ roots }: Destination,
): { readonly templates: Templates; readonly folder?: string } {
	const usual = { folder: '${documentFolder}/images', fileName: '${slug}' };
	const set = settingFor('output.folder', document);
	if (set !== '') return { templates: { ...usual, folder: set } };
	const file = fileOf(document);
	if (!file || !roots.some((root) => isWithin(file.path, root))) return { templates: usual };
	const workspaceFolder = workspace.getWorkspaceFolder(file)?.uri.path;
	const copied = { name: safeName(name).replaceAll('${', '{'), ext };
	const found = copyDestination(copyDestinationsFor(file), { path: file.path, workspaceFolder }, copied, new Date());
	if (!found) return { templates: usual };
	const { folder, fileName = usual.fileName } = found;
	return { templates: { folder: '${documentFolder}', fileName }, folder };
}

async function isTaken(uri: Uri): Promise<boolean> {
	return workspace.fs.stat(uri).then(
		() => true,
		() => false,
	);
}
