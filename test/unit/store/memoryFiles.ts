import { isWithin, normalizePath } from '../../../src/documents/paths';
import { type Files, FilesError, type FilesFault } from '../../../src/store/files';

/** A file system of the tests: keeps what it promises, as the port describes it. */
export class MemoryFiles implements Files {
	/** By path. */
	readonly files = new Map<string, Uint8Array>();
	/** Folders that are links to other folders. */
	readonly links = new Map<string, string>();
	/** Folders that cannot be written to, and why. */
	readonly faults = new Map<string, FilesFault>();

	async leadsOut(folder: string, roots: readonly string[]): Promise<boolean> {
		return !roots.some((root) => isWithin(this.#real(folder), this.#real(root)));
	}

	async publish(
		folder: string,
		name: string,
		bytes: Uint8Array,
		roots: readonly string[],
	): Promise<'saved' | 'exists'> {
		if (name === '' || name.includes('/')) throw new Error(`${name} is no name`);
		if (folder !== normalizePath(folder)) throw new Error(`${folder} is no folder`);
		if (await this.leadsOut(folder, roots)) throw new FilesError('outside', folder);
		const fault = this.faults.get(folder);
		if (fault) throw new FilesError(fault, `${folder}: ${fault}`);
		const path = normalizePath(`${this.#real(folder)}/${name}`);
		if (this.files.has(path)) return 'exists';
		this.files.set(path, bytes);
		return 'saved';
	}

	async replace(
		folder: string,
		name: string,
		bytes: Uint8Array,
		roots: readonly string[],
		mayGo: (present: Uint8Array) => Promise<boolean>,
	): Promise<'saved' | 'kept' | 'gone'> {
		if (await this.leadsOut(folder, roots)) throw new FilesError('outside', folder);
		const path = normalizePath(`${this.#real(folder)}/${name}`);
		const present = this.files.get(path);
		if (!present) return 'gone';
		if (!(await mayGo(present))) return 'kept';
		this.files.set(path, bytes);
		return 'saved';
	}

	#real(path: string): string {
		const link = [...this.links.keys()].find((from) => isWithin(path, from));
		return link === undefined ? path : `${this.links.get(link)}${path.slice(link.length)}`;
	}
}
