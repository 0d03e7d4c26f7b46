import { Base64Decoder } from './base64';
import { Growing } from './growing';

/** Before base64 in a data URL of a picture. Parameters may stand between. */
const dataUrl = /^data:image\/[\w.+-]+(?:;[\w.+-]+=[\w.+-]+)*;base64,/i;

/**
 * A string of a JSON text, taken for base64 until it proves to be none. Its beginning is kept as it was written: as long as
 * the string could still be a mere text within the limit, it can be given back.
 */
export class LongString {
	/** The beginning as written; longer than that, the string is too long for a text. */
	readonly written: Growing;
	readonly #decoder = new Base64Decoder();
	/** The beginning of an escape whose end has not come. */
	#escape = '';
	#isWhole = true;

	constructor(limit: number) {
		this.written = new Growing(limit);
	}

	/** Of the picture, so far. */
	get bytes(): number {
		return this.#decoder.length;
	}

	/** All of it is in `written`. */
	get isWhole(): boolean {
		return this.#isWhole;
	}

	/** The string's first piece, long enough to hold what stands before base64. `false`: this is not base64. */
	begin(piece: Buffer): boolean {
		return this.#take(piece, (text) => text.replace(dataUrl, ''));
	}

	/** `false`: this is not base64. */
	push(piece: Buffer): boolean {
		return this.#take(piece, (text) => text);
	}

	/** The picture; `undefined`: this was not base64. */
	finish(): Uint8Array | undefined {
		return this.#escape === '' ? this.#decoder.finish() : undefined;
	}

	#take(piece: Buffer, trim: (text: string) => string): boolean {
		this.#isWhole &&= this.written.append(piece);
		const raw = this.#escape + piece.toString('latin1');
		this.#escape = /\\(?:u[\da-f]{0,3})?$/i.exec(raw)?.[0] ?? '';
		const text = unescaped(raw.slice(0, raw.length - this.#escape.length));
		return text !== undefined && this.#decoder.push(trim(text));
	}
}

/** What a piece of a JSON string says, without line breaks; `undefined` where that cannot be base64. */
function unescaped(raw: string): string | undefined {
	if (!raw.includes('\\')) return raw;
	try {
		const text = String(JSON.parse(`"${raw}"`)).replace(/[\r\n]+/g, '');
		return /[^\w+/=:;,.-]/.test(text) ? undefined : text;
	} catch {
		return undefined;
	}
}
