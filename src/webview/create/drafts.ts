import type { OptionValue } from '../../domain/imageRequest';
import type { Draft } from '../../protocol/draft';
import type { ControlView, FormView } from '../../protocol/views';

/** The draft with another value; `undefined`: with none. */
export function changed<K extends 'model' | 'size' | 'format'>(
	draft: Draft,
	key: K,
	value: Draft[K] | undefined,
): Draft {
	const next = { ...draft };
	if (value === undefined) delete next[key];
	else next[key] = value;
	return next;
}

/** The draft with another value of one of the model's own options; `undefined`: with none. */
export function withOption(draft: Draft, name: string, value: OptionValue | undefined): Draft {
	const options = { ...draft.options };
	if (value === undefined) delete options[name];
	else options[name] = value;
	return { ...draft, options };
}

/** The draft without what another model does not know. The prompt, the count and the pictures stay. */
export function fitted(draft: Draft, form: FormView): Draft {
	const { size, format } = draft;
	const isKnown = ([name, value]: [string, OptionValue]) =>
		form.isOpen || form.controls.some((control) => control.name === name && takes(control, value));
	const options = Object.fromEntries(Object.entries(draft.options).filter(isKnown));
	let next: Draft = { ...draft, options };
	if (size !== undefined && !takesSize(form, size)) next = changed(next, 'size', undefined);
	if (format !== undefined && !form.formats.includes(format)) next = changed(next, 'format', undefined);
	return next;
}

/** A list of values is the one thing that two models with a control of the same name often do not share. */
function takes(control: ControlView, value: OptionValue): boolean {
	return control.kind !== 'choice' || control.values.includes(String(value));
}

function takesSize({ sizes, anySize }: FormView, size: string): boolean {
	return anySize || sizes.length === 0 || sizes.some((choice) => choice.size === size);
}

/** The value that a person means who writes it by hand: for a model that nobody knows, no schema says its type. */
export function valueOf(text: string): OptionValue {
	if (text === 'true' || text === 'false') return text === 'true';
	const number = Number(text);
	return text !== '' && Number.isFinite(number) && String(number) === text ? number : text;
}
