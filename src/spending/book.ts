import { type Ledger, ledgerHead, ledgerLine, readLedger, type Settlement } from './ledger';

/** A text file that several windows write. Each call rejects where the disk refuses it. */
export interface SharedFile {
	/** Another one whenever the file is another; empty where there is none. */
	readonly stamp: () => Promise<string>;
	/** Empty where there is none. */
	readonly read: () => Promise<string>;
	/**
	 * Adds lines to the end, on lines of their own; a new file begins with `head`. Resolves when they are on the disk, with the stamps of
	 * the file before and after; nobody else added anything in between, else `after` is empty.
	 */
	readonly append: (lines: string, head: string) => Promise<{ readonly before: string; readonly after: string }>;
	/** Gives the file a name that no file has, and says what is in it: nothing where nobody can read it. `undefined`: it is gone already. */
	readonly setAside: () => Promise<{ readonly path: string; readonly text: string } | undefined>;
}

/** What is wrong with the ledger's file. */
export type Trouble =
	/** It was given another name, what could be read was taken over. `lines`: that could not be read. */
	| { readonly kind: 'damaged'; readonly lines: number; readonly path: string }
	| { readonly kind: 'newer'; readonly path: string }
	| { readonly kind: 'unreadable'; readonly path: string }
	/** It stays as it is; what is spent in this window is only remembered. */
	| { readonly kind: 'not-readable' | 'not-writable'; readonly fault: unknown };

/** No stamp is like this one. */
const unknown = '?';

/** What all jobs of all windows came to. Whatever the disk does: work goes on, and each trouble is told once. */
export class Book {
	readonly #told = new Set<Trouble['kind']>();
	#known: { readonly stamp: string; readonly rows: readonly Settlement[] } = { stamp: '', rows: [] };
	/** What the disk did not take. */
	#unwritten: readonly Settlement[] = [];

	constructor(
		readonly file: SharedFile,
		readonly onTrouble: (trouble: Trouble) => void,
	) {}

	/** Of each job one. Not to be called again before it has resolved. */
	async rows(): Promise<readonly Settlement[]> {
		const stamp = await this.file.stamp().catch(() => undefined);
		if (stamp !== this.#known.stamp) await this.#read();
		const written = new Set(this.#known.rows.map(({ job }) => job));
		return [...this.#known.rows, ...this.#unwritten.filter(({ job }) => !written.has(job))];
	}

	/** Of a job that is in it already nothing is added. */
	async add(row: Settlement): Promise<void> {
		const rows = await this.rows();
		if (rows.some(({ job }) => job === row.job)) return;
		this.#unwritten = [...this.#unwritten, row];
		await this.#write();
	}

	async #write(): Promise<void> {
		const rows = this.#unwritten;
		const known = this.#known;
		try {
			const { before, after } = await this.file.append(rows.map(ledgerLine).join(''), ledgerHead);
			this.#unwritten = [];
			// What others wrote is read the next time.
			this.#known = { stamp: before === known.stamp ? after : unknown, rows: [...known.rows, ...rows] };
		} catch (fault) {
			this.#tell({ kind: 'not-writable', fault });
		}
	}

	async #read(): Promise<void> {
		const { file } = this;
		try {
			// Before what is read: what is added in between is read once more.
			const stamp = await file.stamp();
			const ledger = await file.read().then(readLedger, () => undefined);
			this.#known = { stamp, rows: ledger?.rows ?? [] };
			if (!ledger || ledger.damaged > 0 || ledger.isNewer) await this.#replace(ledger !== undefined);
		} catch (fault) {
			this.#tell({ kind: 'not-readable', fault });
		}
	}

	/** A new file with what can be read of the old one, which is kept under another name. */
	async #replace(isReadable: boolean): Promise<void> {
		const old = await this.file.setAside();
		// Another window was faster.
		if (!old) return;
		const ledger = readLedger(old.text);
		this.#known = { stamp: unknown, rows: [] };
		this.#unwritten = [...ledger.rows, ...this.#unwritten];
		await this.#write();
		this.#tell(troubleOf(isReadable ? ledger : undefined, old.path));
	}

	#tell(trouble: Trouble): void {
		if (this.#told.has(trouble.kind)) return;
		this.#told.add(trouble.kind);
		this.onTrouble(trouble);
	}
}

function troubleOf(ledger: Ledger | undefined, path: string): Trouble {
	if (!ledger) return { kind: 'unreadable', path };
	return ledger.isNewer ? { kind: 'newer', path } : { kind: 'damaged', lines: ledger.damaged, path };
}
