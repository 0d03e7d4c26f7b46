import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { blockSize, giveBack, lendBlock } from './blocks';

const mega = 2 ** 20;

export interface SpillLimits {
	/** Bytes of one body that wait in memory. */
	readonly memory: number;
	/** The same where the disk takes nothing. */
	readonly alone: number;
	/** Where the file is. */
	readonly folder: () => string;
}

export const spillLimits: SpillLimits = { memory: 4 * mega, alone: 32 * mega, folder: tmpdir };

/** Full, but for the last of its bytes. `at`: where in the file. */
type Block = { readonly bytes: Buffer } | { readonly at: number; readonly length: number };

/** Said where neither the disk nor the memory takes more. */
export class NoRoom extends Error {}

/**
 * Where bytes of one body wait for its end: the first few MB in memory, the others in a file. The file has no name any more as soon as
 * it is there, so that nothing is left of it, not even after a crash. Who makes one closes it.
 */
export class Spill {
	/** Bytes in memory. */
	#kept = 0;
	#file: { readonly handle: number; readonly name?: string } | 'none' | undefined;
	#end = 0;

	constructor(readonly limits: SpillLimits = spillLimits) {}

	hold(): Held {
		return new Held(this);
	}

	/** Keeps the beginning of a block, which is its own from now on. Throws {@link NoRoom}. */
	put(block: Buffer, length: number): Block {
		if (this.#kept + length > this.limits.memory) {
			const written = this.#write(block.subarray(0, length));
			if (written) {
				giveBack(block);
				return written;
			}
			if (this.#kept + length > this.limits.alone) throw new NoRoom('There is no room for the answer.');
		}
		this.#kept += length;
		if (length === blockSize) return { bytes: block };
		giveBack(block);
		return { bytes: Buffer.from(block.subarray(0, length)) };
	}

	drop(block: Block): void {
		if (!('bytes' in block)) return;
		this.#kept -= block.bytes.length;
		giveBack(block.bytes);
	}

	/** A part of a block, into the beginning of `target`. */
	read(block: Block, from: number, target: Uint8Array): void {
		if ('bytes' in block) {
			target.set(block.bytes.subarray(from, from + target.length));
			return;
		}
		if (typeof this.#file !== 'object') throw new Error('What was spilled is gone.');
		for (let done = 0; done < target.length;) {
			const read = readSync(this.#file.handle, target, done, target.length - done, block.at + from + done);
			if (read === 0) throw new Error('What was spilled is shorter than it was.');
			done += read;
		}
	}

	close(): void {
		const file = this.#file;
		this.#file = 'none';
		if (typeof file !== 'object') return;
		closeSync(file.handle);
		if (file.name !== undefined) rmSync(file.name, { force: true });
	}

	/** `undefined`: the disk takes nothing. */
	#write(bytes: Buffer): Block | undefined {
		try {
			this.#file ??= openNameless(this.limits.folder());
			if (this.#file === 'none') return undefined;
			for (let done = 0; done < bytes.length;) {
				done += writeSync(this.#file.handle, bytes, done, bytes.length - done, this.#end + done);
			}
		} catch {
			return undefined;
		}
		const block = { at: this.#end, length: bytes.length };
		this.#end += bytes.length;
		return block;
	}
}

function openNameless(folder: string): { readonly handle: number; readonly name?: string } {
	const name = path.join(folder, `limn-${randomUUID()}.tmp`);
	const handle = openSync(name, 'wx+', 0o600);
	try {
		unlinkSync(name);
		return { handle };
	} catch {
		// Not every system takes the name of a file that is open.
		return { handle, name };
	}
}

const none = Buffer.alloc(0);

/** Bytes that are added to at the end, and wait in a {@link Spill}. */
export class Held {
	length = 0;
	/** All of one size, but for the last of a sealed one. */
	readonly #blocks: Block[] = [];
	#block: Buffer = none;
	#filled = 0;

	constructor(readonly spill: Spill) {}

	/** Throws {@link NoRoom}. */
	append(bytes: Uint8Array): void {
		for (let at = 0; at < bytes.length;) {
			if (this.#filled === this.#block.length) this.#next();
			const piece = bytes.subarray(at, at + this.#block.length - this.#filled);
			this.#block.set(piece, this.#filled);
			this.#filled += piece.length;
			this.length += piece.length;
			at += piece.length;
		}
	}

	/** Nothing more comes. Throws {@link NoRoom}. */
	seal(): void {
		if (this.#filled > 0) this.#blocks.push(this.spill.put(this.#block, this.#filled));
		this.#block = none;
		this.#filled = 0;
	}

	/** Copies what stands from there on until the target is full. */
	read(from: number, target: Uint8Array): void {
		for (let done = 0; done < target.length;) {
			const at = from + done;
			const inBlock = at % blockSize;
			const part = target.subarray(done, done + blockSize - inBlock);
			const block = this.#blocks[Math.floor(at / blockSize)];
			if (block) this.spill.read(block, inBlock, part);
			else part.set(this.#block.subarray(inBlock, inBlock + part.length));
			done += part.length;
		}
	}

	/** It is not wanted any more. */
	drop(): void {
		for (const block of this.#blocks.splice(0)) this.spill.drop(block);
		giveBack(this.#block);
		this.#block = none;
		this.#filled = 0;
		this.length = 0;
	}

	#next(): void {
		this.seal();
		this.#block = lendBlock();
	}
}
