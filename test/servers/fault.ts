import type { Answer, RefusalFacts, Reply } from './answer';
import type { Received } from './request';

/** Something that goes wrong on demand. */
export interface Fault {
	/** One line for people. */
	readonly says: string;
	/** Only every other time for the same prompt, so that a second try succeeds. */
	readonly once?: true;
	/** Refused before the work: nothing is charged. */
	readonly refusal?: RefusalFacts;
	/** How a refusal is said where not in the API's own words: as a page, not at all. Nothing was done, nothing is charged. */
	readonly retell?: (reply: Reply, scene: Scene) => Answer;
	/** The pictures that were made, as they go into the answer: the work is charged as if all were well. */
	readonly pictures?: (files: readonly Uint8Array[]) => readonly Uint8Array[];
	/** The answer, when the work is done and charged. */
	readonly answer?: (reply: Reply, scene: Scene) => Answer;
	/** Befalls the download of a picture instead of the request that made it. */
	readonly download?: true;
}

/** What a fault may know of the moment. */
export interface Scene {
	readonly request: Received;
	/** Another origin that the same emulator listens on. */
	readonly elsewhere: string;
	/** Waits as slow faults do; rejects when the connection is gone. */
	readonly pause: () => Promise<void>;
}
