import { type Uri, workspace } from 'vscode';
import { type CopyDestination, copyDestination, type Instant } from '../documents/copyFiles';
import { safeName } from '../documents/fileName';
import { isWithin, nameOfPath } from '../documents/paths';
import { extensionOf, type RequestableFormat } from '../domain/imageFormat';
import { withoutImageExtension } from '../store/target';
import { type Destination, fileOf } from '../workspace/destination';
import { copyDestinationsFor } from './settings';

/** A picture that is to belong to a document. */
interface Copied {
	readonly document: Uri;
	readonly destination: Destination;
	/** The template of its name. */
	readonly fileName: string;
	/** What is known of it already: values of the template's variables. */
	readonly facts: Readonly<Record<string, string>>;
	readonly format: RequestableFormat;
}

/**
 * Where the editor's own setting puts files of a document (`markdown.copyFiles.destination`). `undefined`: it says nothing, or the document is
 * outside of what may be written to.
 */
export function copiedTo(
	{ document, destination, fileName, facts, format }: Copied,
	now: Instant,
): CopyDestination | undefined {
	const file = fileOf(document);
	if (!file || !destination.roots.some((root) => isWithin(file.path, root))) return undefined;
	const workspaceFolder = workspace.getWorkspaceFolder(file)?.uri.path;
	const name = nameOfPath(withoutImageExtension(fileName)).replace(/\$\{(\w+)\}/g, (variable, fact: string) =>
		Object.hasOwn(facts, fact) ? safeName(facts[fact] ?? '') : variable,
	);
	const picture = { name, ext: extensionOf(format) };
	return copyDestination(copyDestinationsFor(file), { path: file.path, workspaceFolder }, picture, now);
}
