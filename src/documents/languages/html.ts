import { htmlDialect } from './markup/dialects';
import type { DocumentLanguage } from './language';
import { readAll, readMarkup } from './markup/readMarkup';
import { Reading } from './markup/reading';
import { destinationOf } from './target';

/** `<img src="images/a%20fox.png" alt="…" width="1024" height="768">`; the size keeps the page from jumping while it loads. */
export const html: DocumentLanguage = {
	reference: {
		template: '<img src="${src}" alt="${alt}" width="${width}" height="${height}">',
		src: (target) => escapeAttribute(destinationOf(target)),
		alt: escapeAttribute,
	},
	block: false,
	read: (text) => readMarkup(text, htmlDialect),
	comment: { open: '<!-- ', close: ' -->' },
	baseOf: (text) =>
		/<base/i.test(text) ? folderOfUrl(readAll(new Reading(text, htmlDialect, 'markup')).base) : undefined,
};

/** References begin in the folder of the base: what is behind its last slash does not count. */
function folderOfUrl(base: string | undefined): string | undefined {
	return base?.replace(/[?#][^]*$/, '').replace(/[^/]*$/, '');
}

/** For an attribute in double quotes. */
export function escapeAttribute(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}
