import {
	type CancellationToken,
	type DataTransfer,
	DocumentDropEdit,
	type DocumentDropEditProvider,
	DocumentDropOrPasteEditKind,
	l10n,
	type LogOutputChannel,
	type Position,
	type TextDocument,
	type Uri,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import { languageOf } from '../../documents/languages/languages';
import { folderOf, isWithin } from '../../documents/paths';
import { destinationFor, fileOf } from '../../workspace/destination';
import { type Insertable, referencesAt, type Written } from '../../workspace/insert';
import { insertableOf } from '../insertable';
import { writingHabitsFor } from '../settings';
import { pictureDropKind } from '../documentsWithPictures';
import { copyTarget } from './copyTarget';
import { type Dropped, droppedFiles } from './dropped';
import type { KnownPictures, PictureFacts } from './knownPictures';
import { dropSettingsFor } from './markdownDrop';

interface Parts {
	readonly pictures: Pick<KnownPictures, 'look' | 'factsOf'>;
	readonly log: Pick<LogOutputChannel, 'error'>;
}

/** A picture that is to be referred to. */
interface Taken {
	readonly picture: Insertable;
	/** Of a file that is made for it. Absent: it is where it belongs. */
	readonly copy?: Uint8Array;
}

/** In a notebook the editor makes attachments of pictures, unless its settings say otherwise. */
const attachment = DocumentDropOrPasteEditKind.Empty.append('markdown', 'link', 'image', 'attachment');
/** The path alone. */
const path = DocumentDropOrPasteEditKind.Empty.append('uri');

/**
 * Makes references of dropped pictures. The editor applies the first edit that yields to none, and those of its own extensions come behind
 * others: so this one is applied, and theirs are in the list that it shows then.
 */
export class PictureDrop implements DocumentDropEditProvider {
	constructor(readonly parts: Parts) {}

	/** `undefined`: nothing that Limn knows better than the editor. */
	async provideDocumentDropEdits(
		document: TextDocument,
		position: Position,
		transfer: DataTransfer,
		token: CancellationToken,
	): Promise<DocumentDropEdit | undefined> {
		try {
			const { version } = document;
			const taken = isTakenIn(document) ? await this.#take(await droppedFiles(transfer), document, token) : [];
			const edit = taken.length === 0 ? undefined : await this.#editFor(taken, document, position);
			return token.isCancellationRequested || document.version !== version ? undefined : edit;
		} catch (fault) {
			this.parts.log.error(fault instanceof Error ? fault : String(fault));
			return undefined;
		}
	}

	/** None: something among them is no picture, or cannot be had. */
	async #take(files: readonly Dropped[], document: TextDocument, token: CancellationToken): Promise<readonly Taken[]> {
		const taken: Taken[] = [];
		for (const file of files) {
			const targets = new Set(taken.map(({ picture }) => picture.uri.toString()));
			const one = token.isCancellationRequested ? undefined : await this.#takeOne(file, document, targets);
			if (!one) return [];
			taken.push(one);
		}
		return taken;
	}

	async #takeOne(file: Dropped, document: TextDocument, targets: ReadonlySet<string>): Promise<Taken | undefined> {
		const { name, uri } = file;
		const { pictures } = this.parts;
		const { copies } = dropSettingsFor(document);
		if (uri && (isAtHome(uri, document) || !copies)) {
			const facts = await pictures.look(uri);
			return facts === 'missing' ? undefined : facts && takenAs(uri, name, facts);
		}
		const copy = copies ? await file.read() : undefined;
		const target = copy && (await copyTarget({ name, bytes: copy }, document, targets));
		const taken = target && takenAs(target, name, await pictures.factsOf(copy));
		return taken && { ...taken, copy };
	}

	async #editFor(taken: readonly Taken[], document: TextDocument, position: Position): Promise<DocumentDropEdit> {
		const all = taken.map(({ picture }) => picture);
		const home = destinationFor(document.uri)?.uri;
		const written = await referencesAt(document, position, all, home, writingHabitsFor(document.uri));
		// What the editor inserts itself it indents line by line, which has been done already; but the cursor is behind it then.
		const isPlain = written.at.isEqual(position) && !written.text.includes('\n');
		const edit = new DocumentDropEdit(isPlain ? written.text : '', titleFor(all), pictureDropKind);
		edit.additionalEdit = new WorkspaceEdit();
		for (const { picture, copy } of taken) {
			if (copy) edit.additionalEdit.createFile(picture.uri, { contents: copy, overwrite: false });
		}
		if (!isPlain) edit.additionalEdit.insert(document.uri, written.at, written.text);
		edit.yieldTo = [attachment, ...(isCode(document, written) ? [path] : [])];
		return edit;
	}
}

/** Documents that are not read get the path of what is dropped, which the editor writes by itself. */
function isTakenIn(document: TextDocument): boolean {
	const { read } = languageOf(document.languageId, document.uri.path);
	return workspace.isTrusted && read !== undefined && dropSettingsFor(document).enabled !== 'never';
}

function takenAs(uri: Uri, name: string, facts: PictureFacts): Taken | undefined {
	const picture = insertableOf(uri, facts, name);
	return picture && { picture };
}

/** In a folder of the workspace, or beside the document: such a picture is where it belongs. */
function isAtHome(picture: Uri, { uri }: TextDocument): boolean {
	if (workspace.getWorkspaceFolder(picture)) return true;
	const file = fileOf(uri);
	const isNear = file?.scheme === picture.scheme && file.authority === picture.authority;
	return isNear && isWithin(picture.path, folderOf(file.path));
}

/** Whether the reference would stand in code, where it is none. */
function isCode(document: TextDocument, { at, text }: Written): boolean {
	const isOwn = Object.hasOwn(writingHabitsFor(document.uri).templates, document.languageId);
	// Of somebody's own template nobody can say.
	if (isOwn || dropSettingsFor(document).enabled === 'always') return false;
	const whole = document.getText();
	const start = document.offsetAt(at);
	const { read } = languageOf(document.languageId, document.uri.path);
	const parts = read?.(whole.slice(0, start) + text + whole.slice(start));
	return !parts?.pictures.some(({ span }) => span.start < start + text.length && span.end > start);
}

function titleFor({ length }: readonly Insertable[]): string {
	return length === 1 ? l10n.t('Insert Picture Reference') : l10n.t('Insert References to {0} Pictures', length);
}
