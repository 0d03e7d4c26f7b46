/** Walks through earlier prompts from a text that is being written, and back to it. */
export class PromptHistory {
	/** Of the prompt that is shown; -1: the text that is being written. */
	#place = -1;
	#unsent = '';

	/** `step`: 1 is earlier, -1 is later. `present`: what the field shows. Returns `undefined` where there is no further one. */
	walk(prompts: readonly string[], present: string, step: number): string | undefined {
		if (this.#place >= 0 && prompts[this.#place] !== present) this.#place = -1;
		if (this.#place < 0) this.#unsent = present;
		let next = this.#place + step;
		// The same text again would look as if nothing had happened.
		while (next >= 0 && prompts[next] === present) next += step;
		const found = next === -1 ? this.#unsent : prompts[next];
		if (found === undefined || (next === -1 && this.#place === -1)) return undefined;
		this.#place = next;
		return found;
	}
}
