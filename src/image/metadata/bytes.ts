/** The most bytes of a text that are looked at in a file. Recipes have some kB; what is longer is none, or wants to fill the memory. */
export const mostText = 2 ** 20;

/** The most parts that a file is taken apart into. Large pictures have some ten thousand; each one costs more memory than its bytes. */
export const mostParts = 2 ** 17;

/** All of them in one piece. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** Bytes of one's own. (`slice` copies nothing where they are one of Node's buffers.) */
export function copyOf(bytes: Uint8Array): Uint8Array {
	return new Uint8Array(bytes);
}

/** One byte for each character, which is one of Latin-1 (of another the lower half remains). */
export function latin1(text: string): Uint8Array {
	return Uint8Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** One character for each byte. `TextDecoder` has no Latin-1: it takes that name for Windows-1252. */
export function latin1Text(bytes: Uint8Array): string {
	const pieces: string[] = [];
	for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
	return pieces.join('');
}

/** Whether a text of Latin-1 stands there. */
export function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
	if (at + text.length > bytes.length) return false;
	for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false;
	return true;
}

/** To read and write numbers in the very same bytes. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
	return new DataView(buffer, byteOffset, byteLength);
}

/** UTF-8; a byte order mark at the start is left out, what is no UTF-8 becomes U+FFFD. */
export function utf8Text(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes);
}

/** UTF-8; a half of a surrogate pair becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}
