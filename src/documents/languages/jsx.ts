import { jsxDialect } from './markup/dialects';
import { html } from './html';
import type { DocumentLanguage } from './language';
import { readAll } from './markup/readMarkup';
import { Reading } from './markup/reading';

/** `<img src="images/a%20fox.png" alt="…" width={1024} height={768} />`; in quotes there are references to characters, and no backslashes. */
export const jsx: DocumentLanguage = {
	reference: {
		...html.reference,
		template: '<img src="${src}" alt="${alt}" width={${width}} height={${height}} />',
	},
	block: false,
	read: (text) => readAll(new Reading(text, jsxDialect, 'code')).parts,
	comment: { open: '{/* ', close: ' */}' },
};
