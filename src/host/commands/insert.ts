import { l10n, type Position, type TextDocument, Uri, workspace } from 'vscode';
import { oneLine } from '../../documents/prose';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { destinationFor } from '../../workspace/destination';
import { type Insertable, insertReferences } from '../../workspace/insert';
import { openDocument, writingEditor } from '../../workspace/openDocument';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { insertArguments, parseArguments } from '../arguments';
import { showFailure } from '../failureActions';
import type { KnownPictures } from '../features/knownPictures';
import { insertableOf } from '../insertable';
import { askForFile } from '../imagePicker';
import { writingHabitsFor } from '../settings';
import { failureOf, type Result } from '../result';

/** What `limn.insert` returns. With a failure nothing was inserted. */
export interface InsertResult {
	readonly inserted: string;
	readonly failure?: Result['failures'][number];
}

/** A place in a document. */
export interface DocumentPlace {
	readonly document: TextDocument;
	readonly position: Position;
}

/**
 * *Insert Image Reference…*. Nothing: the palette, which asks for a picture. A URI: the explorer's file, and with it
 * everything that is `selected` there. Anything else: an argument object.
 */
export async function insert(
	argument: unknown,
	selected: unknown,
	known: KnownPictures,
): Promise<InsertResult | undefined> {
	if (argument === undefined || argument instanceof Uri) return insertByHand(argument, selected, known);
	const parsed = parseArguments(insertArguments, argument);
	if ('error' in parsed) return refuse(parsed.error);
	const { image, uri, position, alt } = parsed.value;
	const inserted = await insertPictures([image], await placeFor(uri, position), known, alt);
	return isImageError(inserted) ? refuse(inserted) : { inserted };
}

async function insertByHand(
	clicked: Uri | undefined,
	selected: unknown,
	known: KnownPictures,
): Promise<InsertResult | undefined> {
	const place = await placeFor();
	const problem = workspace.isTrusted ? (place ? undefined : noDocument) : unsent('untrusted');
	const all = Array.isArray(selected) ? selected.filter((each) => each instanceof Uri) : [];
	const images =
		problem || all.length > 0 ? all : [clicked ?? (await askForPicture())].filter((each) => each !== undefined);
	if (!problem && images.length === 0) return undefined;
	const inserted = problem ?? (await insertPictures(images, place, known));
	return isImageError(inserted) ? refuse(inserted) : { inserted };
}

/** Refers to pictures at a place of a document, in one edit. The text that was inserted. */
export async function insertPictures(
	images: readonly Uri[],
	at: DocumentPlace | undefined,
	known: KnownPictures,
	alt?: string,
): Promise<string | ImageError> {
	if (!workspace.isTrusted) return unsent('untrusted');
	const pictures: Insertable[] = [];
	for (const uri of images) {
		const facts = await known.look(uri);
		const picture = facts && facts !== 'missing' ? insertableOf(uri, facts) : undefined;
		if (!picture) return unsent('bad-input', say('{0} is not a picture.', workspace.asRelativePath(uri)));
		pictures.push(alt === undefined ? picture : { ...picture, alt: oneLine(alt) });
	}
	if (!at) return noDocument;
	const place = new TrackedPlace(at.document, at.position);
	const home = destinationFor(place.uri)?.uri;
	const habits = writingHabitsFor(place.uri);
	const inserted = await insertReferences(pictures, { place, manner: 'inline', home, habits });
	place.dispose();
	if (isImageError(inserted)) return inserted;
	inserted.dispose();
	return inserted.text;
}

const noDocument = unsent('bad-input', say('There is no document to insert into. Open one first.'));

/** Where the argument says, else at the cursor, else at the end. */
async function placeFor(uri?: Uri, position?: Position): Promise<DocumentPlace | undefined> {
	const editor = writingEditor();
	const document = uri ? await openDocument(uri) : editor?.document;
	if (!document) return undefined;
	const cursor = document === editor?.document ? editor.selection.active : undefined;
	return { document, position: position ?? cursor ?? document.lineAt(document.lineCount - 1).range.end };
}

async function askForPicture(): Promise<Uri | undefined> {
	const extensions = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif'];
	return askForFile({ title: l10n.t('Insert Image Reference'), extensions, browses: false });
}

function refuse(error: ImageError): InsertResult {
	void showFailure(error);
	return { inserted: '', failure: failureOf(error) };
}
