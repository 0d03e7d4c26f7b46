const none = Buffer.alloc(0);

/** Bytes that are added to at the end, and cut there. */
export class Growing {
	length = 0;
	#bytes = none;

	constructor(readonly limit: number) {}

	/** `false`: they would pass the limit, and are left out. */
	append(bytes: Uint8Array): boolean {
		const length = this.length + bytes.length;
		if (length > this.limit) return false;
		if (length > this.#bytes.length) this.#grow(length);
		this.#bytes.set(bytes, this.length);
		this.length = length;
		return true;
	}

	cut(length: number): void {
		this.length = length;
	}

	/** What is there now; valid until the next change. */
	view(from = 0, to = this.length): Buffer {
		return this.#bytes.subarray(from, Math.min(to, this.length));
	}

	#grow(length: number): void {
		const bytes = Buffer.allocUnsafeSlow(Math.max(length, Math.min(this.limit, this.#bytes.length * 2)));
		bytes.set(this.view());
		this.#bytes = bytes;
	}
}
