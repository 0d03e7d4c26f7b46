import type { DocumentLanguage } from './language';
import { plainTarget } from './target';
import { readTypst } from './typst/typstReader';

/** `#image("images/a fox.png", alt: "…")`: paths are names as they are, in a string; Typst fits the picture to the page by itself. */
export const typst: DocumentLanguage = {
	reference: {
		template: '#image("${src}", alt: "${alt}")',
		src: (target) => escapeString(plainTarget(target)),
		alt: escapeString,
	},
	block: true,
	read: readTypst,
	comment: { open: '// ', close: '' },
};

function escapeString(text: string): string {
	return text
		.replace(/[\\"]/g, '\\$&')
		.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}
