import { useEffect, useMemo } from 'preact/hooks';
import type { FormView } from '../../protocol/views';
import { state } from '../connection';
import { l10n } from '../words';
import { ControlField } from './controlField';
import { CountField } from './countField';
import type { FormModel } from './formModel';
import { ModelField, NoForm } from './modelField';
import { isUsual, MoreOptions } from './moreOptions';
import { OrderBar, orderAndShow } from './orderBar';
import { Pictures } from './pictures';
import { PromptField } from './promptField';
import { References } from './references';
import { SizeField } from './sizeField';

/** Everything that is said before a picture is made, or changed. */
export function PromptForm({ form }: { readonly form: FormModel }) {
	const pictures = useMemo(() => new Pictures(form), [form]);
	useEffect(() => form.follow(), [form]);
	const view = form.view.value;
	const press = (event: KeyboardEvent) => {
		if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
		event.preventDefault();
		if (!event.repeat) void orderAndShow(form);
	};
	return (
		<form
			class="form"
			aria-label={form.changes.value ? l10n.t('Edit') : l10n.t('Create')}
			onSubmit={(event) => event.preventDefault()}
			onKeyDown={press}
		>
			<fieldset class="fields" disabled={!state.value?.isTrusted}>
				<PromptField form={form} pictures={pictures} />
				<ModelField form={form} />
				{view ? <Controls form={form} view={view} pictures={pictures} /> : <NoForm form={form} />}
			</fieldset>
			<fieldset disabled={!state.value?.isTrusted} class="bar">
				<OrderBar form={form} />
			</fieldset>
		</form>
	);
}

interface ControlsProps {
	readonly form: FormModel;
	readonly view: FormView;
	readonly pictures: Pictures;
}

function Controls({ form, view, pictures }: ControlsProps) {
	return (
		<>
			<SizeField form={form} view={view} />
			<div class="controls">
				<CountField form={form} />
				{view.controls.filter(isUsual).map((control) => (
					<ControlField key={`${view.model} ${control.name}`} form={form} control={control} />
				))}
			</div>
			<References pictures={pictures} />
			<MoreOptions form={form} view={view} />
		</>
	);
}
