import type { ServerEvent } from '../providers/provider';
import type { Body } from './readBody';
import { keyRemover, redactAll, redactor } from './redact';

/**
 * Takes the key out of all that a server says: some repeat it, and what they say may be shown or logged. Of data that is
 * still needed, such as a signed address, only what is exactly the key; of what is merely read, whatever looks like one.
 */
export class ReplyCleaner {
	/** Of a line for the log, or of a text for a person. */
	readonly redact: (text: string) => string;
	readonly #removeKey: ((text: string) => string) | undefined;

	constructor(key: string | undefined) {
		const keys = key === undefined ? [] : [key];
		this.redact = redactor(keys);
		this.#removeKey = keyRemover(keys);
	}

	headers(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
		const remove = this.#removeKey;
		if (!remove) return headers;
		return Object.fromEntries(Object.entries(headers).map(([name, text]) => [remove(name), remove(text)]));
	}

	answer(body: Body): Body {
		return this.#clean(body, this.#removeKey);
	}

	failure(body: Body): Body {
		return this.#clean(body, this.redact);
	}

	event({ name, data }: ServerEvent): ServerEvent {
		const remove = this.#removeKey;
		return remove ? { name: remove(name), data: redactAll(data, remove) } : { name, data };
	}

	#clean({ json, text, picture }: Body, redact: ((text: string) => string) | undefined): Body {
		return {
			...(json !== undefined && { json: redact ? redactAll(json, redact) : json }),
			// The beginning of something: the key may be cut off at its end.
			...(text !== undefined && { text: this.redact(text) }),
			...(picture && { picture }),
		};
	}
}
