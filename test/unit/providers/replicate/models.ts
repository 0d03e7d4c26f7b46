import type { SizeWish } from '../../../../src/domain/size';
import { replicate } from '../../../../src/providers/replicate/replicate';
import {
	type Call,
	type CallState,
	type InputImage,
	type JsonObject,
	type Step,
	unbegun,
} from '../../../../src/providers/provider';
import { sentence } from '../../builders';
import { nextOf } from '../calls';

/** Of a model's schema, by their names. */
export type Inputs = Readonly<Record<string, object>>;

/** An answer to anything, with this body. */
export function answer(json: unknown) {
	return { status: 200, headers: {}, json };
}

const uri = { type: 'string', format: 'uri' };
export const text = { type: 'string' };
export const whole = { type: 'integer' };
export const file = uri;
export const files = { type: 'array', items: uri };

/** An input whose values stand beside it, as Replicate's schemas have them. */
export function oneOf(...values: readonly (string | number)[]): { readonly enum: readonly (string | number)[] } {
	return { enum: values };
}

/** A schema of a model: enums as schemas of their own. */
export function schemaOf(inputs: Inputs): object {
	const enums = Object.entries(inputs).filter(([, input]) => 'enum' in input);
	const properties = Object.entries(inputs).map(([name, input]): [string, object] => [
		name,
		'enum' in input ? { allOf: [{ $ref: `#/components/schemas/${name}` }], default: 'x' } : input,
	]);
	const schemas = {
		...Object.fromEntries(enums.map(([name, input]) => [name, Object.assign({ title: name, type: 'string' }, input)])),
		Input: { type: 'object', properties: Object.fromEntries(properties) },
	};
	return { openapi: '3.0.2', components: { schemas } };
}

/** What `GET /models/…` says of a model with these inputs. */
export function described(inputs: Inputs | undefined, more: object = {}): JsonObject {
	const schema = inputs && { openapi_schema: schemaOf(inputs) };
	return { owner: 'a', name: 'b', is_official: true, latest_version: { id: 'v1', ...schema }, ...more };
}

/** The GPT image models (OpenAI-compatible reference, Replicate). */
export const gptInputs = {
	prompt: text,
	openai_api_key: { type: 'string', format: 'password' },
	aspect_ratio: oneOf('1:1', '3:2', '2:3'),
	input_images: files,
	number_of_images: { ...whole, minimum: 1, maximum: 10 },
	quality: oneOf('low', 'medium', 'high', 'auto'),
	background: oneOf('auto', 'transparent', 'opaque'),
	moderation: oneOf('auto', 'low'),
	output_format: oneOf('webp', 'png', 'jpeg'),
	output_compression: { ...whole, minimum: 0, maximum: 100 },
};

/** What comes of the model's description. */
export function creation(call: Call, json: unknown): Step {
	return replicate.read(answer(json), call, unbegun);
}

/** The inputs of the prediction that is created for a call of a model with these inputs. */
export function inputOf(call: Call, inputs: Inputs | undefined): unknown {
	const { body } = nextOf(creation(call, described(inputs)));
	return body?.kind === 'json' ? body.value['input'] : undefined;
}

/** How far a call has come when its prediction is under way. */
export function waiting(polls = 1): CallState {
	return { ticket: 'p1', handed: [], polls };
}

export const prompt = 'a fox at dawn';
/** A model that nobody knows. */
export const stranger = 'replicate/a/b';

export function edit(...images: readonly InputImage[]): Partial<Call> {
	return { task: { operation: 'edit', images } };
}

export function pixels(width: number, height: number): { size: SizeWish } {
	return { size: { kind: 'pixels', size: { width, height } } };
}

export function ratio(width: number, height: number): { size: SizeWish } {
	return { size: { kind: 'ratio', ratio: { width, height } } };
}

/** The beginning of a PNG: enough to say how large it is. */
export function pngSized(width: number, height: number): InputImage {
	const header = new DataView(new ArrayBuffer(33));
	[0x89504e47, 0x0d0a1a0a, 13, 0x49484452, width, height, 0x08060000].forEach((word, index) =>
		header.setUint32(index * 4, word),
	);
	return { bytes: new Uint8Array(header.buffer), format: 'png' };
}

/** What is said beside the creation of a prediction. */
export function warningsOf(call: Call, inputs: Inputs): string[] {
	return (creation(call, described(inputs)).warnings ?? []).map(sentence);
}

/** One that is over, unless it says otherwise. Its addresses are nobody's to follow. */
export function prediction(more: object): object {
	return { id: 'p1', status: 'succeeded', output: null, error: null, urls: { get: 'https://evil.example/x' }, ...more };
}
