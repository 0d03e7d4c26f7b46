import { formatUsd } from '../catalogue/price';
import { type Message, say } from '../domain/message';
import { microsOf, usdOf } from './money';

/** USD. Absent: as much as the person likes. */
export interface Limits {
	readonly daily?: number;
	readonly monthly?: number;
}

/** USD, of the person's day and month. */
export interface Amounts {
	readonly today: number;
	readonly month: number;
}

/** What is asked of a budget. */
export interface Asked {
	readonly limits: Limits;
	/** What was spent, and what may have been. */
	readonly spent: Amounts;
	/** What is set aside for jobs that run. */
	readonly reserved: Amounts;
	/** What it would cost. Absent: nobody knows. */
	readonly usd?: number | undefined;
}

/** `undefined`: there is room. Else which budget is in the way, what is left of it, and what to do. */
export function judgeBudget({ limits: { daily, monthly }, spent, reserved, usd }: Asked): Message | undefined {
	const today = shortOf(daily, spent.today, reserved.today, usd);
	if (today) return sentence(today, today.isUsedUp ? dayIsUsedUp : dayIsShort);
	const month = shortOf(monthly, spent.month, reserved.month, usd);
	return month && sentence(month, month.isUsedUp ? monthIsUsedUp : monthIsShort);
}

interface Shortage {
	readonly limit: string;
	readonly left: string;
	readonly price: string;
	/** Or nobody knows what it costs. */
	readonly isUsedUp: boolean;
}

function shortOf(
	limit: number | undefined,
	spent: number,
	reserved: number,
	usd: number | undefined,
): Shortage | undefined {
	if (limit === undefined) return undefined;
	const left = Math.max(0, microsOf(limit) - microsOf(spent) - microsOf(reserved));
	const price = usd === undefined ? undefined : microsOf(usd);
	const fits = price === undefined ? left > 0 : price <= left;
	if (fits) return undefined;
	const isUsedUp = price === undefined || left === 0;
	return { limit: formatUsd(limit), left: formatUsd(usdOf(left)), price: formatUsd(usd ?? 0), isUsedUp };
}

function sentence({ limit, left, price }: Shortage, words: (limit: string, left: string, price: string) => Message) {
	return words(limit, left, price);
}

const dayIsUsedUp = (limit: string) =>
	say('Today’s budget of {0} is used up. Raise it in the settings, or wait until tomorrow.', limit);

const dayIsShort = (limit: string, left: string, price: string) =>
	say('This costs about {0}, and {1} of today’s budget of {2} is left. Raise it in the settings.', price, left, limit);

const monthIsUsedUp = (limit: string) => say('This month’s budget of {0} is used up. Raise it in the settings.', limit);

const monthIsShort = (limit: string, left: string, price: string) =>
	say(
		'This costs about {0}, and {1} of this month’s budget of {2} is left. Raise it in the settings.',
		price,
		left,
		limit,
	);
