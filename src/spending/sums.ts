import type { Amounts } from './budget';
import type { Settlement } from './ledger';
import { type Micros, microsOf, sumOfUsd, usdOf } from './money';

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

/** What one day of UTC came to, in millionths of a USD. */
interface Day {
	readonly rows: Row[];
	sure: Micros;
	/** Against budgets: what may have been charged, too. */
	counted: Micros;
}

/** Running sums, by days. What is dated later than now is of today, too: clocks are set back. */
export class Tally {
	readonly #days = new Map<string, Day>();

	add(row: Row): void {
		const name = dayOf(row.at);
		const day = this.#days.get(name) ?? { rows: [], sure: 0, counted: 0 };
		this.#days.set(name, day);
		day.rows.push(row);
		day.sure += microsOf(row.usd);
		day.counted += microsOf(row.usd + row.openUsd);
	}

	/** What was spent for sure. */
	sums({ today, month }: Since): Sums {
		return { today: this.#since(today).sure, month: this.#since(month).sure, total: this.#since('').sure };
	}

	/** What counts against budgets: what may have been charged, too. */
	spent({ today, month }: Since): Amounts {
		return { today: this.#since(today).counted, month: this.#since(month).counted };
	}

	/** In USD. */
	#since(instant: string): Omit<Day, 'rows'> {
		const first = dayOf(instant);
		let [sure, counted] = [0, 0];
		for (const [name, day] of this.#days) {
			if (name < first) continue;
			const part = name > first ? day : partOf(day, instant);
			sure += part.sure;
			counted += part.counted;
		}
		return { sure: usdOf(sure), counted: usdOf(counted) };
	}
}

function dayOf(instant: string): string {
	return instant.slice(0, 10);
}

/** Of a day of the person's, which begins at some hour of UTC. */
function partOf({ rows }: Day, instant: string): Omit<Day, 'rows'> {
	const tally = { sure: 0, counted: 0 };
	for (const { at, usd, openUsd } of rows) {
		if (at < instant) continue;
		tally.sure += microsOf(usd);
		tally.counted += microsOf(usd + openUsd);
	}
	return tally;
}

/** Sums of what is dated in the day and in the month. */
export function amountsOf<T extends { readonly at: string }>(
	all: readonly T[],
	{ today, month }: Since,
	priceOf: (each: T) => number,
): Amounts {
	const sumSince = (instant: string) => sumOfUsd(all.filter(({ at }) => at >= instant).map(priceOf));
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
