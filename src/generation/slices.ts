import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/** In bytes: copied or hashed in a few milliseconds. */
export const slice = 4 * 1024 * 1024;

/** The SHA-256 of a file in hex. */
export async function digest(bytes: Uint8Array): Promise<string> {
	const hash = createHash('sha256');
	await inSlices(bytes, (part) => hash.update(part));
	return hash.digest('hex');
}

/** The bytes of a file where the painter's thread sees them too. */
export async function shared(bytes: Uint8Array): Promise<Uint8Array> {
	const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
	await inSlices(bytes, (part, at) => copy.set(part, at));
	return copy;
}

/** A large file would hold up the editor: it has its turn between two slices. */
async function inSlices(bytes: Uint8Array, work: (part: Uint8Array, at: number) => void): Promise<void> {
	for (let at = 0; at < bytes.length; at += slice) {
		if (at > 0) await setImmediate();
		work(bytes.subarray(at, at + slice), at);
	}
}
