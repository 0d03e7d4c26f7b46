import { constants, type Stats } from 'node:fs';
import { chmod, type FileHandle, lstat, mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { publishLocally } from './localFiles';

/** Some whole lines; the last of the file may have no end yet, and is given again when it has grown. */
interface Piece {
	readonly text: string;
	/** What was read before is void: it is another file, or was changed. */
	readonly isFirst: boolean;
}

/** A file of lines that several windows add to and none changes. What is in it is the affair of others. */
export class LedgerFile {
	readonly #name: string;
	#last: Last | undefined;

	/** `today`: `YYYY-MM-DD`, for the name of a file that is set aside. */
	constructor(
		readonly file: string,
		readonly today: () => string,
	) {
		this.#name = path.basename(file);
	}

	/** What was added since it was last read to its end; see `SharedFile` (spending/book.ts). */
	async *news(): AsyncGenerator<Piece> {
		const found = await orNothing(stat(this.file));
		if (found && stampOf(found) === this.#last?.stamp) return;
		const handle = await orNothing(open(this.file));
		if (handle) yield* closing(handle, this.#newsIn(handle));
		else {
			this.#last = undefined;
			yield { text: '', isFirst: true };
		}
	}

	async *#newsIn(handle: FileHandle): AsyncGenerator<Piece> {
		// Before what is read: what is added in between is read the next time.
		const found = await handle.stat();
		let end = this.#last && (await hasGrown(handle, found, this.#last)) ? this.#last.end : 0;
		if (end === 0) yield { text: '', isFirst: true };
		for await (const { text, size } of linesFrom(handle, end)) {
			yield { text, isFirst: false };
			end += size;
		}
		const { ino, size } = found;
		this.#last = { stamp: stampOf(found), ino, size, end, edges: await edgesOf(handle, end) };
	}

	/** Adds lines to the end, on lines of their own; a new file begins with `head`. Resolves when they are on the disk. */
	async append(lines: string, head: string): Promise<void> {
		const folder = path.dirname(this.file);
		await mkdir(folder, { recursive: true, mode: 0o700 });
		// Whoever is set aside by another window while it is written to is written to again: of a line that is there twice one counts.
		for (let tries = 0; tries < mostTries; tries++) {
			const isNew = (await publishLocally(folder, this.#name, Buffer.from(head), [folder])) === 'saved';
			// Not every disk knows whose a file is.
			if (isNew) await chmod(this.file, 0o600).catch(() => undefined);
			if (await this.#add(lines)) return;
		}
		throw new Error(`${this.file} was moved away again and again.`);
	}

	/** Gives the file a name that no file has, and says what is in it, from the first line on. `undefined`: it is gone already. */
	async setAside(): Promise<{ readonly path: string; readonly pieces: AsyncIterable<Piece> } | undefined> {
		const { dir, name, ext } = path.parse(this.file);
		for (let number = 1; ; number++) {
			const place = path.join(dir, `${name}-${this.today()}-unreadable${number === 1 ? '' : `-${number}`}${ext}`);
			if (await exists(place)) continue;
			if (!(await this.#movedTo(place))) return undefined;
			return { path: place, pieces: new LedgerFile(place, this.today).news() };
		}
	}

	async #movedTo(place: string): Promise<boolean> {
		return (await orNothing(rename(this.file, place).then(() => true))) ?? false;
	}

	/** `false`: it went to a file that is not the one any more. */
	async #add(lines: string): Promise<boolean> {
		const handle = await orNothing(open(this.file, constants.O_RDWR | constants.O_APPEND));
		if (!handle) return false;
		try {
			const { size, ino } = await handle.stat();
			const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
			const isWhole = size === 0 || buffer[0] === lineEnd;
			await handle.appendFile(isWhole ? lines : `\n${lines}`);
			await handle.sync();
			return (await orNothing(stat(this.file)))?.ino === ino;
		} finally {
			await handle.close();
		}
	}
}

function stampOf({ ino, size, mtimeMs }: Stats): string {
	return `${ino} ${size} ${mtimeMs}`;
}

/** A file as it was when it was last read to its end. */
interface Last extends Pick<Stats, 'ino' | 'size'> {
	readonly stamp: string;
	/** Of its last whole line, in bytes. */
	readonly end: number;
	/** See {@link edgesOf}. */
	readonly edges: Buffer;
}

/** Whether something was added to a file, and nothing else was done to it. */
async function hasGrown(handle: FileHandle, { ino, size }: Stats, last: Last): Promise<boolean> {
	return ino === last.ino && size > last.size && (await edgesOf(handle, last.end)).equals(last.edges);
}

/** The first and the last bytes of what is known. Whoever changes a line in between moves the last ones. */
async function edgesOf(handle: FileHandle, end: number): Promise<Buffer> {
	const length = Math.min(end, 1024);
	return Buffer.concat([await bytesAt(handle, 0, length), await bytesAt(handle, end - length, length)]);
}

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
	const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, at);
	return buffer.subarray(0, bytesRead);
}

/** So many bytes are read at a time: what is made of them takes some milliseconds. */
const slice = 32 * 1024;

/** The lines from a place on, some at a time, with their size in bytes: 0 of a last one that has no end. */
async function* linesFrom(handle: FileHandle, start: number): AsyncGenerator<{ text: string; size: number }> {
	let pending: Buffer[] = [];
	for (let at = start; ;) {
		const bytes = await bytesAt(handle, at, slice);
		if (bytes.length === 0) break;
		at += bytes.length;
		const end = bytes.lastIndexOf(lineEnd) + 1;
		if (end > 0) {
			const whole = Buffer.concat([...pending, bytes.subarray(0, end)]);
			yield { text: whole.toString(), size: whole.length };
			pending = [];
		}
		pending.push(bytes.subarray(end));
	}
	yield { text: Buffer.concat(pending).toString(), size: 0 };
}

async function* closing<T>(handle: FileHandle, work: AsyncIterable<T>): AsyncGenerator<T> {
	try {
		yield* work;
	} finally {
		await handle.close();
	}
}

const lineEnd = 0x0a;

/** Each time another window has to be faster: no window is so often without end. */
const mostTries = 100;

async function exists(file: string): Promise<boolean> {
	return lstat(file).then(
		() => true,
		() => false,
	);
}

/** `undefined`: there is no such file. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
	return asked.catch((fault: unknown) => {
		if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
		throw fault;
	});
}
