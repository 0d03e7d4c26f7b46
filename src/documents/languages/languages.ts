import { asciidoc } from './asciidoc';
import { astro } from './astro';
import { css } from './css';
import { html } from './html';
import { jsx } from './jsx';
import type { DocumentLanguage } from './language';
import { latex } from './latex';
import { markdown } from './markdown';
import { mdx } from './mdx';
import { type LanguageName, languageNames } from './names';
import { org } from './org';
import { restructuredText } from './restructuredText';
import { scss } from './scss';
import { svelte } from './svelte';
import { plainTarget } from './target';
import { typst } from './typst';
import { vue } from './vue';

/** A new language is a file beside this one, a row here and one in `names.ts`. */
const languages: Readonly<Record<LanguageName, DocumentLanguage>> = {
	markdown,
	mdx,
	html,
	vue,
	svelte,
	astro,
	jsx,
	restructuredText,
	asciidoc,
	latex,
	typst,
	org,
	css,
	scss,
};

/** Any other language gets the plain path: right in a configuration file, and easily wrapped by hand. */
const plain: DocumentLanguage = {
	reference: { template: '${src}', src: plainTarget, alt: (text) => text },
	block: false,
};

const byId = new Map<string, DocumentLanguage>();
const byExtension = new Map<string, DocumentLanguage>();
for (const { name, ids, extensions } of languageNames) {
	for (const id of ids) byId.set(id, languages[name]);
	for (const extension of extensions) byExtension.set(extension, languages[name]);
}

/**
 * The language of a document by the editor's id; by the end of its name where that says nothing, as it does of languages that no
 * extension has brought.
 */
export function languageOf(languageId: string, path: string): DocumentLanguage {
	const own = byId.get(languageId);
	if (own) return own;
	return (languageId === 'plaintext' ? languageOfFile(path) : undefined) ?? plain;
}

/** The language of a file by the end of its name; `undefined`: none that can be read. */
export function languageOfFile(path: string): DocumentLanguage | undefined {
	return byExtension.get(/\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? '');
}
