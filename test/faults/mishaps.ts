import fs, { type FileHandle, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Mishap, Order } from './order';

/** Lets things go wrong on this machine, for the time of one job. */
export class Mishaps {
	#order: Pick<Order, 'mishap' | 'folder'> | undefined;
	#isReady = false;
	/** What real time says: the clock of the process may lie. */
	readonly #now = Date.now;
	#looks = 0;

	async begin(order: Pick<Order, 'mishap' | 'folder'>): Promise<void> {
		if (!this.#isReady) await this.#watch();
		this.#isReady = true;
		this.#order = order;
		if (order.mishap?.kind === 'not-a-folder') await writeFile(path.join(order.folder, 'images'), 'a file of the user');
		Date.now = order.mishap?.kind === 'clock-jumps' ? () => this.#jumping() : this.#now;
	}

	end(): void {
		this.#order = undefined;
		Date.now = this.#now;
	}

	/** Milliseconds since 1970, as this machine has them. */
	now(): number {
		return Date.now();
	}

	/** Before a picture is saved. */
	async saving(name: string): Promise<void> {
		await this.#interfere('saving', path.join(this.#order?.folder ?? '', 'images', name));
	}

	#jumping(): number {
		this.#looks++;
		return this.#now() + (this.#looks % 2 === 0 ? day : -day);
	}

	async #interfere(when: 'saving' | 'naming', target: string): Promise<void> {
		const { mishap, folder } = this.#order ?? {};
		if (folder === undefined || !target.startsWith(folder)) return;
		if ((mishap?.kind !== 'folder-removed' && mishap?.kind !== 'name-taken') || mishap.when !== when) return;
		// Once: the next folder stays, and the next name is free.
		this.#order = { folder };
		if (mishap.kind === 'folder-removed') {
			await rm(folder, { recursive: true, force: true });
			return;
		}
		await mkdir(path.dirname(target), { recursive: true });
		await writeFile(target, foreign, { flag: 'wx' }).catch(() => undefined);
	}

	/** Every file that is written in this process goes through here. */
	async #watch(): Promise<void> {
		const { link } = fs;
		const linking: typeof link = async (from, to) => {
			await this.#interfere('naming', String(to));
			return link(from, to);
		};
		Object.assign(fs, { link: linking });
		const roomFor = (file: string) => this.#roomFor(file);
		const openFile = fs.open;
		const opening: typeof openFile = async (file, ...rest) => {
			const handle = await openFile(file, ...rest);
			const room = roomFor(String(file));
			return room === undefined ? handle : limited(handle, room);
		};
		Object.assign(fs, { open: opening });
	}

	/** Bytes that a file may still have; `undefined`: as many as it wants. */
	#roomFor(file: string): number | undefined {
		const { mishap, folder } = this.#order ?? {};
		if (mishap?.kind !== 'disk-full' || folder === undefined) return undefined;
		return mishap.everywhere || file.startsWith(folder) ? mishap.bytes : undefined;
	}
}

const day = 86_400_000;

/** What somebody else puts where a picture was to go. */
export const foreign = 'somebody else’s work';

/** Of a disk that is full, after so many bytes of a file. */
function limited(handle: FileHandle, room: number): FileHandle {
	const write = handle.writeFile.bind(handle);
	const writeFull: typeof write = async (data) => {
		const bytes = data instanceof Uint8Array ? data : Buffer.from(typeof data === 'string' ? data : '');
		if (bytes.length <= room) return write(bytes);
		await write(bytes.subarray(0, room));
		throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
	};
	return Object.assign(handle, { writeFile: writeFull });
}

/** Whether a mishap is a kill, and which. */
export function killOf(mishap: Mishap | undefined): Extract<Mishap, { kind: 'killed' }> | undefined {
	return mishap?.kind === 'killed' ? mishap : undefined;
}
