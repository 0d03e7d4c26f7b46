import { commands, TabInputCustom, TabInputText, Uri, ViewColumn, window, workspace } from 'vscode';
import { sniff } from '../image/sniff';

/**
 * Shows unfinished pictures beside the text, while they come. They lie in Limn's own storage, and are gone when the job ends.
 * A courtesy: what fails here is only not shown.
 */
export class LivePreview {
	readonly #folder: Uri;
	readonly #shown = new Map<number, Uri>();
	#work: Promise<unknown> = Promise.resolve();

	/** `job`: a name for the files of this job. */
	constructor(storage: Uri, job: string) {
		this.#folder = Uri.joinPath(storage, 'unfinished', job);
	}

	/** `index`: the picture's number in the job. */
	show(bytes: Uint8Array, index: number): void {
		this.#inTurn(async () => {
			const header = sniff(bytes);
			if (!header) return;
			const uri = Uri.joinPath(this.#folder, `unfinished-${index}.${header.format}`);
			await workspace.fs.writeFile(uri, bytes);
			// A picture that is open already is drawn again by the editor, which watches the file.
			if (this.#shown.get(index)?.toString() === uri.toString()) return;
			this.#shown.set(index, uri);
			const viewColumn = window.visibleTextEditors.length > 0 ? ViewColumn.Beside : ViewColumn.Active;
			await commands.executeCommand('vscode.open', uri, { preview: true, preserveFocus: true, viewColumn });
		});
	}

	/** Resolves when the files and their tabs are gone. */
	async end(): Promise<void> {
		this.#inTurn(async () => {
			if (this.#shown.size === 0) return;
			try {
				await window.tabGroups.close(this.#tabs(), true);
			} finally {
				await workspace.fs.delete(this.#folder, { recursive: true });
			}
		});
		await this.#work;
	}

	#inTurn(task: () => Promise<unknown>): void {
		this.#work = this.#work.then(task).catch(() => undefined);
	}

	#tabs() {
		const own = new Set([...this.#shown.values()].map(String));
		return window.tabGroups.all
			.flatMap(({ tabs }) => tabs)
			.filter(({ input }) => {
				const isOfFile = input instanceof TabInputCustom || input instanceof TabInputText;
				return isOfFile && own.has(input.uri.toString());
			});
	}
}

/** ms: no job takes a day. */
const day = 86_400_000;

/** Removes what a window left that ended in the middle of a job, but nothing that another one may be showing. */
export async function sweepPreviews(storage: Uri): Promise<void> {
	const folder = Uri.joinPath(storage, 'unfinished');
	const jobs = await workspace.fs.readDirectory(folder).then(undefined, () => []);
	for (const [name] of jobs) {
		const job = Uri.joinPath(folder, name);
		const { mtime } = await workspace.fs.stat(job);
		if (mtime < Date.now() - day) await workspace.fs.delete(job, { recursive: true });
	}
}
