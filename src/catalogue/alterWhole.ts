import { type ImageError, isImageError } from '../domain/imageError';
import { type Alteration, isBlank, type Strength } from '../domain/imageRequest';
import { noMargins } from '../domain/margins';
import { type Message, say } from '../domain/message';
import { formatSize, type Size, type SizeWish } from '../domain/size';
import { type AlterPlan, sending } from './alterPlan';
import { nameOf, type Offered, sizeRuleOf } from './catalogue';
import { fitSize, nearestSize } from './fitSize';
import { driftInstruction } from './instructions';
import type { Patch, Sizes } from './patch';
import { rounded, sizeToLookAt } from './sizeToLookAt';

/** The most pixels of a picture that is made anew as a whole, unless somebody asks for more: OpenAI calls larger ones experimental. */
const usualPixels = 2560 * 1440;

/** The plan of an edit by instruction, or of a variation: the whole picture is made anew. */
export function wholePlan(
	alteration: Extract<Alteration, { operation: 'edit' | 'vary' }>,
	prompt: string,
	wish: SizeWish | undefined,
	found: Offered,
	sizes: Sizes,
): AlterPlan | ImageError {
	const { source } = alteration;
	const { offer } = found;
	const wished = wish && fitSize(wish, sizeRuleOf(found));
	if (isImageError(wished)) return wished;
	const isOwn = offer.operations.includes(alteration.operation);
	const size = wished?.kind === 'pixels' ? wished.size : sizeLike(source, sizes);
	const sends = offer.sameSize
		? coverOf(source, size)
		: { part: { x: 0, y: 0, ...source }, size: sizeToLookAt(source) };
	const whole = {
		way: isOwn ? 'native' : 'emulated',
		masked: false,
		keeps: false,
		margins: noMargins,
		...sending(sends, offer),
		anyFormat: !offer.sameSize,
		makes: { ...sends, size },
	} as const;
	if (alteration.operation === 'edit') {
		const notes = [say('{0} edited the picture natively.', nameOf(offer))];
		return { ...whole, task: 'edit', warnings: cutOff(sends, source), notes };
	}
	const wordless = isOwn && offer.variesAlone === true;
	return {
		...whole,
		task: isOwn ? 'vary' : 'edit',
		...(wordless && { wordless }),
		...(!isOwn && { instruction: driftInstruction(alteration.strength) }),
		warnings: [
			...(isOwn ? [] : [emulatedVariation(found)]),
			...(wordless ? unheard(prompt, alteration.strength, found) : []),
			...cutOff(sends, source),
		],
		notes: isOwn ? [say('{0} varied the picture natively.', nameOf(offer))] : [],
	};
}

function unheard(prompt: string, strength: Strength, { offer }: Offered): Message[] {
	return isBlank(prompt) && strength === 'medium'
		? []
		: [say('{0} varies a picture without words and strength: they were left out.', nameOf(offer))];
}

function emulatedVariation({ offer }: Offered): Message {
	return say('The variation is emulated: {0} edited the picture.', nameOf(offer));
}

function sizeLike(source: Size, sizes: Sizes): Size {
	const most =
		sizes.kind === 'free'
			? sizes.max / Math.max(source.width, source.height)
			: Math.sqrt(usualPixels / (source.width * source.height));
	const scale = Math.min(1, most);
	const like = { width: source.width * scale, height: source.height * scale };
	const near = nearestSize({ kind: 'pixels', size: like }, sizes);
	return near?.kind === 'pixels' ? rounded(near.size) : sizes.default;
}

/** The middle of a picture in the ratio of another size. */
function coverOf(source: Size, size: Size): Patch {
	const scale = Math.min(source.width / size.width, source.height / size.height);
	const part = rounded({ width: size.width * scale, height: size.height * scale });
	const x = Math.floor((source.width - part.width) / 2);
	const y = Math.floor((source.height - part.height) / 2);
	return { part: { x, y, ...part }, size };
}

function cutOff({ part }: Patch, source: Size): Message[] {
	const share = (part.width * part.height) / (source.width * source.height);
	if (share > 0.97) return [];
	return [say('The picture was cut to {0}, because the model takes no other shape.', formatSize(part))];
}
