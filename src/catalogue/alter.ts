import { type ImageError, isImageError, unsent } from '../domain/imageError';
import type { Alteration, ImageRequest } from '../domain/imageRequest';
import { type Margins, noMargins, withMargins } from '../domain/margins';
import { type Message, say } from '../domain/message';
import { formatSize, type Rect, type Size } from '../domain/size';
import { type AlterPlan, sending } from './alterPlan';
import { wholePlan } from './alterWhole';
import { nameOf, type Offered } from './catalogue';
import { canvasInstruction, extendInstruction, regionInstruction } from './instructions';
import { wayOf } from './job';
import type { Offer } from './model';
import { outpaintOf, outpaintStep } from './outpaint';
import { type Patch, patchFor, scaleOf, type Sizes, sizesToSend } from './patch';
import { isSureOfPictures } from './references';

type Edit = Extract<Alteration, { operation: 'edit' }>;

/** Where an expansion is made of fewer pixels than it has, it is enlarged at most so many times. */
const mostEnlarged = 4;

/** A part that is repainted may be as large as its picture, and that is not to be helped. */
const mostEnlargedParts = 8;

/** Plans a change that the offer can do (see `wayOf`); the error says which limit is in the way. */
export function planAlteration(
	alteration: Alteration,
	{ prompt, size }: Pick<ImageRequest, 'prompt' | 'size'>,
	found: Offered,
): AlterPlan | ImageError {
	const sizes = sizesToSend(found.offer.size, found.model.size);
	switch (alteration.operation) {
		case 'edit': {
			const { selected } = alteration;
			const plan = selected
				? repaintPlan({ ...alteration, selected }, found, sizes)
				: wholePlan(alteration, prompt, size, found, sizes);
			if (isImageError(plan)) return plan;
			return { ...plan, warnings: [...plan.warnings, ...unsureOfPictures(alteration, found)] };
		}
		case 'vary':
			return wholePlan(alteration, prompt, size, found, sizes);
		case 'expand':
			return expandPlan(alteration, prompt, found, sizes);
	}
}

function unsureOfPictures({ references = 0 }: Edit, { offer }: Offered): Message[] {
	if (references === 0 || isSureOfPictures(offer)) return [];
	return [say('How many pictures {0} looks at is not known. It was sent {1}.', nameOf(offer), references + 1)];
}

function repaintPlan(
	{ source, selected, references = 0 }: Edit & { readonly selected: Rect },
	found: Offered,
	sizes: Sizes,
): AlterPlan | ImageError {
	const { offer } = found;
	const patch = patchFor(source, selected, sizes);
	if (scaleOf(patch) * mostEnlargedParts < 1) return tooMuch(patch, mostEnlargedParts, found);
	const isSure = wayOf(offer, 'mask') === 'native';
	return {
		way: isSure ? 'native' : 'emulated',
		task: 'edit',
		...masking(offer),
		keeps: true,
		margins: noMargins,
		...sending(patch, offer),
		makes: patch,
		...(!isSure && { instruction: regionInstruction(selected, patch, references > 0) }),
		warnings: [...(isSure ? [] : [maskless(found)]), ...enlarged(patch, found)],
		notes: isSure ? [say('{0} edited natively, with the mask.', nameOf(offer))] : [],
		promise: untouched,
	};
}

const untouched = say('Outside the selection every pixel is the picture’s own.');

function tooMuch({ size }: Patch, times: number, { offer }: Offered): ImageError {
	const message = say(
		'This is too large for {0}: here it makes {1}, and Limn enlarges that {2} times at most. Select or add less.',
		nameOf(offer),
		formatSize(size),
		times,
	);
	return unsent('bad-input', message);
}

function masking({ masks }: Offer): Pick<AlterPlan, 'masked' | 'bothWays'> {
	return { masked: masks !== undefined, ...(masks === 'described' && { bothWays: true }) };
}

function maskless({ offer }: Offered): Message {
	const name = nameOf(offer);
	if (offer.masks === 'unsure') {
		return say('Whether {0} heeds a mask is not known, so the edit is emulated. It was sent one.', name);
	}
	return offer.masks === 'described'
		? say('Whether {0} takes a mask only its own description says, so the edit is emulated.', name)
		: say('{0} takes no mask, so the edit is emulated.', name);
}

function enlarged(patch: Patch, { offer }: Offered): Message[] {
	if (scaleOf(patch) > 0.99) return [];
	return [say('{0} makes {1} here: its part was enlarged to fit.', nameOf(offer), formatSize(patch.size))];
}

function expandPlan(
	alteration: Extract<Alteration, { operation: 'expand' }>,
	prompt: string,
	found: Offered,
	sizes: Sizes,
): AlterPlan | ImageError {
	const { offer } = found;
	const own = offer.operations.includes('expand') ? nativeExpansion(alteration, prompt, found, sizes) : undefined;
	const canEdit = wayOf(offer, 'mask') !== undefined;
	// Where its own request would make less than half of it, an edit shows the model the part alone that is added.
	const plan = canEdit && !(own && scaleOf(own.makes) >= 0.5) ? canvasEdit(alteration, found, sizes) : own;
	if (!plan) return unsent('bad-input', say('{0} has no size for this. Add more, or less.', nameOf(offer)));
	return scaleOf(plan.makes) * mostEnlarged < 1 ? tooMuch(plan.makes, mostEnlarged, found) : plan;
}

function nativeExpansion(
	{ source, margins }: Extract<Alteration, { operation: 'expand' }>,
	prompt: string,
	found: Offered,
	sizes: Sizes,
): AlterPlan | undefined {
	const { offer } = found;
	const outpaint = outpaintOf(source, margins, sizes, outpaintStep(offer));
	if (!outpaint) return undefined;
	const instruction = offer.runware ? extendInstruction(prompt) : undefined;
	return {
		way: 'native',
		task: 'expand',
		masked: false,
		keeps: true,
		margins,
		...outpaint,
		...sending(outpaint.sends, offer),
		...(instruction !== undefined && { instruction }),
		warnings: enlarged(outpaint.makes, found),
		notes: [say('{0} expanded the picture natively.', nameOf(offer))],
		promise: unmoved,
	};
}

const unmoved = say('Every pixel of the picture itself is its own.');

function canvasEdit(alteration: Extract<Alteration, { operation: 'expand' }>, found: Offered, sizes: Sizes): AlterPlan {
	const { source, margins } = alteration;
	const { offer } = found;
	const canvas = withMargins(source, margins);
	const patch = patchFor(canvas, addedArea(canvas, margins), sizes);
	return {
		way: 'emulated',
		task: 'edit',
		...masking(offer),
		keeps: true,
		margins,
		...sending(patch, offer),
		makes: patch,
		instruction: canvasInstruction(alteration, patch),
		warnings: [say('The expansion is emulated: {0} edited a larger canvas.', nameOf(offer)), ...enlarged(patch, found)],
		notes: [],
		promise: unmoved,
	};
}

/** The bounding box of what is added. */
function addedArea({ width, height }: Size, { top, right, bottom, left }: Margins): Rect {
	const [x, across] = spanOf(width, left, right, top + bottom > 0);
	const [y, down] = spanOf(height, top, bottom, left + right > 0);
	return { x, y, width: across, height: down };
}

/** Where what is added before and after begins, and how long it is; `all`: something is added along the whole length. */
function spanOf(length: number, before: number, after: number, all: boolean): [start: number, length: number] {
	if (all || (before > 0 && after > 0)) return [0, length];
	return before > 0 ? [0, before] : [length - after, after];
}
