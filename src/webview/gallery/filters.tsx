import { useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { everyPicture, type GalleryQuery } from '../../gallery/query';
import { Icon } from '../icon';
import { query } from '../kept';
import { l10n } from '../words';
import { answer } from './pictures';
import { isNarrow } from './place';

/** After the last key, ms: then it is looked for. */
const patience = 120;

const sources = { made: l10n.t('Made here'), all: l10n.t('All in workspace') } as const;
const sorts = { newest: l10n.t('Newest first'), oldest: l10n.t('Oldest first'), name: l10n.t('By name') } as const;
const operations = {
	generate: l10n.t('Generated'),
	edit: l10n.t('Edited'),
	vary: l10n.t('Varied'),
	expand: l10n.t('Expanded'),
} as const;

/** Search and filters, in a row; where it is narrow, all but the search are folded away. */
export function Filters() {
	return (
		<search class="filters">
			<Search />
			{isNarrow.value ? (
				<details>
					<summary>{l10n.t('Filters')}</summary>
					<div class="folded">
						<Choices />
					</div>
				</details>
			) : (
				<Choices />
			)}
		</search>
	);
}

function Search() {
	const field = useRef<HTMLInputElement>(null);
	const timer = useRef<number>(undefined);
	const write = (search: string) => {
		clearTimeout(timer.current);
		timer.current = setTimeout(() => change({ search }), patience);
	};
	useEffect(() => () => clearTimeout(timer.current), []);
	useSignalEffect(() => {
		const { search } = query.value;
		// What is being written is not overwritten with what it was.
		if (field.current && document.activeElement !== field.current) field.current.value = search;
	});
	useEffect(() => {
		const find = (pressed: KeyboardEvent) =>
			isCallToSearch(pressed) && (pressed.preventDefault(), field.current?.select());
		document.addEventListener('keydown', find);
		return () => document.removeEventListener('keydown', find);
	}, []);
	return (
		<input
			ref={field}
			type="search"
			class="sought"
			maxLength={1000}
			aria-label={l10n.t('Search pictures')}
			placeholder={l10n.t('Search prompts and names')}
			defaultValue={query.peek().search}
			dir="auto"
			onInput={({ currentTarget }) => write(currentTarget.value)}
		/>
	);
}

/** Ctrl+F, or a slash outside of a field. */
function isCallToSearch({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
	if (document.querySelector('dialog[open]')) return false;
	if ((ctrlKey || metaKey) && !altKey) return key === 'f';
	return key === '/' && !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement);
}

function Choices() {
	const { source, model, operation, from, to, favourites, sort } = query.value;
	return (
		<>
			<Select
				label={l10n.t('Which pictures')}
				value={source}
				options={sources}
				onPick={(source) => change({ source })}
			/>
			<ModelSelect chosen={model} />
			<Select
				label={l10n.t('How they were made')}
				value={operation ?? ''}
				options={{ '': l10n.t('Any kind'), ...operations }}
				onPick={(operation) => (operation === '' ? without('operation') : change({ operation }))}
			/>
			<Day label={l10n.t('From')} name="from" value={from} />
			<Day label={l10n.t('To')} name="to" value={to} />
			<Select label={l10n.t('Order')} value={sort} options={sorts} onPick={(sort) => change({ sort })} />
			<button
				type="button"
				class="button icon"
				aria-pressed={favourites}
				aria-label={l10n.t('Favourites only')}
				title={l10n.t('Favourites only')}
				onClick={() => change({ favourites: !favourites })}
			>
				<Icon name={favourites ? 'star-full' : 'star-empty'} />
			</button>
			{isFiltered(query.value) && (
				<button type="button" class="button" onClick={clearFilters}>
					{l10n.t('Clear Filters')}
				</button>
			)}
		</>
	);
}

/** Models are a stranger's words: they are no keys of an object. */
function ModelSelect({ chosen }: { readonly chosen: string | undefined }) {
	const known = answer.value?.models ?? [];
	const models = chosen === undefined || known.includes(chosen) ? known : [chosen, ...known];
	return (
		<select
			aria-label={l10n.t('Model')}
			value={chosen ?? ''}
			onChange={({ currentTarget: { value } }) => (value === '' ? without('model') : change({ model: value }))}
		>
			<option value="">{l10n.t('Any model')}</option>
			{models.map((model) => (
				<option key={model} value={model}>
					{model}
				</option>
			))}
		</select>
	);
}

interface SelectProps<K extends string> {
	readonly label: string;
	readonly value: K;
	readonly options: Readonly<Record<K, string>>;
	readonly onPick: (value: K) => void;
}

function Select<K extends string>({ label, value, options, onPick }: SelectProps<K>): ComponentChildren {
	const isOption = (name: string): name is K => Object.hasOwn(options, name);
	return (
		<select
			aria-label={label}
			value={value}
			onChange={({ currentTarget }) => isOption(currentTarget.value) && onPick(currentTarget.value)}
		>
			{Object.entries<string>(options).map(([name, words]) => (
				<option key={name} value={name}>
					{words}
				</option>
			))}
		</select>
	);
}

function Day({
	label,
	name,
	value,
}: {
	readonly label: string;
	readonly name: 'from' | 'to';
	readonly value: string | undefined;
}) {
	return (
		<label class="day">
			{label}
			<input
				type="date"
				value={value ?? ''}
				max="9999-12-31"
				onChange={({ currentTarget: { value: day } }) => (day === '' ? without(name) : change({ [name]: day }))}
			/>
		</label>
	);
}

function change(changes: Partial<GalleryQuery>): void {
	query.value = { ...query.peek(), ...changes };
}

function without(key: 'model' | 'operation' | 'from' | 'to'): void {
	const { [key]: _, ...rest } = query.peek();
	query.value = rest;
}

/** Whether it leaves out any. */
export function isFiltered({ search, model, operation, from, to, favourites }: GalleryQuery): boolean {
	return search !== '' || favourites || [model, operation, from, to].some((filter) => filter !== undefined);
}

export function clearFilters(): void {
	const { source, sort } = query.peek();
	query.value = { ...everyPicture, source, sort };
}
