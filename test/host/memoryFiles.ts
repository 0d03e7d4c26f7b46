import {
	EventEmitter,
	type FileChangeEvent,
	FileSystemError,
	type FileSystemProvider,
	type FileStat,
	FileType,
	Uri,
} from 'vscode';

/** A file system in memory, as a remote or virtual workspace has one: registered with the real editor, it needs no disk. */
export class MemoryFiles implements FileSystemProvider {
	readonly #files = new Map<string, Uint8Array>();
	readonly #folders = new Set<string>(['/']);
	readonly #changes = new EventEmitter<FileChangeEvent[]>();
	readonly onDidChangeFile = this.#changes.event;
	/** Folders that are links. */
	readonly links = new Set<string>();
	/** Writing waits for this. */
	held: Promise<void> = Promise.resolve();
	/** What every write answers, while it is set. */
	fault: Error | undefined;

	watch() {
		return { dispose: () => undefined };
	}

	stat({ path }: Uri): FileStat {
		const file = this.#files.get(path);
		if (file) return { type: FileType.File, ctime: 0, mtime: 0, size: file.length };
		if (this.links.has(path)) return { type: FileType.Directory | FileType.SymbolicLink, ctime: 0, mtime: 0, size: 0 };
		if (this.#folders.has(path)) return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
		throw FileSystemError.FileNotFound(path);
	}

	readDirectory({ path }: Uri): [string, FileType][] {
		const prefix = path === '/' ? '/' : `${path}/`;
		const names = [...this.#files.keys()]
			.filter((name) => name.startsWith(prefix))
			.map((name) => name.slice(prefix.length));
		return names.filter((name) => !name.includes('/')).map((name) => [name, FileType.File]);
	}

	createDirectory({ path }: Uri): void {
		this.#refuse();
		if (this.#files.has(path)) throw FileSystemError.FileExists(path);
		this.#folders.add(path);
	}

	readFile({ path }: Uri): Uint8Array {
		const file = this.#files.get(path);
		if (!file) throw FileSystemError.FileNotFound(path);
		return file;
	}

	async writeFile({ path }: Uri, content: Uint8Array): Promise<void> {
		await this.held;
		this.#refuse();
		this.#files.set(path, content);
	}

	delete({ path }: Uri): void {
		this.#files.delete(path);
	}

	rename(from: Uri, to: Uri, options: { readonly overwrite: boolean }): void {
		this.#refuse();
		if (this.#files.has(to.path) && !options.overwrite) throw FileSystemError.FileExists(to);
		this.#files.set(to.path, this.readFile(from));
		this.#files.delete(from.path);
	}

	/** Every file's path. */
	get paths(): string[] {
		return [...this.#files.keys()].toSorted();
	}

	#refuse(): void {
		if (this.fault) throw this.fault;
	}
}

/** The scheme that the tests register it under. */
export const memoryScheme = 'limnmemory';

/** A file of it. */
export function memoryUri(path: string): Uri {
	return Uri.from({ scheme: memoryScheme, path });
}
