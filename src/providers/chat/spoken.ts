import * as z from 'zod';
import { isPictureBytes, type PictureBytes, pieceOf } from '../../domain/picture';
import { decodedPicture, pictureAt } from '../found';
import { beginsLikePicture } from './textPictures';

/**
 * Of one message. Characters of base64 come by the tens of millions where a picture is; the others are words, which somebody reads,
 * and what patterns have to be tried at.
 */
const most = { letters: 48 * 2 ** 20, others: 2 ** 18, items: 1000 };

const letters = /[\w+/=-]+/g;

const words = z.object({ text: z.union([z.string(), decodedPicture, z.array(z.unknown())]) });

interface Piece {
	readonly content?: unknown;
	readonly refusal: string;
	readonly images: readonly unknown[];
}

/** What one choice of a stream has said so far. */
export class Spoken {
	reason = '';
	isTooLong = false;
	#text = '';
	/** Of the text, which is not looked at before its end: that would put it together anew for each piece. */
	#last = '';
	/** Characters that are none of base64. */
	#others = 0;
	#refusal = '';
	/** Pictures, and parts of a content that are no text. */
	readonly #items: { readonly images: unknown[]; readonly parts: unknown[] } = { images: [], parts: [] };

	add({ content, refusal, images }: Piece): void {
		this.#hear(content);
		if (this.#refusal.length < most.others) this.#refusal += refusal;
		keep(this.#items.images, images);
	}

	/** The message as it has become, or instead of its pieces. */
	addWhole({ content, ...rest }: Piece): void {
		this.add({ ...rest });
		keep(this.#items.parts, Array.isArray(content) ? content : [content]);
	}

	/** As a message would have been in one piece. Where a stream broke off, the last word may be half an address, or half a picture. */
	told(isOver: boolean): object {
		const text = isOver && !this.isTooLong ? this.#text : withoutHalfWord(this.#text);
		return {
			message: {
				content: [text, ...this.#items.parts],
				refusal: this.#refusal,
				images: this.#items.images,
			},
			finish_reason: this.reason,
		};
	}

	#hear(content: unknown): void {
		if (typeof content === 'string') this.#append(content);
		else if (isPictureBytes(content)) this.#appendPicture(content);
		else if (Array.isArray(content)) for (const item of content) this.#hearPart(item);
	}

	#hearPart(item: unknown): void {
		if (typeof item === 'string' || isPictureBytes(item)) return this.#hear(item);
		const { data } = words.safeParse(item);
		if (data) this.#hear(data.text);
		else keep(this.#items.parts, [item]);
	}

	/**
	 * The transport has taken a piece for a picture, whole or not: as it was written, it fits what follows. What begins like a picture is
	 * a new one, whatever word stands before it, unless that is the beginning of its own data URL.
	 */
	#appendPicture(bytes: PictureBytes): void {
		const encoded = base64Of(bytes);
		const isNew = beginsLikePicture(encoded) && this.#last !== ',';
		if (isNew) this.#append(` ${dataUrl}${encoded}`);
		else this.#append(`${/[\w+/,=-]/.test(this.#last) ? '' : dataUrl}${encoded}`);
	}

	#append(piece: string): void {
		if (this.isTooLong) return;
		this.#others += piece.replaceAll(letters, '').length;
		this.isTooLong = this.#text.length + piece.length > most.letters || this.#others > most.others;
		if (this.isTooLong) return;
		this.#text += piece;
		this.#last = piece.at(-1) ?? this.#last;
	}
}

function keep(items: unknown[], more: readonly unknown[]): void {
	items.push(...more.slice(0, most.items - items.length));
}

const dataUrl = 'data:image/png;base64,';

/** Without what may be the beginning of an address, or half a picture; a whole one stays. */
function withoutHalfWord(text: string): string {
	let end = text.length;
	while (end > 0 && /[^\s()<>[\]{}"'`]/.test(text.charAt(end - 1))) end--;
	const last = pictureAt(text.slice(end));
	return last && 'bytes' in last && isWhole(last.bytes) ? text : text.slice(0, end);
}

/** Whether a picture ends as its format does: PNG, JPEG and GIF by their last bytes, WebP by the length that it names. */
function isWhole(bytes: PictureBytes): boolean {
	const end = String.fromCharCode(...pieceOf(bytes, Math.max(0, bytes.length - 8), bytes.length));
	if (/IEND\xae\x42\x60\x82$|\xff\xd9$/.test(end)) return true;
	const [first, , , , a = 0, b = 0, c = 0, d = 0] = pieceOf(bytes, 0, 8);
	if (first === 0x47) return end.endsWith(';');
	return first === 0x52 && bytes.length >= a + b * 2 ** 8 + c * 2 ** 16 + d * 2 ** 24 + 8;
}

/** In blocks of whole groups, because a call takes only so many arguments; without padding, because letters may follow. */
function base64Of(bytes: PictureBytes): string {
	const block = 3 * 2 ** 12;
	const blocks = Array.from({ length: Math.ceil(bytes.length / block) }, (_, index) =>
		btoa(String.fromCharCode(...pieceOf(bytes, index * block, (index + 1) * block))),
	);
	return blocks.join('').replace(/=+$/, '');
}
