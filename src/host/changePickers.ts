import { l10n, type QuickPickItem, type Uri, window } from 'vscode';
import { nameOfPath } from '../documents/paths';
import type { Strength } from '../domain/imageRequest';
import { type Margins, marginsForRatio, withMargins } from '../domain/margins';
import { formatSize, parseSizeWish, type Rect, type Size } from '../domain/size';
import { mostPixels } from '../image/inspect';
import type { Change } from './change';
import { askForFile } from './imagePicker';
import { parseMargins, parseRects } from './typedPlaces';

/** A picture that is to be changed. */
export interface Subject {
	readonly image: Uri;
	readonly size: Size;
}

/** Asks for one kind of change. `undefined`: the person left. */
export type AskForChange = (subject: Subject) => Promise<Change | undefined>;

/** Which part is edited. */
export const askForEdit: AskForChange = async (subject) => {
	const { image } = subject;
	const whole = { label: l10n.t('Whole picture'), detail: l10n.t('The prompt says what to change and where') };
	const rects = { label: l10n.t('Rectangles…'), detail: l10n.t('In pixels. Everything else stays as it is') };
	const file = {
		label: l10n.t('Mask file…'),
		detail: l10n.t('A PNG of the same size: what is transparent, else what is white, is repainted'),
	};
	const chosen = await pick([whole, rects, file], l10n.t('Edit Image'), l10n.t('What may change?'), subject);
	if (!chosen) return undefined;
	if (chosen === whole) return { operation: 'edit', image };
	const mask = chosen === rects ? await askForRects(subject) : await askForMask(image);
	return mask && { operation: 'edit', image, mask };
};

async function askForRects({ image, size }: Subject): Promise<readonly Rect[] | undefined> {
	const text = await window.showInputBox({
		title: titleOf(l10n.t('Rectangles'), { image, size }),
		prompt: l10n.t('x,y,width,height in pixels from the top left; a semicolon between several'),
		placeHolder: '100,80,300,200; 500,80,64,64',
		ignoreFocusOut: true,
		validateInput: (typed) => problemOfRects(typed, size),
	});
	return text === undefined ? undefined : parseRects(text);
}

function problemOfRects(text: string, size: Size): string | undefined {
	const rects = parseRects(text);
	if (!rects) return l10n.t('Write x,y,width,height in whole pixels');
	const isInside = ({ x, y, width, height }: Rect) =>
		x < size.width && y < size.height && x + width > 0 && y + height > 0;
	return rects.some(isInside) ? undefined : l10n.t('The picture has {0} pixels', formatSize(size));
}

async function askForMask(image: Uri): Promise<Uri | undefined> {
	return askForFile({ title: l10n.t('Mask File'), extensions: ['png'], except: image, browses: true });
}

const ratios = ['16:9', '4:3', '1:1', '3:4', '9:16'];

/** How much is added to it. */
export const askForExpansion: AskForChange = async (subject) => {
	const { image, size } = subject;
	const items = ratios.flatMap((label) => ratioItem(label, size) ?? []);
	const other = { label: l10n.t('Pixels on each side…'), by: undefined };
	const chosen = await pick([...items, other], l10n.t('Expand Image'), l10n.t('To which ratio?'), subject);
	const by = chosen?.by ?? (chosen && (await askForMargins(subject)));
	return by && { operation: 'expand', image, by };
};

/** `undefined`: the picture has this ratio. */
function ratioItem(label: string, size: Size): (QuickPickItem & { readonly by: Size }) | undefined {
	const wish = parseSizeWish(label);
	if (wish?.kind !== 'ratio') return undefined;
	const canvas = withMargins(size, marginsForRatio(size, wish.ratio));
	const isSame = canvas.width === size.width && canvas.height === size.height;
	return isSame ? undefined : { label, description: formatSize(canvas), by: wish.ratio };
}

async function askForMargins(subject: Subject): Promise<Margins | undefined> {
	const text = await window.showInputBox({
		title: titleOf(l10n.t('Pixels on Each Side'), subject),
		prompt: l10n.t('top right bottom left; one number for all, two for top and bottom, left and right'),
		placeHolder: '0 256 0 256',
		ignoreFocusOut: true,
		validateInput: (typed) => problemOfMargins(typed, subject.size),
	});
	return text === undefined ? undefined : parseMargins(text);
}

function problemOfMargins(text: string, size: Size): string | undefined {
	const margins = parseMargins(text);
	if (!margins) return l10n.t('Write one to four whole numbers of pixels');
	const isNothing = Object.values(margins).every((side) => side === 0);
	if (isNothing) return l10n.t('Give pixels for one side at least');
	const { width, height } = withMargins(size, margins);
	return width * height > mostPixels ? l10n.t('The picture would have more than 64 megapixels') : undefined;
}

/** How far it goes from the picture. */
export const askForStrength: AskForChange = async (subject) => {
	const items: readonly (QuickPickItem & { readonly strength: Strength })[] = [
		{ label: l10n.t('Medium'), detail: l10n.t('The same subject, told anew'), strength: 'medium' },
		{ label: l10n.t('Subtle'), detail: l10n.t('Nearly the same picture'), strength: 'subtle' },
		{ label: l10n.t('Strong'), detail: l10n.t('Only the idea stays'), strength: 'strong' },
	];
	const chosen = await pick(items, l10n.t('Create Variations'), l10n.t('How far from the picture?'), subject);
	return chosen && { operation: 'vary', image: subject.image, strength: chosen.strength };
};

async function pick<T extends QuickPickItem>(
	items: readonly T[],
	title: string,
	placeHolder: string,
	subject: Subject,
): Promise<T | undefined> {
	return window.showQuickPick(items, { title: titleOf(title, subject), placeHolder });
}

function titleOf(what: string, { image, size }: Subject): string {
	return `${what} · ${nameOfPath(image.path)} · ${formatSize(size)}`;
}
