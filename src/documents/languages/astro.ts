import { astroDialect } from './markup/dialects';
import { html } from './html';
import type { DocumentLanguage, DocumentParts } from './language';
import { addDeclaration } from './markup/markupSteps';
import { readAll } from './markup/readMarkup';
import { Reading } from './markup/reading';
import { skip } from './markup/scriptText';

/** As in HTML: in quotes a brace means nothing. */
export const astro: DocumentLanguage = {
	reference: html.reference,
	block: false,
	read: readAstro,
	comment: { open: '<!-- ', close: ' -->' },
};

const blanks = /\s+/y;

/** Before the fence of the script there may be comments. */
function readAstro(text: string): DocumentParts {
	const reading = new Reading(text, astroDialect, 'markup');
	reading.at = skip(blanks, text, 0);
	while (text.startsWith('<!--', reading.at)) {
		addDeclaration(reading, reading.at);
		reading.at = skip(blanks, text, reading.at);
	}
	if (text.startsWith('---', reading.at)) {
		reading.at += 3;
		reading.fenced = true;
		reading.frames.push({ mode: 'code', start: reading.at, block: true });
	}
	return readAll(reading).parts;
}
