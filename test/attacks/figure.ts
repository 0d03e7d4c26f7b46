/** What came of an attack, tried many times. */
export interface Figure {
	/** Of the threat list: `S6`. */
	readonly scenario: string;
	/** What must not happen. */
	readonly what: string;
	readonly tried: number;
	/** Each time that it happened, in words: none is the only good answer. */
	readonly broken: readonly string[];
	/** The same against a careless program. What does it no harm proves nothing. */
	readonly careless?: Careless;
	/** It shows that who watches would see: no attempt of anybody's. */
	readonly isControl?: true;
}

interface Careless {
	readonly tried: number;
	readonly broken: number;
}

/** Tries everything that it knows, over the code that ships. */
export type Attack = () => Promise<readonly Figure[]>;

/** Counts what is tried against Limn, and beside it against a careless program. */
export class Tally {
	#tried = 0;
	readonly #broken: string[] = [];
	#careless: Careless = { tried: 0, broken: 0 };

	constructor(
		readonly scenario: string,
		readonly what: string,
	) {}

	/** `broken`: what happened; `undefined`: nothing. */
	note(broken: string | undefined): void {
		this.#tried++;
		if (broken !== undefined) this.#broken.push(broken);
	}

	noteCareless(isBroken: boolean): void {
		const { tried, broken } = this.#careless;
		this.#careless = { tried: tried + 1, broken: broken + (isBroken ? 1 : 0) };
	}

	get figure(): Figure {
		const { scenario, what } = this;
		const careless = this.#careless.tried > 0 && { careless: this.#careless };
		return { scenario, what, tried: this.#tried, broken: this.#broken, ...careless };
	}
}

/** What a piece of work did, where that is only to be noted. */
export async function messageOf(work: () => unknown): Promise<string | undefined> {
	try {
		await work();
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
