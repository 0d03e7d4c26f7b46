import { useId } from 'preact/hooks';
import { requestableFormats } from '../../domain/imageFormat';
import type { ControlView, FormView } from '../../protocol/views';
import { l10n } from '../words';
import { ControlField } from './controlField';
import { changed } from './drafts';
import type { FormModel } from './formModel';
import { OpenOptions } from './openOptions';

/** The controls that most people look for. */
const usual = new Set(['quality', 'style', 'background', 'seed']);

export function isUsual({ name }: ControlView): boolean {
	return usual.has(name);
}

/** What few people change. */
export function MoreOptions({ form, view }: { readonly form: FormModel; readonly view: FormView }) {
	const controls = view.controls.filter((control) => !isUsual(control));
	const known = view.controls.map(({ name }) => name);
	const { options, format } = form.draft.value;
	const others = Object.keys(options).filter((name) => !known.includes(name));
	const set = controls.filter(({ name }) => options[name] !== undefined).length + others.length + (format ? 1 : 0);
	return (
		<details class="more">
			<summary>
				{l10n.t('More options')}
				{set > 0 && <span class="faint"> {l10n.t('({0} set)', set)}</span>}
			</summary>
			<div class="controls">
				<FormatField form={form} view={view} />
				{controls.map((control) => (
					<ControlField key={control.name} form={form} control={control} />
				))}
			</div>
			{(view.isOpen || others.length > 0) && <OpenOptions form={form} known={known} canAdd={view.isOpen} />}
		</details>
	);
}

function FormatField({ form, view }: { readonly form: FormModel; readonly view: FormView }) {
	const id = useId();
	const choose = (value: string) => {
		const format = requestableFormats.find((known) => known === value);
		form.draft.value = changed(form.draft.peek(), 'format', format);
	};
	return (
		<div class="field control">
			<label htmlFor={id}>{l10n.t('Format')}</label>
			<select
				id={id}
				value={form.draft.value.format ?? ''}
				onChange={({ currentTarget }) => choose(currentTarget.value)}
			>
				<option value="">{l10n.t('Default ({0})', view.defaultFormat)}</option>
				{view.formats.map((format) => (
					<option key={format} value={format}>
						{format}
					</option>
				))}
			</select>
		</div>
	);
}
