import type { TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionValue } from '../../domain/imageRequest';
import type { ControlView } from '../../protocol/views';
import { Icon } from '../icon';
import { l10n } from '../words';
import { withOption } from './drafts';
import type { FormModel } from './formModel';
import { useTyped } from './typed';

interface Field<K extends ControlView['kind']> {
	readonly id: string;
	readonly control: Extract<ControlView, { kind: K }>;
	readonly value: OptionValue | undefined;
	/** `undefined`: the model's own default. */
	readonly set: (value: OptionValue | undefined) => void;
}

/** One of the model's own controls. */
export function ControlField({ form, control }: { readonly form: FormModel; readonly control: ControlView }) {
	const id = useId();
	const { name } = control;
	const set = (value: OptionValue | undefined) => (form.draft.value = withOption(form.draft.peek(), name, value));
	return (
		<div class="field control">
			<label htmlFor={id}>{control.label}</label>
			{input(control, id, form.draft.value.options[name], set)}
		</div>
	);
}

function input(
	control: ControlView,
	id: string,
	value: OptionValue | undefined,
	set: (value: OptionValue | undefined) => void,
) {
	const shared = { id, value, set };
	switch (control.kind) {
		case 'choice':
			return <Choice control={control} {...shared} />;
		case 'number':
			return <NumberField control={control} {...shared} />;
		case 'flag':
			return <Flag control={control} {...shared} />;
		case 'text':
		case 'url':
			return <Line control={control} {...shared} />;
		case 'seed':
			return <Seed control={control} {...shared} />;
	}
}

/** Characters that the host takes. */
const longestText = 10_000;
const longestAddress = 4000;

function Choice({ id, control, value, set }: Field<'choice'>) {
	const { values } = control;
	const present = value === undefined ? '' : String(value);
	return (
		<select id={id} value={present} onChange={({ currentTarget }) => set(currentTarget.value || undefined)}>
			<option value="">{defaultOf(control.default)}</option>
			{/* A value of the draft's own, from a recipe say: the host judges it. */}
			{[...values, ...(present === '' || values.includes(present) ? [] : [present])].map((choice) => (
				<option key={choice} value={choice}>
					{choice}
				</option>
			))}
		</select>
	);
}

function NumberField({ id, control, value, set }: Field<'number'>) {
	const { min, max, whole, default: usual } = control;
	const typed = useTyped(value === undefined ? '' : String(value), ({ valueAsNumber: number }) =>
		set(Number.isNaN(number) ? undefined : number),
	);
	return (
		<input
			id={id}
			type="number"
			step={whole ? 1 : 'any'}
			{...(min !== undefined && { min })}
			{...(max !== undefined && { max })}
			placeholder={usual === undefined ? l10n.t('Default') : String(usual)}
			{...typed}
		/>
	);
}

function Flag({ id, control, value, set }: Field<'flag'>) {
	const usual = control.default;
	const present = value === undefined ? '' : String(value);
	return (
		<select
			id={id}
			value={present}
			onChange={({ currentTarget }) => set(currentTarget.value === '' ? undefined : currentTarget.value === 'true')}
		>
			<option value="">{defaultOf(usual === undefined ? undefined : usual ? l10n.t('on') : l10n.t('off'))}</option>
			<option value="true">{l10n.t('On')}</option>
			<option value="false">{l10n.t('Off')}</option>
		</select>
	);
}

function Line({ id, control, value, set }: Field<'text' | 'url'>) {
	const shared = {
		id,
		value: value === undefined ? '' : String(value),
		onInput: ({ currentTarget }: TargetedInputEvent<HTMLInputElement>) => set(currentTarget.value || undefined),
	};
	if (control.kind === 'url')
		return <input type="url" maxLength={longestAddress} placeholder="https://example.org/…" {...shared} />;
	return <input type="text" dir="auto" maxLength={control.maxLength ?? longestText} {...shared} />;
}

function Seed({ id, control, value, set }: Field<'seed'>) {
	return (
		<span class="seed">
			<input
				id={id}
				type="text"
				inputMode="numeric"
				maxLength={30}
				pattern="\d{1,30}"
				placeholder={l10n.t('random')}
				value={value === undefined ? '' : String(value)}
				onInput={({ currentTarget }) => set(currentTarget.value.trim() || undefined)}
			/>
			<button
				type="button"
				class="button icon"
				title={l10n.t('Random')}
				aria-label={l10n.t('Random {0}', control.label)}
				aria-disabled={value === undefined}
				onClick={() => set(undefined)}
			>
				<Icon name="close" />
			</button>
		</span>
	);
}

function defaultOf(value: string | undefined): string {
	return value === undefined ? l10n.t('Default') : l10n.t('Default ({0})', value);
}
