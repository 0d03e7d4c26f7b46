import { batch, useSignal } from '@preact/signals';
import type { OptionValue } from '../../domain/imageRequest';
import { Icon } from '../icon';
import { l10n } from '../words';
import { valueOf } from './drafts';
import type { FormModel } from './formModel';

type Option = readonly [name: string, value: OptionValue];

interface Row {
	readonly key: number;
	readonly name: string;
	readonly value: string;
}

interface Props {
	readonly form: FormModel;
	/** Options that have controls of their own. */
	readonly known: readonly string[];
	readonly canAdd: boolean;
}

/** Options that are written by hand: for a model that nobody knows, and those of a recipe that have no control. */
export function OpenOptions({ form, known, canAdd }: Props) {
	const written = useSignal<readonly Row[]>([]);
	const others = Object.entries(form.draft.value.options).filter(([name]) => !known.includes(name));
	// What somebody else wrote (another model, a recipe) takes the place of the rows that were written here.
	const rows = isSame(saidBy(written.value, known), others) ? written.value : others.map(rowOf);
	const write = (next: readonly Row[]) => {
		const kept = Object.entries(form.draft.peek().options).filter(([name]) => known.includes(name));
		const options = Object.fromEntries([...kept, ...saidBy(next, known)]);
		batch(() => {
			written.value = next;
			form.draft.value = { ...form.draft.peek(), options };
		});
	};
	return (
		<fieldset class="open">
			<legend>{canAdd ? l10n.t('Options of the model, by hand') : l10n.t('Other options')}</legend>
			{rows.map((row, index) => (
				<OpenRow
					key={row.key}
					row={row}
					number={index + 1}
					change={(next) => write(rows.map((other) => (other.key === row.key ? next : other)))}
					remove={() => write(rows.filter(({ key }) => key !== row.key))}
				/>
			))}
			{canAdd && (
				<button
					type="button"
					class="button"
					onClick={() => (written.value = [...rows, { key: freeKey(rows), name: '', value: '' }])}
				>
					<Icon name="add" />
					{l10n.t('Add Option')}
				</button>
			)}
		</fieldset>
	);
}

function rowOf([name, value]: Option, key: number): Row {
	return { key, name, value: String(value) };
}

function freeKey(rows: readonly Row[]): number {
	return 1 + Math.max(-1, ...rows.map(({ key }) => key));
}

/** What the rows say that have a name. */
function saidBy(rows: readonly Row[], known: readonly string[]): readonly Option[] {
	return rows.flatMap(({ name, value }): Option[] => (isFree(name, known) ? [[name.trim(), valueOf(value)]] : []));
}

function isSame(some: readonly Option[], others: readonly Option[]): boolean {
	return JSON.stringify(Object.fromEntries(some)) === JSON.stringify(Object.fromEntries(others));
}

/** A name that has a control cannot be set twice. */
function isFree(name: string, known: readonly string[]): boolean {
	return name.trim() !== '' && !known.includes(name.trim());
}

interface RowProps {
	readonly row: Row;
	/** From 1. */
	readonly number: number;
	readonly change: (row: Row) => void;
	readonly remove: () => void;
}

function OpenRow({ row, number, change, remove }: RowProps) {
	return (
		<div class="openRow">
			<input
				type="text"
				aria-label={l10n.t('Name of option {0}', number)}
				placeholder={l10n.t('name')}
				maxLength={100}
				value={row.name}
				onInput={({ currentTarget }) => change({ ...row, name: currentTarget.value })}
			/>
			<span aria-hidden="true">=</span>
			<input
				type="text"
				dir="auto"
				aria-label={l10n.t('Value of option {0}', number)}
				placeholder={l10n.t('value')}
				maxLength={10_000}
				value={row.value}
				onInput={({ currentTarget }) => change({ ...row, value: currentTarget.value })}
			/>
			<button
				type="button"
				class="button icon"
				title={l10n.t('Remove')}
				aria-label={l10n.t('Remove option {0}', number)}
				onClick={remove}
			>
				<Icon name="close" />
			</button>
		</div>
	);
}
