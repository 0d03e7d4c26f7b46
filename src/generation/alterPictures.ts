import { usualFeather } from '../canvas/paintedMask';
import { maskOf } from '../canvas/rasterise';
import type { AlterPlan } from '../catalogue/alterPlan';
import type { Patch } from '../catalogue/patch';
import { type Margins, noMargins } from '../domain/margins';
import { type Message, say } from '../domain/message';
import { formatSize, type Rect, type Size } from '../domain/size';
import type { Codecs } from '../image/codecs';
import { changedOutside, composite } from '../image/composite';
import { decode } from '../image/decode';
import { encode } from '../image/encode';
import { feathered } from '../image/feather';
import { framed, framedMask, onCanvas, placed } from '../image/frame';
import { boxOf, combinedForm, inverseForm, maskOfMargins, maskOfPicture, maskOfRects } from '../image/mask';
import { embed } from '../image/metadata/embed';
import { withColoursOf } from '../image/metadata/colours';
import { isOpaque } from '../image/opaque';
import type { Mask, Pixels } from '../image/pixels';
import type { InputImage, Task } from '../providers/provider';
import { asItIs, megabytes, pngOf, readIfSound, referenceImages, withItsColours } from './inputImages';
import {
	type Finished,
	type FinishOrder,
	type Looked,
	type LookOrder,
	ofOtherSize,
	type Original,
	type PrepareOrder,
	type Selection,
} from './painterWork';

/** What a mask selects. */
export async function look({ size, selection }: LookOrder, codecs: Codecs): Promise<Looked> {
	const mask = await selectionMask(selection, size, codecs);
	if (!('data' in mask)) return mask;
	const selected = boxOf(mask);
	return selected ? { selected, ...(!mask.data.includes(0) && { isAll: true }) } : {};
}

/**
 * What goes out: the picture (or the part of it that is sent) as a PNG of the planned size, its mask in the form that all APIs read, and
 * the other pictures that the prompt speaks of.
 */
export async function prepare(order: PrepareOrder, codecs: Codecs): Promise<Task | { problem: Message }> {
	const { plan, strength } = order;
	return withPicture(order.original, codecs, async (source) => {
		const { part, size } = plan.sends;
		const itself = plan.anyFormat ? asItIs(order.original.bytes, plan.sends) : undefined;
		const image = itself ?? (await rendered(order, framed(source, onSource(part, plan.margins), size), codecs));
		if (image.bytes.length > (plan.mostBytes ?? Infinity)) return { problem: tooHeavy(image, plan) };
		switch (plan.task) {
			case 'vary':
				return { operation: 'vary', image, strength };
			case 'expand':
				return { operation: 'expand', image, margins: plan.added ?? noMargins };
			case 'edit': {
				const { markup, references = [] } = order.original;
				const others = await referenceImages(references, plan, codecs);
				if ('problem' in others) return others;
				const images = [image, ...others];
				if (markup) return markedUp(images, markup, source, plan.sends, codecs);
				if (!plan.masked) return { operation: 'edit', images };
				const mask = await repainted(order, source, codecs);
				if (!('data' in mask)) return mask;
				const sent = framedMask(mask, part, size);
				return {
					operation: 'edit',
					images,
					mask: await pngOf(combinedForm(sent), codecs),
					...(plan.bothWays && { inverse: await pngOf(inverseForm(sent), codecs) }),
				};
			}
		}
	});
}

/** A part of the canvas, in pixels of the picture on it: round the picture its border goes on, as on the canvas. */
function onSource(part: Rect, { top, left }: Margins): Rect {
	return { ...part, x: part.x - left, y: part.y - top };
}

/** Marks are part of what the model sees: they are scaled as the picture is. */
async function markedUp(
	images: readonly InputImage[],
	file: Uint8Array,
	source: Size,
	{ part, size }: Patch,
	codecs: Codecs,
): Promise<Task | { problem: Message }> {
	const marks = await readIfSound(file, codecs);
	if (!marks) return { problem: brokenMarkup };
	if (marks.width !== source.width || marks.height !== source.height) return { problem: ofOtherSize(marks, source) };
	if (isOpaque(marks)) return { problem: opaqueMarkup };
	return { operation: 'edit', images, markup: await pngOf(framed(marks, part, size), codecs) };
}

const brokenMarkup = say('The markup cannot be read. Give a PNG of the picture’s own size.');
const opaqueMarkup = say('The markup hides the whole picture. Draw the marks on a transparent PNG.');

/**
 * The pixels as a PNG. A whole picture says what colours they are, as its file did. Of what is put back into the source nothing is
 * said: its numbers come back as they went, and stand among the source's.
 */
async function rendered({ original, plan }: PrepareOrder, pixels: Pixels, codecs: Codecs): Promise<InputImage> {
	return plan.keeps ? pngOf(pixels, codecs) : withItsColours(original.bytes, pixels, codecs);
}

function tooHeavy({ bytes }: InputImage, { mostBytes = 0, sends }: AlterPlan): Message {
	return say(
		'At {0} the picture has {1} MB, and this model takes {2}. Choose another model.',
		formatSize(sends.size),
		megabytes(bytes.length),
		megabytes(mostBytes),
	);
}

/**
 * The file to save: outside the mask the source's own pixels, inside it what was made, and a count of the former that are others
 * when the file is read again.
 */
export async function finish(order: FinishOrder, codecs: Codecs): Promise<Finished | { problem: Message }> {
	const { original, plan, made, format, record } = order;
	return withPicture(original, codecs, async (source) => {
		const mask = await repainted(order, source, codecs);
		if (!('data' in mask)) return mask;
		const painted = await readIfSound(made, codecs);
		if (!painted) return { problem: unreadable };
		const canvas = onCanvas(source, plan.margins);
		const place = placed(painted, plan.makes.part, canvas, plan.makes.size);
		const pixels = composite(canvas, place.pixels, feathered(mask, original.feather ?? usualFeather), place.at);
		const bare = await encode(pixels, format, codecs, { lossless: true });
		const coloured = withColoursOf(original.bytes, bare, codecs);
		const file = coloured ?? bare;
		const bytes = (record && embed(file, record)) ?? file;
		const changedOutsideMask = changedOutside(canvas, await decode(bytes, codecs), mask);
		const warnings = [
			...(place.cropped ? [reshaped(painted, plan.makes.size)] : []),
			...(coloured ? [] : [otherColours]),
		];
		return { bytes, changedOutsideMask, warnings };
	});
}

const unreadable = say('What came back could not be read, so it was saved as it came, without the picture round it.');

const otherColours = say(
	'The picture describes its colours in a way that the new file cannot: it may look a little different. Ask for png.',
);

function reshaped(made: Size, asked: Size): Message {
	return say('The picture came as {0} instead of {1}: its middle was used.', formatSize(made), formatSize(asked));
}

async function withPicture<T>(
	{ bytes }: Original,
	codecs: Codecs,
	use: (source: Pixels) => Promise<T>,
): Promise<T | { problem: Message }> {
	const source = await readIfSound(bytes, codecs);
	if (!source) return { problem: brokenSource };
	return use(source);
}

const brokenSource = say('The picture cannot be read: its file is damaged. Choose another one.');
const brokenMask = say('The mask cannot be read. Give a PNG of the picture’s own size.');

/** The mask on the canvas: what was selected, or what an expansion adds. */
async function repainted(
	{ original, plan }: { readonly original: Original; readonly plan: AlterPlan },
	source: Size,
	codecs: Codecs,
): Promise<Mask | { problem: Message }> {
	return original.selection ? selectionMask(original.selection, source, codecs) : maskOfMargins(source, plan.margins);
}

async function selectionMask(selection: Selection, size: Size, codecs: Codecs): Promise<Mask | { problem: Message }> {
	if ('rects' in selection) return maskOfRects(size, selection.rects);
	if ('strokes' in selection) return maskOf(selection.strokes, size);
	const picture = await readIfSound(selection.file, codecs);
	if (!picture) return { problem: brokenMask };
	if (picture.width === size.width && picture.height === size.height) return maskOfPicture(picture);
	return { problem: ofOtherSize(picture, size) };
}
