import type { Control } from './model';

/**
 * What every image model takes at Runware (Runware reference, *Parameters common to every image model*). The defaults are what Limn
 * sends where nobody asks for anything else; the server's own are `sync`, no cost and JPG.
 */
export const commonControls: readonly Control[] = [
	{ kind: 'choice', name: 'outputFormat', values: ['JPG', 'PNG', 'WEBP'] },
	{ kind: 'number', name: 'outputQuality', min: 20, max: 99, whole: true, default: 95 },
	{ kind: 'number', name: 'ttl', min: 60, max: Infinity, whole: true },
	{ kind: 'url', name: 'uploadEndpoint' },
	{ kind: 'url', name: 'webhookURL' },
	{ kind: 'choice', name: 'deliveryMethod', values: ['sync', 'async'], default: 'async' },
	{ kind: 'flag', name: 'includeCost', default: true },
	{ kind: 'choice', name: 'outputType', values: ['URL', 'base64Data', 'dataURI'], default: 'URL' },
	{ kind: 'flag', name: 'safety.checkContent', default: false },
	{ kind: 'count', name: 'numberResults' },
];

/** Named by the pages of DALL·E alone. */
export const safetyMode: Control = { kind: 'choice', name: 'safety.mode', values: ['none', 'fast'], default: 'none' };

/** The knobs of OpenAI's models, by the names that OpenAI gives them. They lie elsewhere in each generation. */
type OpenaiKnob = 'quality' | 'style' | 'background' | 'moderation';

export function knob(
	name: OpenaiKnob,
	below: 'providerSettings.openai' | 'settings',
	values: readonly string[],
	preset?: string,
): Control {
	return {
		kind: 'choice',
		name,
		path: `${below}.${name}`,
		values,
		...(preset !== undefined && { default: preset }),
	};
}

const seed: Control = { kind: 'seed', name: 'seed' };
const scheduler: Control = { kind: 'text', name: 'scheduler' };

function steps(min: number, max: number, preset?: number): Control {
	return { kind: 'number', name: 'steps', min, max, whole: true, ...(preset !== undefined && { default: preset }) };
}

function guidance(min: number, max: number, preset?: number): Control {
	return { kind: 'number', name: 'CFGScale', min, max, whole: false, ...(preset !== undefined && { default: preset }) };
}

/** What the open diffusion models take (Runware reference, *Other families*). A negative prompt of one character is refused there. */
export const diffusionControls: readonly Control[] = [
	{ kind: 'text', name: 'negativePrompt', maxLength: 3000 },
	steps(1, 100),
	guidance(0, 50),
	scheduler,
	seed,
];

/** The same and what belongs to a source picture: how far to go from it, and how much around the mask the model looks at. */
export const pictureControls: readonly Control[] = [
	...diffusionControls,
	{ kind: 'number', name: 'strength', min: 0, max: 1, whole: false, only: ['edit', 'expand', 'vary'] },
	{ kind: 'number', name: 'maskMargin', min: 32, max: 128, whole: true, only: ['edit'] },
];

/** What FLUX.2 klein was seen to take. */
export const kleinControls: readonly Control[] = [steps(1, 100), guidance(0, 50), seed];

/** Of Black Forest Labs' own endpoints (Runware's documentation of October 2025, *Black Forest Labs*). */
export const blackForestControls: readonly Control[] = [
	{ kind: 'flag', name: 'promptUpsampling', path: 'providerSettings.bfl.promptUpsampling', default: false },
	{
		kind: 'number',
		name: 'safetyTolerance',
		path: 'providerSettings.bfl.safetyTolerance',
		min: 0,
		max: 6,
		whole: true,
		default: 2,
	},
	seed,
];

/** The same and what Fill pro and Expand pro take besides. */
export const fillProControls: readonly Control[] = [steps(15, 50, 50), guidance(1.5, 100, 60), ...blackForestControls];
