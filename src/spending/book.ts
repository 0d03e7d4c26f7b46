import { ledgerHead, ledgerLine, LedgerReading, type Settlement } from './ledger';
import { Rows } from './rows';

/** Some whole lines of a file; the last of it may have no end yet, and is given again when it has grown. */
export interface Piece {
	readonly text: string;
	/** What was read before is void: it is another file, or was changed. */
	readonly isFirst: boolean;
}

/** A text file that several windows write. Whatever the disk refuses is thrown. */
export interface SharedFile {
	/** What was added since it was last read to its end: bit by bit, so that others have their turn. Nothing where it is as it was. */
	readonly news: () => AsyncIterable<Piece>;
	/** Adds lines to the end, on lines of their own; a new file begins with `head`. Resolves when they are on the disk. */
	readonly append: (lines: string, head: string) => Promise<void>;
	/** Gives the file a name that no file has, and says what is in it, from the first line on. `undefined`: it is gone already. */
	readonly setAside: () => Promise<{ readonly path: string; readonly pieces: AsyncIterable<Piece> } | undefined>;
}

/** What is wrong with the ledger's file. */
export type Trouble =
	/** It was given another name, what could be read was taken over. `lines`: that could not be read. */
	| { readonly kind: 'damaged'; readonly lines: number; readonly path: string }
	| { readonly kind: 'newer'; readonly path: string }
	| { readonly kind: 'unreadable'; readonly path: string }
	/** It stays as it is; what is spent in this window is only remembered. */
	| { readonly kind: 'not-readable' | 'not-writable'; readonly fault: unknown };

/** So many rows are written at once. */
const mostWritten = 500;

/** What all jobs of all windows came to. Whatever the disk does: work goes on, and each trouble is told once. */
export class Book {
	readonly #told = new Set<Trouble['kind']>();
	#reading = new LedgerReading();
	#rows = new Rows();
	/** What the disk did not take. */
	#unwritten: readonly Settlement[] = [];

	constructor(
		readonly file: SharedFile,
		readonly onTrouble: (trouble: Trouble) => void,
	) {}

	/** They grow, until this is called again. Not to be called again before it has resolved. */
	async rows(): Promise<Rows> {
		try {
			await this.#read();
		} catch (fault) {
			this.#tell({ kind: 'not-readable', fault });
		}
		for (const row of this.#unwritten) this.#rows.add(row);
		return this.#rows;
	}

	/** Of a job that is in it already nothing is added. */
	async add(row: Settlement): Promise<void> {
		const rows = await this.rows();
		if (rows.has(row.job)) return;
		rows.add(row);
		this.#unwritten = [...this.#unwritten, row];
		await this.#write();
	}

	async #write(): Promise<void> {
		try {
			while (this.#unwritten.length > 0) {
				const lines = this.#unwritten.slice(0, mostWritten).map(ledgerLine);
				await this.file.append(lines.join(''), ledgerHead);
				this.#unwritten = this.#unwritten.slice(lines.length);
			}
		} catch (fault) {
			this.#tell({ kind: 'not-writable', fault });
		}
	}

	async #read(): Promise<void> {
		const isReadable = await this.#take(this.file.news());
		const { damaged, isNewer } = this.#reading;
		if (!isReadable || damaged > 0 || isNewer) await this.#replace(isReadable);
	}

	/** `false`: some of it, or all, cannot be read. */
	async #take(pieces: AsyncIterable<Piece>): Promise<boolean> {
		try {
			for await (const { text, isFirst } of pieces) {
				if (isFirst) [this.#reading, this.#rows] = [new LedgerReading(), new Rows()];
				for (const row of this.#reading.take(text)) this.#rows.add(row);
			}
			return true;
		} catch {
			return false;
		}
	}

	/** A new file with what can be read of the old one, which is kept under another name. */
	async #replace(isReadable: boolean): Promise<void> {
		const old = await this.file.setAside();
		// Another window was faster.
		if (!old) return;
		// Once more: somebody may have added to it.
		await this.#take(old.pieces);
		const trouble = troubleOf(isReadable ? this.#reading : undefined, old.path);
		this.#reading = new LedgerReading();
		for (const row of this.#unwritten) this.#rows.add(row);
		this.#unwritten = this.#rows.all();
		await this.#write();
		this.#tell(trouble);
	}

	#tell(trouble: Trouble): void {
		if (this.#told.has(trouble.kind)) return;
		this.#told.add(trouble.kind);
		this.onTrouble(trouble);
	}
}

function troubleOf(reading: LedgerReading | undefined, path: string): Trouble {
	if (!reading) return { kind: 'unreadable', path };
	return reading.isNewer ? { kind: 'newer', path } : { kind: 'damaged', lines: reading.damaged, path };
}
