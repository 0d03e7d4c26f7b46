import { type Position, type TextDocument, type TextEditor, Uri } from 'vscode';
import { type ImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { destinationFor } from '../../workspace/destination';
import { openDocument } from '../../workspace/openDocument';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { countOf, type GenerateArguments, isSilent } from '../arguments';
import type { Change } from '../change';
import { showFailure } from '../failureActions';
import type { Insert } from '../illustrate';
import type { Orders } from '../orders';
import { failed, type Result } from '../result';

/** From the palette (nothing) or from a menu (what it was opened on). */
export function isByHand(argument: unknown): argument is Uri | undefined {
	return argument === undefined || argument instanceof Uri;
}

/** Before any question and before anything is sent: nobody writes a prompt for nothing. */
export function refuse(error: ImageError, argument?: unknown): Result {
	if (!isSilent(argument)) void showFailure(error);
	return failed(error, countOf(argument));
}

/** A place in a document. */
interface Cursor {
	readonly document: TextDocument;
	readonly at: Position;
}

export function cursorIn(editor: TextEditor | undefined): Cursor | undefined {
	return editor && { document: editor.document, at: editor.selection.active };
}

/** What `insert` of an argument object means. `present`: the place that plain `true` stands for. */
export async function insertFor(
	wanted: GenerateArguments['insert'],
	present: Cursor | undefined,
	manner: Insert['manner'],
): Promise<Insert | ImageError | undefined> {
	if (wanted === false) return undefined;
	if (wanted === true)
		return present && { place: new TrackedPlace(present.document, present.at), manner, which: 'all' };
	const document = await openDocument(wanted.uri);
	if (!document)
		return unsent('bad-input', say('{0} cannot be opened. Name a text document.', wanted.uri.toString(true)));
	return { place: new TrackedPlace(document, wanted.position), manner: 'inline', which: 'all' };
}

/** What else belongs to the order of an argument object. */
interface Circumstances {
	readonly insert: Insert | undefined;
	/** The file that the pictures belong to. */
	readonly document: Uri | undefined;
	/** See `Wish`. */
	readonly change?: Change;
}

/** Makes what an argument object asks for. */
export async function orderFor(
	{ insert: wanted, silent, token, ...wish }: GenerateArguments,
	{ insert, document, change }: Circumstances,
	orders: Pick<Orders, 'complete'>,
): Promise<Result> {
	const destination = destinationFor(document);
	if (!destination && silent) return failed(noFolder, wish.n);
	const warnings = wanted !== false && !insert ? [say('No document is open, so nothing was inserted.')] : [];
	const draft = { wish: { ...wish, change, destination, document }, insert, silent, token, warnings };
	return (await orders.complete(draft)) ?? failed(noFolder, wish.n);
}

const noFolder = unsent('not-writable', say('No folder is open. Open one, or open a saved document, then try again.'));
