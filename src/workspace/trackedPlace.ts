import { type Disposable, type Position, type TextDocument, type Uri, workspace } from 'vscode';
import { shiftOffset } from '../documents/shiftOffset';

/** A place in a document that stays where it belongs while the text around it changes. Dispose it when it is no longer needed. */
export class TrackedPlace implements Disposable {
	readonly uri: Uri;
	#offset: number;
	readonly #listener: Disposable;

	constructor(
		readonly document: TextDocument,
		position: Position,
	) {
		this.uri = document.uri;
		this.#offset = document.offsetAt(position);
		const uri = this.uri.toString();
		this.#listener = workspace.onDidChangeTextDocument((event) => {
			if (event.document.uri.toString() !== uri) return;
			// The editor lists the changes from the end of the text to its beginning: none moves the ones after it.
			for (const { rangeOffset, rangeLength, text } of event.contentChanges) {
				this.#offset = shiftOffset(this.#offset, { offset: rangeOffset, length: rangeLength, textLength: text.length });
			}
		});
	}

	/** UTF-16 code units from the start of the document. */
	get offset(): number {
		return this.#offset;
	}

	/** The same place, tracked for somebody else. */
	again(): TrackedPlace {
		return new TrackedPlace(this.document, this.document.positionAt(this.#offset));
	}

	dispose(): void {
		this.#listener.dispose();
	}
}
