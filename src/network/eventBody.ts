import { withExactNumbers } from './exactNumbers';
import { Growing } from './growing';
import { type BodyFault, deepest, JsonBody, jsonLimits } from './jsonBody';
import { pictureFrom } from './longString';
import type { Shelf } from './shelf';

const lineEnd = Buffer.from('\n');

type Read = { readonly json: unknown } | BodyFault;

/**
 * The data of an event while it arrives: JSON, with long base64 strings as bytes just as in a whole body; else the text itself.
 * One after another: the memory of the last event's text is that of the next.
 */
export class EventBody {
	/** Whether the present event has any data, be it empty. */
	hasBegun = false;
	/** Absent as long as all of the event is too short for a picture: there may be thousands of events. */
	#json: JsonBody | undefined;
	readonly #text = new Growing(jsonLimits.text);
	#isLong = false;

	/** `shelf`: of the whole stream. */
	constructor(readonly shelf: Shelf) {}

	/** A line of data begins. */
	*begin(): Generator<undefined, BodyFault | undefined> {
		const fault = this.hasBegun ? yield* this.push(lineEnd) : undefined;
		this.hasBegun = true;
		return fault;
	}

	/** In steps, none of which is long. `too-large`: neither JSON nor a text can have so much. */
	*push(bytes: Buffer): Generator<undefined, BodyFault | undefined> {
		if (!this.#json && this.#text.length + bytes.length >= pictureFrom) {
			this.#json = new JsonBody(undefined, undefined, this.shelf);
			this.#json.push(this.#text.view());
		}
		this.#isLong ||= !this.#text.append(bytes);
		const fault = this.#json && (yield* this.#json.steps(bytes));
		return fault === 'too-large' || (fault && this.#isLong) ? 'too-large' : undefined;
	}

	end(): { readonly data: unknown } | BodyFault {
		try {
			const read = this.#json ? this.#json.end() : this.#readShort();
			if (typeof read !== 'string') return { data: read.json };
			return read === 'garbled' && !this.#isLong ? { data: this.#text.view().toString('utf8') } : 'too-large';
		} finally {
			this.close();
		}
	}

	/** The next event may begin. */
	close(): void {
		this.#json?.close();
		this.#json = undefined;
		this.#text.cut(0);
		this.#isLong = false;
		this.hasBegun = false;
	}

	#readShort(): Read {
		const text = this.#text.view().toString('utf8');
		if ((text.match(/[[{]/g)?.length ?? 0) > deepest) return this.#readDeep();
		try {
			return { json: JSON.parse(withExactNumbers(text)) };
		} catch {
			return 'garbled';
		}
	}

	#readDeep(): Read {
		this.#json = new JsonBody(undefined, undefined, this.shelf);
		this.#json.push(this.#text.view());
		return this.#json.end();
	}
}
