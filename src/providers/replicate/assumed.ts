import type { Input, Inputs } from './description';

const any: Input = { type: '', values: [], secret: false };
const list: Input = { ...any, type: 'array' };

function oneOf(...values: readonly string[]): Input {
	return { ...any, type: 'string', values };
}

/** OpenAI's models at Replicate (OpenAI-compatible reference, *Replicate*). */
const gptImage: Inputs = new Map([
	['prompt', any],
	['aspect_ratio', oneOf('1:1', '3:2', '2:3')],
	['quality', any],
	['background', any],
	['moderation', any],
	['number_of_images', { ...any, type: 'integer', min: 1, max: 10 }],
	['output_format', oneOf('webp', 'png', 'jpeg')],
	['output_compression', any],
	['input_images', list],
]);

/** What most models there have; of size and count each has its own words. */
const usual: Inputs = new Map([
	['prompt', any],
	['seed', any],
	['image', any],
	['mask', any],
]);

/** The inputs of a model that is described without them: a wrong one is refused, and costs nothing. */
export function assumedInputs(name: string): Inputs {
	return name.startsWith('openai/gpt-image') ? gptImage : usual;
}
