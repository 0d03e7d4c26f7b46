import type { DocumentLanguage } from './language';
import { markdown } from './markdown';
import { readMarkdown } from './markdown/readMarkdown';

/** References are those of Markdown; comments are JavaScript's, between braces. */
export const mdx: DocumentLanguage = {
	reference: markdown.reference,
	block: true,
	read: (text) => readMarkdown(text, 'mdx'),
	comment: { open: '{/* ', close: ' */}' },
};
