import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { buryOwner, isAlive, type Owner, OwnerFile } from './ownerFile';
import {
	firstLine,
	goneName,
	makeRecord,
	mendRecord,
	nobody,
	readRecord,
	RecordFile,
	recordName,
	type RecordText,
} from './recordFile';
import { sweepStaged } from './stagedFiles';
import { codeOf } from './systemError';

/** A record whose owner is gone. */
export interface FoundRecord extends RecordText {
	readonly id: string;
}

/** How a record begins. */
interface RecordHead {
	readonly id: string;
	/** It is this owner's. */
	readonly isMine: boolean;
	/** It is this owner's because it was left and claimed. */
	readonly isClaimed: boolean;
	/** Its first line, without its end. */
	readonly line: string;
}

/** What a name in the folder of records says. */
interface Entry {
	/** Empty: of an owner's file. */
	readonly id: string;
	readonly ownerId: string;
	readonly kind: 'record' | 'gone' | 'owner';
}

/** So many records are read at a time: the oldest. */
const most = 500;

/**
 * Records of work that a process may leave unfinished: each is a folder with lines and with files beside them, and each is one owner's.
 * What an owner has open is left to all when it is gone; of two that claim a record, one gets it. All of it rejects with the system's error.
 */
export class RecordFiles {
	readonly #ownerFile: OwnerFile;
	readonly #own = new Map<string, RecordFile>();
	readonly #claimed = new Set<string>();

	/** `folder`: of records alone; made with the first one. `onFault`: told of a single record that was passed over. */
	constructor(
		readonly folder: string,
		readonly owner: Owner,
		readonly onFault: (fault: unknown) => void,
	) {
		checkName(owner.id);
		this.#ownerFile = new OwnerFile(folder, owner);
	}

	/** Begins a record. `EEXIST`: this owner has one of that name. */
	async open(id: string): Promise<RecordFile> {
		checkName(id);
		await mkdir(this.folder, { recursive: true, mode: 0o700 });
		return this.#hold(id, async () => makeRecord(this.#place(id, this.owner.id)));
	}

	/** Whether a record was left. */
	async has(): Promise<boolean> {
		return (await this.#left(await this.#entries())).length > 0;
	}

	/** How all records begin that are open anywhere and have a whole first line, in no order. */
	async heads(): Promise<RecordHead[]> {
		const heads = await this.#survey(
			async (records) => records,
			async ({ id, ownerId }) => {
				const line = await firstLine(this.#place(id, ownerId));
				if (line === undefined) return [];
				return [{ id, isMine: ownerId === this.owner.id, isClaimed: this.#claimed.has(id), line }];
			},
		);
		return heads.flat();
	}

	/** What was left: the oldest, oldest first. */
	async left(): Promise<FoundRecord[]> {
		const found = await this.#survey(
			async (records) => (await this.#oldest(await this.#left(records))).slice(0, most),
			async ({ id, ownerId }) => ({ id, ...(await readRecord(this.#place(id, ownerId))) }),
		);
		await this.#clear();
		return found;
	}

	/** Makes a record that was left this owner's. `undefined`: there is none, or another was faster. */
	async claim(id: string): Promise<RecordFile | undefined> {
		const [entry] = await this.#left((await this.#entries()).filter((found) => found.id === id));
		if (!entry) return undefined;
		const place = this.#place(id, this.owner.id);
		try {
			this.#claimed.add(id);
			return await this.#hold(id, async () => {
				await rename(this.#place(id, entry.ownerId), place);
				return mendRecord(place);
			});
		} catch (error) {
			this.#claimed.delete(id);
			if (codeOf(error) === 'ENOENT') return undefined;
			throw error;
		}
	}

	/** Puts a record that was left, or is this owner's, where nobody takes it for one: {@link RecordFile.setAside}. `undefined`: as for `claim`. */
	async setAside(id: string, why: string): Promise<string | undefined> {
		const file = this.#own.get(id) ?? (await this.claim(id));
		return file?.setAside(why);
	}

	/** What this owner has open is left from now on. */
	async dispose(): Promise<void> {
		await this.#ownerFile.dispose();
	}

	#place(id: string, ownerId: string): string {
		return path.join(this.folder, recordName(id, ownerId));
	}

	/** `make`: gives the size of the record's lines, in bytes. */
	async #hold(id: string, make: () => Promise<number>): Promise<RecordFile> {
		await this.#ownerFile.hold();
		try {
			const file = new RecordFile(id, this.#home(), await make());
			this.#own.set(id, file);
			return file;
		} catch (error) {
			await this.#ownerFile.letGo().catch(this.onFault);
			throw error;
		}
	}

	#home(): RecordFile['home'] {
		return {
			folder: this.folder,
			ownerId: this.owner.id,
			now: this.owner.now,
			letGo: async (id) => {
				this.#own.delete(id);
				this.#claimed.delete(id);
				await this.#ownerFile.letGo();
			},
		};
	}

	async #entries(): Promise<Entry[]> {
		const names = await readdir(this.folder).catch((error: unknown) => {
			if (codeOf(error) === 'ENOENT') return [];
			throw error;
		});
		return names.flatMap((name) => entryOf(name) ?? []);
	}

	/** The records whose owners are gone. */
	async #left(entries: readonly Entry[]): Promise<Entry[]> {
		const records = entries.filter(({ kind }) => kind === 'record');
		const gone = await this.#gone(records);
		return records.filter(({ ownerId }) => gone.has(ownerId));
	}

	/** Of those who have something here, who is gone. */
	async #gone(entries: readonly Entry[]): Promise<ReadonlySet<string>> {
		const others = new Set(entries.map(({ ownerId }) => ownerId));
		others.delete(this.owner.id);
		const looks = [...others].map(async (id) => ((await isAlive(this.folder, id, this.owner.now())) ? [] : [id]));
		return new Set((await Promise.all(looks)).flat());
	}

	/**
	 * What is read of the wanted ones of all records. What is not there any more may have another owner by now: it is looked for again,
	 * but not for ever.
	 */
	async #survey<T>(
		wantedOf: (records: readonly Entry[]) => Promise<readonly Entry[]>,
		read: (entry: Entry) => Promise<T>,
	): Promise<T[]> {
		const found: T[] = [];
		const seen = new Set<string>();
		for (let round = 0, isOver = false; round < 3 && !isOver; round++) {
			const fresh = (await this.#entries()).filter(({ kind, id }) => kind === 'record' && !seen.has(id));
			isOver = true;
			for (const entry of await wantedOf(fresh)) {
				try {
					found.push(await read(entry));
					seen.add(entry.id);
				} catch (error) {
					if (codeOf(error) === 'ENOENT') {
						isOver = false;
						continue;
					}
					seen.add(entry.id);
					this.onFault(error);
				}
			}
		}
		return found;
	}

	/** By the times at which they last changed. */
	async #oldest(entries: readonly Entry[]): Promise<Entry[]> {
		const timed = entries.map(async (entry) => {
			const found = await stat(this.#place(entry.id, entry.ownerId)).catch(() => undefined);
			return { entry, time: found?.mtimeMs ?? 0 };
		});
		return (await Promise.all(timed)).toSorted((a, b) => a.time - b.time).map(({ entry }) => entry);
	}

	/** Takes away what is left of records that were taken away, and of owners that are gone. */
	async #clear(): Promise<void> {
		await sweepStaged(this.folder);
		const entries = await this.#entries();
		const gone = await this.#gone(entries);
		const holding = new Set(entries.flatMap(({ kind, ownerId }) => (kind === 'record' ? [ownerId] : [])));
		for (const { id, ownerId, kind } of entries.filter((entry) => gone.has(entry.ownerId))) {
			const rest = path.join(this.folder, goneName(id, ownerId));
			if (kind === 'gone') await rm(rest, { recursive: true, force: true }).catch(this.onFault);
			if (kind === 'owner' && !holding.has(ownerId)) await buryOwner(this.folder, ownerId).catch(this.onFault);
		}
	}
}

function entryOf(name: string): Entry | undefined {
	const [, id = '', ownerId = '', kind] = /^(?:([\w-]+)\.)?([\w-]+)\.(record|gone|owner)$/.exec(name) ?? [];
	if (kind === 'owner') return id === '' ? { id, ownerId, kind } : undefined;
	return id !== '' && (kind === 'record' || kind === 'gone') ? { id, ownerId, kind } : undefined;
}

function checkName(name: string): void {
	if (!/^[\w-]{1,80}$/.test(name) || name === nobody) throw new TypeError(`No name for a record or its owner: ${name}`);
}
