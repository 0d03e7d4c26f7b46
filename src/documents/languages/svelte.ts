import { svelteDialect } from './markup/dialects';
import { escapeAttribute, html } from './html';
import type { DocumentLanguage } from './language';
import { readMarkup } from './markup/readMarkup';
import { destinationOf } from './target';

/** As in HTML; but a brace begins code in attributes too. */
export const svelte: DocumentLanguage = {
	reference: { ...html.reference, src: (target) => escape(destinationOf(target)), alt: escape },
	block: false,
	read: (text) => readMarkup(text, svelteDialect),
	comment: { open: '<!-- ', close: ' -->' },
};

function escape(text: string): string {
	return escapeAttribute(text).replaceAll('{', '&#123;');
}
