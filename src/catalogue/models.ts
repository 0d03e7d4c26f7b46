import { diffusionModels } from './diffusionModels';
import { responseFormat } from './imagesDialects';
import type { Control, Model, SizeRule } from './model';

/** The sizes of the GPT image models before `gpt-image-2` (OpenAI reference, *Models*). */
export const presets: SizeRule = {
	kind: 'list',
	sizes: [
		{ width: 1024, height: 1024 },
		{ width: 1536, height: 1024 },
		{ width: 1024, height: 1536 },
	],
	default: { width: 1024, height: 1024 },
};

/** Since `gpt-image-2` (OpenAI reference, *Size rules*). Beyond 2560x1440 OpenAI calls it experimental. */
const anySize: SizeRule = {
	kind: 'grid',
	step: 16,
	maxSide: 3840,
	maxRatio: 3,
	minPixels: 655_360,
	maxPixels: 8_294_400,
	default: { width: 1024, height: 1024 },
};

/** Still taken, though `safety_identifier` has replaced it. */
const user: Control = { kind: 'text', name: 'user' };

/** What every GPT image model takes besides its quality (OpenAI reference, *Parameters*). */
const gptControls: readonly Control[] = [
	{ kind: 'choice', name: 'background', values: ['transparent', 'opaque', 'auto'], default: 'auto' },
	{ kind: 'choice', name: 'moderation', values: ['auto', 'low'], default: 'auto' },
	{ kind: 'number', name: 'output_compression', min: 0, max: 100, whole: true, default: 100 },
	{ kind: 'number', name: 'partial_images', min: 0, max: 3, whole: true, default: 0 },
	{ kind: 'text', name: 'safety_identifier', maxLength: 128 },
	user,
];

const threeQualities = qualityOf('low', 'medium', 'high');
const fiveQualities = qualityOf('low', 'medium', 'high', 'xhigh', 'max');

function qualityOf(...values: readonly string[]): Control {
	return { kind: 'choice', name: 'quality', values: [...values, 'auto'], default: 'auto' };
}

const inputFidelity: Control = {
	kind: 'choice',
	name: 'input_fidelity',
	values: ['high', 'low'],
	default: 'low',
	only: ['edit'],
};

const complexity: Control = { kind: 'choice', name: 'complexity', values: ['low', 'medium', 'high'], default: 'high' };

/** Alike in all of them. */
const gptImage = { family: 'gpt-image', promptLimit: 32_000 } as const;

const secondaryEnd = 'The day of retirement: only from issue threads that quote the page of deprecations.';
const secondaryQualities = 'The qualities xhigh and max: only from a copy of the documentation.';
const sizesOf26 = 'The limits of custom sizes: those of gpt-image-2 and 2.5; of 2.6 they are not published.';
const releaseOf26 = 'The day of release: about 2026-11-05.';

const dallEModels: readonly Model[] = [
	{
		id: 'dall-e-2',
		title: 'DALL·E 2',
		family: 'dall-e',
		released: '2022-04',
		retired: '2026-05-12',
		successor: 'gpt-image-2',
		promptLimit: 1000,
		size: {
			kind: 'list',
			sizes: [
				{ width: 256, height: 256 },
				{ width: 512, height: 512 },
				{ width: 1024, height: 1024 },
			],
			default: { width: 1024, height: 1024 },
		},
		controls: [
			{
				kind: 'choice',
				name: 'quality',
				values: ['standard'],
				default: 'standard',
				only: ['generate', 'edit'],
			},
			responseFormat,
			user,
		],
	},
	{
		id: 'dall-e-3',
		title: 'DALL·E 3',
		family: 'dall-e',
		retired: '2026-05-12',
		successor: 'gpt-image-2',
		promptLimit: 4000,
		size: {
			kind: 'list',
			sizes: [
				{ width: 1024, height: 1024 },
				{ width: 1792, height: 1024 },
				{ width: 1024, height: 1792 },
			],
			default: { width: 1024, height: 1024 },
		},
		controls: [
			{ kind: 'choice', name: 'quality', values: ['standard', 'hd'], default: 'standard' },
			{ kind: 'choice', name: 'style', values: ['vivid', 'natural'], default: 'vivid' },
			responseFormat,
			user,
		],
	},
];

const presetModels: readonly Model[] = [
	{
		...gptImage,
		id: 'gpt-image-1',
		title: 'GPT Image 1',
		retired: '2026-10-23',
		successor: 'gpt-image-2',
		size: presets,
		controls: [threeQualities, inputFidelity, ...gptControls],
	},
	{
		...gptImage,
		id: 'gpt-image-1-mini',
		title: 'GPT Image 1 mini',
		retired: '2026-12-01',
		successor: 'gpt-image-2',
		size: presets,
		controls: [
			threeQualities,
			{ kind: 'choice', name: 'input_fidelity', values: ['low'], default: 'low', only: ['edit'] },
			...gptControls,
		],
		unverified: [secondaryEnd],
	},
	{
		...gptImage,
		id: 'gpt-image-1.5',
		title: 'GPT Image 1.5',
		retired: '2026-12-01',
		successor: 'gpt-image-2',
		size: presets,
		controls: [threeQualities, inputFidelity, ...gptControls],
		unverified: [secondaryEnd],
	},
	{
		...gptImage,
		id: 'chatgpt-image-latest',
		title: 'ChatGPT Image (latest)',
		retired: '2026-12-01',
		successor: 'gpt-image-2',
		size: presets,
		controls: [threeQualities, ...gptControls],
		unverified: [secondaryEnd, 'Sizes and controls: said to be those of the GPT image models, not spelled out.'],
	},
];

const anySizeModels: readonly Model[] = [
	{
		...gptImage,
		id: 'gpt-image-2',
		title: 'GPT Image 2',
		released: '2026-04-21',
		size: anySize,
		controls: [threeQualities, ...gptControls],
		unverified: ['Transparent backgrounds: a preview to OpenAI’s library, not supported to its guide of mid-2026.'],
	},
	{
		...gptImage,
		id: 'gpt-image-2.5-flare',
		title: 'GPT Image 2.5 Flare (fast)',
		released: '2026-09-08',
		size: anySize,
		controls: [fiveQualities, ...gptControls],
	},
	{
		...gptImage,
		id: 'gpt-image-2.5-sunburst',
		title: 'GPT Image 2.5 Sunburst (detail)',
		released: '2026-09-08',
		size: anySize,
		controls: [fiveQualities, ...gptControls],
	},
	{
		...gptImage,
		id: 'gpt-image-2.6-flare',
		title: 'GPT Image 2.6 Flare (fast)',
		released: '2026-11',
		size: anySize,
		controls: [fiveQualities, complexity, ...gptControls],
		unverified: [releaseOf26, sizesOf26, secondaryQualities],
	},
	{
		...gptImage,
		id: 'gpt-image-2.6-sunburst',
		title: 'GPT Image 2.6 Sunburst (detail)',
		released: '2026-11',
		size: anySize,
		controls: [fiveQualities, complexity, ...gptControls],
		unverified: [releaseOf26, sizesOf26, secondaryQualities],
	},
];

const ownModels: readonly Model[] = [
	{
		// The one name that the server gives whatever model it has loaded (OpenAI reference, *stable-diffusion.cpp server*).
		id: 'sd-cpp-local',
		title: 'stable-diffusion.cpp server',
		family: 'stable-diffusion',
		size: { kind: 'open', ratios: false },
		controls: [
			{ kind: 'seed', name: 'seed' },
			{ kind: 'text', name: 'negative_prompt' },
			{ kind: 'number', name: 'steps', min: 1, max: 200, whole: true },
			{ kind: 'number', name: 'cfg_scale', min: 0, max: 30, whole: false },
			{ kind: 'number', name: 'strength', min: 0, max: 1, whole: false, only: ['edit'] },
			{ kind: 'number', name: 'output_compression', min: 0, max: 100, whole: true },
		],
		unverified: ['The ranges of steps and cfg_scale: those of other servers.'],
	},
	{
		id: 'placeholder',
		title: 'Sketch placeholder',
		family: 'sketch',
		promptLimit: 4000,
		size: { kind: 'free', min: 16, max: 4096, default: { width: 1024, height: 1024 } },
		controls: [
			{ kind: 'choice', name: 'style', values: ['horizon', 'orbits', 'ribbons', 'facets', 'bauhaus', 'papercut'] },
			{ kind: 'seed', name: 'seed' },
		],
	},
];

/** The models that Limn knows. */
export const models: readonly Model[] = [
	...dallEModels,
	...presetModels,
	...anySizeModels,
	...diffusionModels,
	...ownModels,
];
