import { inflateSync } from 'node:zlib';

/** See `Codecs`. Zlib refuses a limit of 0 bytes. */
export function inflate(bytes: Uint8Array, most: number): Uint8Array {
	return inflateSync(bytes, { maxOutputLength: Math.max(1, most) });
}
