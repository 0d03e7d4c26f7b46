import { formatUsd } from '../../catalogue/price';
import type { SpendingView } from '../../protocol/views';
import type { HistoryEntry } from '../../store/history';
import { dateAndTime } from '../wish';

/** What the pictures of a history have cost today and in this month, by the person's own calendar. */
export function spendingOf(entries: readonly Pick<HistoryEntry, 'saved' | 'costUsd'>[], now: Date): SpendingView {
	const today = dateAndTime(now).date;
	const month = today.slice(0, 7);
	let ofToday = 0;
	let ofMonth = 0;
	for (const { saved, costUsd = 0 } of entries) {
		// The calendar is asked for what cost something alone: a history is long.
		if (costUsd === 0) continue;
		const { date } = dateAndTime(new Date(saved));
		if (date === today) ofToday += costUsd;
		if (date.startsWith(month)) ofMonth += costUsd;
	}
	return {
		...(ofToday > 0 && { today: formatUsd(ofToday) }),
		...(ofMonth > 0 && { month: formatUsd(ofMonth) }),
	};
}
