import type { Piece, SharedFile } from '../../../src/spending/book';

/** What several windows share: a file of text, and what became of it. */
export class MemoryDisk {
	text: string | undefined;
	readonly aside = new Map<string, string>();
}

/** A disk's one file as one of several windows has it, which refuses what it is told to refuse. */
export class MemoryFile implements SharedFile {
	/** What the disk does not do. */
	readonly refuses = new Set<keyof SharedFile | 'read'>();
	/** All that was read, in order. */
	readonly read: string[] = [];
	/** Whole lines that were read. */
	#known: string | undefined;
	#seen: string | undefined;

	constructor(readonly disk = new MemoryDisk()) {}

	get text(): string | undefined {
		return this.disk.text;
	}

	/** As any other program does. */
	write(text: string): void {
		this.disk.text = text;
	}

	/** A line at a time. */
	async *news(): AsyncGenerator<Piece> {
		this.#refuse('news');
		const { text = '' } = this.disk;
		if (text === this.#seen && this.disk.text !== undefined) return;
		this.#refuse('read');
		const hasGrown = this.#known !== undefined && this.disk.text?.startsWith(this.#known) === true;
		const known = hasGrown ? (this.#known ?? '') : '';
		if (!hasGrown) yield { text: '', isFirst: true };
		yield* this.#piecesOf(text.slice(known.length));
		this.#seen = text;
		this.#known = text.slice(0, text.lastIndexOf('\n') + 1);
	}

	readonly append = async (lines: string, head: string) => {
		this.#refuse('append');
		const { text = head } = this.disk;
		this.disk.text = text === '' || text.endsWith('\n') ? text + lines : `${text}\n${lines}`;
	};

	setAside: SharedFile['setAside'] = async () => {
		this.#refuse('setAside');
		const { text, aside } = this.disk;
		if (text === undefined) return undefined;
		const path = `aside ${aside.size + 1}`;
		aside.set(path, text);
		this.disk.text = undefined;
		this.#known = undefined;
		return { path, pieces: this.#old(text, !this.refuses.delete('read')) };
	};

	async *#old(text: string, isReadable: boolean): AsyncGenerator<Piece> {
		if (!isReadable) throw new Error('read');
		yield { text: '', isFirst: true };
		yield* this.#piecesOf(text);
	}

	*#piecesOf(text: string): Generator<Piece> {
		for (const line of text.split(/(?<=\n)/)) {
			this.read.push(line);
			yield { text: line, isFirst: false };
		}
	}

	#refuse(act: keyof SharedFile | 'read'): void {
		if (this.refuses.has(act)) throw new Error(act);
	}
}
