/** Bytes of one block. A multiple of 3, so that base64 fills it to the last byte. */
const blockSize = 3 * 2 ** 16;

/**
 * Decodes base64 that comes in pieces of any length, and says where it is none. Both alphabets are taken, the second with `-`
 * and `_` (RFC 4648, section 5), and padding may be left out. Node's decoder takes much that is no base64; that it decoded
 * every character shows in the number of bytes.
 */
export class Base64Decoder {
	/** Bytes so far. */
	length = 0;
	readonly #blocks: Uint8Array[] = [];
	#block = Buffer.alloc(0);
	#filled = 0;
	/** Fewer than 4 characters that wait for more. */
	#carry = '';
	/** `=` and what follows it. */
	#padding = '';

	/** `false`: this is not base64. */
	push(text: string): boolean {
		const cut = this.#padding === '' ? text.indexOf('=') : 0;
		const letters = cut === -1 ? text : text.slice(0, cut);
		if (cut !== -1) this.#padding += text.slice(cut);
		if (!/^={0,2}$/.test(this.#padding)) return false;
		const all = this.#carry + letters;
		const whole = all.length - (all.length % 4);
		this.#carry = all.slice(whole);
		return this.#decode(all.slice(0, whole));
	}

	/** All bytes; `undefined`: this was not base64, or nothing, or a piece of it that was cut where bytes do not end. */
	finish(): Uint8Array | undefined {
		const rest = this.#carry.length;
		const isPadded = this.#padding === '' ? isWhole(this.#carry) : rest + this.#padding.length === 4;
		if (rest === 1 || !isPadded || !this.#decode(this.#carry) || this.length === 0) return undefined;
		const bytes = new Uint8Array(this.length);
		let at = 0;
		for (const block of [...this.#blocks, this.#block.subarray(0, this.#filled)]) {
			bytes.set(block, at);
			at += block.length;
		}
		return bytes;
	}

	#decode(text: string): boolean {
		for (let at = 0; at < text.length;) {
			const room = ((this.#makeRoom() - this.#filled) / 3) * 4;
			const piece = text.slice(at, at + room);
			const written = this.#block.write(piece, this.#filled, 'base64');
			if (written !== Math.floor((piece.length * 3) / 4)) return false;
			this.#filled += written;
			this.length += written;
			at += piece.length;
		}
		return true;
	}

	/** The size of a block that is not full. */
	#makeRoom(): number {
		if (this.#filled === this.#block.length) {
			this.#blocks.push(this.#block);
			this.#block = Buffer.allocUnsafeSlow(blockSize);
			this.#filled = 0;
		}
		return this.#block.length;
	}
}

/** Whether nothing is lost of the last letters where they are decoded: the bits behind the last byte are 0. */
function isWhole(rest: string): boolean {
	if (rest.length === 2) return /[AQgw]$/.test(rest);
	return rest.length !== 3 || /[AEIMQUYcgkosw048]$/.test(rest);
}
