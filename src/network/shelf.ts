import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PictureBytes, PictureFile, type ReadInto } from '../domain/picture';
import { giveBack, lendBlock } from './blocks';
import { NoRoom } from './spill';

const mega = 2 ** 20;

/** Bytes of one exchange that stay in memory where the disk takes nothing. */
const alone = 32 * mega;

/** Names a file that is to be made, as the operating system writes it. */
export type NewFile = () => string;

const temporary: NewFile = () => path.join(tmpdir(), `limn-${randomUUID()}.tmp`);

/** What nobody let go of goes when nobody can read it any more. */
const forgotten = new FinalizationRegistry<ReadonlySet<string>>((files) => files.forEach(remove));

/** Where the pictures of one exchange lie: those of a block in memory, others each in a file of its own. Who makes one releases it. */
export class Shelf {
	readonly #files = new Set<string>();
	readonly #arriving = new Set<ArrivingPicture>();
	/** Bytes in memory for want of a disk. */
	#kept = 0;

	constructor(readonly newFile: NewFile = temporary) {
		forgotten.register(this, this.#files);
	}

	hold(): ArrivingPicture {
		return new ArrivingPicture(this);
	}

	/** Something of it lies in files. */
	get isUsed(): boolean {
		return this.#files.size > 0;
	}

	/** None of its pictures is wanted any more. */
	release(): void {
		this.dropArriving();
		for (const file of this.#files) this.remove(file);
	}

	/** What has not come to its end never will. */
	dropArriving(): void {
		for (const picture of this.#arriving) picture.drop();
	}

	/** Opens a new file. `undefined`: the disk takes none. */
	open(picture: ArrivingPicture): OpenFile | undefined {
		const name = this.newFile();
		try {
			const handle = openSync(name, 'wx+', 0o600);
			this.#files.add(name);
			this.#arriving.add(picture);
			return { name, handle };
		} catch {
			return undefined;
		}
	}

	close(picture: ArrivingPicture, file: OpenFile): void {
		this.#arriving.delete(picture);
		closeSync(file.handle);
	}

	remove(name: string): void {
		remove(name);
		this.#files.delete(name);
	}

	/** So many bytes more, or fewer, are in memory for want of a disk. Throws {@link NoRoom}. */
	keep(bytes: number): void {
		if (this.#kept + bytes > alone) throw new NoRoom('There is no room for the answer.');
		this.#kept += bytes;
	}
}

interface OpenFile {
	readonly name: string;
	readonly handle: number;
}

const none = Buffer.alloc(0);

/** A picture while it arrives. */
export class ArrivingPicture {
	length = 0;
	#block: Buffer = none;
	#filled = 0;
	#file: OpenFile | undefined;
	/** Of the file, in bytes. */
	#written = 0;
	/** What would be in the file if there were a disk. */
	#blocks: Uint8Array[] | undefined;

	constructor(readonly shelf: Shelf) {}

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

	/** All of it is there. Throws {@link NoRoom}. */
	take(): PictureBytes {
		const last = this.#block.subarray(0, this.#filled);
		if (this.#file && this.#write(last)) return this.#finish(this.#file);
		const bytes = new Uint8Array(Buffer.concat([...(this.#blocks ?? []), last]));
		this.#empty();
		return bytes;
	}

	/** It is not wanted any more. */
	drop(): void {
		if (this.#blocks) this.shelf.keep(-this.#written);
		this.#blocks = undefined;
		this.#unfile();
		this.#empty();
		this.length = 0;
	}

	#next(): void {
		if (this.#block === none) {
			this.#block = lendBlock();
			return;
		}
		if (!this.#blocks) this.#file ??= this.shelf.open(this);
		if (!this.#write(this.#block)) this.#keep(this.#block);
		this.#filled = 0;
	}

	/** `false`: the disk takes nothing, and what it had taken is in memory. */
	#write(bytes: Buffer): boolean {
		const file = this.#file;
		if (!file) return false;
		try {
			for (let done = 0; done < bytes.length;)
				done += writeSync(file.handle, bytes, done, bytes.length - done, this.#written + done);
			this.#written += bytes.length;
			return true;
		} catch {
			this.shelf.keep(this.#written);
			this.#blocks = [new Uint8Array(readFileSync(file.name)).subarray(0, this.#written)];
			this.#unfile();
			return false;
		}
	}

	#keep(block: Buffer): void {
		this.shelf.keep(block.length);
		this.#blocks ??= [];
		this.#blocks.push(new Uint8Array(block));
		this.#written += block.length;
	}

	#finish(file: OpenFile): PictureFile {
		this.shelf.close(this, file);
		this.#file = undefined;
		this.#empty();
		return pictureIn(file.name, this.length, this.shelf);
	}

	#unfile(): void {
		const file = this.#file;
		this.#file = undefined;
		if (!file) return;
		this.shelf.close(this, file);
		this.shelf.remove(file.name);
	}

	#empty(): void {
		giveBack(this.#block);
		this.#block = none;
		this.#filled = 0;
	}
}

function pictureIn(name: string, length: number, shelf: Shelf): PictureFile {
	return new PictureFile(name, length, {
		look: (work) => looking(name, work),
		read: async () => {
			return (await readFile(name)).subarray(0, length);
		},
		release: () => shelf.remove(name),
	});
}

function looking<T>(name: string, work: (readInto: ReadInto) => T): T {
	const handle = openSync(name, 'r');
	try {
		return work((target, from) => readInto(handle, target, from));
	} finally {
		closeSync(handle);
	}
}

function readInto(handle: number, target: Uint8Array, from: number): void {
	for (let done = 0; done < target.length;) {
		const read = readSync(handle, target, done, target.length - done, from + done);
		if (read === 0) throw new Error('A picture that arrived is shorter than it was.');
		done += read;
	}
}

function remove(name: string): void {
	try {
		rmSync(name, { force: true });
	} catch {
		// Who has it open may keep it: it is swept away another time.
	}
}
