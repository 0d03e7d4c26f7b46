import type { Model, SizeRule } from './model';

/** Sides of 128 to 2048 pixels (Runware reference, *Other families*). */
function gridOf(step: number): SizeRule {
	return {
		kind: 'grid',
		step,
		minSide: 128,
		maxSide: 2048,
		maxRatio: 16,
		minPixels: 128 * 128,
		maxPixels: 2048 * 2048,
		default: { width: 1024, height: 1024 },
	};
}

function listOf(...sizes: readonly (readonly [width: number, height: number])[]): SizeRule {
	return {
		kind: 'list',
		sizes: sizes.map(([width, height]) => ({ width, height })),
		default: { width: 1024, height: 1024 },
	};
}

/** What each vendor calls their controls differs so much that they stand in the offers. */
const flux1 = { family: 'flux', promptLimit: 3000, size: gridOf(64), controls: [] } as const;

/** Whoever sells them, they take a picture and give one back of the same size, or larger by what is added. */
const sizedByPicture = { kind: 'none' } as const;

const finerSteps = 'That sides may be multiples of 16: read from what the server answered to somebody else.';

const fluxModels: readonly Model[] = [
	{ ...flux1, id: 'flux-1-schnell', title: 'FLUX.1 schnell (fast)' },
	{ ...flux1, id: 'flux-1-dev', title: 'FLUX.1 dev' },
	{ ...flux1, id: 'flux-1-fill-dev', title: 'FLUX.1 Fill dev (repaint and extend)' },
	{ ...flux1, id: 'flux-1-fill-pro', title: 'FLUX.1 Fill pro (repaint)', size: sizedByPicture },
	{ ...flux1, id: 'flux-1-expand-pro', title: 'FLUX.1 Expand pro (extend)', size: sizedByPicture },
	{
		...flux1,
		id: 'flux-1-kontext-pro',
		title: 'FLUX.1 Kontext pro',
		size: listOf(
			[1568, 672],
			[1392, 752],
			[1184, 880],
			[1248, 832],
			[1024, 1024],
			[832, 1248],
			[880, 1184],
			[752, 1392],
			[672, 1568],
		),
		unverified: ['The sizes: from documentation of October 2025; somebody else’s client has the same.'],
	},
	{
		id: 'flux-2-klein-4b',
		title: 'FLUX.2 klein 4B (fast)',
		family: 'flux',
		size: gridOf(16),
		controls: [],
		unverified: [finerSteps],
	},
	{
		id: 'flux-2-klein-9b',
		title: 'FLUX.2 klein 9B',
		family: 'flux',
		size: gridOf(16),
		controls: [],
		unverified: [finerSteps],
	},
];

/** Image models of other makers than OpenAI. */
export const diffusionModels: readonly Model[] = [
	...fluxModels,
	{
		id: 'sdxl-inpainting',
		title: 'SDXL inpainting',
		family: 'stable-diffusion',
		promptLimit: 3000,
		size: gridOf(64),
		controls: [],
	},
	{
		id: 'z-image-turbo',
		title: 'Z-Image Turbo',
		family: 'z-image',
		promptLimit: 3000,
		size: gridOf(16),
		controls: [],
		unverified: ['The sizes: said of newer models together, not of this one.'],
	},
	{
		id: 'nano-banana-2',
		title: 'Nano Banana 2',
		family: 'gemini',
		size: listOf(
			[1024, 1024],
			[1264, 848],
			[848, 1264],
			[1200, 896],
			[896, 1200],
			[1376, 768],
			[768, 1376],
			[1584, 672],
		),
		controls: [],
		unverified: [
			'The sizes: read from what a server answered to somebody else. Larger ones exist and are not listed here.',
			'Whether it still answers: one source says that Google ended it on 2026-10-29, others still sell it.',
		],
	},
	{
		id: 'ideogram-3-edit',
		title: 'Ideogram 3 Edit (repaint)',
		family: 'ideogram',
		promptLimit: 2000,
		size: sizedByPicture,
		controls: [],
		unverified: ['How long a prompt may be: no document at hand says it.'],
	},
];
