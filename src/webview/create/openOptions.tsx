import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { OptionValue } from '../../domain/imageRequest';
import { Icon } from '../icon';
import { l10n } from '../words';
import { valueOf } from './drafts';
import type { FormModel } from './formModel';

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
	const rows = useSignal<readonly Row[]>([]);
	const last = useRef(0);
	const written = useRef<unknown>(undefined);
	const { options } = form.draft.value;
	const rowOf = (name = '', value = ''): Row => ({ key: ++last.current, name, value });
	// What somebody else wrote (another model, a recipe) takes the place of the rows; what we wrote ourselves is in them.
	if (written.current !== options) {
		written.current = options;
		rows.value = Object.entries(options).flatMap(([name, value]) =>
			known.includes(name) ? [] : [rowOf(name, String(value))],
		);
	}
	const write = (next: readonly Row[]) => {
		rows.value = next;
		const kept = Object.entries(form.draft.peek().options).filter(([name]) => known.includes(name));
		const byHand = next.flatMap(({ name, value }): [string, OptionValue][] =>
			isFree(name, known) ? [[name.trim(), valueOf(value)]] : [],
		);
		const options = Object.fromEntries([...kept, ...byHand]);
		written.current = options;
		form.draft.value = { ...form.draft.peek(), options };
	};
	return (
		<fieldset class="open">
			<legend>{canAdd ? l10n.t('Options of the model, by hand') : l10n.t('Other options')}</legend>
			{rows.value.map((row, index) => (
				<OpenRow
					key={row.key}
					row={row}
					number={index + 1}
					change={(next) => write(rows.peek().map((other) => (other.key === row.key ? next : other)))}
					remove={() => write(rows.peek().filter(({ key }) => key !== row.key))}
				/>
			))}
			{canAdd && (
				<button type="button" class="button" onClick={() => (rows.value = [...rows.peek(), rowOf()])}>
					<Icon name="add" />
					{l10n.t('Add Option')}
				</button>
			)}
		</fieldset>
	);
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
