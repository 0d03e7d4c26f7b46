import type { ArrivingPicture } from './shelf';

/** Characters that are decoded in one step. */
const stepSize = 2 ** 16;

/** Where each step goes first. One for all: no step is interrupted. */
const scratch = Buffer.allocUnsafeSlow((stepSize / 4) * 3);

/**
 * Decodes base64 that comes in pieces of any length, and says where it is none. Both alphabets are taken, the second with `-`
 * and `_` (RFC 4648, section 5), and padding may be left out. Node's decoder takes much that is no base64; that it decoded
 * every character shows in the number of bytes.
 */
export class Base64Decoder {
	/** Fewer than 4 characters that wait for more. */
	#carry = '';
	/** `=` and what follows it. */
	#padding = '';

	/** `picture`: where the bytes go. */
	constructor(readonly picture: ArrivingPicture) {}

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

	/** Whether all is there; not so where this was not base64, or nothing, or a piece of it that was cut where bytes do not end. */
	finish(): boolean {
		const rest = this.#carry.length;
		const isPadded = this.#padding === '' ? isWhole(this.#carry) : rest + this.#padding.length === 4;
		return rest !== 1 && isPadded && this.#decode(this.#carry) && this.picture.length > 0;
	}

	#decode(text: string): boolean {
		for (let at = 0; at < text.length; at += stepSize) {
			const piece = text.slice(at, at + stepSize);
			const written = scratch.write(piece, 'base64');
			if (written !== Math.floor((piece.length * 3) / 4)) return false;
			this.picture.append(scratch.subarray(0, written));
		}
		return true;
	}
}

/** Whether nothing is lost of the last letters where they are decoded: the bits behind the last byte are 0. */
function isWhole(rest: string): boolean {
	if (rest.length === 2) return /[AQgw]$/.test(rest);
	return rest.length !== 3 || /[AEIMQUYcgkosw048]$/.test(rest);
}
