import type { Span } from '../../span';
import type { Finder } from '../text/finder';

/** A link `[[…]]` or `[[…][…]]`. */
export interface OrgLink {
	readonly span: Span;
	/** Between the brackets. */
	readonly target: Span;
	readonly description?: Span;
}

/** What a link leads to. */
interface Destination {
	/** The part of the link that names it. */
	readonly span: Span;
	readonly href: string;
	readonly kind: 'url' | 'path';
}

const pictureName = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?|ico)$/i;

/** The link that begins at `[[`; `undefined`: none does. Links end before `end`. */
export function linkAt(finder: Finder, start: number, end: number): OrgLink | undefined {
	const { text } = finder;
	const close = endOfTarget(text, start + 2, end);
	if (close === undefined || close === start + 2) return undefined;
	const target = { start: start + 2, end: close };
	const sign = text.charAt(close + 1);
	if (sign === ']') return { span: { start, end: close + 2 }, target };
	if (sign !== '[') return undefined;
	const descriptionEnd = finder.next(']]', close + 3);
	if (descriptionEnd + 2 > end) return undefined;
	return { span: { start, end: descriptionEnd + 2 }, target, description: { start: close + 2, end: descriptionEnd } };
}

/** Where the `]` is: one with an odd number of backslashes before it is part of the target, and so is such a `[`. */
function endOfTarget(text: string, start: number, end: number): number | undefined {
	const sign = /\\+|[[\]]/g;
	sign.lastIndex = start;
	for (let found = sign.exec(text); found && found.index < end; found = sign.exec(text)) {
		if (found[0] === ']') return found.index;
		if (found[0] === '[') return undefined;
		if (found[0].length % 2 === 1 && /[[\]]/.test(text.charAt(sign.lastIndex))) sign.lastIndex++;
	}
	return undefined;
}

/** What a link shows as a picture, given where its target is; `undefined`: it shows none. */
export function pictureOf(text: string, { start, end }: Span): Destination | undefined {
	const raw = text.slice(start, end);
	const [, type = '', path = ''] = /^(file(?:\+\w+)?:|(?=https?:\/\/)|(?=\.{0,2}\/|~\/))([^]*)$/.exec(raw) ?? [];
	const isUrl = /^https?:/.test(path);
	const search = isUrl ? -1 : path.indexOf('::');
	const name = search < 0 ? path : path.slice(0, search);
	const href = unescapeLink(name.replace(/[ \t]*\r?\n[ \t]*/g, ' '));
	if (!pictureName.test(href)) return undefined;
	const from = start + type.length;
	return { span: { start: from, end: from + name.length }, href, kind: isUrl ? 'url' : 'path' };
}

function unescapeLink(link: string): string {
	return link.replace(/\\+(?=[[\]]|$)/g, (slashes) => slashes.slice(0, slashes.length / 2));
}
