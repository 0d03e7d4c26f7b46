import type { Size } from '../../src/domain/size';

/** What Lumenfall's reference says about a model, as far as the emulator acts on it. */
export interface LumenfallModel {
	readonly slug: string;
	readonly name: string;
	/** Who serves it, the preferred one first. */
	readonly providers: readonly string[];
	readonly usdPerPicture: number;
	/** Sizes that the model knows; `free`: any. Others are converted to the nearest. */
	readonly sizes: readonly Size[] | 'free';
	readonly canEdit: boolean;
	readonly takesSeveralImages: boolean;
	/** What its schema names besides prompt and size, as JSON Schema. */
	readonly parameters?: Readonly<Record<string, object>>;
	/** Listed, and refused where it is asked for. */
	readonly isDisabled?: true;
}

const square = (edge: number): Size => ({ width: edge, height: edge });
const presets = [square(1024), { width: 1536, height: 1024 }, { width: 1024, height: 1536 }];
const common = { sizes: 'free', canEdit: true, takesSeveralImages: true } as const;

export const lumenfallModels: readonly LumenfallModel[] = [
	{ ...common, slug: 'gpt-image-2', name: 'GPT Image 2', providers: ['openai', 'replicate'], usdPerPicture: 0.053 },
	{
		...common,
		slug: 'gpt-image-1.5',
		name: 'GPT Image 1.5',
		providers: ['openai'],
		usdPerPicture: 0.034,
		sizes: presets,
	},
	{
		...common,
		slug: 'dall-e-2',
		name: 'DALL-E 2',
		providers: ['openai', 'replicate'],
		usdPerPicture: 0.02,
		sizes: [square(256), square(512), square(1024)],
		takesSeveralImages: false,
	},
	{ ...common, slug: 'gemini-3-pro-image', name: 'Gemini 3 Pro Image', providers: ['vertex'], usdPerPicture: 0.04 },
	{
		...common,
		slug: 'flux.1-schnell',
		name: 'FLUX.1 schnell',
		providers: ['fal', 'replicate'],
		usdPerPicture: 0.003,
		canEdit: false,
		parameters: { seed: { type: 'integer' }, guidance_scale: { type: 'number', minimum: 0, maximum: 20 } },
	},
	{
		...common,
		slug: 'gpt-image-1',
		name: 'GPT Image 1',
		providers: ['openai'],
		usdPerPicture: 0.042,
		isDisabled: true,
	},
];

/** The model of `slug` or `provider/slug`, and who is to serve it. */
export function routed(name: string): { readonly model: LumenfallModel; readonly provider: string } | undefined {
	const [slug = '', forced, ...more] = name.split('/').toReversed();
	const model = lumenfallModels.find((model) => model.slug === slug);
	const provider = forced ?? model?.providers[0];
	if (more.length > 0 || !model || provider === undefined || !model.providers.includes(provider)) return undefined;
	return { model, provider };
}

/** The pixels of one picture: what was asked for in either of three ways, converted to what the model knows. */
export function convertedSize(model: LumenfallModel, size: string, aspectRatio?: string, resolution?: string): Size {
	const [, width, height] = /^(\d+)x(\d+)$/.exec(size) ?? [];
	const exact = width === undefined ? undefined : { width: Number(width), height: Number(height) };
	const ratio = aspectRatio ?? (size.includes(':') ? size : undefined);
	const wanted = ratio === undefined && exact ? exact : ofRatio(ratio ?? '1:1', resolution);
	if (model.sizes === 'free') return wanted;
	return model.sizes.reduce((best, size) => (distance(size, wanted) < distance(best, wanted) ? size : best));
}

/** About as many pixels as a square of the resolution has, on a grid of 16. */
function ofRatio(ratio: string, resolution = '1K'): Size {
	const [across = 1, down = 1] = ratio.split(':').map(Number);
	const edge = 1024 * (Number.parseInt(resolution, 10) || 1);
	return { width: onGrid(edge * Math.sqrt(across / down)), height: onGrid(edge * Math.sqrt(down / across)) };
}

function onGrid(pixels: number): number {
	return Math.max(16, Math.round(pixels / 16) * 16);
}

/** First the shape, then the pixels. */
function distance(a: Size, b: Size): number {
	const shape = Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));
	return shape * 10 + Math.abs(Math.log((a.width * a.height) / (b.width * b.height)));
}
