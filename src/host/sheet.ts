import { type Disposable, EventEmitter, Uri, window, workspace } from 'vscode';

const scheme = 'limn-sheet';

/** Plain texts in tabs that nobody is asked to save. What they quote is text and nothing else. */
export class Sheets implements Disposable {
	readonly #changed = new EventEmitter<Uri>();
	readonly #texts = new Map<string, string>();
	#provider: Disposable | undefined;

	/** `about`: what has a sheet of its own. */
	async show(about: Uri, title: string, lines: readonly string[]): Promise<void> {
		this.#provider ??= workspace.registerTextDocumentContentProvider(scheme, {
			onDidChange: this.#changed.event,
			provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
		});
		const uri = Uri.from({ scheme, path: `/${title.replaceAll('/', '-')}`, query: about.toString() });
		this.#texts.set(uri.toString(), lines.join('\n'));
		this.#changed.fire(uri);
		await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
	}

	dispose(): void {
		this.#provider?.dispose();
		this.#changed.dispose();
	}
}
