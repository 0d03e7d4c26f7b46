import * as z from 'zod';
import type { Size } from '../../src/domain/size';
import { type Item, invalidValue, missingValue, wrong } from './runwareErrors';
import { type RunwareModel, runwareModels } from './runwareModels';
import { priceOf } from './runwarePrices';
import { commonRules, readValues, type Rules, type Values } from './runwareRules';

/** Which models are served, and what is forgiven. */
export interface Leniency {
	/** Serves the retired models too, as before 2026-05-12. */
	readonly legacy?: boolean;
	/** What is said of a retired model. Nobody has asked the real one since. */
	readonly retiredCode?: 'invalidModel' | 'modelDisabled' | 'modelNotFound';
	/** Takes the obsolete `checkNSFW`, which a current model's table does not name. */
	readonly takesCheckNSFW?: boolean;
}

/** An `imageInference` that Runware would accept, its pictures unread. */
export interface Order {
	readonly model: RunwareModel;
	readonly taskUUID: string;
	readonly prompt: string;
	/** `undefined`: as large as the source. */
	readonly size: Size | undefined;
	readonly count: number;
	readonly seed: bigint | undefined;
	readonly format: 'jpeg' | 'png' | 'webp';
	readonly outputType: 'URL' | 'base64Data' | 'dataURI';
	readonly isAsync: boolean;
	readonly isTransparent: boolean;
	readonly includeCost: boolean;
	readonly checksContent: boolean;
	readonly seconds: number | undefined;
	/** Of one picture, in USD. */
	readonly usd: number;
	readonly outpaint: Sides | undefined;
	readonly images: GivenImages;
}

export interface Sides {
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	readonly left: number;
}

/** An image as the request gives it, and where. */
export interface GivenImage {
	readonly path: string;
	readonly given: string;
}

interface GivenImages {
	readonly source: GivenImage | undefined;
	readonly mask: GivenImage | undefined;
	readonly references: readonly GivenImage[];
}

const side = z.number().default(0);
const schema = z.object({
	taskUUID: z.string(),
	positivePrompt: z.string().default(''),
	width: z.number().optional(),
	height: z.number().optional(),
	numberResults: z.number().default(1),
	seed: z.bigint().optional(),
	outputFormat: z.enum(['JPG', 'PNG', 'WEBP']).optional(),
	outputType: z.enum(['URL', 'base64Data', 'dataURI']).default('URL'),
	deliveryMethod: z.enum(['sync', 'async']).default('sync'),
	includeCost: z.boolean().default(false),
	ttl: z.number().optional(),
	'safety.checkContent': z.boolean().default(false),
	'providerSettings.openai.quality': z.string().optional(),
	'settings.quality': z.string().optional(),
	'outpaint.top': side,
	'outpaint.right': side,
	'outpaint.bottom': side,
	'outpaint.left': side,
});

type Asked = z.infer<typeof schema>;

/** What is asked for; thrown are the refusals of the reference, *imageInference*. */
export function readOrder(task: Item, leniency: Leniency): Order {
	const model = modelOf(task, leniency);
	const rules: Rules = { ...commonRules, ...(leniency.takesCheckNSFW ? { checkNSFW: { kind: 'boolean' } } : {}) };
	const values = readValues(task, { ...rules, ...model.rules }, ['taskUUID', ...model.required]);
	const asked = schema.parse(values);
	const size = sizeOf(asked, model);
	const images = imagesOf(values, model);
	const outpaint = outpaintOf(asked, values);
	checkNeeds(model, images, outpaint);
	const quality = asked['providerSettings.openai.quality'] ?? asked['settings.quality'];
	const { width, height } = size ?? { width: 1, height: 1 };
	return {
		model,
		size,
		images,
		outpaint,
		taskUUID: asked.taskUUID,
		// Said by who wants no prompt at all.
		prompt: asked.positivePrompt === '__BLANK__' ? '' : asked.positivePrompt,
		count: asked.numberResults,
		seed: asked.seed,
		format: formats[asked.outputFormat ?? 'JPG'],
		outputType: asked.outputType,
		isAsync: asked.deliveryMethod === 'async',
		isTransparent: isTransparent(values, asked),
		includeCost: asked.includeCost,
		checksContent: asked['safety.checkContent'],
		seconds: asked.ttl,
		usd: priceOf(model.usd, width, height, quality),
	};
}

const formats = { JPG: 'jpeg', PNG: 'png', WEBP: 'webp' } as const;

function modelOf({ model: air }: Item, { legacy = false, retiredCode = 'invalidModel' }: Leniency): RunwareModel {
	if (typeof air !== 'string') throw missingValue('model');
	const model = runwareModels.find((model) => model.air === air);
	if (model && (legacy || !model.isRetired)) return model;
	const code = model ? retiredCode : 'invalidModel';
	const status = code === 'modelNotFound' ? 404 : 400;
	throw wrong(code, `The model '${air}' is not available.`, { parameter: 'model', type: 'string' }, status);
}

/** Width and height as a pair: what is wrong with them is wrong with both. */
function sizeOf({ width, height }: Asked, { sizes }: RunwareModel): Size | undefined {
	if (sizes.kind === 'source') return undefined;
	if (width === undefined && height === undefined) return undefined;
	if (width === undefined) throw missingValue('width');
	if (height === undefined) throw missingValue('height');
	const fits = sizes.kind === 'list' ? sizes.sizes.includes(`${width}x${height}`) : isOnGrid(width, height, sizes);
	if (!fits) throw wrongPixels(`${width}x${height} is not supported by this model.`);
	return { width, height };
}

export function wrongPixels(sentence: string) {
	return wrong('invalidPixels', sentence, { parameter: ['width', 'height'], type: 'integer' });
}

type Grid = RunwareModel['sizes'] & { kind: 'grid' };

/** The GPT models bound area and shape besides. */
function isOnGrid(width: number, height: number, { min, max, step, isBounded }: Grid): boolean {
	const isEdge = (edge: number) => edge >= min && edge <= max && edge % step === 0;
	if (!isEdge(width) || !isEdge(height)) return false;
	if (isBounded !== true) return true;
	const area = width * height;
	return area >= 655_360 && area <= 8_294_400 && Math.max(width, height) <= 3 * Math.min(width, height);
}

/** Every image once: flat as in 2025, or under `inputs`. */
function imagesOf(values: Values, model: RunwareModel): GivenImages {
	const mask = oneOf(values, ['maskImage', 'inputs.maskImage', 'inputs.mask']);
	const path = ['inputs.referenceImages', 'referenceImages'].filter((path) => values[path] !== undefined);
	if (path.length > 1) throw incompatible(path);
	const references = path.flatMap((path) => {
		return z
			.array(z.string())
			.parse(values[path])
			.map((given) => ({ path, given }));
	});
	const source = oneOf(values, ['seedImage', 'inputs.seedImage', 'inputs.image']) ?? (mask ? references[0] : undefined);
	if (mask && !source) throw missingValue(model.isGpt ? 'inputs.referenceImages' : 'seedImage');
	return { source, mask, references };
}

function oneOf(values: Values, paths: readonly string[]): GivenImage | undefined {
	const [image, ...others] = paths.flatMap((path) => {
		const given = values[path];
		return typeof given === 'string' ? [{ path, given }] : [];
	});
	if (image && others.length > 0) throw incompatible([image.path, ...others.map(({ path }) => path)]);
	return image;
}

function incompatible(parameter: readonly string[]) {
	return wrong('incompatibleParameters', `${parameter.join(' and ')} cannot be used together.`, { parameter });
}

function outpaintOf(asked: Asked, values: Values): Sides | undefined {
	if (!Object.keys(values).some((path) => path.startsWith('outpaint.'))) return undefined;
	const sides = {
		top: asked['outpaint.top'],
		right: asked['outpaint.right'],
		bottom: asked['outpaint.bottom'],
		left: asked['outpaint.left'],
	};
	if (Object.values(sides).every((side) => side === 0)) {
		throw invalidValue('outpaint', 'At least one side must be extended.', { type: 'object' });
	}
	return sides;
}

function checkNeeds({ needs = [] }: RunwareModel, { source, mask }: GivenImages, outpaint: Sides | undefined): void {
	if (outpaint && !source) throw missingValue('seedImage');
	if (outpaint && mask) throw incompatible(['outpaint', mask.path]);
	if (needs.length === 0) return;
	if (!source) throw missingValue('seedImage');
	const isMet = (needs.includes('mask') && mask) || (needs.includes('outpaint') && outpaint);
	if (!isMet) throw missingValue(needs[0] === 'mask' ? 'maskImage' : 'outpaint');
}

function isTransparent(values: Values, { outputFormat }: Asked): boolean {
	const path = ['providerSettings.openai.background', 'settings.background'].find((path) => values[path] !== undefined);
	if (path === undefined) return false;
	// GPT-Image-2.5 wants the format said as soon as the background is.
	if (path.startsWith('settings') && outputFormat === undefined) throw missingValue('outputFormat');
	if (values[path] !== 'transparent') return false;
	if (outputFormat === 'PNG' || outputFormat === 'WEBP') return true;
	throw incompatible([path, 'outputFormat']);
}
