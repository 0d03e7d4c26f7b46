import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Rect, Size } from '../../domain/size';
import { l10n } from '../words';
import { common } from './marking';
import { commit, placeAt, rounded } from './maskActs';
import { extent } from './maskList';

type Side = keyof Rect;

/** Where the mask is, in numbers: what is painted can be moved and sized, and a rectangle added where nothing is. */
export function MaskFields({ source }: { readonly source: Size }) {
	return (
		<details class="maskFields">
			<summary>{l10n.t('Position and size')}</summary>
			{extent.value ? <Placed now={extent.value} source={source} /> : <Added source={source} />}
		</details>
	);
}

function Placed({ now, source }: { readonly now: Rect; readonly source: Size }) {
	const set = (side: Side, value: number) => {
		if (value !== rounded(now)[side]) placeAt({ ...now, [side]: value }, source);
	};
	return (
		<div class="numbers">
			<Numbers rect={rounded(now)} set={set} />
		</div>
	);
}

function Added({ source }: { readonly source: Size }) {
	const wanted = useSignal<Rect>(middleOf(source));
	return (
		<form
			class="numbers"
			onSubmit={(submitted) => {
				submitted.preventDefault();
				const rect = common(wanted.value, source);
				if (rect) commit({ kind: 'rectangle', rect });
			}}
		>
			<Numbers rect={wanted.value} set={(side, value) => (wanted.value = { ...wanted.value, [side]: value })} />
			<button type="submit" class="button" disabled={!common(wanted.value, source)}>
				{l10n.t('Add Rectangle')}
			</button>
		</form>
	);
}

/** Half of it. */
function middleOf({ width, height }: Size): Rect {
	return rounded({ x: width / 4, y: height / 4, width: width / 2, height: height / 2 });
}

interface NumbersProps {
	/** Whole pixels of the picture. */
	readonly rect: Rect;
	/** Is given what can be used. */
	readonly set: (side: Side, value: number) => void;
}

function Numbers({ rect, set }: NumbersProps) {
	return (
		<>
			<NumberField label={l10n.t('X')} value={rect.x} set={(value) => set('x', value)} />
			<NumberField label={l10n.t('Y')} value={rect.y} set={(value) => set('y', value)} />
			<NumberField label={l10n.t('Width')} value={rect.width} least={1} set={(value) => set('width', value)} />
			<NumberField label={l10n.t('Height')} value={rect.height} least={1} set={(value) => set('height', value)} />
		</>
	);
}

/** Pixels beyond which nothing is placed. */
const farthest = 50_000;

interface NumberFieldProps {
	readonly label: string;
	readonly value: number;
	readonly least?: number;
	readonly set: (value: number) => void;
}

/** Takes a number over when it is written to its end. */
function NumberField({ label, value, least = -farthest, set }: NumberFieldProps) {
	const id = useId();
	return (
		<div class="number">
			<label htmlFor={id}>{label}</label>
			<input
				id={id}
				type="number"
				step={1}
				min={least}
				max={farthest}
				value={value}
				onChange={({ currentTarget }) => {
					const { valueAsNumber: typed } = currentTarget;
					if (Number.isInteger(typed) && typed >= least && typed <= farthest) set(typed);
					else currentTarget.value = String(value);
				}}
			/>
		</div>
	);
}
