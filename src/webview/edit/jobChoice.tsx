import { useId } from 'preact/hooks';
import { canvas } from '../kept';
import { l10n } from '../words';
import type { Canvas } from './canvasState';
import { showing } from './editing';

const jobs: readonly (readonly [Canvas['job'], string, string])[] = [
	['mask', l10n.t('Selection'), l10n.t('What is painted over is made anew; every other pixel stays')],
	['edit', l10n.t('Whole Picture'), l10n.t('The whole picture is changed as the prompt says')],
	['expand', l10n.t('Expand'), l10n.t('The picture is made larger; what is there stays')],
	['vary', l10n.t('Variations'), l10n.t('Pictures like this one are made')],
];

/** What is done to the picture. Each of them keeps what it was given while another one is chosen. */
export function JobChoice() {
	const name = useId();
	return (
		<fieldset class="jobChoice">
			<legend class="unseen">{l10n.t('What is done to the picture')}</legend>
			<div class="chips">
				{jobs.map(([job, label, title]) => (
					<label key={job} class="chip" title={title}>
						<input
							type="radio"
							name={name}
							value={job}
							checked={canvas.value.job === job}
							onChange={() => choose(job)}
						/>
						{label}
					</label>
				))}
			</div>
		</fieldset>
	);
}

/** It is done to the picture itself: that is what is shown. */
function choose(job: Canvas['job']): void {
	canvas.value = { ...showing(canvas.peek(), undefined), job };
}
