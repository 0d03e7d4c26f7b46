import { useId } from 'preact/hooks';
import type { FormView, SizeChoice } from '../../protocol/views';
import { l10n } from '../words';
import { changed } from './drafts';
import type { FormModel } from './formModel';
import { useTyped } from './typed';

/** So many sizes are shown side by side; more are a list. */
const mostChips = 12;

/** px of the longer side of the drawn ratio. */
const drawn = 14;

/** The size: one of those that the model has, or, where it takes any, one that is typed. */
export function SizeField({ form, view }: { readonly form: FormModel; readonly view: FormView }) {
	const { sizes, anySize } = view;
	if (sizes.length === 0 && !anySize) return null;
	const size = form.draft.value.size;
	const pixels = sizes.find((choice) => choice.size === size)?.pixels;
	const choose = (next: string | undefined) => (form.draft.value = changed(form.draft.peek(), 'size', next));
	return (
		<fieldset class="field">
			<legend>
				<h2>{l10n.t('Size')}</h2>
				{pixels !== undefined && <span class="faint"> {inWords(pixels)}</span>}
			</legend>
			<div class="sizes">
				{sizes.length > mostChips ? (
					<List view={view} size={size} choose={choose} />
				) : (
					sizes.length > 0 && <Chips view={view} size={size} choose={choose} />
				)}
				{anySize && <Other view={view} size={size} choose={choose} />}
			</div>
		</fieldset>
	);
}

interface Choosing {
	readonly view: FormView;
	/** Absent: the model's own. */
	readonly size: string | undefined;
	readonly choose: (size: string | undefined) => void;
}

function Chips({ view, size, choose }: Choosing) {
	const name = useId();
	// Squares alone tell nothing.
	const areDrawn = view.sizes.some(({ ratio }) => ratio !== 1);
	const chip = (label: string, value: string | undefined, ratio?: SizeChoice) => (
		<label key={label} class="chip" title={ratio?.pixels && inWords(ratio.pixels)}>
			<input type="radio" name={name} value={value ?? ''} checked={size === value} onChange={() => choose(value)} />
			{ratio && areDrawn && <Ratio ratio={ratio.ratio} />}
			{label}
		</label>
	);
	return (
		<div class="chips">
			{chip(defaultLabel(view.defaultSize), undefined)}
			{view.sizes.map((choice) => chip(inWords(choice.size), choice.size, choice))}
		</div>
	);
}

/** A small rectangle of the ratio, for eyes alone. */
function Ratio({ ratio }: { readonly ratio: number }) {
	const width = Math.max(4, Math.round(drawn * Math.min(1, ratio)));
	const height = Math.max(4, Math.round(drawn / Math.max(1, ratio)));
	return (
		<span class="ratio" aria-hidden="true">
			<span style={{ width: `${width}px`, height: `${height}px` }} />
		</span>
	);
}

function List({ view, size = '', choose }: Choosing) {
	return (
		<select
			aria-label={l10n.t('Size')}
			value={view.sizes.some((choice) => choice.size === size) ? size : ''}
			onChange={({ currentTarget }) => choose(currentTarget.value || undefined)}
		>
			<option value="">{defaultLabel(view.defaultSize)}</option>
			{view.sizes.map((choice) => (
				<option key={choice.size} value={choice.size}>
					{inWords(choice.size)}
				</option>
			))}
		</select>
	);
}

function Other({ view, size = '', choose }: Choosing) {
	const isListed = view.sizes.some((choice) => choice.size === size);
	const typed = useTyped(isListed ? '' : size, (field) => choose(field.value.trim() || undefined));
	return (
		<input
			type="text"
			class="otherSize"
			aria-label={l10n.t('Another size')}
			placeholder={l10n.t('Other: 1536x1024')}
			maxLength={20}
			{...typed}
		/>
	);
}

function defaultLabel(size: string): string {
	return size === '' ? l10n.t('Default') : l10n.t('Default ({0})', inWords(size));
}

/** `1024x1024` as people write it. */
function inWords(size: string): string {
	return size.replace(/^(\d+)x(\d+)$/, '$1 × $2');
}
