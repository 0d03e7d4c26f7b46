import { createHash } from 'node:crypto';
import type { Size } from '../../src/domain/size';

/** One input of a model, in the words of JSON Schema that Replicate uses. */
export interface ReplicateInput {
	readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array';
	/** `uri`: a file by its address or as a data URI. `password`: never shown again. */
	readonly format?: 'uri' | 'password';
	readonly enum?: readonly (string | number)[];
	readonly minimum?: number;
	readonly maximum?: number;
	readonly default?: unknown;
	/** What the parts of an array are. */
	readonly items?: ReplicateInput;
	readonly description?: string;
}

export interface ReplicateModel {
	/** `owner/name`. */
	readonly name: string;
	readonly description: string;
	/** Only these run without a version. */
	readonly isOfficial: boolean;
	readonly inputs: Readonly<Record<string, ReplicateInput>>;
	readonly required: readonly string[];
	/** An array of addresses, one address, or the file itself as a data URI. */
	readonly output: 'array' | 'string' | 'data-uri';
	/** By aspect ratio. */
	readonly sizes: Readonly<Record<string, Size>>;
	/** How long a run takes: a request that waits less long is answered before its end. */
	readonly seconds: number;
	/** Not running until it is asked for: who waits in vain sees it `starting`. */
	readonly isCold?: true;
	/** What of a mask is painted: white unless told. */
	readonly paints?: 'black';
	/** Gone, unless the emulator serves what is retired. */
	readonly isRetired?: true;
}

const text: ReplicateInput = { type: 'string' };
const file: ReplicateInput = { type: 'string', format: 'uri' };
const files: ReplicateInput = { type: 'array', items: file };
const seed: ReplicateInput = { type: 'integer' };

function choice(...[first, ...rest]: readonly [string | number, ...(string | number)[]]): ReplicateInput {
	return { type: typeof first === 'number' ? 'integer' : 'string', enum: [first, ...rest], default: first };
}

function upTo(maximum: number, value = 1, minimum = 1): ReplicateInput {
	return { type: 'integer', minimum, maximum, default: value };
}

const size = (width: number, height: number): Size => ({ width, height });

/** The ratios of the GPT models on Replicate (OpenAI-compatible reference, Replicate). */
const gptSizes = { '1:1': size(1024, 1024), '3:2': size(1536, 1024), '2:3': size(1024, 1536) };

const gptInputs = {
	prompt: text,
	openai_api_key: { type: 'string', format: 'password' },
	aspect_ratio: choice('1:1', '3:2', '2:3'),
	input_images: files,
	number_of_images: upTo(10),
	quality: choice('auto', 'low', 'medium', 'high'),
	background: choice('auto', 'transparent', 'opaque'),
	moderation: choice('auto', 'low'),
	output_format: choice('webp', 'png', 'jpeg'),
	output_compression: upTo(100, 90, 0),
	user_id: text,
} as const satisfies ReplicateModel['inputs'];

const gpt = {
	isOfficial: true,
	inputs: gptInputs,
	required: ['prompt'],
	output: 'array',
	sizes: gptSizes,
	seconds: 40,
} as const;

/** About a million pixels each. */
const fluxSizes = {
	'1:1': size(1024, 1024),
	'16:9': size(1344, 768),
	'21:9': size(1536, 640),
	'3:2': size(1216, 832),
	'2:3': size(832, 1216),
	'4:5': size(896, 1088),
	'5:4': size(1088, 896),
	'3:4': size(896, 1152),
	'4:3': size(1152, 896),
	'9:16': size(768, 1344),
	'9:21': size(640, 1536),
};

const fluxOutput = {
	num_outputs: upTo(4),
	seed,
	output_format: choice('webp', 'jpg', 'png'),
	output_quality: upTo(100, 80, 0),
	megapixels: choice('1', '0.25'),
	disable_safety_checker: { type: 'boolean', default: false },
} as const satisfies ReplicateModel['inputs'];

const fluxRatios = ['16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'] as const;

/** Of 64 to 1024, each a multiple of 64, the default first. */
const edge = choice(768, ...Array.from({ length: 16 }, (_, index) => 64 * (index + 1)).filter((side) => side !== 768));

export const replicateModels: readonly ReplicateModel[] = [
	{ ...gpt, name: 'openai/gpt-image-2', description: 'Creates and edits images.', inputs: withoutClear(gptInputs) },
	{ ...gpt, name: 'openai/gpt-image-1.5', description: 'Creates and edits images.' },
	{
		...gpt,
		name: 'openai/gpt-image-1',
		description: 'Creates images with your own OpenAI key.',
		required: ['prompt', 'openai_api_key'],
	},
	{
		// Nobody has its schema: this one is supposed.
		name: 'openai/dall-e-2',
		description: 'A text-to-image model.',
		isOfficial: true,
		inputs: { prompt: text, size: choice('1024x1024', '512x512', '256x256'), n: upTo(10) },
		required: ['prompt'],
		output: 'array',
		sizes: {},
		seconds: 10,
		isRetired: true,
	},
	{
		name: 'black-forest-labs/flux-schnell',
		description: 'The fastest image generation model of its family.',
		isOfficial: true,
		inputs: {
			...fluxOutput,
			prompt: text,
			aspect_ratio: choice('1:1', ...fluxRatios),
			num_inference_steps: upTo(4, 4),
			go_fast: { type: 'boolean', default: true },
		},
		required: ['prompt'],
		output: 'array',
		sizes: fluxSizes,
		seconds: 1,
	},
	{
		name: 'black-forest-labs/flux-fill-dev',
		description: 'Inpainting: white areas of the mask are painted, black ones are kept.',
		isOfficial: true,
		inputs: {
			...fluxOutput,
			prompt: text,
			image: file,
			mask: file,
			megapixels: choice('1', '0.25', 'match_input'),
			guidance: { type: 'number', minimum: 0, maximum: 100, default: 30 },
			num_inference_steps: upTo(50, 28),
		},
		required: ['prompt', 'image'],
		output: 'array',
		sizes: {},
		seconds: 8,
	},
	{
		name: 'black-forest-labs/flux-fill-pro',
		description: 'Inpainting: white areas of the mask are painted, black ones are kept.',
		isOfficial: true,
		inputs: {
			prompt: text,
			image: file,
			mask: file,
			seed,
			steps: upTo(50, 50),
			guidance: { type: 'number', minimum: 2, maximum: 5, default: 3 },
			safety_tolerance: upTo(6, 2),
			prompt_upsampling: { type: 'boolean', default: false },
			output_format: choice('jpg', 'png'),
		},
		required: ['prompt', 'image'],
		output: 'string',
		sizes: {},
		seconds: 12,
	},
	{
		name: 'stability-ai/stable-diffusion',
		description: 'A latent text-to-image diffusion model. Needs its version.',
		isOfficial: false,
		inputs: {
			prompt: text,
			negative_prompt: text,
			width: edge,
			height: edge,
			num_outputs: upTo(4),
			num_inference_steps: upTo(500, 50),
			guidance_scale: { type: 'number', minimum: 1, maximum: 20, default: 7.5 },
			scheduler: choice('DPMSolverMultistep', 'DDIM', 'K_EULER', 'K_EULER_ANCESTRAL', 'PNDM', 'KLMS'),
			seed,
		},
		required: [],
		output: 'array',
		sizes: {},
		seconds: 90,
		isCold: true,
	},
	{
		// No real one: it stands for those that answer small files within their JSON.
		name: 'emulator/thumbnail',
		description: 'A very small picture.',
		isOfficial: true,
		inputs: { prompt: text, seed },
		required: ['prompt'],
		output: 'data-uri',
		sizes: { '': size(64, 64) },
		seconds: 1,
	},
	...inpainters(),
];

/** No real ones: they stand for those that call masks something else, or read them the other way round. */
function inpainters(): ReplicateModel[] {
	const common = { isOfficial: true, required: ['prompt', 'image'], output: 'string', sizes: {}, seconds: 4 } as const;
	const inputs = { prompt: text, image: file, output_format: choice('png', 'jpg') };
	const white = 'Mask image (white pixels will be repainted)';
	// In Ideogram's own words.
	const black = 'A black and white image. Black pixels are inpainted, white pixels are preserved.';
	return [
		{
			...common,
			name: 'emulator/mask-image',
			description: 'Calls a mask by another name, as sdxl-inpainting does.',
			inputs: { ...inputs, mask_image: { ...file, description: white } },
		},
		{
			...common,
			name: 'emulator/black-mask',
			description: 'Paints what is black, as Ideogram does.',
			inputs: { ...inputs, mask: { ...file, description: black } },
			paints: 'black',
		},
		{
			...common,
			name: 'emulator/invertible-mask',
			description: 'Paints what is black unless told.',
			inputs: {
				...inputs,
				mask: { ...file, description: 'Mask: white=keep, black=replace' },
				invert_mask: { type: 'boolean', default: false },
			},
			paints: 'black',
		},
	];
}

/** Its background cannot be transparent. */
function withoutClear(inputs: ReplicateModel['inputs']): ReplicateModel['inputs'] {
	return { ...inputs, background: choice('auto', 'opaque') };
}

/** The only version of a model that the emulator knows: 64 hexadecimal digits. */
export function replicateVersion({ name }: ReplicateModel): string {
	return createHash('sha256').update(name).digest('hex');
}
