import { type LogOutputChannel, Uri, workspace } from 'vscode';
import { appendText } from '../disk/appendText';
import { entriesOf, type HistoryEntry, lineOf } from '../store/history';

/** What was made in this workspace: a file in the editor's own storage, one line for each picture. */
export class History {
	readonly #file: Uri;

	/** `storage`: of this workspace, else of all. */
	constructor(
		storage: Uri,
		readonly log: LogOutputChannel,
	) {
		this.#file = Uri.joinPath(storage, 'history.jsonl');
	}

	/** A picture is no less saved for not being in the history: what fails is only logged. */
	async add(entry: HistoryEntry): Promise<void> {
		await appendText(this.#file.fsPath, lineOf(entry)).catch((fault: unknown) => this.log.error(String(fault)));
	}

	/** The latest entry of a picture; `undefined`: it was not made here. */
	async find(id: string): Promise<HistoryEntry | undefined> {
		const bytes = await workspace.fs.readFile(this.#file).then(undefined, () => new Uint8Array());
		return entriesOf(new TextDecoder().decode(bytes)).findLast((entry) => entry.id === id);
	}
}
