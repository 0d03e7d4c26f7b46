import { type ImageError, unsent } from '../domain/imageError';
import type { Book } from './book';
import { type Amounts, judgeBudget, type Limits } from './budget';
import type { Settlement } from './ledger';
import { microsOf, sumOfUsd } from './money';
import type { Rows } from './rows';
import { amountsOf, type Since, type Sums } from './sums';

/** Money that is set aside for a job. */
export interface Reservation {
	readonly id: string;
	/** Absent: nobody knew the price. */
	readonly usd?: number | undefined;
	/** When the job began: an instant in ISO 8601, UTC. */
	readonly at: string;
}

/** What the accounts are kept with. */
export interface AccountsParts {
	readonly book: Pick<Book, 'rows' | 'add'>;
	readonly limits: () => Limits;
	readonly since: () => Since;
	/** Of the open jobs that other windows began, those that are gone too, and those that this one has taken over. Never rejects. */
	readonly elsewhere: () => Promise<readonly Reservation[]>;
}

/** How things stand, in USD. */
export interface Standing {
	readonly sums: Sums;
	/** Counted against budgets, without what is set aside. */
	readonly spent: Amounts;
	readonly limits: Limits;
	readonly rows: readonly Settlement[];
}

/** What was spent and what is set aside, one act after the other: budgets hold however many jobs ask at once. */
export class Accounts {
	/** Of this window's jobs, by their ids. */
	readonly #reserved = new Map<string, number>();
	#last: Promise<unknown> = Promise.resolve();

	constructor(readonly parts: AccountsParts) {}

	/** See `Purse`. */
	async reserve({ id, usd }: Pick<Reservation, 'id' | 'usd'>): Promise<ImageError | undefined> {
		return this.#inTurn(async () => {
			const problem = await this.#judge(id, usd);
			if (problem) return unsent('over-budget', problem);
			this.#reserved.set(id, usd ?? 0);
			return undefined;
		});
	}

	/** See `Purse`. What came to nothing is not noted. */
	async settle(settlement: Settlement): Promise<void> {
		await this.#inTurn(async () => {
			if (!isNothing(settlement)) await this.parts.book.add(settlement);
			this.#reserved.delete(settlement.job);
		});
	}

	/** See `Purse`. */
	release(id: string): void {
		this.#reserved.delete(id);
	}

	async standing(): Promise<Standing> {
		return this.#inTurn(async () => {
			const { book, limits, since } = this.parts;
			const rows = await book.rows();
			const now = since();
			return { rows: rows.all(), sums: rows.tally.sums(now), spent: rows.tally.spent(now), limits: limits() };
		});
	}

	/** What is set aside, in all windows. */
	async reserved(): Promise<number> {
		return this.#inTurn(async () => {
			const rows = await this.parts.book.rows();
			const others = await this.#others(rows);
			return sumOfUsd([...this.#reserved.values(), ...others.map(({ usd = 0 }) => usd)]);
		});
	}

	async #judge(id: string, usd: number | undefined) {
		const { book, limits, since } = this.parts;
		const { daily, monthly } = limits();
		if (daily === undefined && monthly === undefined) return undefined;
		const rows = await book.rows();
		const others = (await this.#others(rows)).filter((other) => other.id !== id);
		const own = sumOfUsd(Array.from(this.#reserved, ([job, each]) => (job === id ? 0 : each)));
		const now = since();
		const { today, month } = amountsOf(others, now, ({ usd: each = 0 }) => each);
		const reserved = { today: sumOfUsd([today, own]), month: sumOfUsd([month, own]) };
		return judgeBudget({ limits: limits(), spent: rows.tally.spent(now), reserved, usd });
	}

	/** What is settled is spent, though the job may still be open: a picture of it waits to be saved. */
	async #others(rows: Rows): Promise<readonly Reservation[]> {
		const others = await this.parts.elsewhere();
		return others.filter(({ id }) => !rows.has(id) && !this.#reserved.has(id));
	}

	async #inTurn<T>(task: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(task);
		this.#last = turn.catch(() => undefined);
		return turn;
	}
}

function isNothing({ pictures, usd, openUsd }: Settlement): boolean {
	return pictures === 0 && microsOf(usd) === 0 && microsOf(openUsd) === 0;
}
