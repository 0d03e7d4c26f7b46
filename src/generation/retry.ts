import type { Clock } from './clock';
import { repeatCost } from './verdict';

/** Of one provider. */
const most = 100;
/** ms after which a token comes back by itself. */
const tokenMs = 6000;

/**
 * What may be spent on repeating, of all jobs with one provider together: a server in trouble is left alone, however many want something
 * of it. An answer gives a little back, and so does time.
 */
export class Patience {
	#left = most;
	#since = 0;

	constructor(readonly now: () => number) {}

	/** Tokens that are left. */
	get tokens(): number {
		// A clock may be set back.
		const came = Math.max(0, this.now() - this.#since) / tokenMs;
		this.#left = Math.min(most, this.#left + came);
		this.#since = this.now();
		return this.#left;
	}

	repeated(): void {
		this.#left = this.tokens - repeatCost;
	}

	answered(): void {
		this.#left = Math.min(most, this.#left + 1);
	}
}

const known = new WeakMap<Clock, Map<string, Patience>>();

/** The patience with a provider, by its id. There is one clock in the editor; every test has its own. */
export function patienceWith(provider: string, clock: Clock): Patience {
	const all = known.get(clock) ?? new Map<string, Patience>();
	known.set(clock, all);
	const patience = all.get(provider) ?? new Patience(clock.now);
	all.set(provider, patience);
	return patience;
}
