import { readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ProcessMark, stillRuns, thisProcess } from './processes';
import { withStaged } from './stagedFiles';
import { codeOf } from './systemError';

/** Who keeps records: one window, from its opening to its closing. */
export interface Owner {
	/** Nobody else's, ever: letters, digits, `-` and `_`. */
	readonly id: string;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** How often an owner shows that it is there, in milliseconds. */
export const beat = 15_000;

/** After so long without, whoever cannot be looked at is gone. */
const silence = 120_000;

/** Says that an owner is there, as long as it holds records: `<id>.owner` in their folder. */
export class OwnerFile {
	#held = 0;
	#timer: NodeJS.Timeout | undefined;
	#last: Promise<unknown> = Promise.resolve();

	constructor(
		readonly folder: string,
		readonly owner: Owner,
	) {}

	/** Before a record is made or taken: without the file everybody may take it. */
	async hold(): Promise<void> {
		this.#held++;
		try {
			await this.#inTurn(async () => this.#begin());
		} catch (error) {
			this.#held--;
			throw error;
		}
	}

	/** After a record has gone. */
	async letGo(): Promise<void> {
		this.#held = Math.max(0, this.#held - 1);
		await this.#inTurn(async () => {
			if (this.#held === 0) await this.#end();
		});
	}

	/** What is held is anybody's from now on. */
	async dispose(): Promise<void> {
		this.#held = 0;
		await this.#inTurn(async () => this.#end());
	}

	get #file(): string {
		return fileOf(this.folder, this.owner.id);
	}

	async #begin(): Promise<void> {
		if (this.#timer) return;
		await this.#write();
		this.#timer = setInterval(() => void this.#inTurn(async () => this.#beat()), beat);
		this.#timer.unref();
	}

	/** Whole or not at all: of a file that says nothing nobody could tell whose it was. */
	async #write(): Promise<void> {
		await withStaged(this.folder, async (file) => {
			await writeFile(file, JSON.stringify(thisProcess()), { mode: 0o600 });
			await rename(file, this.#file);
		});
		await this.#touch();
	}

	/** Who was silent for too long is taken for gone; whoever took the file away meant well. */
	async #beat(): Promise<void> {
		if (!this.#timer) return;
		await this.#touch().catch(async () => this.#write().catch(() => undefined));
	}

	async #touch(): Promise<void> {
		const now = this.owner.now() / 1000;
		await utimes(this.#file, now, now);
	}

	async #end(): Promise<void> {
		if (!this.#timer) return;
		clearInterval(this.#timer);
		this.#timer = undefined;
		await unlink(this.#file).catch(unlessGone);
	}

	/** One after the other: else a file could be taken away that was just wanted again. */
	async #inTurn(task: () => Promise<void>): Promise<void> {
		const turn = this.#last.then(task);
		this.#last = turn.catch(() => undefined);
		return turn;
	}
}

/** Whether an owner may be at work on its records. In doubt it is. `now`: as its own. */
export async function isAlive(folder: string, id: string, now: number): Promise<boolean> {
	const file = fileOf(folder, id);
	try {
		const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
		const mark = markIn(text);
		// A clock that was set back makes a beat of the future, and no better one.
		return (mark && stillRuns(mark)) ?? Math.abs(now - mtimeMs) <= silence;
	} catch (error) {
		return codeOf(error) !== 'ENOENT';
	}
}

/** Takes away the file of an owner that is gone. */
export async function buryOwner(folder: string, id: string): Promise<void> {
	await unlink(fileOf(folder, id)).catch(unlessGone);
}

function fileOf(folder: string, id: string): string {
	return path.join(folder, `${id}.owner`);
}

function unlessGone(error: unknown): void {
	if (codeOf(error) !== 'ENOENT') throw error;
}

/** `undefined`: it is not whole, or of another version. */
function markIn(text: string): ProcessMark | undefined {
	try {
		const found: unknown = JSON.parse(text);
		if (typeof found !== 'object' || found === null) return undefined;
		if (!('pid' in found && 'machine' in found && 'began' in found)) return undefined;
		const { pid, machine, began } = found;
		if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined;
		return typeof machine === 'string' && typeof began === 'string' ? { pid, machine, began } : undefined;
	} catch {
		return undefined;
	}
}
