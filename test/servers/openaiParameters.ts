import * as z from 'zod';
import { invalid } from './answer';
import { isFreeSize, type OpenAIModel } from './openaiModels';

type Rule =
	| { readonly kind: 'integer'; readonly min: number; readonly max: number }
	| { readonly kind: 'choice'; readonly values: readonly string[] }
	| { readonly kind: 'text'; readonly max?: number }
	| { readonly kind: 'size'; readonly sizes: OpenAIModel['sizes'] }
	| { readonly kind: 'boolean' | 'object' };

export type Endpoint = 'generations' | 'edits' | 'variations';

const schema = z.object({
	prompt: z.string().default(''),
	n: z.number().default(1),
	size: z.string().default('auto'),
	quality: z.string().default('auto'),
	background: z.enum(['transparent', 'opaque', 'auto']).default('auto'),
	output_format: z.enum(['png', 'jpeg', 'webp', 'gif', 'svg']).default('png'),
	output_compression: z.number().default(100),
	response_format: z.enum(['url', 'b64_json']).default('url'),
	stream: z.boolean().default(false),
	partial_images: z.number().default(0),
	frame_count: z.number().default(9),
	frame_duration_ms: z.number().default(200),
	safety_identifier: z.string().optional(),
});

export type Parameters = z.infer<typeof schema>;

/** What was asked for, where the model takes it; thrown are the refusals of OpenAI's reference (parameters; errors). */
export function readParameters(
	raw: Readonly<Record<string, unknown>>,
	model: OpenAIModel,
	endpoint: Endpoint,
): Parameters {
	const rules = rulesOf(model, endpoint);
	const given = Object.entries(raw).filter(([, value]) => value !== null);
	const checked = given.map(([name, value]) => {
		const rule = rules[name];
		if (!rule) throw invalid(`Unknown parameter: '${name}'.`, 'unknown_parameter', name);
		return [name, checkValue(name, value, rule)] as const;
	});
	if (endpoint !== 'variations') checkPresence(raw['prompt']);
	const parameters = schema.parse(Object.fromEntries(checked));
	checkTogether(parameters, raw);
	return parameters;
}

function rulesOf(model: OpenAIModel, endpoint: Endpoint): Readonly<Record<string, Rule>> {
	const common: Record<string, Rule> = {
		model: { kind: 'text' },
		n: { kind: 'integer', min: 1, max: model.maxN },
		size: { kind: 'size', sizes: model.sizes },
		user: { kind: 'text' },
	};
	const url: Rule = { kind: 'choice', values: ['url', 'b64_json'] };
	if (endpoint === 'variations') return { ...common, response_format: url };
	const asked: Record<string, Rule> = {
		...common,
		prompt: { kind: 'text', max: model.maxPrompt },
		quality: { kind: 'choice', values: model.qualities },
	};
	if (model.family === 'gpt') return { ...asked, ...gptRules(model, endpoint) };
	const style: Record<string, Rule> =
		model.family === 'dall-e-3' ? { style: { kind: 'choice', values: ['vivid', 'natural'] } } : {};
	return { ...asked, response_format: url, ...style };
}

function gptRules(model: OpenAIModel, endpoint: Endpoint): Record<string, Rule> {
	const isEdit = endpoint === 'edits';
	const formats = ['png', 'jpeg', 'webp', ...(model.isNewest ? ['gif', ...(isEdit ? [] : ['svg'])] : [])];
	const preview: Record<string, Rule> = {
		complexity: { kind: 'choice', values: ['low', 'medium', 'high'] },
		// The two official clients contradict each other (16 or 64 frames): what both allow is safe.
		frame_count: { kind: 'integer', min: 2, max: 16 },
		frame_duration_ms: { kind: 'integer', min: 20, max: 2000 },
		...(isEdit ? {} : { svg: { kind: 'object' } }),
	};
	return {
		background: { kind: 'choice', values: ['transparent', 'opaque', 'auto'] },
		output_format: { kind: 'choice', values: formats },
		output_compression: { kind: 'integer', min: 0, max: 100 },
		moderation: { kind: 'choice', values: ['auto', 'low'] },
		stream: { kind: 'boolean' },
		partial_images: { kind: 'integer', min: 0, max: 3 },
		safety_identifier: { kind: 'text', max: 128 },
		...(isEdit && model.fidelities.length > 0 ? { input_fidelity: { kind: 'choice', values: model.fidelities } } : {}),
		...(model.isNewest ? preview : {}),
	};
}

function checkPresence(prompt: unknown): void {
	if (prompt === undefined || prompt === null) {
		throw invalid("Missing required parameter: 'prompt'.", 'missing_required_parameter', 'prompt');
	}
	if (prompt === '') {
		const sentence =
			"Invalid 'prompt': empty string. Expected a string with minimum length 1, but got an empty string instead.";
		throw invalid(sentence, 'empty_string', 'prompt');
	}
}

function checkValue(name: string, value: unknown, rule: Rule): unknown {
	switch (rule.kind) {
		case 'integer':
			return checkInteger(name, value, rule);
		case 'boolean':
			return isText(value) || typeof value !== 'boolean' ? checkBoolean(name, value) : value;
		case 'object':
			if (typeof value !== 'object') throw wrongType(name, 'an object', value);
			return value;
		case 'text':
		case 'choice':
		case 'size':
			if (!isText(value)) throw wrongType(name, 'a string', value);
			return checkText(name, value, rule);
	}
}

/** A form says numbers and truth as text. */
function checkInteger(name: string, value: unknown, { min, max }: Rule & { kind: 'integer' }): number {
	const number = isText(value) && /^-?\d+$/.test(value) ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isInteger(number)) throw wrongType(name, 'an integer', value);
	if (number > max) {
		const sentence = `Invalid '${name}': integer above maximum value. Expected a value <= ${max}, but got ${number} instead.`;
		throw invalid(sentence, 'integer_above_max_value', name);
	}
	if (number < min) {
		const sentence = `Invalid '${name}': integer below minimum value. Expected a value >= ${min}, but got ${number} instead.`;
		throw invalid(sentence, 'integer_below_min_value', name);
	}
	return number;
}

function checkBoolean(name: string, value: unknown): boolean {
	if (value === 'true') return true;
	if (value === 'false') return false;
	throw wrongType(name, 'a boolean', value);
}

function checkText(
	name: string,
	value: string,
	rule: Exclude<Rule, { kind: 'integer' | 'boolean' | 'object' }>,
): string {
	if (rule.kind === 'text') checkLength(name, value, rule.max ?? Number.POSITIVE_INFINITY);
	if (rule.kind === 'choice' && !rule.values.includes(value)) {
		throw invalid(`Invalid value: '${value}'. Supported values are: ${inWords(rule.values)}.`, 'invalid_value', name);
	}
	if (rule.kind === 'size' && !isSizeOf(rule.sizes, value)) {
		throw invalid('The size is not supported by this model.', 'invalid_value', name);
	}
	return value;
}

/** In characters, as people count them. */
function checkLength(name: string, value: string, max: number): void {
	const length = Array.from(value).length;
	if (length <= max) return;
	const sentence = `Invalid '${name}': string too long. Expected a string with maximum length ${max}, but got a string with length ${length} instead.`;
	throw invalid(sentence, 'string_above_max_length', name);
}

function isSizeOf(sizes: OpenAIModel['sizes'], value: string): boolean {
	if (sizes !== 'free') return sizes.includes(value);
	const [, width, height] = /^(\d+)x(\d+)$/.exec(value) ?? [];
	return value === 'auto' || isFreeSize(Number(width), Number(height));
}

/** What is refused only in company. */
function checkTogether(parameters: Parameters, raw: Readonly<Record<string, unknown>>): void {
	const { output_format: format, background, output_compression: compression, stream, partial_images, n } = parameters;
	if (background === 'transparent' && format !== 'png' && format !== 'webp') {
		const sentence = `Transparent background is not supported for ${format.toUpperCase()} output format.`;
		throw invalid(sentence, 'invalid_value', 'background');
	}
	if (compression < 100 && format !== 'jpeg' && format !== 'webp') {
		const sentence = `Compression less than 100 is not supported for ${format.toUpperCase()} output format`;
		throw invalid(sentence, 'invalid_value', 'output_compression');
	}
	const isPreview = format === 'gif' || format === 'svg';
	if (isPreview && (stream || partial_images > 0)) {
		throw invalid(`Streaming is not supported for ${format.toUpperCase()} output format.`, 'invalid_value', 'stream');
	}
	if (format === 'svg' && n > 1) throw invalid('Only one SVG can be made at a time.', 'invalid_value', 'n');
	for (const [name, wanted] of [
		['frame_count', 'gif'],
		['frame_duration_ms', 'gif'],
		['svg', 'svg'],
	] as const) {
		if (raw[name] !== undefined && format !== wanted) {
			throw invalid(`'${name}' needs the output format '${wanted}'.`, 'invalid_value', name);
		}
	}
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function wrongType(name: string, wanted: string, value: unknown) {
	const found = Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
	return invalid(`Invalid type for '${name}': expected ${wanted}, but got ${found} instead.`, 'invalid_type', name);
}

/** `'a', 'b', and 'c'`. */
export function inWords(values: readonly string[]): string {
	const quoted = values.map((value) => `'${value}'`);
	const last = quoted.at(-1) ?? '';
	return quoted.length < 3 ? quoted.join(' and ') : `${quoted.slice(0, -1).join(', ')}, and ${last}`;
}
