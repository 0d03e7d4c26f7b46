import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { EventEmitter, type LogOutputChannel, Uri, workspace } from 'vscode';
import { appendText } from '../disk/appendText';
import { type HistoryEntry, HistoryFold, type HistoryNote, lineOf } from '../store/history';

/** What the history's file comes to. */
export interface HistoryContent {
	/** Of each place the latest, in the order in which they were saved. */
	readonly entries: readonly HistoryEntry[];
	/** Lines that were passed over. */
	readonly damaged: number;
	/** The file is there and cannot be read. */
	readonly isUnreadable: boolean;
}

/** In bytes: read in a few milliseconds. */
const piece = 64 * 1024;

/** What was made in this workspace: a file in the editor's own storage, one line for each picture. */
export class History {
	readonly #file: Uri;
	readonly #changes = new EventEmitter<void>();
	/** The file as it was read, with what was added since. */
	#known: { readonly fold: HistoryFold; readonly isUnreadable: boolean; size: number } | undefined;
	#last: Promise<unknown> = Promise.resolve();

	readonly onDidChange = this.#changes.event;

	/** `storage`: of this workspace, else of all. */
	constructor(
		storage: Uri,
		readonly log: LogOutputChannel,
	) {
		this.#file = Uri.joinPath(storage, 'history.jsonl');
	}

	/** A picture is no less saved for not being in the history: what fails is only logged. */
	async add(entry: HistoryEntry): Promise<void> {
		await this.#inTurn(async () => this.#append([entry]));
	}

	/** The latest entry of a picture; `undefined`: it was not made here. */
	async find(id: string): Promise<HistoryEntry | undefined> {
		return this.#inTurn(async () => (await this.#content()).fold.find(id));
	}

	/** All that there is. What cannot be read is said, and logged. */
	async read(): Promise<HistoryContent> {
		return this.#inTurn(async () => {
			const { fold, isUnreadable } = await this.#content();
			return { entries: fold.entries(), damaged: fold.damaged, isUnreadable };
		});
	}

	/** A file, or a folder with all that is in it, has another place now. */
	async move(from: Uri, to: Uri): Promise<void> {
		const [old, present] = [from.toString(), to.toString()];
		await this.#inTurn(async () => {
			const { fold } = await this.#content();
			const uris = fold.entries().map(({ uri }) => uri);
			const inside = uris.filter((uri) => uri === old || uri.startsWith(`${old}/`));
			await this.#append(inside.map((uri) => ({ moved: { from: uri, to: `${present}${uri.slice(old.length)}` } })));
		});
	}

	/** Takes pictures off the history; how they were made is still known. */
	async forget(uris: readonly string[]): Promise<void> {
		await this.#inTurn(async () => {
			await this.#content();
			await this.#append(uris.map((forgotten) => ({ forgotten })));
		});
	}

	async #append(lines: readonly (HistoryEntry | HistoryNote)[]): Promise<void> {
		if (lines.length === 0) return;
		const text = lines.map(lineOf).join('');
		await appendText(this.#file.fsPath, text).then(
			() => this.#grow(Buffer.byteLength(text)),
			(fault: unknown) => this.log.error(String(fault)),
		);
		for (const line of lines) this.#known?.fold.take(line);
		this.#changes.fire();
	}

	#grow(bytes: number): void {
		if (this.#known) this.#known.size += bytes;
	}

	/** What is known, unless another window has written since. */
	async #content(): Promise<{ readonly fold: HistoryFold; readonly isUnreadable: boolean }> {
		const size = await sizeOf(this.#file);
		if (this.#known?.size !== size) this.#known = { ...(await this.#read()), size };
		return this.#known;
	}

	/** A long history would hold up the editor: it has its turn between two pieces. */
	async #read(): Promise<{ readonly fold: HistoryFold; readonly isUnreadable: boolean }> {
		const fold = new HistoryFold();
		const bytes = await readFile(this.#file).catch((fault: unknown) => {
			this.log.error(String(fault));
			return undefined;
		});
		for (const part of bytes ? pieces(bytes) : []) {
			fold.read(decoder.decode(part));
			await setImmediate();
		}
		return { fold, isUnreadable: bytes === undefined };
	}

	/** One after the other: what is added while the file is read would be counted twice, or not at all. */
	async #inTurn<T>(task: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(task);
		this.#last = turn.catch(() => undefined);
		return turn;
	}
}

const decoder = new TextDecoder();

/** The parts of a file, each of whole lines. */
function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length;) {
		const end = bytes.indexOf(0x0a, at + piece) + 1 || bytes.length;
		yield bytes.subarray(at, end);
		at = end;
	}
}

/** 0: there is none. */
async function sizeOf(file: Uri): Promise<number> {
	return stat(file.fsPath).then(
		({ size }) => size,
		() => 0,
	);
}

/** Empty where there is no such file. Throws where there is one that cannot be read. */
async function readFile(file: Uri): Promise<Uint8Array> {
	const { size } = (await stat(file.fsPath).catch(() => undefined)) ?? {};
	return size === undefined ? new Uint8Array() : workspace.fs.readFile(file);
}
