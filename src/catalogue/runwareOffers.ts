import type { Control, Offer, Price, RunwareDialect, SizeRule } from './model';
import {
	blackForestControls,
	commonControls,
	diffusionControls,
	fillProControls,
	kleinControls,
	knob,
	pictureControls,
	safetyMode,
} from './runwareControls';
import {
	dallE2AtRunware,
	dallE3AtRunware,
	flareAtRunware,
	gptImage15AtRunware,
	gptImage2AtRunware,
	measured,
	measuredFlat,
	sunburstAtRunware,
	unknownAtRunware,
} from './runwarePrices';

/** How a model is asked that the catalogue does not know: with a size, because most of them demand one. */
export const runwareStranger: { readonly size: SizeRule; readonly dialect: RunwareDialect } = {
	size: { kind: 'open', ratios: false, default: { width: 1024, height: 1024 } },
	dialect: { references: { path: 'inputs.referenceImages', most: 16 } },
};

const vendor = 'providerSettings.openai';
const threeQualities = ['low', 'medium', 'high', 'auto'];
const fiveQualities = ['low', 'medium', 'high', 'xhigh', 'max', 'auto'];
const moderations = ['auto', 'low'];

/** OpenAI's own parameters, which Runware has no place for. */
const openaiOnly = ['output_compression', 'partial_images', 'safety_identifier', 'user'];

const references16: RunwareDialect = { references: { path: 'inputs.referenceImages', most: 16 } };
const mostReferences = 'How many pictures go with a prompt: 16 at OpenAI; Runware does not say.';
const openaisEnd = 'The day of retirement: OpenAI’s; whether Runware ends the model with it, it has not said.';
const noSize = 'That it takes no width and height: from the tables of other clients, made of Runware’s schemas.';
const flatPictures =
	'The names seedImage and maskImage: so in every guide; the schema of July 2026 puts them below inputs.';
const seedRange =
	'Which seeds are taken: 32 bits in one place of the documentation, up to 2^63 − 1 in another; the server judges.';
const bflControls =
	'The controls and their ranges: from documentation of October 2025, which the reference does not cover.';
const seedTaken = 'That it takes a seed: its page does not list one, the documentation of all models does.';

/** What all rows have alike. A request gives 20 pictures at most. */
function row(name: string, model: string, price: Price, controls: readonly Control[], dialect: RunwareDialect): Offer {
	return {
		provider: 'runware',
		name,
		model,
		operations: ['generate'],
		picturesPerCall: 20,
		price,
		recommended: false,
		controls: [...controls, ...commonControls],
		runware: dialect,
	};
}

/** Text to image alone, even while they lived. */
const dallEOffers: readonly Offer[] = [
	{
		...row('openai:2@2', 'dall-e-2', dallE2AtRunware, [safetyMode], {}),
		lacks: ['quality', 'response_format', 'user'],
	},
	{
		...row(
			'openai:2@3',
			'dall-e-3',
			dallE3AtRunware,
			[
				knob('quality', vendor, ['standard', 'hd'], 'standard'),
				knob('style', vendor, ['vivid', 'natural'], 'vivid'),
				safetyMode,
			],
			{},
		),
		lacks: ['response_format', 'user'],
		unverified: ['The quality and the style where none is asked for: those of OpenAI.'],
	},
];

function presetGpt(name: string, model: string, price: Price): Offer {
	const controls = [
		knob('quality', vendor, threeQualities, 'auto'),
		knob('background', vendor, ['transparent', 'opaque', 'auto'], 'auto'),
	];
	return {
		...row(name, model, price, controls, references16),
		operations: ['generate', 'edit'],
		lacks: ['input_fidelity', 'moderation', ...openaiOnly],
		unverified: [mostReferences, openaisEnd],
	};
}

/** The masked editing guide says that it is below `inputs`, and breaks off there. */
const masked: RunwareDialect = { ...references16, mask: 'inputs.mask' };

function gpt25(name: string, model: string, price: Price): Offer {
	const controls = [
		knob('quality', 'settings', fiveQualities, 'auto'),
		knob('background', 'settings', ['opaque', 'transparent']),
		knob('moderation', 'settings', moderations, 'auto'),
	];
	return {
		...row(name, model, price, controls, masked),
		operations: ['generate', 'edit'],
		masks: 'taken',
		promptLimit: 10_000,
		lacks: openaiOnly,
		unverified: [
			'The name of the mask: the guide breaks off at “inp…”; inputs.mask is what other models call it.',
			'The name of the pictures: one client says that inputs.referenceImages is ignored, another uses it.',
			'How long a prompt may be, and that quality has an effect: clients say 10,000, and disagree on the quality.',
			'The background auto: not among the values of the page, so it is not offered.',
		],
	};
}

const gptOffers: readonly Offer[] = [
	presetGpt('openai:1@1', 'gpt-image-1', unknownAtRunware),
	presetGpt('openai:1@2', 'gpt-image-1-mini', unknownAtRunware),
	presetGpt('openai:4@1', 'gpt-image-1.5', gptImage15AtRunware),
	{
		...row(
			'openai:gpt-image@2',
			'gpt-image-2',
			gptImage2AtRunware,
			[knob('quality', vendor, threeQualities, 'auto'), knob('moderation', vendor, moderations, 'auto')],
			references16,
		),
		operations: ['generate', 'edit'],
		recommended: true,
		size: {
			kind: 'grid',
			step: 16,
			minSide: 480,
			maxSide: 3840,
			maxRatio: 3,
			minPixels: 655_360,
			maxPixels: 8_294_400,
			default: { width: 1024, height: 1024 },
		},
		lacks: ['background', ...openaiOnly],
		unverified: [
			mostReferences,
			'The limits of pixels and of the ratio: OpenAI’s; Runware’s page has the sides alone.',
		],
	},
	gpt25('openai:gpt-image@2.5-flare', 'gpt-image-2.5-flare', flareAtRunware),
	gpt25('openai:gpt-image@2.5-sunburst', 'gpt-image-2.5-sunburst', sunburstAtRunware),
];

/** Where the open diffusion models take pictures. */
const seeded: RunwareDialect = { source: 'seedImage', mask: 'maskImage' };
const varied: RunwareDialect = { ...seeded, strength: true };

function diffusion(name: string, model: string, dialect: RunwareDialect, operations: Offer['operations']): Offer {
	const controls = dialect.strength ? pictureControls : diffusionControls;
	return {
		...row(name, model, unknownAtRunware, controls, dialect),
		operations,
		masks: 'taken',
		sameSize: true,
		unverified: [flatPictures],
	};
}

const diffusionOffers: readonly Offer[] = [
	diffusion('runware:100@1', 'flux-1-schnell', varied, ['generate', 'edit', 'vary']),
	diffusion('runware:101@1', 'flux-1-dev', { ...varied, outpaint: true }, ['generate', 'edit', 'expand', 'vary']),
	// It fills what is masked or added: without either there is nothing for it to do.
	{
		...diffusion('runware:102@1', 'flux-1-fill-dev', { ...seeded, outpaint: true }, ['edit', 'expand']),
		masks: 'needed',
	},
	// Of text alone it makes poor pictures: an inpainting checkpoint is for pictures that are there.
	diffusion('civitai:403361@456538', 'sdxl-inpainting', varied, ['edit', 'vary']),
	diffusion('runware:z-image@turbo', 'z-image-turbo', varied, ['generate', 'edit', 'vary']),
];

/** Their results are as large as the picture, and what is added to it. */
const proOffers: readonly Offer[] = [
	{
		...row('bfl:1@2', 'flux-1-fill-pro', unknownAtRunware, fillProControls, { ...seeded, unsized: true }),
		operations: ['edit'],
		masks: 'needed',
		unverified: [noSize, bflControls, seedTaken],
	},
	{
		...row('bfl:1@3', 'flux-1-expand-pro', unknownAtRunware, fillProControls, {
			source: 'seedImage',
			outpaint: true,
			unsized: true,
		}),
		operations: ['expand'],
		unverified: [noSize, bflControls, seedTaken],
	},
	{
		...row('ideogram:4@3', 'ideogram-3-edit', unknownAtRunware, [], { ...seeded, unsized: true }),
		operations: ['edit'],
		masks: 'needed',
		unverified: [
			noSize,
			'That white is repainted: so Runware says of all its masks; in Ideogram’s own API it is black.',
		],
	},
];

function referenced(name: string, model: string, price: Price, controls: readonly Control[], most: number): Offer {
	return {
		...row(name, model, price, controls, { references: { path: 'inputs.referenceImages', most } }),
		operations: ['generate', 'edit'],
	};
}

const kleinReferences = 'How many pictures go with a prompt, and which controls there are: only from other clients.';

const referenceOffers: readonly Offer[] = [
	{
		...referenced('runware:400@4', 'flux-2-klein-4b', measured(0.0006), kleinControls, 4),
		unverified: [kleinReferences],
	},
	{
		...referenced('runware:400@2', 'flux-2-klein-9b', measured(0.0059), kleinControls, 4),
		unverified: [kleinReferences],
	},
	{
		...referenced('bfl:3@1', 'flux-1-kontext-pro', measuredFlat(0.04), blackForestControls, 2),
		unverified: ['How many pictures go with a prompt: no document at hand says it.', bflControls, seedTaken],
	},
	{
		...referenced('google:4@3', 'nano-banana-2', measuredFlat(0.0692), [], 14),
		unverified: ['How many pictures go with a prompt: what other vendors of the model say.'],
	},
];

/**
 * Runware's names are AIR ids (Runware reference, *OpenAI family* and *Other families*). Erasers and FLUX Outpainting are not among
 * them: they take no prompt, and a task has one.
 */
export const runwareOffers: readonly Offer[] = [
	...dallEOffers,
	...gptOffers,
	...diffusionOffers,
	...proOffers,
	...referenceOffers,
].map(marked);

/** With what is unsure of a seed wherever one is taken. */
function marked(offer: Offer): Offer {
	const takesSeed = offer.controls?.some(({ kind }) => kind === 'seed') ?? false;
	return takesSeed ? { ...offer, unverified: [...(offer.unverified ?? []), seedRange] } : offer;
}
