import { randomBytes } from 'node:crypto';
import type { PictureBytes } from '../domain/picture';
import type { LossReason } from '../providers/provider';
import { withExactNumbers } from './exactNumbers';
import { Growing } from './growing';
import { mayHoldPictures, stretchesOf } from './inlinePictures';
import { LongString, pictureFrom } from './longString';
import { mapTexts } from './mapTexts';
import { Shelf } from './shelf';
import { type Held, NoRoom, Spill } from './spill';

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

/** No answer has so many lists and objects inside one another, and whoever walks through it shall come back. */
export const deepest = 200;

const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set(Buffer.from('[{'));
const closing: ReadonlySet<number> = new Set(Buffer.from(']}'));

/**
 * Reads JSON while it arrives. Long base64 strings never become strings: they are decoded piece by piece, and a short
 * name stands for each in the text that is parsed at the end. No step is long, whatever the body's length. They lie on a
 * {@link Shelf}, and what may be a text or a picture waits in a {@link Spill}: who makes a body closes it.
 *
 * A long text that holds pictures among its words, as data URLs mostly, becomes a list of texts and bytes.
 *
 * A string counts as a picture by its length and its letters alone: 4096 hexadecimal digits, or a word as long, become bytes
 * as well. No API answers so where it means a text.
 */
export class JsonBody {
	readonly #text: Growing;
	readonly #pictures: PictureBytes[] = [];
	/** Nobody can guess it, so no string of the body can be taken for a picture. */
	readonly #nonce = `limn:${randomBytes(16).toString('hex')}:`;
	#fault: BodyFault | undefined;
	#place: 'outside' | 'undecided' | 'long text' | 'long end' | 'picture' = 'outside';
	/** Where in the text the present string begins. */
	#start = 0;
	#string: LongString;
	/** What has come of a long text, as it was written. */
	#longText: Held;
	/** Of what has come of it, in bytes. */
	#longLimit = 0;
	/** The last byte was a backslash that escapes the next. */
	#isEscaped = false;
	/** Lists and objects that are open. */
	#depth = 0;

	constructor(
		readonly limits: JsonLimits = jsonLimits,
		readonly spill: Spill = new Spill(),
		readonly shelf: Shelf = new Shelf(),
	) {
		this.#text = new Growing(limits.text);
		this.#string = new LongString(0, spill, shelf);
		this.#longText = spill.hold();
	}

	push(chunk: Uint8Array): BodyFault | undefined {
		return atOnce(this.steps(chunk));
	}

	/** The same in steps, none of which is long. */
	*steps(chunk: Uint8Array): Generator<undefined, BodyFault | undefined> {
		const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
		try {
			for (let at = 0; at < bytes.length && !this.#fault;) {
				at = this.#place === 'outside' ? this.#outside(bytes, at) : this.#inside(bytes, at);
				if (this.#place === 'long end') yield* this.#endLong();
			}
		} catch (error) {
			if (!(error instanceof NoRoom)) throw error;
			this.#fault = 'too-large';
		}
		return this.#fault;
	}

	/** What the body says. */
	end(): { readonly json: unknown } | BodyFault {
		if (this.#fault) return this.#fault;
		if (this.#place !== 'outside') return 'garbled';
		try {
			const json: unknown = JSON.parse(withExactNumbers(this.#text.view().toString('utf8')));
			return { json: this.#pictures.length === 0 ? json : this.#withPictures(json) };
		} catch {
			return 'garbled';
		}
	}

	/** Lets go of all that waits, but for pictures that are whole. */
	close(): void {
		this.shelf.dropArriving();
		this.spill.close();
	}

	#withPictures(json: unknown): unknown {
		const inside = new RegExp(`${this.#nonce}(\\d+);`);
		const pictureOf = (text: string): unknown => {
			// Words and numbers of pictures by turns.
			const parts = text.split(inside);
			if (parts.length === 1) return text;
			const found = parts.map((part, index) => (index % 2 === 0 ? part : this.#pictures[Number(part)]));
			const said = found.filter((part) => part !== '');
			return said.length === 1 ? said[0] : said;
		};
		return mapTexts(json, pictureOf, (name) => {
			if (name.includes(this.#nonce)) throw new SyntaxError('A picture is no name.');
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
		else if (this.#place === 'long text') this.#keepLong(piece);
		else this.#begin(piece);
	}

	/** Keeps as much of a string as tells what it is: the text shall not grow by what goes elsewhere. */
	#begin(piece: Buffer): void {
		const missing = pictureFrom - (this.#text.length - this.#start);
		this.#keep(piece.subarray(0, missing));
		if (piece.length < missing) return;
		this.#decide();
		if (!this.#fault) this.#take(piece.subarray(missing));
	}

	/** The string is long: a picture, as far as one can see? */
	#decide(): void {
		const beginning = Buffer.from(this.#text.view(this.#start));
		this.#text.cut(this.#start);
		// After a data URL there may be words: then it was a text all along.
		const isUrl = beginning.toString('latin1', 0, 5).toLowerCase() === 'data:';
		this.#string = new LongString(isUrl ? this.#longest : this.#room, this.spill, this.shelf);
		if (this.#string.begin(beginning)) this.#place = 'picture';
		else this.#giveBack();
	}

	/** Bytes of text that are left. */
	get #room(): number {
		return this.limits.text - this.#text.length;
	}

	/** Of a long text with a picture in it, in bytes. */
	get #longest(): number {
		return this.#room + Math.ceil(this.limits.picture / 3) * 4;
	}

	/** Without a picture in it, a text is as long as texts may be. */
	#keepLong(piece: Buffer): void {
		const { length } = this.#longText;
		this.#longText.append(piece);
		this.#judgeLong(length);
	}

	/** `before`: how much of the text was judged already. */
	#judgeLong(before: number): void {
		const room = this.#room;
		const { length } = this.#longText;
		const isTooLong = before <= room && length > room && !mayHoldPictures(this.#longText, room);
		if (length > this.#longLimit || isTooLong) this.#fault ??= 'too-large';
	}

	#grow(piece: Buffer): void {
		if (!this.#string.push(piece)) this.#giveBack();
		else if (this.#string.bytes > this.limits.picture) this.#fault = 'too-large';
	}

	/** It was a text after all. */
	#giveBack(): void {
		this.#string.dropPicture();
		if (!this.#string.isWhole) {
			this.#fault = 'too-large';
			return;
		}
		this.#place = 'long text';
		this.#longText = this.#string.written;
		this.#longLimit = this.#longest;
		this.#judgeLong(0);
	}

	#endString(): void {
		if (this.#place === 'picture') this.#endPicture();
		if (this.#place === 'long text') this.#place = 'long end';
		else this.#close();
	}

	#close(): void {
		this.#place = 'outside';
		this.#keep(Buffer.of(quote));
	}

	*#endLong(): Generator<undefined, void> {
		const text = this.#longText;
		this.#longText = this.spill.hold();
		// A text that is too long to be one holds a picture in whatever way; a shorter one is left as it is where it can be.
		for (const stretch of stretchesOf(text, text.length > this.#room, this.shelf)) {
			if (!stretch) yield undefined;
			else if ('words' in stretch) this.#keep(stretch.words);
			else this.#keepPicture(stretch.picture);
			if (this.#fault) break;
		}
		text.drop();
		this.#close();
	}

	#endPicture(): void {
		const picture = this.#string.finish();
		if (!picture) return this.#giveBack();
		this.#string = new LongString(0, this.spill, this.shelf);
		this.#keepPicture(picture);
	}

	#keepPicture(picture: PictureBytes): void {
		if (picture.length > this.limits.picture) this.#fault ??= 'too-large';
		this.#keep(Buffer.from(`${this.#nonce}${this.#pictures.length};`));
		this.#pictures.push(picture);
	}

	#keep(bytes: Buffer): void {
		if (!this.#text.append(bytes)) this.#fault ??= 'too-large';
	}
}

/** What comes of steps, without a turn for anybody between them. */
function atOnce<T>(steps: Generator<undefined, T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
	}
}

/** What `indexOf` found; `none` where it found nothing. */
function indexOr(none: number, found: number): number {
	return found === -1 ? none : found;
}
