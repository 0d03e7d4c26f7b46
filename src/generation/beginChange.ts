import type { PaintedMask } from '../canvas/paintedMask';
import { type ImageError, unsent } from '../domain/imageError';
import type { Alteration, Strength } from '../domain/imageRequest';
import { type Margins, marginsForRatio, withMargins } from '../domain/margins';
import { type Message, say } from '../domain/message';
import { pictureId } from '../domain/picture';
import { formatSize, type Rect, type Size } from '../domain/size';
import { inspect, type Inspected, mostPixels } from '../image/inspect';
import { isWithin } from '../image/within';
import type { PainterThread } from './painterThread';
import { type Looked, type LookOrder, ofOtherSize, type Original, type Selection } from './painterWork';
import { digest, shared } from './slices';

/** A file that is read when a change begins. */
export interface SourceFile {
	/** As a person names it. */
	readonly name: string;
	/** The error says that it is not there, or larger than {@link largestFile}. */
	readonly read: () => Promise<Uint8Array | ImageError>;
}

/** What is to be done to which picture. `F`: how whoever asks for it names a file. */
export type Change<F> =
	/**
	 * `mask`: its file, rectangles in pixels of the picture as it is displayed, or what was painted. Absent: an edit by instruction.
	 * `markup`: a clear PNG with marks on it that say where. `references`: other pictures that the prompt speaks of.
	 */
	| {
			readonly operation: 'edit';
			readonly image: F;
			readonly mask?: F | readonly Rect[] | PaintedMask | undefined;
			readonly markup?: F | undefined;
			readonly references?: readonly F[] | undefined;
	  }
	/** By pixels on each side, or to a ratio. */
	| { readonly operation: 'expand'; readonly image: F; readonly by: Margins | Size }
	| { readonly operation: 'vary'; readonly image: F; readonly strength: Strength };

type Mask = NonNullable<Extract<Change<SourceFile>, { operation: 'edit' }>['mask']>;

/** A change, and the picture as it was when the change was asked for: what becomes of the file meanwhile is of no matter. */
export interface Begun {
	readonly alteration: Alteration;
	readonly original: Original;
	/** See `StoredPicture`. */
	readonly id: string;
	readonly warnings: readonly Message[];
}

/** In bytes: a file of more is not read. */
export const largestFile = 256 * 1024 * 1024;

/** Reads the picture, with its mask and the other pictures if there are any, and judges whether this can be done to it at all. */
export async function beginChange(change: Change<SourceFile>, painter: PainterThread): Promise<Begun | ImageError> {
	const picture = await readPicture(change.image);
	if ('charged' in picture) return picture;
	const { bytes, header } = picture;
	const { width, height } = header;
	const aim = await aimOf(change, { width, height }, painter);
	if ('charged' in aim) return aim;
	const { selection, feather, markup } = aim;
	const references = await readReferences(change);
	if ('charged' in references) return references;
	const own = await shared(bytes);
	const others = await Promise.all(references.map(async (reference) => shared(reference.bytes)));
	return {
		alteration: withReferences(aim.alteration, others.length),
		original: {
			bytes: own,
			...(selection && { selection }),
			...(feather !== undefined && { feather }),
			...(markup && { markup }),
			...(others.length > 0 && { references: others }),
		},
		id: pictureId(await digest(bytes)),
		warnings: [
			...warningsOf(header, change.image),
			...aim.warnings,
			...references.flatMap((reference) => frameWarnings(reference.header, reference.file)),
		],
	};
}

interface Picture {
	readonly file: SourceFile;
	readonly bytes: Uint8Array;
	readonly header: Inspected;
}

/** A picture that can go out, by what its header says. */
async function readPicture(file: SourceFile): Promise<Picture | ImageError> {
	const bytes = await file.read();
	if (!(bytes instanceof Uint8Array)) return bytes;
	const header = inspect(bytes);
	if (!header) return refused(say('{0} is no PNG, JPEG or WebP. Choose another picture.', file.name));
	if (header.colours === 'cmyk') {
		return refused(say('{0} is made for print (CMYK). Save it with RGB colours first.', file.name));
	}
	if (header.width * header.height > mostPixels) {
		return refused(say('{0} has more than 64 megapixels. Choose a smaller picture.', file.name));
	}
	return { file, bytes, header };
}

/** One after the other: no more of them is held than is allowed. */
async function readReferences(change: Change<SourceFile>): Promise<readonly Picture[] | ImageError> {
	const files = change.operation === 'edit' ? (change.references ?? []) : [];
	const pictures: Picture[] = [];
	let length = 0;
	for (const file of files) {
		const picture = await readPicture(file);
		if ('charged' in picture) return picture;
		length += picture.bytes.length;
		if (length > largestFile) return refused(say('The other pictures have more than 256 MB together. Leave some out.'));
		pictures.push(picture);
	}
	return pictures;
}

function withReferences(alteration: Alteration, references: number): Alteration {
	return alteration.operation === 'edit' && references > 0 ? { ...alteration, references } : alteration;
}

interface Aim {
	readonly alteration: Alteration;
	readonly selection?: Selection;
	readonly feather?: number;
	readonly markup?: Uint8Array;
	readonly warnings: readonly Message[];
}

async function aimOf(change: Change<SourceFile>, source: Size, painter: PainterThread): Promise<Aim | ImageError> {
	switch (change.operation) {
		case 'edit':
			if (change.mask && change.markup) return refused(say('Give a mask or a markup, not both.'));
			if (change.markup) return marked(change.markup, source);
			return change.mask ? selected(change.mask, source, painter) : wholly({ operation: 'edit', source });
		case 'vary':
			return wholly({ operation: 'vary', source, strength: change.strength });
		case 'expand':
			return expanded(change.by, source);
	}
}

function wholly(alteration: Alteration): Aim {
	return { alteration, warnings: [] };
}

async function marked(file: SourceFile, source: Size): Promise<Aim | ImageError> {
	const markup = await file.read();
	if (!(markup instanceof Uint8Array)) return markup;
	const header = inspect(markup);
	if (header?.format !== 'png') return refused(say('{0} is no PNG. Give one.', file.name));
	if (header.width !== source.width || header.height !== source.height) return refused(ofOtherSize(header, source));
	return { alteration: { operation: 'edit', source, marked: true }, markup, warnings: [] };
}

async function selected(mask: Mask, source: Size, painter: PainterThread): Promise<Aim | ImageError> {
	const selection = await selectionOf(mask, source);
	if ('charged' in selection) return selection;
	const looked = await look({ size: source, selection }, painter);
	if ('problem' in looked) return refused(looked.problem);
	if (!looked.selected) return refused(nothingIn(selection, source));
	const clipped = 'rects' in selection && selection.rects.some((rect) => !isWithin(rect, source));
	return {
		alteration: { operation: 'edit', source, selected: looked.selected },
		selection,
		...('feather' in mask && { feather: mask.feather }),
		warnings: [
			...(clipped ? [say('A rectangle reaches beyond the picture: only what is inside was used.')] : []),
			...(looked.isAll ? [say('The whole picture is selected: nothing of it is kept.')] : []),
		],
	};
}

/** What fails in the painter itself is a problem too: nothing was sent yet. */
async function look(order: LookOrder, painter: PainterThread): Promise<Looked> {
	return painter
		.ask({ craft: 'look', order }, new AbortController().signal)
		.catch(() => ({ problem: say('The mask could not be read. Try again.') }));
}

/** What to say where a mask selects nothing. */
function nothingIn(selection: Selection, source: Size): Message {
	if ('strokes' in selection) return nothingPainted;
	if ('rects' in selection) return say('Nothing of the picture is selected. It has {0} pixels.', formatSize(source));
	return say(
		'The mask selects nothing. Make transparent, or white where nothing is transparent, what is to be repainted.',
	);
}

export const nothingPainted = say('Nothing is selected. Paint over what should change.');

async function selectionOf(mask: Mask, source: Size): Promise<Selection | ImageError> {
	if ('strokes' in mask) return { strokes: mask.strokes };
	if (!('read' in mask)) return { rects: mask };
	const file = await mask.read();
	if (!(file instanceof Uint8Array)) return file;
	const header = inspect(file);
	if (header?.format !== 'png') return refused(say('{0} is no PNG. Give one.', mask.name));
	if (header.width === source.width && header.height === source.height) return { file };
	return refused(ofOtherSize(header, source));
}

/** The expansion of a picture of this size; the error says why there is none. */
export function expanded(by: Margins | Size, source: Size): Aim | ImageError {
	const margins = 'top' in by ? by : marginsForRatio(source, by);
	const canvas = withMargins(source, margins);
	if (canvas.width === source.width && canvas.height === source.height) {
		return refused(
			'top' in by
				? say('Nothing is added to the picture. Give pixels for one side at least.')
				: say('The picture has this ratio already. Choose another one.'),
		);
	}
	if (canvas.width * canvas.height > mostPixels) {
		return refused(say('The picture would have {0} pixels, more than 64 million. Add less.', formatSize(canvas)));
	}
	return wholly({ operation: 'expand', source, margins });
}

function warningsOf(header: Inspected, image: SourceFile): Message[] {
	return [
		...(header.depth === 16 ? [say('{0} has 16 bits a channel: the result has 8.', image.name)] : []),
		...frameWarnings(header, image),
	];
}

function frameWarnings({ frames }: Inspected, image: SourceFile): Message[] {
	return frames === 'many' ? [say('{0} is animated: its first frame is used.', image.name)] : [];
}

/** Of a file that is larger than {@link largestFile}. */
export function tooLarge(name: string): ImageError {
	return refused(say('{0} is larger than 256 MB. Choose a smaller picture.', name));
}

/** Of a file that is gone, or that nobody may read. */
export function unreadable(name: string): ImageError {
	return refused(say('{0} cannot be read. Is it still there?', name));
}

function refused(message: Message): ImageError {
	return unsent('bad-input', message);
}
