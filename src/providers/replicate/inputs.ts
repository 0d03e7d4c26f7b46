import { nameOf } from '../../catalogue/catalogue';
import { type ImageError, unsent } from '../../domain/imageError';
import type { Options } from '../../domain/imageRequest';
import { type Message, say } from '../../domain/message';
import type { Call, JsonObject } from '../provider';
import { seedOf } from '../seed';
import type { Input, Inputs } from './description';
import { listed } from './listed';
import { maskFields, maskNames } from './masks';
import { sizeFields } from './sizes';

/** What a prediction is asked for, in the model's own words. */
export interface Filled {
	readonly input: JsonObject;
	/** How many pictures that is for. Absent: the model decides. */
	readonly asked?: number;
	readonly warnings: readonly Message[];
}

/** What models call the same thing, the likeliest name first (OpenAI-compatible reference, *Replicate*, and models' own schemas). */
const names = {
	prompt: ['prompt', 'text', 'positive_prompt'],
	count: ['number_of_images', 'num_outputs', 'num_images', 'n'],
	format: ['output_format'],
	pictures: ['image', 'input_image', 'image_input', 'input_images', 'images', 'init_image', 'base_image'],
} as const;

type Filling = { readonly fields: JsonObject } | { readonly impossible: Message };

/** Says a call in the inputs of its model. An error: the model has no word for what matters, so that nothing should be made. */
export function inputFor(call: Call, inputs: Inputs): Filled | ImageError {
	const prompt = promptField(call, inputs);
	if ('impossible' in prompt) return unsent('unsupported', prompt.impossible);
	const pictures = pictureFields(call, inputs);
	if ('impossible' in pictures) return unsent('unsupported', pictures.impossible);
	const mask = maskFields(call, inputs);
	const { options, warnings } = optionFields(call, inputs);
	const size = sizeFields(call, inputs);
	const isSized = Object.keys(size.fields).some((name) => Object.hasOwn(options, name));
	// What was asked for by the model's own name goes before what Limn makes of the same wish.
	const input = {
		...countField(call, inputs),
		...formatField(call, inputs),
		...(isSized ? {} : size.fields),
		...options,
		...seedField(call, inputs),
		...prompt.fields,
		...pictures.fields,
		...mask.fields,
	};
	const asked = askedIn(input, inputs);
	return {
		input,
		...(asked !== undefined && { asked }),
		warnings: [...warnings, ...(isSized ? [] : size.warnings), ...mask.warnings],
	};
}

function promptField({ offer, prompt }: Call, inputs: Inputs): Filling {
	const name = names.prompt.find((each) => inputs.has(each));
	if (name !== undefined) return { fields: { [name]: prompt } };
	return { impossible: say('{0} takes no prompt. Choose another model.', nameOf(offer)) };
}

function pictureFields({ offer, task }: Call, inputs: Inputs): Filling {
	if (task.operation === 'generate') return { fields: {} };
	if (task.operation !== 'edit') {
		throw new Error(`Replicate has no request for this: ${task.operation}. The plan makes it an edit.`);
	}
	const { images } = task;
	const model = nameOf(offer);
	const known = names.pictures.filter((name) => inputs.has(name));
	const isList = (name: string): boolean => inputs.get(name)?.type === 'array';
	const most = Math.max(...known.map((name) => (isList(name) ? (inputs.get(name)?.most ?? Infinity) : 1)));
	const name = images.length > 1 ? known.find((each) => isList(each) && holds(inputs.get(each), images)) : known[0];
	if (known[0] === undefined) return { impossible: say('{0} takes no picture. Choose another model.', model) };
	if (name !== undefined) return { fields: { [name]: isList(name) ? images : images[0] } };
	return {
		impossible:
			most > 1
				? say('{0} takes at most {1} pictures, not {2}. Leave some out.', model, most, images.length)
				: say('{0} takes one picture only. Send one, or choose another model.', model),
	};
}

function holds(input: Input | undefined, { length }: readonly unknown[]): boolean {
	return length <= (input?.most ?? Infinity);
}

/** Some models make four pictures where nobody says how many. Of more than a model takes, the rest is for another prediction. */
function countField({ n }: Call, inputs: Inputs): JsonObject {
	const name = countName(inputs);
	const input = name === undefined ? undefined : inputs.get(name);
	if (name === undefined || !input) return {};
	const { values, max = Infinity } = input;
	const counts = values.map(Number).filter((count) => count <= n);
	if (values.length > 0) return counts.length > 0 ? { [name]: Math.max(...counts) } : {};
	return { [name]: Math.min(n, Math.max(1, max)) };
}

/** Who has no word for a count makes one picture. */
function askedIn(input: JsonObject, inputs: Inputs): number | undefined {
	const name = countName(inputs);
	if (name === undefined) return 1;
	const count = Number(input[name]);
	return count >= 1 ? Math.floor(count) : undefined;
}

function countName(inputs: Inputs): (typeof names.count)[number] | undefined {
	return names.count.find((each) => inputs.has(each));
}

/** A format that the model does not make is made here, of a PNG if there is one. */
function formatField({ format }: Call, inputs: Inputs): JsonObject {
	const [name] = names.format;
	const input = inputs.get(name);
	if (!input) return {};
	const wanted = format === 'jpeg' ? ['jpg', 'jpeg'] : [format];
	if (input.values.length === 0) return { [name]: format };
	const value = [...wanted, 'png'].find((each) => input.values.includes(each));
	return value === undefined ? {} : { [name]: value };
}

/** A whole number of any length, in all its digits. */
function seedField(call: Call, inputs: Inputs): JsonObject {
	const seed = seedOf(call);
	if (seed === undefined || !inputs.has('seed')) return {};
	return { seed: Number.isSafeInteger(Number(seed)) ? Number(seed) : BigInt(seed) };
}

/** What the model has no word for is left out, and said. Values are for the server to judge. */
function optionFields({ offer, options }: Call, inputs: Inputs): { options: Options; warnings: Message[] } {
	const warnings: Message[] = [];
	const kept = Object.entries(options).filter(([name]) => {
		const input = inputs.get(name);
		if (isSecret(name, input)) {
			warnings.push(say('The option {0} was left out: Limn sends no keys in options.', name));
		} else if (!input) {
			const known = Array.from(inputs.keys()).filter((each) => !isOwn(each) && !isSecret(each, inputs.get(each)));
			const list = listed(known);
			warnings.push(
				say('{0} does not take the option {1}: it was left out. It takes: {2}.', nameOf(offer), name, list),
			);
		}
		return input && !isSecret(name, input);
	});
	return { options: Object.fromEntries(kept), warnings };
}

/** An option that is a key would be kept and shown where options are. */
function isSecret(name: string, input: Input | undefined): boolean {
	return input?.secret === true || /(^|_)(api_?key|api_?token|password|secret)$/i.test(name);
}

/** What Limn says by itself. */
function isOwn(name: string): boolean {
	return [...names.prompt, ...names.pictures, ...maskNames].some((own) => own === name);
}
