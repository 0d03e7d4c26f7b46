import { formatUsd } from '../../catalogue/price';
import type { SpendingView } from '../../protocol/views';
import type { HistoryEntry } from '../../store/history';

/** What the pictures of a history have cost today and in this month, by the person's own calendar. */
export function spendingOf(entries: readonly Pick<HistoryEntry, 'saved' | 'costUsd'>[], now: Date): SpendingView {
	const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
	const thisMonth = [new Date(year, month, 1), new Date(year, month + 1, 1)].map(Number);
	const today = [new Date(year, month, day), new Date(year, month, day + 1)].map(Number);
	let ofToday = 0;
	let ofMonth = 0;
	for (const { saved, costUsd = 0 } of entries) {
		if (costUsd === 0) continue;
		const instant = Date.parse(saved);
		if (isIn(instant, today)) ofToday += costUsd;
		if (isIn(instant, thisMonth)) ofMonth += costUsd;
	}
	return {
		...(ofToday > 0 && { today: formatUsd(ofToday) }),
		...(ofMonth > 0 && { month: formatUsd(ofMonth) }),
	};
}

function isIn(instant: number, [since = 0, before = 0]: readonly number[]): boolean {
	return instant >= since && instant < before;
}
