import { type Alteration, isBlank, type Strength } from '../domain/imageRequest';
import type { Patch } from './patch';

/**
 * How far a variation goes, in words for a model that knows no variations (OpenAI reference, *Recipes*). English, whatever the
 * person's language: models understand it best.
 */
const drifts: Readonly<Record<Strength, string>> = {
	subtle:
		'Create a variation of this image: the same subject, composition, style and palette, with small differences in the details.',
	medium: 'Create a variation of this image: the same subject, style and palette, another composition.',
	strong:
		'Create a new image inspired by this one: the same subject and mood, with composition, viewpoint and colours freely reinterpreted.',
};

/** What a model is told besides the person's prompt where it makes a variation as an edit. */
export function driftInstruction(strength: Strength): string {
	return drifts[strength];
}

const goesOn = 'The scene goes on seamlessly: the same style, light and perspective.';

/** What a model is told that extends a picture by itself; it wants a prompt, and the person need not have one. */
export function extendInstruction(prompt: string): string | undefined {
	return isBlank(prompt) ? goesOn : undefined;
}

/** What a model is told where it extends a picture as an edit of a larger canvas. */
export function canvasInstruction(
	{ source, margins }: Extract<Alteration, { operation: 'expand' }>,
	sends: Patch,
): string {
	const where = areaOf({ x: margins.left, y: margins.top, ...source }, sends);
	return `Extend the picture that lies ${where} of this canvas to the whole canvas; the smeared colours round it stand for what is missing. Leave the picture itself as it is. ${goesOn}`;
}

/** What a model is told that takes no mask, or perhaps none. `isFirst`: other pictures come after this one. */
export function regionInstruction(selected: Patch['part'], sends: Patch, isFirst: boolean): string {
	const image = isFirst ? 'the first image' : 'the image';
	return `Change only what lies ${areaOf(selected, sends)} of ${image}. Leave everything else exactly as it is.`;
}

/** Where something lies in what is sent, in the hundredths that a model can follow. */
function areaOf(area: Patch['part'], { part }: Patch): string {
	const across = span(area.x - part.x, area.width, part.width);
	const down = span(area.y - part.y, area.height, part.height);
	return `${across} from the left and ${down} from the top`;
}

function span(start: number, length: number, whole: number): string {
	const share = (place: number): number => Math.min(100, Math.max(0, Math.round((place / whole) * 100)));
	return `between ${share(start)}% and ${share(start + length)}%`;
}
