import { destinationOf, type WriteReference } from './reference';

/** `![alt](images/a%20fox.png)`: CommonMark, with what GFM tables, bare links, math and MDX would take for a sign escaped too. */
export const markdown: WriteReference = ({ alt, ...target }) => `![${escapeMarkdown(alt)}](${destinationOf(target)})`;

function escapeMarkdown(text: string): string {
	return text.replace(/[\\`*_[\]<>&|~${}]|:(?=\/\/)/g, '\\$&');
}
