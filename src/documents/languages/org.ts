import type { DocumentLanguage } from './language';
import { quiet } from './org/orgAttributes';
import { readOrg } from './org/orgReader';
import { plainTarget, type ReferenceTarget } from './target';

/**
 * `[[file:images/a fox.png]]` below `#+ATTR_HTML: :alt … :width 1024`; in a line of text the link alone. Only the width: the height follows
 * from it. Org has no way to say a name with a `::` or with an end of a line.
 */
export const org: DocumentLanguage = {
	reference: {
		template: '#+ATTR_HTML: :alt ${alt} :width ${width}\n[[file:${src}]]',
		inline: '[[file:${src}]]',
		src: escapeLink,
		alt: escapeValue,
	},
	block: true,
	read: readOrg,
	comment: { open: '# ', close: '' },
};

/** Brackets get a backslash, and the backslashes before them, or at the end, another each. A `~` at the beginning would be somebody's home. */
function escapeLink(target: ReferenceTarget): string {
	return plainTarget(target)
		.replace(/^~/, './~')
		.replace(
			/(\\*)([[\]]|$)/g,
			(_, slashes: string, bracket: string) => slashes + slashes + (bracket && `\\${bracket}`),
		);
}

/** What would begin another value, or mean none, is followed by a character that is not seen and not read aloud. Decoration is `""`. */
function escapeValue(text: string): string {
	return text === '' ? '""' : text.replace(/(?<![^ ]):[-\w]+(?![^ ])|^nil$|^""+$/g, `$&${quiet}`);
}
