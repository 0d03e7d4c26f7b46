import { randomUUID } from 'node:crypto';
import { Uri, workspace } from 'vscode';
import { sniff } from '../../image/sniff';

/** Unfinished pictures of a job, as files that a webview can show. They lie in Limn's own storage, and are gone when the job ends. */
export class Previews {
	readonly #folder: Uri;
	readonly #shown = new Map<number, Uri>();
	#count = 0;
	#work: Promise<unknown> = Promise.resolve();

	/** `onShown`: called when there are others to look at. */
	constructor(
		unfinished: Uri,
		readonly onShown: () => void,
	) {
		this.#folder = Uri.joinPath(unfinished, randomUUID());
	}

	/** By the picture's number in the job. Each picture has an address of its own: under the same one a webview would show the one before. */
	get shown(): ReadonlyMap<number, Uri> {
		return this.#shown;
	}

	show(bytes: Uint8Array, index: number): void {
		const header = sniff(bytes);
		if (!header) return;
		const uri = Uri.joinPath(this.#folder, `${index}-${++this.#count}.${header.format}`);
		this.#inTurn(async () => {
			await workspace.fs.writeFile(uri, bytes);
			const earlier = this.#shown.get(index);
			this.#shown.set(index, uri);
			this.onShown();
			if (earlier) await workspace.fs.delete(earlier);
		});
	}

	/** One that is finished, or will not come. */
	drop(index: number): void {
		this.#inTurn(async () => {
			const shown = this.#shown.get(index);
			if (!shown) return;
			this.#shown.delete(index);
			this.onShown();
			await workspace.fs.delete(shown);
		});
	}

	/** Resolves when the files are gone. */
	async end(): Promise<void> {
		this.#inTurn(async () => {
			this.#shown.clear();
			if (this.#count > 0) await workspace.fs.delete(this.#folder, { recursive: true });
		});
		await this.#work;
	}

	#inTurn(task: () => Promise<unknown>): void {
		this.#work = this.#work.then(task).catch(() => undefined);
	}
}
