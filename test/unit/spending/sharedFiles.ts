import type { SharedFile } from '../../../src/spending/book';

/** A disk with one file that several windows write, which refuses what it is told to refuse. */
export class MemoryFile implements SharedFile {
	text: string | undefined;
	readonly aside = new Map<string, string>();
	/** What the disk does not do. */
	refuses = new Set<keyof SharedFile>();
	reads = 0;
	#age = 0;

	readonly stamp = async () => {
		this.#refuse('stamp');
		return this.#stamp();
	};

	readonly read = async () => {
		this.#refuse('read');
		this.reads++;
		return this.text ?? '';
	};

	readonly append = async (lines: string, head: string) => {
		this.#refuse('append');
		const before = this.#stamp();
		const text = this.text ?? head;
		this.write(text === '' || text.endsWith('\n') ? text + lines : `${text}\n${lines}`);
		return { before, after: this.#stamp() };
	};

	setAside: SharedFile['setAside'] = async () => {
		this.#refuse('setAside');
		if (this.text === undefined) return undefined;
		const path = `aside ${this.aside.size + 1}`;
		this.aside.set(path, this.text);
		const text = this.refuses.has('read') ? '' : this.text;
		this.text = undefined;
		this.refuses.delete('read');
		return { path, text };
	};

	/** As any other program does. */
	write(text: string): void {
		this.text = text;
		this.#age++;
	}

	#stamp(): string {
		return this.text === undefined ? '' : String(this.#age);
	}

	#refuse(act: keyof SharedFile): void {
		if (this.refuses.has(act)) throw new Error(act);
	}
}
