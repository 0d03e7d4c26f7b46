import { html } from './html';
import { markdown } from './markdown';
import { plainTarget, type WriteReference } from './reference';

/** How a language writes a picture, and whether a picture stands as a block of its own there (a blank line around it). */
export interface ReferenceLanguage {
	readonly write: WriteReference;
	readonly block: boolean;
}

/** Any other language gets the plain path: right in a configuration file, and easily wrapped by hand. */
const plain: ReferenceLanguage = { write: plainTarget, block: false };

/** By the editor's language id. A new language is a file beside this one and a row here. */
const languages: Readonly<Record<string, ReferenceLanguage>> = {
	markdown: { write: markdown, block: true },
	html: { write: html, block: false },
};

/** The writer for the editor's language id. */
export function referenceLanguage(languageId: string): ReferenceLanguage {
	return (Object.hasOwn(languages, languageId) ? languages[languageId] : undefined) ?? plain;
}
