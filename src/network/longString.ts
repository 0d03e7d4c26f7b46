import type { PictureBytes } from '../domain/picture';
import { Base64Decoder } from './base64';
import type { ArrivingPicture, Shelf } from './shelf';
import type { Held, Spill } from './spill';

/** A string of so many characters may be a picture; a shorter one stays what it is. */
export const pictureFrom = 4096;

/** Before base64 in a data URL of a picture. Parameters may stand between. */
const dataUrl = /^data:image\/[\w.+-]+(?:;[\w.+-]+=[\w.+-]+)*;base64,/i;

/**
 * A string of a JSON text, taken for base64 until it proves to be none. Its beginning is kept as it was written: as long as
 * the string could still be a mere text within the limit, it can be given back.
 */
export class LongString {
	/** The beginning as written; longer than that, the string is too long for a text. */
	readonly written: Held;
	readonly #picture: ArrivingPicture;
	readonly #decoder: Base64Decoder;
	/** Characters, each escape counted as what it stands for. */
	#length = 0;
	/** The beginning of an escape whose end has not come. */
	#escape = '';
	#isWhole = true;

	constructor(
		readonly limit: number,
		spill: Spill,
		shelf: Shelf,
	) {
		this.written = spill.hold();
		this.#picture = shelf.hold();
		this.#decoder = new Base64Decoder(this.#picture);
	}

	/** Of the picture, so far. */
	get bytes(): number {
		return this.#picture.length;
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

	/** The picture; `undefined`: this was not base64, or was long only as it was written. */
	finish(): PictureBytes | undefined {
		if (this.#escape !== '' || this.#length < pictureFrom || !this.#decoder.finish()) return undefined;
		this.written.drop();
		return this.#picture.take();
	}

	/** It was a text: what was taken for a picture is not wanted. */
	dropPicture(): void {
		this.#picture.drop();
	}

	#take(piece: Buffer, trim: (text: string) => string): boolean {
		this.#write(piece);
		const raw = this.#escape + piece.toString('latin1');
		this.#escape = halfEscape(raw);
		const written = raw.slice(0, raw.length - this.#escape.length);
		const text = unescaped(written);
		if (text === undefined) return false;
		this.#length += text.length;
		// Only written as escapes do line breaks belong to JSON.
		return this.#decoder.push(trim(text === written ? text : text.replace(/[\r\n]+/g, '')));
	}

	#write(piece: Buffer): void {
		if (!this.#isWhole) return;
		this.#isWhole = this.written.length + piece.length <= this.limit;
		if (this.#isWhole) this.written.append(piece);
		else this.written.drop();
	}
}

/** An escape at the end of a piece that is not whole yet. */
function halfEscape(raw: string): string {
	// The pattern is tried at every character, which takes longer than to decode them.
	return raw.includes('\\') ? (/\\(?:u[\da-f]{0,3})?$/i.exec(raw)?.[0] ?? '') : '';
}

/** What a piece of a JSON string says; `undefined` where that cannot be base64. */
function unescaped(raw: string): string | undefined {
	if (!raw.includes('\\')) return raw;
	try {
		const text = String(JSON.parse(`"${raw}"`));
		return /[^\w+/=:;,.\r\n-]/.test(text) ? undefined : text;
	} catch {
		return undefined;
	}
}
