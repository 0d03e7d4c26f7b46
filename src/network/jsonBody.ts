import { randomBytes } from 'node:crypto';
import type { LossReason } from '../providers/provider';
import { Growing } from './growing';
import { LongString } from './longString';

/** Why a body cannot be used. */
export type BodyFault = Extract<LossReason, 'too-large' | 'garbled'>;

export interface JsonLimits {
	/** Bytes of the text without its pictures. */
	readonly text: number;
	/** Bytes of one picture. */
	readonly picture: number;
}

const mega = 2 ** 20;

export const jsonLimits: JsonLimits = { text: 4 * mega, picture: 64 * mega };

/** A string of so many bytes may be a picture; a shorter one stays what it is. */
export const pictureFrom = 4096;

const quote = 0x22;
const backslash = 0x5c;

/**
 * Reads JSON while it arrives. Long base64 strings never become strings: they are decoded piece by piece, and a short
 * name stands for each in the text that is parsed at the end. No step is long, whatever the body's length.
 */
export class JsonBody {
	readonly #text: Growing;
	readonly #pictures: Uint8Array[] = [];
	/** Nobody can guess it, so no string of the body can be taken for a picture. */
	readonly #nonce = `limn:${randomBytes(16).toString('hex')}:`;
	#fault: BodyFault | undefined;
	#place: 'outside' | 'undecided' | 'plain' | 'picture' = 'outside';
	/** Where in the text the present string begins. */
	#start = 0;
	#string: LongString;
	/** The last byte was a backslash that escapes the next. */
	#isEscaped = false;

	constructor(readonly limits: JsonLimits = jsonLimits) {
		this.#text = new Growing(limits.text);
		this.#string = new LongString(0);
	}

	push(chunk: Uint8Array): BodyFault | undefined {
		const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
		for (let at = 0; at < bytes.length && !this.#fault;) {
			at = this.#place === 'outside' ? this.#outside(bytes, at) : this.#inside(bytes, at);
		}
		return this.#fault;
	}

	/** What the body says. */
	end(): { readonly json: unknown } | BodyFault {
		if (this.#fault) return this.#fault;
		if (this.#place !== 'outside') return 'garbled';
		try {
			return {
				json: JSON.parse(this.#text.view().toString('utf8'), (key, value: unknown) => this.#revive(key, value)),
			};
		} catch {
			return 'garbled';
		}
	}

	#revive(key: string, value: unknown): unknown {
		if (key.startsWith(this.#nonce)) throw new SyntaxError('A picture is no name.');
		if (typeof value !== 'string' || !value.startsWith(this.#nonce)) return value;
		return this.#pictures[Number(value.slice(this.#nonce.length))];
	}

	/** Up to the next string. Gives back where to go on. */
	#outside(bytes: Buffer, at: number): number {
		const found = bytes.indexOf(quote, at);
		const next = found === -1 ? bytes.length : found + 1;
		this.#keep(bytes.subarray(at, next));
		if (found !== -1) {
			this.#place = 'undecided';
			this.#start = this.#text.length;
		}
		return next;
	}

	/** Up to the end of the present string, or of what there is of it. */
	#inside(bytes: Buffer, at: number): number {
		const end = this.#endOfString(bytes, at);
		this.#take(bytes.subarray(at, end));
		if (end === bytes.length) return end;
		this.#endString();
		return end + 1;
	}

	/** The place of the closing quote; the length where it has not come. */
	#endOfString(bytes: Buffer, from: number): number {
		let at = from + (this.#isEscaped ? 1 : 0);
		this.#isEscaped = false;
		let end = indexOr(bytes.length, bytes.indexOf(quote, at));
		for (;;) {
			const escape = indexOr(end, bytes.subarray(0, end).indexOf(backslash, at));
			if (escape === end) return end;
			at = escape + 2;
			if (at > bytes.length) this.#isEscaped = true;
			if (at > end) end = indexOr(bytes.length, bytes.indexOf(quote, at));
		}
	}

	#take(piece: Buffer): void {
		if (this.#place === 'picture') this.#grow(piece);
		else this.#keep(piece);
		if (this.#place === 'undecided' && this.#text.length - this.#start >= pictureFrom) this.#decide();
	}

	/** The string is long: a picture, as far as one can see? */
	#decide(): void {
		this.#string = new LongString(this.limits.text - this.#start);
		this.#place = 'plain';
		if (!this.#string.begin(this.#text.view(this.#start))) return;
		this.#place = 'picture';
		this.#text.cut(this.#start);
	}

	#grow(piece: Buffer): void {
		if (!this.#string.push(piece)) this.#giveBack();
		else if (this.#string.bytes > this.limits.picture) this.#fault = 'too-large';
	}

	/** It was a text after all. */
	#giveBack(): void {
		this.#place = 'plain';
		if (this.#string.isWhole) this.#keep(this.#string.written.view());
		else this.#fault = 'too-large';
	}

	#endString(): void {
		if (this.#place === 'picture') this.#endPicture();
		this.#place = 'outside';
		this.#keep(Buffer.of(quote));
	}

	#endPicture(): void {
		const picture = this.#string.finish();
		if (!picture) return this.#giveBack();
		this.#string = new LongString(0);
		this.#keep(Buffer.from(`${this.#nonce}${this.#pictures.length}`));
		this.#pictures.push(picture);
	}

	#keep(bytes: Buffer): void {
		if (!this.#text.append(bytes)) this.#fault ??= 'too-large';
	}
}

/** What `indexOf` found; `none` where it found nothing. */
function indexOr(none: number, found: number): number {
	return found === -1 ? none : found;
}
