import { destinationOf, type WriteReference } from './reference';

/** `<img src="images/a%20fox.png" alt="…" width="1024" height="768">`; the size keeps the page from jumping while it loads. */
export const html: WriteReference = ({ alt, width, height, ...target }) =>
	`<img src="${destinationOf(target)}" alt="${escapeAttribute(alt)}" width="${width}" height="${height}">`;

function escapeAttribute(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}
