import { type Disposable, type Position, Range, type TextDocument, Uri, workspace, WorkspaceEdit } from 'vscode';
import { altEdit, pictureAt } from '../documents/altEdit';
import type { PictureLink } from '../documents/languages/language';
import { languageOf } from '../documents/languages/languages';
import { nameOfPath } from '../documents/paths';
import { resolveLink } from '../documents/resolveLink';
import { type ImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import { changeDocument } from '../workspace/changeDocument';
import { fileOf } from '../workspace/destination';
import { surroundingsOf } from '../workspace/site';
import { TrackedPlace } from '../workspace/trackedPlace';
import { settingFor } from './settings';

/** A picture that a document shows, tracked until it is disposed of. */
export interface PlacedReference extends Disposable {
	/** Why nothing can be written there, whatever the words. */
	readonly problem?: ImageError;
	/** The file that it shows; `undefined`: none that Limn can find. */
	image(): Promise<Uri | undefined>;
	/** Lets it say this, as one edit: one Undo takes it back. Empty: the picture is decoration. */
	write(alt: string): Promise<ImageError | undefined>;
}

/** The reference at a place of a document; `undefined`: there is none, or none that Limn can read. */
export function referenceAt(document: TextDocument, position: Position): PlacedReference | undefined {
	const language = languageOf(document.languageId, document.uri.path);
	const { read } = language;
	const text = document.getText();
	const picture = read && pictureAt(text, read(text).pictures, document.offsetAt(position));
	if (!picture) return undefined;
	const place = new TrackedPlace(document, document.positionAt(picture.span.start));
	return {
		...(!altEdit(language, text, picture, 'x') && { problem: unsaid }),
		image: async () => fileOfPicture(picture, document, text),
		write: async (alt) => writeAlt(place, picture, alt),
		dispose: () => place.dispose(),
	};
}

async function writeAlt(place: TrackedPlace, { href }: PictureLink, alt: string): Promise<ImageError | undefined> {
	let problem: ImageError | undefined;
	const outcome = await changeDocument(place, async (document) => {
		const language = languageOf(document.languageId, document.uri.path);
		const text = document.getText();
		const pictures = language.read?.(text).pictures ?? [];
		const picture = pictures.find(({ span }) => span.start === place.offset);
		const edit = picture?.href === href ? altEdit(language, text, picture, alt) : undefined;
		problem = picture?.href === href ? unsaid : changed;
		if (!edit) return true;
		problem = undefined;
		const range = new Range(document.positionAt(edit.span.start), document.positionAt(edit.span.end));
		const change = new WorkspaceEdit();
		change.replace(document.uri, range, edit.text);
		return workspace.applyEdit(change);
	});
	const name = workspace.asRelativePath(place.uri);
	if (outcome === 'gone') return unsent('not-writable', say('{0} is closed, so nothing was written.', name));
	if (outcome === 'refused') return unsent('not-writable', say('{0} cannot be changed, so nothing was written.', name));
	return problem;
}

const changed = unsent('not-writable', say('The reference was changed meanwhile, so nothing was written.'));
const unsaid = unsent('not-writable', say('This reference has no place for alt text that Limn could fill.'));

/** The file behind a reference, where the tools that read the document look for it; of several the first that is there. */
async function fileOfPicture(picture: PictureLink, document: TextDocument, text: string): Promise<Uri | undefined> {
	const home = homeOf(document);
	if (!home) return undefined;
	const surroundings = await surroundingsOf(home, settingFor('insert.siteRoots', document.uri));
	const base = languageOf(document.languageId, document.uri.path).baseOf?.(text);
	const end = resolveLink(picture, { ...surroundings, base });
	if (end.kind !== 'file') return undefined;
	const files = end.candidates.map((path) => home.with({ path, query: '', fragment: '' }));
	const found = await Promise.all(files.map(isThere));
	return files[found.indexOf(true)] ?? files[0];
}

/** A document that was never saved refers to its pictures from the first folder. */
function homeOf({ uri }: TextDocument): Uri | undefined {
	const folder = workspace.workspaceFolders?.[0]?.uri;
	return fileOf(uri) ?? (folder && Uri.joinPath(folder, nameOfPath(uri.path)));
}

async function isThere(file: Uri): Promise<boolean> {
	return workspace.fs.stat(file).then(
		() => true,
		() => false,
	);
}
