import { Growing } from './growing';
import { type BodyFault, JsonBody, jsonLimits } from './jsonBody';

const lineEnd = Buffer.from('\n');

/** The data of one event while it arrives: JSON, with long base64 strings as bytes just as in a whole body; else the text itself. */
export class EventBody {
	/** Whether it has any data, be it empty. */
	hasBegun = false;
	readonly #json = new JsonBody();
	readonly #text = new Growing(jsonLimits.text);
	#isLong = false;

	/** A line of data begins. */
	begin(): BodyFault | undefined {
		const fault = this.hasBegun ? this.push(lineEnd) : undefined;
		this.hasBegun = true;
		return fault;
	}

	/** `too-large`: neither JSON nor a text can have so much. */
	push(bytes: Buffer): BodyFault | undefined {
		this.#isLong ||= !this.#text.append(bytes);
		const fault = this.#json.push(bytes);
		return fault === 'too-large' || (fault && this.#isLong) ? 'too-large' : undefined;
	}

	end(): { readonly data: unknown } | BodyFault {
		try {
			const read = this.#json.end();
			if (typeof read !== 'string') return { data: read.json };
			return read === 'garbled' && !this.#isLong ? { data: this.#text.view().toString('utf8') } : 'too-large';
		} finally {
			this.close();
		}
	}

	close(): void {
		this.#json.close();
	}
}
