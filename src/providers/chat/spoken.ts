import * as z from 'zod';

/**
 * Of one message. Characters of base64 come by the tens of millions where a picture is; the others are words, which somebody reads,
 * and what patterns have to be tried at.
 */
const most = { letters: 48 * 2 ** 20, others: 2 ** 18, items: 1000 };

const letters = /[\w+/=-]+/g;

const words = z.object({ text: z.union([z.string(), z.instanceof(Uint8Array), z.array(z.unknown())]) });

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
		const text = isOver && !this.isTooLong ? this.#text : withoutLastWord(this.#text);
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
		else if (content instanceof Uint8Array) this.#appendPicture(content);
		else if (Array.isArray(content)) for (const item of content) this.#hearPart(item);
	}

	#hearPart(item: unknown): void {
		if (typeof item === 'string' || item instanceof Uint8Array) return this.#hear(item);
		const { data } = words.safeParse(item);
		if (data) this.#hear(data.text);
		else keep(this.#items.parts, [item]);
	}

	/** The transport has taken a piece for a picture, whole or not: as it was written, it fits what follows. */
	#appendPicture(bytes: Uint8Array): void {
		const goesOn = /[\w+/,=-]/.test(this.#last);
		this.#append(`${goesOn ? '' : 'data:image/png;base64,'}${base64Of(bytes)}`);
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

/** Without what may be the beginning of an address. */
function withoutLastWord(text: string): string {
	let end = text.length;
	while (end > 0 && /[^\s()<>[\]{}"'`]/.test(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/** In blocks of whole groups, because a call takes only so many arguments; without padding, because letters may follow. */
function base64Of(bytes: Uint8Array): string {
	const block = 3 * 2 ** 12;
	const blocks = Array.from({ length: Math.ceil(bytes.length / block) }, (_, index) =>
		btoa(String.fromCharCode(...bytes.subarray(index * block, (index + 1) * block))),
	);
	return blocks.join('').replace(/=+$/, '');
}
