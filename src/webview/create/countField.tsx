import { useId } from 'preact/hooks';
import { maxPictures } from '../../domain/imageRequest';
import { l10n } from '../words';
import type { FormModel } from './formModel';
import { useTyped } from './typed';

/** How many pictures are wanted. What is no number from 1 to 100 is not taken over. */
export function CountField({ form }: { readonly form: FormModel }) {
	const id = useId();
	const typed = useTyped(String(form.draft.value.n), ({ valueAsNumber: n }) => {
		if (Number.isInteger(n) && n >= 1 && n <= maxPictures) form.draft.value = { ...form.draft.peek(), n };
	});
	return (
		<div class="field control">
			<label htmlFor={id}>{l10n.t('Count')}</label>
			<input id={id} type="number" min={1} max={maxPictures} step={1} {...typed} />
		</div>
	);
}
