import { createHash } from 'node:crypto';

/**
 * What was made of some bytes lately, for those who ask for the same again: emulators draw few pictures, and those many
 * times. All get the same one.
 */
export class Lately<T> {
	private readonly made = new Map<string, Promise<T>>();

	constructor(private readonly most: number) {}

	/** `what`: what is made of the bytes, in words. */
	async get(what: string, bytes: Uint8Array, make: () => Promise<T>): Promise<T> {
		const key = `${what} ${createHash('sha1').update(bytes).digest('base64')}`;
		const making = this.made.get(key) ?? make();
		// The one that was asked for last is forgotten last.
		this.made.delete(key);
		this.made.set(key, making);
		if (this.made.size > this.most) this.forgetOldest();
		return making;
	}

	private forgetOldest(): void {
		for (const key of this.made.keys()) {
			this.made.delete(key);
			return;
		}
	}
}
