import { type TextDocument, workspace } from 'vscode';
import type { TrackedPlace } from './trackedPlace';

/** How often a change is tried: somebody who types without a pause is waited for. */
const attempts = 200;

/** Milliseconds without a change after which a refusal is the document's own, not the work of somebody who was faster. */
const quiet = 300;

let last: Promise<unknown> = Promise.resolve();

/**
 * Changes the document of a place. `change` makes its edit of the text as it is and tells whether the editor took it. The editor
 * refuses an edit of a text that has changed meanwhile: then `change` is called again. One change at a time, so that Limn's own
 * do not overtake each other.
 */
export async function changeDocument(
	place: TrackedPlace,
	change: (document: TextDocument) => Promise<boolean>,
): Promise<'changed' | 'refused' | 'gone'> {
	const mine = last.then(async () => tryToChange(place, change));
	last = mine.catch(() => undefined);
	return mine;
}

async function tryToChange(place: TrackedPlace, change: (document: TextDocument) => Promise<boolean>) {
	for (let attempt = 0; attempt < attempts; attempt++) {
		const document = await place.document();
		if (!document) return 'gone';
		const { version } = document;
		if (await change(document)) return 'changed';
		if (document.version === version && !(await changesSoon(document))) return 'refused';
	}
	return 'refused';
}

/** The news of the change that was faster may also come after the refusal. */
async function changesSoon(document: TextDocument): Promise<boolean> {
	return new Promise((resolve) => {
		const end = (changed: boolean) => {
			clearTimeout(timer);
			listener.dispose();
			resolve(changed);
		};
		const timer = setTimeout(() => end(document.isClosed), quiet);
		const listener = workspace.onDidChangeTextDocument((event) => {
			if (event.document === document) end(true);
		});
	});
}
