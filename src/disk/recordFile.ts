import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type PictureBytes, PictureFile } from '../domain/picture';
import { moveAside } from './aside';
import { linkOrCopy } from './layFile';
import { readHead } from './readHead';
import { codeOf } from './systemError';

/** Where an owner's records are. */
export interface RecordHome {
	readonly folder: string;
	readonly ownerId: string;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Called when a record is the owner's no more. */
	readonly letGo: (id: string) => Promise<void>;
}

/** Records that are nobody's: no owner is called so. */
export const nobody = 'nobody';

/** What is read of a record at most, in bytes. */
const most = 16 * 1024 * 1024;

/** The folder of a record. One rename changes its owner, with all that is in it. */
export function recordName(id: string, ownerId: string): string {
	return `${id}.${ownerId}.record`;
}

/** The folder of a record that is being taken away. */
export function goneName(id: string, ownerId: string): string {
	return `${id}.${ownerId}.gone`;
}

/**
 * One record of this owner's. It does what it is asked for in that order; each resolves when it is on the disk, and rejects with the
 * system's error. Once the record is another's or gone, all of them reject.
 */
export class RecordFile {
	#last: Promise<unknown> = Promise.resolve();
	/** Of the lines that are whole, in bytes. */
	#size: number;
	#isTorn = false;
	/** It was given away: another of this owner's may have its name by now. */
	#isOver = false;

	constructor(
		readonly id: string,
		readonly home: RecordHome,
		size: number,
	) {
		this.#size = size;
	}

	/**
	 * Adds a line, given with its end. Of one that could not be written whole, no part is there before the next one. `outlasts`: a power
	 * failure, too.
	 */
	readonly write = async (line: string, outlasts = true): Promise<void> =>
		this.#inTurn(async () => {
			const bytes = Buffer.from(line);
			const handle = await open(linesOf(this.#folder), appending);
			await closing(handle, async () => {
				if (this.#isTorn) await handle.truncate(this.#size);
				this.#isTorn = true;
				await handle.appendFile(bytes);
				if (outlasts) await handle.datasync();
			});
			this.#size += bytes.length;
			this.#isTorn = false;
		});

	/** Puts bytes beside the lines, whole or not at all: those of a picture's file by another name of it. `name`: of a file, without folders. */
	readonly stage = async (name: string, bytes: PictureBytes): Promise<void> =>
		this.#inTurn(async () => {
			const file = this.#at(name);
			const unfinished = `${file}.tmp`;
			try {
				if (bytes instanceof PictureFile) await adopt(bytes.path, unfinished);
				const handle = await open(unfinished, bytes instanceof PictureFile ? 'r+' : 'w', 0o600);
				await closing(handle, async () => {
					if (bytes instanceof Uint8Array) await handle.writeFile(bytes);
					await handle.datasync();
				});
				await rename(unfinished, file);
				// Where both are names of one file already, none of them goes.
				if (bytes instanceof PictureFile) await rm(unfinished, { force: true });
			} catch (error) {
				await rm(unfinished, { force: true }).catch(() => undefined);
				throw error;
			}
			await syncFolder(this.#folder);
		});

	/** What was staged; `undefined`: nothing of that name. */
	readonly staged = async (name: string): Promise<Uint8Array | undefined> =>
		this.#inTurn(async () =>
			readFile(this.#at(name)).catch((error: unknown) => {
				if (codeOf(error) === 'ENOENT') return undefined;
				throw error;
			}),
		);

	/** Its lines. */
	readonly read = async (): Promise<RecordText> => this.#inTurn(async () => readRecord(this.#folder));

	/** Takes it away with all that lies beside: at once, since a folder of the new name is no record, and whoever finds one clears it away. */
	readonly remove = async (): Promise<void> =>
		this.#inTurn(async () => {
			const { folder, ownerId, letGo } = this.home;
			const gone = path.join(folder, goneName(this.id, ownerId));
			await rename(this.#folder, gone);
			this.#isOver = true;
			try {
				await rm(gone, { recursive: true, force: true });
			} finally {
				await letGo(this.id);
			}
		});

	/** It is nobody's any more: whoever claims it gets it. */
	readonly leave = async (): Promise<void> =>
		this.#inTurn(async () => {
			const { folder, letGo } = this.home;
			await rename(this.#folder, path.join(folder, recordName(this.id, nobody)));
			this.#isOver = true;
			await letGo(this.id);
		});

	/** It is no record any more, but kept for the person to look at. `why`: a word for its name. Its path. */
	readonly setAside = async (why: string): Promise<string> =>
		this.#inTurn(async () => {
			const { folder, now, letGo } = this.home;
			const place = await moveAside(this.#folder, folder, `${why}.${this.id}`, now());
			this.#isOver = true;
			await letGo(this.id);
			return place;
		});

	get #folder(): string {
		return path.join(this.home.folder, recordName(this.id, this.home.ownerId));
	}

	#at(name: string): string {
		if (!/^\w[\w.-]{0,99}$/.test(name) || name === linesName || name.endsWith('.tmp')) throw new TypeError(name);
		return path.join(this.#folder, name);
	}

	async #inTurn<T>(task: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(async () => {
			if (this.#isOver) throw new Error(`The record ${this.id} was given away.`);
			return task();
		});
		this.#last = turn.catch(() => undefined);
		return turn;
	}
}

/** Gives a file a second name, whatever had that. */
async function adopt(source: string, target: string): Promise<void> {
	await rm(target, { force: true });
	await linkOrCopy(source, target);
}

/** What a record says. */
export interface RecordText {
	readonly text: string;
	/** It is longer than what was read of it. */
	readonly isCut: boolean;
}

/** Reads the lines of the record in a folder. */
export async function readRecord(folder: string): Promise<RecordText> {
	const file = linesOf(folder);
	try {
		const { size } = await stat(file);
		return { text: Buffer.from(await readHead(file, Math.min(size, most))).toString(), isCut: size > most };
	} catch (error) {
		// It was begun, and no more: then the folder is there.
		if (codeOf(error) === 'ENOENT' && (await stat(folder)).isDirectory()) return { text: '', isCut: false };
		throw error;
	}
}

/** The first line of the record in a folder, without its end. `undefined`: none of at most 4 KB is there. */
export async function firstLine(folder: string): Promise<string | undefined> {
	const bytes = Buffer.from(await readHead(linesOf(folder), 4 * 1024));
	const end = bytes.indexOf(0x0a);
	return end < 0 ? undefined : bytes.toString('utf8', 0, end);
}

/** Makes the folder of a record; `EEXIST` where there is one. Gives the size of its lines, as below. */
export async function makeRecord(folder: string): Promise<number> {
	await mkdir(folder, { mode: 0o700 });
	try {
		await (await open(linesOf(folder), 'wx', 0o600)).close();
		await syncFolder(folder);
		await syncFolder(path.dirname(folder));
		return 0;
	} catch (error) {
		await rm(folder, { recursive: true, force: true }).catch(() => undefined);
		throw error;
	}
}

/** Makes lines that were left fit to go on: what is torn of the last one goes. Their size in bytes. */
export async function mendRecord(folder: string): Promise<number> {
	const handle = await open(linesOf(folder), constants.O_RDWR | constants.O_CREAT, 0o600);
	return closing(handle, async () => {
		const size = await wholeLines(handle);
		await handle.truncate(size);
		return size;
	});
}

/** The bytes up to the end of the last line that has one. */
async function wholeLines(handle: FileHandle): Promise<number> {
	const piece = new Uint8Array(64 * 1024);
	let { size: end } = await handle.stat();
	while (end > 0) {
		const start = Math.max(0, end - piece.length);
		const { bytesRead } = await handle.read(piece, 0, end - start, start);
		const last = piece.subarray(0, bytesRead).lastIndexOf(0x0a);
		if (last >= 0) return start + last + 1;
		end = start;
	}
	return 0;
}

const linesName = 'lines.jsonl';

function linesOf(folder: string): string {
	return path.join(folder, linesName);
}

/** Never a new file: where there is none, the record is another's by now. */
const appending = constants.O_WRONLY | constants.O_APPEND;

async function closing<T>(handle: FileHandle, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} finally {
		await handle.close();
	}
}

/** So that the names in it outlast a power failure. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(folder);
	await closing(handle, async () => handle.sync());
}
