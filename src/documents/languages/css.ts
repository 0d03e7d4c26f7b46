import type { DocumentLanguage } from './language';
import { readStyle } from './styles/styleReader';
import { destinationOf } from './target';

/** `url("images/a%20fox.png")`, relative to the style sheet. It has no words for who cannot see the picture. */
export const css: DocumentLanguage = {
	reference: {
		template: 'url("${src}")',
		// Of a path nothing is left that means anything in a string of CSS, SCSS or Less; an address may have more.
		src: (target) => destinationOf(target).replace(/["\\{}\s]/g, encodeURIComponent),
		alt: () => '',
	},
	block: false,
	read: (text) => readStyle(text, false),
	comment: { open: '/* ', close: ' */' },
};
