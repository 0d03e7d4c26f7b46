import { l10n, type TextDocument, Uri, window, workspace } from 'vscode';
import { altOf } from '../../documents/prose';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { type ImageHeader, sniff } from '../../image/sniff';
import { insertReferences } from '../../workspace/insert';
import { openDocument, writingEditor } from '../../workspace/openDocument';
import { TrackedPlace } from '../../workspace/trackedPlace';
import { insertArguments, parseArguments } from '../arguments';
import { failureOf, type Result } from '../result';

/** What `limn.insert` returns. With a failure nothing was inserted. */
export interface InsertResult {
	readonly inserted: string;
	readonly failure?: Result['failures'][number];
}

/** *Insert Image Reference…*. Nothing: the palette, which asks for a picture. A URI: the explorer's file. Anything else: an argument object. */
export async function insert(argument: unknown): Promise<InsertResult | undefined> {
	if (argument === undefined || argument instanceof Uri) {
		const image = argument ?? (await askForPicture());
		return image && showFault(await insertReference({ image }));
	}
	const parsed = parseArguments(insertArguments, argument);
	return 'error' in parsed ? failedWith(parsed.error) : insertReference(parsed.value);
}

async function insertReference(wanted: ReturnType<typeof insertArguments.parse>): Promise<InsertResult> {
	if (!workspace.isTrusted) return failedWith(unsent('untrusted'));
	const header = await headerOf(wanted.image);
	if (!header)
		return failedWith(unsent('bad-input', say('{0} is not a picture.', workspace.asRelativePath(wanted.image))));
	const target = await targetOf(wanted);
	if (!target) return failedWith(unsent('bad-input', say('There is no document to insert into. Open one first.')));
	const place = new TrackedPlace(target.document, target.position);
	try {
		const { width, height } = header;
		const picture = { uri: wanted.image, width, height, alt: altOf(wanted.alt ?? altOfName(wanted.image)) };
		const insertion = await insertReferences(place, [picture], 'inline');
		if (isImageError(insertion)) return failedWith(insertion);
		insertion.dispose();
		return { inserted: insertion.text };
	} finally {
		place.dispose();
	}
}

/** A file's name is often all that is known: `a-red_fox-2.png` → `a red fox`. */
function altOfName(uri: Uri): string {
	const name = uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
	return name.replace(/[-_]+/g, ' ').replace(/ \d+$/, '').trim();
}

async function targetOf({ uri, position }: Pick<ReturnType<typeof insertArguments.parse>, 'uri' | 'position'>) {
	const editor = writingEditor();
	const document: TextDocument | undefined = uri ? await openDocument(uri) : editor?.document;
	if (!document) return undefined;
	const cursor = document === editor?.document ? editor.selection.active : undefined;
	return { document, position: position ?? cursor ?? document.lineAt(document.lineCount - 1).range.end };
}

async function headerOf(image: Uri): Promise<ImageHeader | undefined> {
	return workspace.fs.readFile(image).then(sniff, () => undefined);
}

async function askForPicture(): Promise<Uri | undefined> {
	const found = await workspace.findFiles('**/*.{png,jpg,jpeg,webp,gif,avif}', '**/node_modules/**', 2000);
	const items = found.map((uri) => ({ label: `$(file-media) ${workspace.asRelativePath(uri)}`, uri }));
	const placeHolder = items.length > 0 ? l10n.t('Choose a picture') : l10n.t('There are no pictures in the workspace');
	return (await window.showQuickPick(items, { title: l10n.t('Insert Image Reference'), placeHolder }))?.uri;
}

function failedWith(error: ImageError): InsertResult {
	return { inserted: '', failure: failureOf(error) };
}

function showFault(result: InsertResult): InsertResult {
	if (result.failure) void window.showErrorMessage(result.failure.message);
	return result;
}
