import type { DocumentLanguage } from './language';
import { readMarkdown } from './markdown/readMarkdown';
import { destinationOf, type ReferenceTarget } from './target';

/** `![alt](images/a%20fox.png)`: CommonMark, with what GFM tables, bare links, math and MDX would take for a sign escaped too. */
export const markdown: DocumentLanguage = {
	reference: { template: '![${alt}](${src})', src: escapeDestination, alt: escapeMarkdown },
	block: true,
	read: (text) => readMarkdown(text, 'markdown'),
	comment: { open: '<!-- ', close: ' -->' },
};

/** Of a path nothing is left that means anything to Markdown; an address may have more. */
function escapeDestination(target: ReferenceTarget): string {
	return destinationOf(target)
		.replace(/[ "$'()*<>[\\\]`{|}]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
		.replaceAll('&', '\\&');
}

function escapeMarkdown(text: string): string {
	return text.replace(/[\\`*_[\]<>&|~${}]|:(?=\/\/)/g, '\\$&');
}
