import type { Amounts } from './budget';
import type { Settlement } from './ledger';
import { sumOfUsd } from './money';

/** When the person's day and month began: instants in ISO 8601, UTC, to the millisecond. */
export interface Since {
	readonly today: string;
	readonly month: string;
}

/** What was spent, in USD. */
export interface Sums extends Amounts {
	readonly total: number;
}

type Row = Pick<Settlement, 'at' | 'usd' | 'openUsd'>;

/** What was spent for sure. What is dated later than now is of today, too: clocks are set back. */
export function sumsOf(rows: readonly Row[], since: Since): Sums {
	return { ...amountsOf(rows, since, ({ usd }) => usd), total: sumOfUsd(rows.map(({ usd }) => usd)) };
}

/** What counts against budgets: what may have been charged, too. */
export function spentOf(rows: readonly Row[], since: Since): Amounts {
	return amountsOf(rows, since, ({ usd, openUsd }) => usd + openUsd);
}

/** Sums of what is dated in the day and in the month. */
export function amountsOf<T extends { readonly at: string }>(
	all: readonly T[],
	{ today, month }: Since,
	usdOf: (each: T) => number,
): Amounts {
	const sumSince = (instant: string) => sumOfUsd(all.filter(({ at }) => at >= instant).map(usdOf));
	return { today: sumSince(today), month: sumSince(month) };
}

/** What a day, a model or a document came to. */
export interface Group {
	readonly name: string;
	readonly pictures: number;
	readonly usd: number;
	/** Some of it is by the price list. */
	readonly estimated: boolean;
	readonly openUsd: number;
}

/** Sums by name, the names in the order of their first row. */
export function groupsOf(rows: readonly Settlement[], nameOf: (row: Settlement) => string): Group[] {
	const groups = new Map<string, Settlement[]>();
	for (const row of rows) {
		const name = nameOf(row);
		const group = groups.get(name);
		if (group) group.push(row);
		else groups.set(name, [row]);
	}
	return Array.from(groups, ([name, group]) => groupOf(name, group));
}

function groupOf(name: string, rows: readonly Settlement[]): Group {
	return {
		name,
		pictures: rows.reduce((sum, { pictures }) => sum + pictures, 0),
		usd: sumOfUsd(rows.map(({ usd }) => usd)),
		estimated: rows.some(({ usd, estimated }) => estimated && usd > 0),
		openUsd: sumOfUsd(rows.map(({ openUsd }) => openUsd)),
	};
}
