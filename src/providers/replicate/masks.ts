import { nameOf } from '../../catalogue/catalogue';
import { type Message, say } from '../../domain/message';
import type { Call, JsonObject } from '../provider';
import type { Input, Inputs } from './description';

/** What models call a mask, the likeliest name first: `mask_image` so sdxl-inpainting and some of FLUX (models' own schemas). */
export const maskNames: readonly string[] = ['mask', 'mask_image'];

/** How a mask is said to a model. */
export interface SaidMask {
	readonly fields: JsonObject;
	readonly warnings: readonly Message[];
}

const none: SaidMask = { fields: {}, warnings: [] };

/**
 * The mask where the model has an input for it. Where it has none the picture goes out alone: what the mask keeps, Limn puts back
 * whatever a model does. So it goes where the model reads masks the other way round, as Ideogram's do, and cannot be told not to: it
 * would paint what is kept, and keep what is to be painted.
 */
export function maskFields({ offer, task }: Call, inputs: Inputs): SaidMask {
	if (task.operation !== 'edit' || !task.mask) return none;
	const model = nameOf(offer);
	const name = maskNames.find((each) => isFile(inputs.get(each)));
	if (name === undefined) {
		return {
			...none,
			warnings: [
				say('{0} takes no mask: it gets the picture without one, and Limn keeps what was not selected.', model),
			],
		};
	}
	const fields = { [name]: task.mask };
	if (!isInverted(inputs.get(name))) return { ...none, fields };
	if (inputs.get('invert_mask')?.type === 'boolean') return { ...none, fields: { ...fields, invert_mask: true } };
	if (task.inverse) return { ...none, fields: { [name]: task.inverse } };
	const warning = say(
		'{0} reads masks the other way round: it gets the picture without one, and Limn keeps what was not selected.',
		model,
	);
	return { ...none, warnings: [warning] };
}

/** Of one that is named like a mask: a flag or a number is none. */
function isFile(input: Input | undefined): boolean {
	return input !== undefined && (input.type === 'string' || input.type === '') && input.values.length === 0;
}

const painted = /paint|replac|edit|generat|chang|modif|fill|remov|eras/;
const negated = /\bnot\b|\bcannot\b|n['’]t\b|\bnever\b/;
const kept = /ke(ep|pt)|preserv|retain|remain|unchang|unmodif|untouch|protect/;

/**
 * Whether black is painted and white kept, by what the schema says in words: “Black pixels are inpainted, white pixels are preserved.”
 * Most models have it the other way round, and so have those that say nothing.
 */
function isInverted(input: Input | undefined): boolean {
	const about = (input?.about ?? '')
		.toLowerCase()
		.replaceAll(/black[ -](and|&)[ -]white|white[ -](and|&)[ -]black/g, '');
	const clauses = about.split(/[.,;:()\n]|\band\b|\bwhile\b|\bwhereas\b|\bbut\b/);
	return clauses.reduce((sum, clause) => sum + voteOf(clause), 0) < 0;
}

/** 1: white is painted, or black is kept; -1: the other way round; 0: it says neither. What is not painted is kept. */
function voteOf(clause: string): number {
	const [isBlack, isWhite] = [clause.includes('black'), clause.includes('white')];
	if (isBlack === isWhite) return 0;
	const isPainted = painted.test(clause);
	const isKept = kept.test(clause) || (isPainted && negated.test(clause));
	if (!isKept && !isPainted) return 0;
	return isKept === isBlack ? 1 : -1;
}
