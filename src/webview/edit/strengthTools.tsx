import { useId } from 'preact/hooks';
import type { Strength } from '../../domain/imageRequest';
import { canvas } from '../kept';
import { l10n } from '../words';

const strengths: readonly (readonly [Strength, string, string])[] = [
	['subtle', l10n.t('Subtle'), l10n.t('Nearly the same: details differ.')],
	['medium', l10n.t('Medium'), l10n.t('The same subject and mood, composed anew.')],
	['strong', l10n.t('Strong'), l10n.t('Another picture on the same theme.')],
];

/** How far variations go from the picture. */
export function StrengthTools() {
	const id = useId();
	const { strength } = canvas.value;
	return (
		<fieldset class="strengthTools">
			<legend>
				<h2>{l10n.t('Strength')}</h2>
			</legend>
			<div class="chips">
				{strengths.map(([value, label, words]) => (
					<label key={value} class="chip" title={words}>
						<input
							type="radio"
							name={id}
							value={value}
							checked={strength === value}
							aria-describedby={`${id}-${value}`}
							onChange={() => (canvas.value = { ...canvas.peek(), strength: value })}
						/>
						{label}
					</label>
				))}
			</div>
			{strengths.map(([value, , words]) => (
				<p key={value} id={`${id}-${value}`} class="faint" hidden={value !== strength}>
					{words}
				</p>
			))}
		</fieldset>
	);
}
