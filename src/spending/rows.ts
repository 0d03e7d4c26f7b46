import type { Settlement } from './ledger';
import { Tally } from './sums';

/** Settlements, of each job the first, and what they come to. */
export class Rows {
	readonly #jobs = new Set<string>();
	readonly #all: Settlement[] = [];
	readonly tally = new Tally();

	add(row: Settlement): void {
		if (this.#jobs.has(row.job)) return;
		this.#jobs.add(row.job);
		this.#all.push(row);
		this.tally.add(row);
	}

	/** Whether a job has one. */
	has(job: string): boolean {
		return this.#jobs.has(job);
	}

	all(): Settlement[] {
		return [...this.#all];
	}
}
