import { type ImageError, unsent } from '../domain/imageError';
import type { Operation, Options, OptionValue } from '../domain/imageRequest';
import { type Message, say } from '../domain/message';
import type { Control } from './model';
import { formatOption } from './plainWords';

/** What the options are for. */
export interface Use {
	/** `provider/model`. */
	readonly model: string;
	readonly operation: Operation;
	/** Of the file: png, jpeg, … An option `output_format` goes before it, where the model takes that. */
	readonly format: string;
	/** Pictures wanted. */
	readonly n: number;
}

/** A request's options after the model's controls judged them. */
export interface FittedOptions {
	/** Only what the model takes. */
	readonly options: Options;
	/** One for each option that was left out. */
	readonly warnings: readonly Message[];
	/** One for each value that is not allowed. */
	readonly problems: readonly ImageError[];
}

/** What becomes of one option. */
type Judgement = { readonly value: OptionValue } | { readonly leftOut: Message } | { readonly problem: Message };

/** Keeps what the model takes, reports what it does not know, refuses what is out of range. */
export function fitOptions(wanted: Options, controls: readonly Control[] | 'open', use: Use): FittedOptions {
	const kept: [name: string, value: OptionValue][] = [];
	const warnings: Message[] = [];
	const problems: ImageError[] = [];
	const taken = (name: string): boolean => controls === 'open' || controls.some((control) => control.name === name);
	const format = formatOption(Object.fromEntries(Object.entries(wanted).filter(([name]) => taken(name)))) ?? use.format;
	for (const [name, value] of Object.entries(wanted)) {
		const judgement = judge(name, value, controls, { ...use, format });
		if ('value' in judgement) kept.push([name, judgement.value]);
		else if ('leftOut' in judgement) warnings.push(judgement.leftOut);
		else problems.push(unsent('bad-input', judgement.problem));
	}
	return { options: Object.fromEntries(kept), warnings, problems };
}

function judge(name: string, value: OptionValue, controls: readonly Control[] | 'open', use: Use): Judgement {
	// Half a size, and an option that is left out: the picture would be paid at another size than the person meant.
	const isSide = name === 'width' || name === 'height';
	if (isSide) return { problem: say('{0} is no option. Ask for a size like {1}.', name, '1024x768') };
	const judgement = controls === 'open' ? judgeUnknown(name, value) : judgeKnown(name, value, controls, use);
	return 'value' in judgement ? judgeTogether(name, judgement.value, use) : judgement;
}

/** Fields of a request, in any dialect, that have a place of their own: as options they would send something else than was shown. */
const ownFields: ReadonlySet<string> = new Set([
	'model',
	'prompt',
	'n',
	'size',
	'image',
	'image[]',
	'mask',
	'stream',
	'positivePrompt',
	'numberResults',
	'taskType',
	'taskUUID',
	'messages',
]);

function judgeUnknown(name: string, value: OptionValue): Judgement {
	const [first = name] = name.split('.');
	if (!ownFields.has(first)) return { value };
	return { leftOut: say('The option {0} was left out: Limn sets it itself.', name) };
}

function judgeKnown(name: string, value: OptionValue, controls: readonly Control[], use: Use): Judgement {
	const control = controls.find((candidate) => candidate.name === name);
	const taken = controls.filter(({ only }) => only?.includes(use.operation) ?? true);
	if (!control) return { leftOut: notTaken(name, use, taken) };
	if (!taken.includes(control)) {
		const operations = (control.only ?? []).join(', ');
		return { leftOut: say('{0} takes the option {1} only for {2}: it was left out.', use.model, name, operations) };
	}
	const converted = convert(value, control);
	const problem = problemOf(control, converted);
	return problem ? { problem } : { value: converted };
}

function notTaken(name: string, { model }: Use, controls: readonly Control[]): Message {
	const known = controls.map((control) => control.name).join(', ');
	return say('{0} does not take the option {1}: it was left out. It takes: {2}.', model, name, known || '–');
}

/** Values come from JSON, where they have their type, and from texts, where they have none. */
function convert(value: OptionValue, { kind }: Control): OptionValue {
	if (kind === 'text' || kind === 'url') return String(value);
	if (typeof value !== 'string') return value;
	if (kind === 'number' && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value)) return Number(value);
	if (kind === 'flag' && /^(true|false)$/.test(value)) return value === 'true';
	return value;
}

function problemOf(control: Control, value: OptionValue): Message | undefined {
	switch (control.kind) {
		case 'choice':
			if (control.values.some((allowed) => allowed === value)) return undefined;
			return say('{0} cannot be {1}. Allowed: {2}.', control.name, String(value), control.values.join(', '));
		case 'number':
			return problemOfNumber(control, value);
		case 'flag':
			if (typeof value === 'boolean') return undefined;
			return say('{0} must be true or false, not {1}.', control.name, String(value));
		case 'text':
			return problemOfText(control, String(value));
		case 'url':
			if (isWebAddress(String(value))) return undefined;
			return say('{0} must be an address like https://example.org/, not {1}.', control.name, String(value));
		case 'count':
			return undefined;
		case 'seed':
			if (/^\d{1,30}$/.test(String(value))) return problemOfRounded(control.name, value);
			return say('{0} must be a whole number of at most 30 digits, not {1}.', control.name, String(value));
	}
}

/** The digits of a number beyond 2^53 are not those that were written. */
function problemOfRounded(name: string, value: OptionValue): Message | undefined {
	if (typeof value !== 'number' || Number.isSafeInteger(value)) return undefined;
	return say('{0} is too long for a number. Give its digits as a text.', name);
}

function problemOfNumber(control: Extract<Control, { kind: 'number' }>, value: OptionValue): Message | undefined {
	const { name, min, max, whole } = control;
	const fits = typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value));
	if (fits) return undefined;
	if (max === Infinity) return problemOfEndless(control, String(value));
	return whole
		? say('{0} must be a whole number from {1} to {2}, not {3}.', name, min, max, String(value))
		: say('{0} must be a number from {1} to {2}, not {3}.', name, min, max, String(value));
}

function problemOfEndless({ name, min, whole }: Extract<Control, { kind: 'number' }>, value: string): Message {
	if (min === -Infinity) return say('{0} must be a number, not {1}.', name, value);
	return whole
		? say('{0} must be a whole number from {1} up, not {2}.', name, min, value)
		: say('{0} must be a number from {1} up, not {2}.', name, min, value);
}

function isWebAddress(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function problemOfText(control: Extract<Control, { kind: 'text' }>, value: string): Message | undefined {
	const { name, maxLength } = control;
	const length = Array.from(value).length;
	if (maxLength === undefined || length <= maxLength) return undefined;
	return say('{0} has {1} characters, at most {2} are taken. Shorten it.', name, length, maxLength);
}

/** What goes together with what, whoever makes the picture (OpenAI reference, *Parameters*). */
function judgeTogether(name: string, value: OptionValue, { format, n }: Use): Judgement {
	if (name === 'background' && value === 'transparent' && /^jpe?g$/i.test(format)) {
		return { problem: say('A JPEG has no transparent background. Ask for png or webp.') };
	}
	if (name === 'output_compression' && format === 'png') {
		return { leftOut: say('The option {0} was left out: it is for jpeg and webp.', name) };
	}
	if (name === 'partial_images' && n > 1) {
		return { leftOut: say('The option {0} was left out: it is for one picture at a time.', name) };
	}
	return { value };
}
