import { type ImageError, unsent } from '../domain/imageError';
import type { Options, OptionValue } from '../domain/imageRequest';
import { type Message, say } from '../domain/message';
import type { Control } from './models';

/** A request's options after the model's controls judged them. */
export interface FittedOptions {
	/** Only what the model takes. */
	readonly options: Options;
	/** One for each option that was left out. */
	readonly warnings: readonly Message[];
	/** One for each value that is not allowed. */
	readonly problems: readonly ImageError[];
}

/** Keeps what the model takes, reports what it does not know, refuses what is out of range. */
export function fitOptions(wanted: Options, controls: readonly Control[], model: string): FittedOptions {
	const options: Record<string, OptionValue> = {};
	const warnings: Message[] = [];
	const problems: ImageError[] = [];
	for (const [name, value] of Object.entries(wanted)) {
		const control = controls.find((candidate) => candidate.name === name);
		const problem = control && problemOf(control, value);
		if (!control) warnings.push(leftOut(name, model, controls));
		else if (problem) problems.push(unsent('bad-input', problem));
		else options[name] = value;
	}
	return { options, warnings, problems };
}

function leftOut(name: string, model: string, controls: readonly Control[]): Message {
	const known = controls.map((control) => control.name).join(', ');
	return say('{0} does not take the option {1}: it was left out. It takes: {2}.', model, name, known || '–');
}

function problemOf(control: Control, value: OptionValue): Message | undefined {
	switch (control.kind) {
		case 'choice':
			if (control.values.some((allowed) => allowed === value)) return undefined;
			return say('{0} cannot be {1}. Allowed: {2}.', control.name, String(value), control.values.join(', '));
		case 'seed':
			if (/^\d{1,30}$/.test(String(value))) return undefined;
			return say('{0} must be a whole number of at most 30 digits, not {1}.', control.name, String(value));
	}
}
