import { flarePrices, newPrices, oldPrices, type Prices } from './runwarePrices';
import { anything, choice, type Rule, type Rules } from './runwareRules';

/** What Runware's reference says about a model, as far as the emulator acts on it. */
export interface RunwareModel {
	/** Its AIR id. */
	readonly air: string;
	readonly name: string;
	/** What it takes besides what every image model takes. */
	readonly rules: Rules;
	readonly required: readonly string[];
	readonly sizes: Sizes;
	readonly usd: Prices;
	/** GPT models: a mask belongs to the first reference. */
	readonly isGpt?: true;
	/** Whether results name their seed: SD and FLUX alone. */
	readonly hasSeed?: true;
	/** Of what there must be one at least. */
	readonly needs?: readonly ('mask' | 'outpaint')[];
	readonly isRetired?: true;
}

type Sizes =
	| { readonly kind: 'list'; readonly sizes: readonly string[]; readonly isOptional?: true }
	| {
			readonly kind: 'grid';
			readonly min: number;
			readonly max: number;
			readonly step: number;
			readonly isBounded?: true;
	  }
	/** Width and height are not declared: the result is as large as the source, and what is added to it. */
	| { readonly kind: 'source' };

const text = (min: number, max: number): Rule => ({ kind: 'text', min, max });
const image: Rule = { kind: 'image' };
const side: Rule = { kind: 'integer', min: 0, step: 64 };
const dimensions: Rules = { width: { kind: 'integer', min: 1 }, height: { kind: 'integer', min: 1 } };
const sized = { required: ['positivePrompt', 'width', 'height'] } as const;

const outpaint: Rules = {
	'outpaint.top': side,
	'outpaint.right': side,
	'outpaint.bottom': side,
	'outpaint.left': side,
	'outpaint.blur': { kind: 'integer', min: 0, max: 32 },
};

/** The form of 2025. Newer models know it no more. */
const flatImages: Rules = { seedImage: image, maskImage: image };
const nestedImages: Rules = { 'inputs.seedImage': image, 'inputs.maskImage': image };
const imageAndMask: Rules = { 'inputs.image': image, 'inputs.mask': image };

const references = (max: number): Rules => ({ 'inputs.referenceImages': { kind: 'images', max } });
/** In both forms. */
const anyReferences = (max: number): Rules => ({ ...references(max), referenceImages: { kind: 'images', max } });

/** Schedulers are a long list that no test needs. */
const diffusion: Rules = {
	...dimensions,
	positivePrompt: text(2, 3000),
	negativePrompt: text(2, 3000),
	steps: { kind: 'integer', min: 1, max: 100 },
	CFGScale: { kind: 'number', min: 0, max: 50 },
	scheduler: anything,
	seed: { kind: 'seed' },
	lora: anything,
	acceleratorOptions: anything,
};
const fill: Rules = { ...diffusion, ...flatImages, ...nestedImages, ...outpaint };
const classic: Rules = {
	...fill,
	strength: { kind: 'number', min: 0, max: 1 },
	maskMargin: { kind: 'integer', min: 32, max: 128 },
	promptWeighting: choice('compel', 'sdEmbeds'),
	controlNet: anything,
};
/** Of Black Forest Labs' own endpoints. */
const blackForest: Rules = {
	positivePrompt: text(2, 3000),
	seed: { kind: 'seed' },
	'providerSettings.bfl.promptUpsampling': { kind: 'boolean' },
	'providerSettings.bfl.safetyTolerance': { kind: 'integer', min: 0, max: 6 },
};
const fillPro: Rules = {
	...blackForest,
	steps: { kind: 'integer', min: 15, max: 50 },
	CFGScale: { kind: 'number', min: 1.5, max: 100 },
};
const onGrid = (step: number) => ({ kind: 'grid', min: 128, max: 2048, step }) as const;
const flux = { ...sized, rules: classic, sizes: onGrid(64), hasSeed: true } as const;
const klein = {
	...sized,
	rules: { ...diffusion, ...references(4) },
	sizes: onGrid(16),
	hasSeed: true,
} as const;

const shapes = ['1024x1024', '1536x1024', '1024x1536'];
const freeSizes = (min: number) => ({ kind: 'grid', min, max: 3840, step: 16, isBounded: true }) as const;

const gpt = { ...sized, isGpt: true } as const;
const gptImage: Rules = {
	...dimensions,
	...anyReferences(16),
	positivePrompt: text(1, 32_000),
	'providerSettings.openai.quality': choice('auto', 'high', 'medium', 'low'),
	'providerSettings.openai.background': choice('auto', 'transparent', 'opaque'),
};
/** The name of the mask was read nowhere: both that occur elsewhere are taken. */
const gptImage25: Rules = {
	...dimensions,
	...anyReferences(16),
	positivePrompt: text(1, 10_000),
	'inputs.mask': image,
	'inputs.maskImage': image,
	'settings.quality': choice('auto', 'low', 'medium', 'high', 'xhigh', 'max'),
	'settings.background': choice('auto', 'opaque', 'transparent'),
	'settings.moderation': choice('auto', 'low'),
};
const oldGpt = { ...gpt, rules: gptImage, sizes: { kind: 'list', sizes: shapes }, usd: oldPrices } as const;
const gpt25 = { ...gpt, rules: gptImage25, sizes: freeSizes(16), usd: flarePrices } as const;

const dallE: Rules = { ...dimensions, 'safety.mode': choice('none', 'fast') };

/** Those of Kontext. */
const kontextShapes = ['1568x672', '1392x752', '1248x832', '1184x880', '1024x1024'];
/** Those of Nano Banana 2 at 1K; it makes them twice and four times as large too. */
const bananaShapes = ['1024x1024', '1264x848', '1200x896', '1152x928', '1376x768', '1584x672'];

function bothWays(shapes: readonly string[], factor = 1): string[] {
	const pairs = shapes.map((shape) => shape.split('x').map((edge) => Number(edge) * factor));
	return Array.from(new Set(pairs.flatMap((pair) => [pair.join('x'), pair.toReversed().join('x')])));
}

export const runwareModels: readonly RunwareModel[] = [
	{
		...sized,
		air: 'openai:2@2',
		name: 'DALL·E 2',
		rules: { ...dallE, positivePrompt: text(1, 1000) },
		sizes: { kind: 'list', sizes: ['256x256', '512x512', '1024x1024'] },
		usd: 0.02,
		isRetired: true,
	},
	{
		...sized,
		air: 'openai:2@3',
		name: 'DALL·E 3',
		rules: {
			...dallE,
			positivePrompt: text(1, 4000),
			'providerSettings.openai.quality': choice('hd', 'standard'),
			'providerSettings.openai.style': choice('vivid', 'natural'),
		},
		sizes: { kind: 'list', sizes: ['1024x1024', '1792x1024', '1024x1792'] },
		usd: { auto: [0.04, 0.08, 0.08], standard: [0.04, 0.08, 0.08], hd: [0.08, 0.12, 0.12] },
		isRetired: true,
	},
	{ ...oldGpt, air: 'openai:1@1', name: 'GPT Image 1' },
	{ ...oldGpt, air: 'openai:1@2', name: 'GPT Image 1 Mini' },
	{ ...oldGpt, air: 'openai:4@1', name: 'GPT Image 1.5' },
	{
		...gpt,
		air: 'openai:gpt-image@2',
		name: 'GPT Image 2',
		rules: {
			...dimensions,
			...anyReferences(16),
			positivePrompt: text(2, 32_000),
			'providerSettings.openai.quality': choice('auto', 'high', 'medium', 'low'),
			'providerSettings.openai.moderation': choice('auto', 'low'),
		},
		sizes: freeSizes(480),
		usd: newPrices,
	},
	{ ...gpt25, air: 'openai:gpt-image@2.5-flare', name: 'GPT-Image-2.5 Flare' },
	{ ...gpt25, air: 'openai:gpt-image@2.5-sunburst', name: 'GPT-Image-2.5 Sunburst' },
	{ ...flux, air: 'runware:100@1', name: 'FLUX.1 schnell', usd: 0.0006 },
	{ ...flux, air: 'runware:101@1', name: 'FLUX.1 dev', usd: 0.0038 },
	{ ...flux, air: 'runware:102@1', name: 'FLUX.1 Fill dev', rules: fill, needs: ['mask', 'outpaint'], usd: 0.0038 },
	{ ...klein, air: 'runware:400@2', name: 'FLUX.2 klein 9B', usd: 0.0059 },
	{ ...klein, air: 'runware:400@4', name: 'FLUX.2 klein 4B', usd: 0.0006 },
	{ ...flux, air: 'runware:z-image@turbo', name: 'Z-Image Turbo', sizes: onGrid(16), usd: 0.0019 },
	{
		...flux,
		air: 'civitai:403361@456538',
		name: 'SDXL inpainting',
		rules: { ...classic, clipSkip: { kind: 'integer', min: 0, max: 2 }, embeddings: anything, refiner: anything },
		usd: 0.0026,
	},
	{
		air: 'bfl:1@2',
		name: 'FLUX.1 Fill pro',
		rules: { ...fillPro, ...flatImages },
		required: ['positivePrompt', 'seedImage'],
		sizes: { kind: 'source' },
		needs: ['mask'],
		usd: 0.05,
		hasSeed: true,
	},
	{
		air: 'bfl:1@3',
		name: 'FLUX.1 Expand pro',
		rules: { ...fillPro, ...outpaint, seedImage: image },
		required: ['positivePrompt', 'seedImage'],
		sizes: { kind: 'source' },
		needs: ['outpaint'],
		usd: 0.05,
		hasSeed: true,
	},
	{
		air: 'bfl:3@1',
		name: 'FLUX.1 Kontext pro',
		rules: { ...blackForest, ...dimensions, ...anyReferences(2) },
		required: ['positivePrompt'],
		sizes: { kind: 'list', sizes: bothWays(kontextShapes), isOptional: true },
		usd: 0.04,
		hasSeed: true,
	},
	{
		air: 'bfl:flux@erase',
		name: 'FLUX Erase',
		rules: imageAndMask,
		required: ['inputs.image', 'inputs.mask'],
		sizes: { kind: 'source' },
		usd: 0.03,
		hasSeed: true,
	},
	{
		air: 'bfl:flux@outpainting',
		name: 'FLUX Outpainting',
		// How far to extend is asked elsewhere with this object; here it was read nowhere.
		rules: { ...outpaint, 'inputs.image': image },
		required: ['inputs.image'],
		sizes: { kind: 'source' },
		needs: ['outpaint'],
		usd: 0.05,
		hasSeed: true,
	},
	{
		air: 'runware:300@1',
		name: 'Object eraser',
		rules: { ...imageAndMask, positivePrompt: text(2, 3000) },
		required: ['inputs.image', 'inputs.mask'],
		sizes: { kind: 'source' },
		usd: 0.002,
		hasSeed: true,
	},
	{
		...sized,
		air: 'google:4@3',
		name: 'Nano Banana 2',
		rules: { ...dimensions, ...anyReferences(14), positivePrompt: text(3, 45_000), 'settings.thinking': anything },
		sizes: { kind: 'list', sizes: ['512x512', ...[1, 2, 4].flatMap((factor) => bothWays(bananaShapes, factor))] },
		usd: 0.0692,
	},
	{
		air: 'ideogram:4@3',
		name: 'Ideogram 3 Edit',
		rules: { ...flatImages, positivePrompt: text(1, 2000) },
		required: ['positivePrompt', 'seedImage'],
		sizes: { kind: 'source' },
		needs: ['mask'],
		usd: 0.06,
	},
	{
		air: 'ideogram:4@4',
		name: 'Ideogram 3 Reframe',
		rules: { ...dimensions, seedImage: image },
		required: ['seedImage', 'width', 'height'],
		sizes: { kind: 'grid', min: 512, max: 1536, step: 64 },
		usd: 0.06,
	},
];
