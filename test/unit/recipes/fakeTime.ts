import type { TurnPorts } from '../../../src/recipes/turns';

/** A clock that goes on only by work, and counts the pauses. */
export class FakeTime {
	pauses = 0;
	/** Milliseconds between two pauses. */
	longest = 0;
	#now = 1000;
	#since = 1000;

	readonly ports: TurnPorts = {
		pause: async () => {
			this.pauses++;
			this.#since = this.#now;
			await Promise.resolve();
		},
		now: () => this.#now,
	};

	work(ms: number): void {
		this.#now += ms;
		this.longest = Math.max(this.longest, this.#now - this.#since);
	}
}
