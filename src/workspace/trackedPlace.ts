import {
	Disposable,
	type Position,
	type TextDocument,
	type TextDocumentChangeEvent,
	type Uri,
	workspace,
} from 'vscode';
import { shiftOffset } from '../documents/shiftOffset';

/**
 * A place in a document that stays where it belongs while the text around it changes, while the document is closed and opened
 * again as it was, and while it is renamed. Dispose it when it is no longer needed.
 */
export class TrackedPlace implements Disposable {
	#uri: Uri;
	#offset: number;
	#position: Position;
	#lineCount: number;
	readonly #listeners: Disposable;

	constructor(document: TextDocument, position: Position) {
		this.#uri = document.uri;
		this.#offset = document.offsetAt(position);
		this.#position = document.positionAt(this.#offset);
		this.#lineCount = document.lineCount;
		this.#listeners = Disposable.from(
			workspace.onDidChangeTextDocument((event) => {
				if (isSame(event.document.uri, this.#uri)) this.#follow(event);
			}),
			workspace.onDidRenameFiles(({ files }) => {
				for (const { oldUri, newUri } of files) this.#uri = renamed(this.#uri, oldUri, newUri);
			}),
		);
	}

	get uri(): Uri {
		return this.#uri;
	}

	/** UTF-16 code units from the start of the document. */
	get offset(): number {
		return this.#offset;
	}

	/** The document, opened again where it was closed; `undefined` where it is gone, as one that was never saved is then. */
	async document(): Promise<TextDocument | undefined> {
		const open = workspace.textDocuments.find(({ uri }) => isSame(uri, this.#uri));
		if (open || this.#uri.scheme === 'untitled') return open;
		return workspace.openTextDocument(this.#uri).then(undefined, () => undefined);
	}

	/** The same place, tracked for somebody else. */
	async again(): Promise<TrackedPlace | undefined> {
		const document = await this.document();
		return document && new TrackedPlace(document, document.positionAt(this.#offset));
	}

	#follow({ document, contentChanges }: TextDocumentChangeEvent): void {
		const [change] = contentChanges;
		const replaced = change !== undefined && change.rangeOffset === 0 && change.rangeLength > 0;
		if (replaced && document.lineCount === this.#lineCount && change.text === document.getText()) {
			// The whole text anew, line by line, as when line ends change: what counts is the line.
			this.#offset = document.offsetAt(this.#position);
		} else {
			// The editor lists the changes from the end of the text to its beginning: none moves the ones after it.
			for (const { rangeOffset, rangeLength, text } of contentChanges) {
				const shift = { offset: rangeOffset, length: rangeLength, textLength: text.length };
				this.#offset = shiftOffset(this.#offset, shift);
			}
		}
		this.#position = document.positionAt(this.#offset);
		this.#lineCount = document.lineCount;
	}

	dispose(): void {
		this.#listeners.dispose();
	}
}

function isSame(uri: Uri, other: Uri): boolean {
	return uri.toString() === other.toString();
}

/** Where a file is after it, or a folder that it is in, was renamed. */
function renamed(uri: Uri, from: Uri, to: Uri): Uri {
	if (isSame(uri, from)) return to;
	const inside =
		uri.with({ path: '' }).toString() === from.with({ path: '' }).toString() && uri.path.startsWith(`${from.path}/`);
	return inside ? to.with({ path: to.path + uri.path.slice(from.path.length) }) : uri;
}
