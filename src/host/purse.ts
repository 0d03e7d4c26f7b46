import { type Disposable, EventEmitter } from 'vscode';
import type { ImageError } from '../domain/imageError';
import { sinceOf } from '../generation/localTime';
import { Accounts, type AccountsParts, type Standing } from '../spending/accounts';
import type { Limits } from '../spending/budget';
import type { Settlement } from '../spending/ledger';
import { settingFor } from './settings';

/** The person's money, as all doors and all windows share it. */
export interface Purse {
	/** Sets a job's price aside. An error: a budget would be passed, and nothing is set aside. `usd` absent: nobody knows it. */
	reserve(job: { readonly id: string; readonly usd?: number }): Promise<ImageError | undefined>;
	/** Notes what a job came to; what was set aside for it is free again. */
	settle(settlement: Settlement): Promise<void>;
	/** What was set aside for a job that came to nothing is free again. */
	release(id: string): void;
}

interface Parts extends Pick<AccountsParts, 'book' | 'elsewhere'> {
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** The purse over the ledger that all windows write, with the budgets of the settings. */
export class SharedPurse implements Purse, Disposable {
	readonly #accounts: Accounts;
	readonly #changes = new EventEmitter<void>();
	/** A job of this window has been settled. */
	readonly onDidChange = this.#changes.event;

	constructor({ book, elsewhere, now }: Parts) {
		this.#accounts = new Accounts({ book, elsewhere, limits: budgets, since: () => sinceOf(new Date(now())) });
	}

	async reserve(job: { readonly id: string; readonly usd?: number }): Promise<ImageError | undefined> {
		return this.#accounts.reserve(job);
	}

	async settle(settlement: Settlement): Promise<void> {
		await this.#accounts.settle(settlement);
		this.#changes.fire();
	}

	release(id: string): void {
		this.#accounts.release(id);
	}

	async standing(): Promise<Standing> {
		return this.#accounts.standing();
	}

	/** USD that are set aside for jobs that run, in all windows. */
	async reserved(): Promise<number> {
		return this.#accounts.reserved();
	}

	dispose(): void {
		this.#changes.dispose();
	}
}

function budgets(): Limits {
	const daily = settingFor('budget.daily');
	const monthly = settingFor('budget.monthly');
	return { ...(daily !== null && { daily }), ...(monthly !== null && { monthly }) };
}
