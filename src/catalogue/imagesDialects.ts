import type { Control, ImagesDialect } from './model';

/** GPT image models answer 400 to `response_format`, and always send base64 (OpenAI reference, *Parameters*). */
export const gptImage: ImagesDialect = {
	formats: ['png', 'jpeg', 'webp'],
	responseFormat: false,
	streams: true,
	extras: 'parameters',
};

/** Before the GPT image models: a PNG, by address where nobody asks for base64. */
export const dallE: ImagesDialect = { formats: [], responseFormat: true, streams: false, extras: 'parameters' };

/** The gateway converts to any of these whatever the model makes; it streams no pictures (Lumenfall reference, *Generations*). */
export const lumenfallImages: ImagesDialect = {
	formats: ['png', 'jpeg', 'webp', 'gif', 'avif'],
	responseFormat: true,
	streams: false,
	extras: 'parameters',
};

/**
 * stable-diffusion.cpp ignores `response_format`; it is sent as to every local server. Of webp its edits know nothing: a PNG is
 * asked for in its place, and converted here.
 */
export const sdCpp: ImagesDialect = {
	formats: ['png', 'jpeg'],
	responseFormat: true,
	streams: false,
	extras: 'prompt-tag',
};

/**
 * Any other server of the user's own: some refuse fields that they do not know, so none is sent that only some know. Base64 is
 * asked for because their addresses often lead nowhere (OpenAI reference, *Tolerances*). A mask alone goes under both names: vLLM-Omni
 * passes over `mask`, and paints the whole picture anew (OpenAI reference, *vLLM-Omni*). Who refuses one of them is asked again without.
 */
export const customServer: ImagesDialect = {
	formats: [],
	responseFormat: true,
	streams: false,
	extras: 'parameters',
	maskFields: ['mask', 'mask_image'],
};

/** Where there is a choice Limn asks for base64: a picture by its address can get lost on the way. */
export const responseFormat: Control = { kind: 'choice', name: 'response_format', values: ['url', 'b64_json'] };

/** Lumenfall's own, whatever the model (Lumenfall reference, *Generations*). */
export const gatewayControls: readonly Control[] = [
	{ kind: 'text', name: 'aspect_ratio' },
	{ kind: 'choice', name: 'resolution', values: ['1K', '2K', '4K'] },
	{ kind: 'number', name: 'output_compression', min: 0, max: 100, whole: true },
	{ kind: 'choice', name: 'output_format', values: lumenfallImages.formats },
	responseFormat,
];
