import { state } from '../connection';
import { l10n } from '../words';

/** What was spent, and how much of the budget that is. */
export function Spending() {
	const { today, month, budget } = state.value?.spending ?? {};
	const sums = [
		...(today === undefined ? [] : [l10n.t('Today {0}', today)]),
		...(month === undefined ? [] : [l10n.t('This month {0}', month)]),
	];
	if (sums.length === 0 && !budget) return null;
	return (
		<div class={budget && budget.share >= 1 ? 'spending over' : 'spending'}>
			{budget && <progress max={1} value={Math.min(1, budget.share)} aria-label={budget.text} />}
			<p class="faint">
				{[...sums, ...(budget ? [budget.text] : [])].map((text) => (
					<span key={text}>{text}</span>
				))}
			</p>
		</div>
	);
}
