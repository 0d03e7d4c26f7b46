import type { Size } from '../../src/domain/size';
import type { Pixels } from '../../src/image/pixels';
import { json, type Reply } from './answer';
import type { OpenAIModel } from './openaiModels';
import type { Parameters } from './openaiParameters';
import { encodePicture, mimeOf } from './pictureFiles';
import { halfDone } from './pictures';
import type { Turn } from './turn';

/** A request that OpenAI would fulfil. */
export interface Order {
	readonly model: OpenAIModel;
	readonly parameters: Parameters;
	/** Of the pictures that come out. */
	readonly size: Size;
	/** Pictures that go in. */
	readonly inputs: number;
	readonly events: 'image_generation' | 'image_edit';
	readonly pictures: readonly Pixels[];
}

/** Does the work and answers, streamed where that was asked for (OpenAI reference, response; streaming). */
export async function fulfil(turn: Turn, order: Order): Promise<Reply> {
	const { model, parameters, pictures } = order;
	const files = await turn.work(async () => Promise.all(pictures.map(async (pixels) => encoded(pixels, parameters))));
	if (parameters.stream) return streamed(order, files);
	return json(200, model.family === 'gpt' ? gptAnswer(order, files) : dallEAnswer(turn, order, files));
}

async function encoded(
	pixels: Pixels,
	{ output_format, frame_count, frame_duration_ms }: Parameters,
): Promise<Uint8Array> {
	// The delay is kept in hundredths of a second.
	const delayMs = Math.round(frame_duration_ms / 10) * 10;
	return encodePicture(pixels, output_format, { frames: frame_count, delayMs });
}

function gptAnswer(order: Order, files: readonly Uint8Array[]) {
	const { parameters } = order;
	const isSvg = parameters.output_format === 'svg';
	const svgUsage = { input_tokens: 20, output_tokens: 300, reasoning_tokens: 100, total_tokens: 320 };
	return {
		created: now(),
		...echoes(order),
		safety_identifier: parameters.safety_identifier ?? null,
		data: files.map((file) => ({ b64_json: base64(file) })),
		usage: usageOf(order, true),
		...(isSvg ? { svg_usage: { model: 'gpt-5', ...svgUsage } } : {}),
	};
}

function dallEAnswer(turn: Turn, { model, parameters }: Order, files: readonly Uint8Array[]) {
	const revised = model.family === 'dall-e-3' ? { revised_prompt: `${parameters.prompt}, in detail` } : {};
	const data = files.map((file, index) => {
		if (parameters.response_format === 'b64_json') return { b64_json: base64(file), ...revised };
		const path = turn.publish(`/private/org-emulator/img-${turn.id}-${index}.png`, file, mimeOf('png'));
		return { url: `${turn.origin}${path}`, ...revised };
	});
	return { created: now(), data };
}

/** What the model made of `auto` is said, never `auto`. */
function echoes({ parameters, size }: Order) {
	return {
		background: parameters.background === 'transparent' ? 'transparent' : 'opaque',
		output_format: parameters.output_format,
		quality: qualityOf(parameters),
		size: `${size.width}x${size.height}`,
	};
}

function qualityOf({ quality }: Parameters): string {
	return quality === 'auto' ? 'high' : quality;
}

/** Where no figure is published, it grows with the pixels; so does what is counted for pictures that go in. */
function usageOf(order: Order, hasDetails: boolean) {
	const { model, parameters, size, inputs, pictures } = order;
	const byShape = model.tokens[qualityOf(parameters)] ?? { square: 0, portrait: 0, landscape: 0 };
	const shape = size.width === size.height ? 'square' : size.width < size.height ? 'portrait' : 'landscape';
	const published = shape === 'square' ? 1_048_576 : 1_572_864;
	const each = Math.round((byShape[shape] * size.width * size.height) / published);
	const output = (each + 100 * parameters.partial_images) * pictures.length;
	const text = Math.ceil(Array.from(parameters.prompt).length / 4);
	const image = 323 * inputs;
	return {
		input_tokens: text + image,
		output_tokens: output,
		total_tokens: text + image + output,
		input_tokens_details: { text_tokens: text, image_tokens: image },
		...(hasDetails ? { output_tokens_details: { image_tokens: output, text_tokens: 0 } } : {}),
	};
}

function streamed(order: Order, files: readonly Uint8Array[]): Reply {
	const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
	return { status: 200, headers, body: framesOf(order, files) };
}

/** Each picture: its unfinished states, then itself. */
async function* framesOf(order: Order, files: readonly Uint8Array[]): AsyncGenerator<string> {
	const { parameters, pictures, events } = order;
	const echoed = { created_at: now(), ...echoes(order) };
	for (const [index, file] of files.entries()) {
		for (let partial = 0; partial < parameters.partial_images; partial++) {
			const pixels = pictures[index];
			if (!pixels) continue;
			const state = await encoded(halfDone(pixels, (partial + 1) / (parameters.partial_images + 1)), parameters);
			yield frame(`${events}.partial_image`, { b64_json: base64(state), partial_image_index: partial, ...echoed });
		}
		const one = { ...order, pictures: pictures.slice(0, 1) };
		yield frame(`${events}.completed`, { b64_json: base64(file), ...echoed, usage: usageOf(one, false) });
	}
}

function frame(type: string, data: Readonly<Record<string, unknown>>): string {
	return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function now(): number {
	return Math.floor(Date.now() / 1000);
}

export function base64(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('base64');
}
