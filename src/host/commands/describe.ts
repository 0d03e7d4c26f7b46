import { env, InputBoxValidationSeverity, l10n, Uri, window, workspace } from 'vscode';
import { altCharacters } from '../../documents/altText';
import { nameOfPath } from '../../documents/paths';
import { oneLine } from '../../documents/prose';
import { type ImageError, isImageError, unsent } from '../../domain/imageError';
import { say } from '../../domain/message';
import { openDocument } from '../../workspace/openDocument';
import { describeArguments, parseArguments } from '../arguments';
import type { ImageDescriber } from '../describeImage';
import { type PlacedReference, referenceAt } from '../describeImageReference';
import { showFailure } from '../failureActions';
import { pickImage } from '../imagePicker';
import { failureOf, type Result } from '../result';
import { tell } from '../tell';

/** What `limn.describeImage` returns. With a failure nothing was written. */
export interface DescribeResult {
	/** Empty: there is none, or the person wants none. Beside a failure: it came, and could not be written. */
	readonly alt: string;
	readonly failure?: Result['failures'][number];
}

/**
 * *Describe Image for Alt Text*: a vision model proposes what stands for a picture where it cannot be seen. By hand the person has the
 * last word, and it goes into the reference at the cursor, else (a picture of the explorer, of a tab) into the clipboard. An argument
 * object asks nothing but whether the picture may go there, once, and writes only into the reference that it names.
 */
export async function describeImage(argument: unknown, describer: ImageDescriber): Promise<DescribeResult | undefined> {
	if (argument === undefined || argument instanceof Uri) return describeByHand(argument, describer);
	const parsed = parseArguments(describeArguments, argument);
	if ('error' in parsed) return refuse(parsed.error);
	if (!workspace.isTrusted) return refuse(unsent('untrusted'));
	const { image, uri, position } = parsed.value;
	if (!uri || !position) return resultOf(await describer.propose(image, false));
	const document = await openDocument(uri);
	const reference = document && referenceAt(document, position);
	// Nobody pays for words that have nowhere to go.
	if (!reference) return refuse(nothingThere(uri));
	try {
		if (reference.problem) return refuse(reference.problem);
		const alt = await describer.propose(image, false);
		if (typeof alt !== 'string') return resultOf(alt);
		const problem = await reference.write(alt);
		return problem ? { ...refuse(problem), alt } : { alt };
	} finally {
		reference.dispose();
	}
}

async function describeByHand(
	clicked: Uri | undefined,
	describer: ImageDescriber,
): Promise<DescribeResult | undefined> {
	if (!workspace.isTrusted) return refuse(unsent('untrusted'));
	const editor = clicked ? undefined : window.activeTextEditor;
	const reference = editor && referenceAt(editor.document, editor.selection.active);
	try {
		if (reference?.problem) return refuse(reference.problem);
		const shown = await reference?.image();
		if (reference && !shown) return refuse(noFile);
		const image = shown ?? clicked ?? (await pickImage(l10n.t('Describe Image for Alt Text')));
		return image && (await describeThat(image, reference, describer));
	} finally {
		reference?.dispose();
	}
}

async function describeThat(
	image: Uri,
	reference: PlacedReference | undefined,
	describer: ImageDescriber,
): Promise<DescribeResult | undefined> {
	const proposed = await describer.propose(image, true);
	if (isImageError(proposed))
		return refuse(proposed, async () => describeImage(reference ? undefined : image, describer));
	const alt = proposed === undefined ? undefined : await ask(proposed, image, reference !== undefined);
	if (alt === undefined) return undefined;
	const problem = await reference?.write(alt);
	if (!reference || problem) await copy(alt);
	return problem ? { ...refuse(problem), alt } : { alt };
}

/** The person's own words, after the proposal; `undefined`: the person left. */
async function ask(proposed: string, image: Uri, isWritten: boolean): Promise<string | undefined> {
	const alt = await window.showInputBox({
		title: l10n.t('Alt Text of {0}', nameOfPath(image.path)),
		prompt: isWritten
			? l10n.t('Enter writes it into the reference. Empty: the picture is decoration.')
			: l10n.t('Enter copies it to the clipboard.'),
		value: proposed,
		ignoreFocusOut: true,
		validateInput: (text) => counted(Array.from(oneLine(text)).length),
	});
	return alt === undefined ? undefined : oneLine(alt);
}

function counted(count: number) {
	const { Info, Warning } = InputBoxValidationSeverity;
	return count > altCharacters
		? { message: l10n.t('{0} characters. More than {1} tire who listens.', count, altCharacters), severity: Warning }
		: { message: l10n.t('{0} of {1} characters', count, altCharacters), severity: Info };
}

async function copy(alt: string): Promise<void> {
	if (alt === '') return;
	await env.clipboard.writeText(alt);
	void tell('information', l10n.t('The alt text is in the clipboard.'));
}

const noFile = unsent(
	'bad-input',
	say('The reference at the cursor shows no file of this workspace. Choose another one.'),
);

function nothingThere(uri: Uri): ImageError {
	return unsent('bad-input', say('There is no picture at that place of {0}.', workspace.asRelativePath(uri)));
}

function resultOf(alt: string | ImageError | undefined): DescribeResult | undefined {
	return isImageError(alt) ? refuse(alt) : alt === undefined ? undefined : { alt };
}

function refuse(error: ImageError, tryAgain?: () => Promise<unknown>): DescribeResult {
	void showFailure(error, tryAgain && { tryAgain });
	return { alt: '', failure: failureOf(error) };
}
