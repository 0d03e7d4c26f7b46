import { randomBytes } from 'node:crypto';
import type { LossReason } from '../providers/provider';
import { Growing } from './growing';
import { LongString, pictureFrom } from './longString';
import { mapTexts } from './mapTexts';

/** Why a body cannot be used. */
export type BodyFault = Extract<LossReason, 'too-large' | 'garbled'>;

export interface JsonLimits {
	/** Bytes of the text without its pictures. */
	readonly text: number;
	/** Bytes of one picture. */
	readonly picture: number;
}

const mega = 2 ** 20;

/**
 * What ten pictures say of themselves (the prompt as it was revised, a signed address of some kB) is a tenth of the text's
 * megabyte, a gateway's list of all its models about half of it. All that is text is parsed in one step, and the worst of
 * 4 MB held the editor up for more than half a second.
 */
export const jsonLimits: JsonLimits = { text: mega, picture: 64 * mega };

/** Characters of the largest picture in base64. */
export const encodedPicture = Math.ceil(jsonLimits.picture / 3) * 4;

/** No answer has so many lists and objects inside one another, and whoever walks through it shall come back. */
const deepest = 200;

const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set(Buffer.from('[{'));
const closing: ReadonlySet<number> = new Set(Buffer.from(']}'));

/**
 * Reads JSON while it arrives. Long base64 strings never become strings: they are decoded piece by piece, and a short
 * name stands for each in the text that is parsed at the end. No step is long, whatever the body's length. The bytes are kept
 * in memory.
 *
 * A string counts as a picture by its length and its letters alone: 4096 hexadecimal digits, or a word as long, become bytes
 * as well. No API answers so where it means a text.
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
	/** Lists and objects that are open. */
	#depth = 0;

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
			const json: unknown = JSON.parse(this.#text.view().toString('utf8'));
			return { json: this.#pictures.length === 0 ? json : this.#withPictures(json) };
		} catch {
			return 'garbled';
		}
	}

	#withPictures(json: unknown): unknown {
		const pictureOf = (text: string): unknown =>
			text.startsWith(this.#nonce) ? this.#pictures[Number(text.slice(this.#nonce.length))] : text;
		return mapTexts(json, pictureOf, (name) => {
			if (name.startsWith(this.#nonce)) throw new SyntaxError('A picture is no name.');
			return name;
		});
	}

	/** Up to the next string. Gives back where to go on. */
	#outside(bytes: Buffer, at: number): number {
		const found = bytes.indexOf(quote, at);
		const next = found === -1 ? bytes.length : found + 1;
		this.#nest(bytes.subarray(at, next));
		this.#keep(bytes.subarray(at, next));
		if (found !== -1) {
			this.#place = 'undecided';
			this.#start = this.#text.length;
		}
		return next;
	}

	#nest(bytes: Buffer): void {
		for (const byte of bytes) {
			if (opening.has(byte) && ++this.#depth > deepest) this.#fault ??= 'garbled';
			else if (closing.has(byte)) this.#depth--;
		}
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
