import { formatUsd } from '../../catalogue/price';
import type { SpendingView } from '../../protocol/views';
import type { Standing } from '../../spending/accounts';
import { budgetsOf } from '../spendingWords';

/** What the person has spent, and the budget of which the most is used. */
export function spendingViewOf(standing: Standing): SpendingView {
	const { today, month } = standing.sums;
	const [budget] = budgetsOf(standing).toSorted((a, b) => b.share - a.share);
	return {
		...(today > 0 && { today: formatUsd(today) }),
		...(month > 0 && { month: formatUsd(month) }),
		...(budget && { budget }),
	};
}
