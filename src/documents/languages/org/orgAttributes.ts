import type { Span } from '../../span';
import { trimmed } from '../text/lines';

/** A zero-width space: alt texts have none of their own. */
export const quiet = '\u200B';

/** What `:alt` says in the value of `#+ATTR_HTML:`, given where that is; as Org reads property lists. */
export function readAlt(text: string, value: Span): { readonly text: string; readonly span: Span } | undefined {
	const keys = Array.from(text.slice(value.start, value.end).matchAll(/(?<![^ \t]):[-\w]+(?![^ \t])/g));
	const index = keys.findIndex(({ 0: key }) => key === ':alt');
	const key = keys[index];
	if (!key) return undefined;
	const next = keys[index + 1];
	const end = next ? value.start + next.index : value.end;
	const span = trimmed(text, { start: value.start + key.index + key[0].length, end });
	const words = text.slice(span.start, span.end);
	if (words === '' || words === 'nil') return undefined;
	const quoted = /^"("*)"$/.exec(words);
	if (quoted) return { text: quoted[1] ?? '', span: { start: span.start + 1, end: span.end - 1 } };
	return { text: words.replaceAll(quiet, ''), span };
}
