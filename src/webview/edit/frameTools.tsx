import { type Signal, useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { framedTo, frameOf } from '../../canvas/frame';
import { typedFrame } from '../../canvas/typedFrame';
import { noMargins } from '../../domain/margins';
import type { Rect, Size } from '../../domain/size';
import { useTyped } from '../create/typed';
import { ActionButton } from '../gallery/actionButton';
import { Icon } from '../icon';
import { canvas } from '../kept';
import { l10n, translate } from '../words';
import { sayFrame, setFrame } from './frameDrag';
import { isFree, ratioName, ratioOf, ratios } from './frameSight';
import { anchorOf, type Field, fields, isWhole, typedInto, valueOf } from './frameFields';
import { speak } from './spoken';

interface Props {
	/** Of the picture that is expanded. */
	readonly source: Size;
}

/** What the picture becomes, in numbers. */
export function FrameTools({ source }: Props) {
	const problem = useSignal<string | undefined>(undefined);
	const id = useId();
	const { margins } = canvas.value;
	const isAdded = Object.values(margins).some((margin) => margin > 0);
	return (
		<div class="frameTools">
			<Ratios source={source} problem={problem} />
			<div class="frameFields">
				{fields.map((field) => (
					<NumberField key={field.name} field={field} source={source} problem={problem} describedBy={id} />
				))}
				<ActionButton
					icon="discard"
					text={l10n.t('Reset')}
					refused={isAdded ? undefined : l10n.t('Nothing is added.')}
					onPress={() => {
						problem.value = undefined;
						canvas.value = { ...canvas.peek(), margins: noMargins };
						sayFrame(source);
					}}
				/>
			</div>
			<div id={id} class="mistakes" role="status">
				{problem.value !== undefined && (
					<p class="mistake">
						<Icon name="error" />
						<span>{problem.value}</span>
					</p>
				)}
			</div>
		</div>
	);
}

interface Part {
	readonly source: Size;
	/** What is wrong with what was typed, or chosen. */
	readonly problem: Signal<string | undefined>;
}

function Ratios({ source, problem }: Part) {
	const name = useId();
	if (ratios.value.length === 0) return null;
	const frame = frameOf(source, canvas.value.margins);
	const present = isFree.value ? undefined : ratioOf(frame);
	const chip = (ratio: Size | undefined) => (
		<label key={ratio ? ratioName(ratio) : ''} class="chip">
			<input
				type="radio"
				name={name}
				checked={ratio === present}
				onChange={() => {
					problem.value = undefined;
					isFree.value = ratio === undefined;
					if (ratio) frameTo(ratio, { source, problem });
				}}
			/>
			{ratio ? ratioName(ratio) : l10n.t('Free')}
		</label>
	);
	return (
		<fieldset>
			<legend class="unseen">{l10n.t('Ratio of the frame')}</legend>
			<div class="chips">{[undefined, ...ratios.value].map(chip)}</div>
		</fieldset>
	);
}

function frameTo(ratio: Size, { source, problem }: Part): void {
	const frame = framedTo(source, ratio, anchorOf(canvas.peek().margins));
	if (frame) {
		setFrame(source, frame);
		sayFrame(source);
	} else problem.value = l10n.t('At that ratio the picture would have more than 64 million pixels.');
}

interface NumberFieldProps extends Part {
	readonly field: Field;
	readonly describedBy: string;
}

function NumberField({ field, source, problem, describedBy }: NumberFieldProps) {
	const id = useId();
	const { margins } = canvas.value;
	const isWrong = useSignal(false);
	const { onBlur, ...typed } = useTyped(String(valueOf(field, margins, source)), ({ valueAsNumber }) => {
		const frame = typedInto(field, valueAsNumber, margins, source);
		const why = setTyped(frame, source);
		problem.value = why;
		isWrong.value = why !== undefined;
	});
	return (
		<div class="frameField">
			<label htmlFor={id}>{field.label}</label>
			<input
				id={id}
				type="number"
				step={1}
				aria-invalid={isWrong.value}
				aria-describedby={describedBy}
				{...typed}
				onBlur={() => {
					onBlur();
					// What is shown now is what counts.
					if (isWrong.peek()) problem.value = undefined;
					isWrong.value = false;
				}}
			/>
		</div>
	);
}

/** Takes over what can be. Says what cannot. */
function setTyped(frame: Rect, source: Size): string | undefined {
	const result = typedFrame(frame, source);
	const isNothing = isWhole(frame, source);
	if (!('problem' in result) || isNothing) {
		setFrame(source, frame);
		sayFrame(source);
	}
	if (!('problem' in result) || isNothing) return undefined;
	const words = translate(result.problem);
	speak(words);
	return words;
}
