import { urlOf, type WriteReference } from './reference';

/** `![alt](images/a%20fox.png)`: CommonMark, with what GFM tables, bare links, math and MDX would take for a sign escaped too. */
export const markdown: WriteReference = ({ path, alt }) => `![${escapeMarkdown(alt)}](${urlOf(path)})`;

function escapeMarkdown(text: string): string {
	return text.replace(/[\\`*_[\]<>&|~${}]|:(?=\/\/)/g, '\\$&');
}
