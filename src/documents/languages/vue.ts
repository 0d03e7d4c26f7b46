import { vueDialect } from './markup/dialects';
import { escapeAttribute, html } from './html';
import type { DocumentLanguage } from './language';
import { readMarkup } from './markup/readMarkup';
import { destinationOf, type ReferenceTarget } from './target';

/**
 * `<img src="./images/a%20fox.png" alt="…" width="1024" height="768">` in the template of a component. Of an address that begins with a dot,
 * Vue's compiler makes an import of the path with percent-encoding taken off, and the bundler finds the file; without the dot the address stays
 * as it is, relative to whatever page shows the component. Bundlers then read `?` and `#` in a name as they do in any import, and a name with
 * an apostrophe breaks the code that the compiler writes: nothing that stands here can help that. In an attribute `{{` means nothing.
 */
export const vue: DocumentLanguage = {
	reference: { ...html.reference, src: (target) => escapeAttribute(importOf(target)) },
	block: false,
	read: (text) => readMarkup(text, vueDialect),
	comment: { open: '<!-- ', close: ' -->' },
};

/** A path as imports want it; one from the root of the site stays. */
function importOf(target: ReferenceTarget): string {
	const destination = destinationOf(target);
	return 'uri' in target || /^\.{0,2}\//.test(destination) ? destination : `./${destination}`;
}
