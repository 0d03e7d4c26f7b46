import {
	Disposable,
	EventEmitter,
	type Position,
	type TextDocument,
	type TextEditor,
	type Uri,
	window,
	workspace,
} from 'vscode';
import { writingEditor } from './openDocument';

/** Where the person was last writing: a webview that has the focus, or the whole of the editors' room, hides that. */
export class LastPlace implements Disposable {
	readonly #changes = new EventEmitter<void>();
	/** It is another document. */
	readonly onDidChange = this.#changes.event;
	#last: { readonly document: TextDocument; readonly position: Position } | undefined;
	readonly #listeners: Disposable;

	constructor() {
		this.#note(writingEditor());
		this.#listeners = Disposable.from(
			window.onDidChangeActiveTextEditor((editor) => this.#note(editor && writingEditor())),
			window.onDidChangeTextEditorSelection(({ textEditor }) => {
				if (textEditor === writingEditor()) this.#note(textEditor);
			}),
		);
	}

	/** The document that is written in now, else the last one that is still open, with the cursor's place. */
	async get(): Promise<{ readonly document: TextDocument; readonly position: Position } | undefined> {
		const editor = writingEditor();
		if (editor) return { document: editor.document, position: editor.selection.active };
		if (!this.#last) return undefined;
		const { document, position } = this.#last;
		if (!document.isClosed) return { document, position: document.validatePosition(position) };
		// One that is shown no more is closed after a while, though its tab is there.
		if (!isInTab(document.uri)) return undefined;
		const again = await workspace.openTextDocument(document.uri).then(undefined, () => undefined);
		return again && { document: again, position: again.validatePosition(position) };
	}

	/** The document's address, as far as it is known without opening it. */
	get uri(): Uri | undefined {
		return writingEditor()?.document.uri ?? this.#last?.document.uri;
	}

	dispose(): void {
		this.#listeners.dispose();
		this.#changes.dispose();
	}

	#note(editor: TextEditor | undefined): void {
		if (!editor) return;
		const { document, selection } = editor;
		const isAnother = document !== this.#last?.document;
		this.#last = { document, position: selection.active };
		if (isAnother) this.#changes.fire();
	}
}

function isInTab(uri: Uri): boolean {
	return window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.some(
			({ input }) =>
				typeof input === 'object' && input !== null && 'uri' in input && String(input.uri) === uri.toString(),
		);
}
