import type { DocumentLanguage, PictureLink } from './languages/language';
import type { Span } from './span';

/** What is to stand in a document in the stead of a piece of its text. */
export interface SpanEdit {
	readonly span: Span;
	readonly text: string;
}

/**
 * The change that lets a reference say this of its picture; empty: the picture is decoration. `undefined`: the reference has no place
 * for it, or none that Limn knows. Whatever is written is read again first: it says just that, and still shows the same picture.
 */
export function altEdit(
	language: DocumentLanguage,
	text: string,
	picture: PictureLink,
	alt: string,
): SpanEdit | undefined {
	const [end = '\n'] = /\r\n?|\n/.exec(text) ?? [];
	return candidates(language, text, picture, alt)
		.map(({ span, text: written }) => ({ span, text: written.replaceAll('\n', end) }))
		.find((edit) => says(language, text, edit, picture, alt));
}

/** The text with the change in it. */
export function edited(text: string, { span, text: inserted }: SpanEdit): string {
	return text.slice(0, span.start) + inserted + text.slice(span.end);
}

/**
 * In the order in which they are tried: as it is written already, in quotes; where nothing is, as the language itself says it. Lines end
 * with `\n`.
 */
function candidates(language: DocumentLanguage, text: string, picture: PictureLink, alt: string): SpanEdit[] {
	const escaped = language.reference.alt(alt);
	if (picture.alt) {
		const { span } = picture.alt;
		const written = [escaped, `"${escaped}"`, `'${escaped}'`, escaped.replaceAll("'", '&#39;')];
		return written.map((words) => ({ span, text: words }));
	}
	if (isComputed(text, picture)) return [];
	return [
		...asAttribute(text, picture, escaped),
		...inList(text, picture, escaped),
		...asList(text, picture, escaped),
		...asLineAbove(language, text, picture, escaped),
		...asInTemplate(language, text, picture, escaped),
	];
}

/** What a tag's `alt` says is known to a program alone, as in `alt={words}`, or it says nothing at all; another `alt` would be one too many. */
function isComputed(text: string, { span }: PictureLink): boolean {
	return /^<[^]*[\s"'{:]alt(?=[\s=/>}])/i.test(text.slice(span.start, span.end));
}

/** Behind the name of the tag. */
function asAttribute(text: string, { span }: PictureLink, escaped: string): SpanEdit[] {
	const [tag] = /^<[A-Za-z][\w.:-]*/.exec(text.slice(span.start, span.end)) ?? [];
	if (tag === undefined) return [];
	const at = span.start + tag.length;
	return [{ span: { start: at, end: at }, text: ` alt="${escaped}"` }];
}

/** Among what a list in square brackets says: `image::fox.png[…]`, `\includegraphics[…]{fox}`. */
function inList(text: string, { span, target }: PictureLink, escaped: string): SpanEdit[] {
	const at = text.indexOf('[', span.start) + 1;
	if (at === 0 || at > span.end) return [];
	const words = at > target.end ? `alt="${escaped}"` : `alt={${escaped}}`;
	const isFirst = /^\s*[\],]/.test(text.slice(at, span.end));
	return [{ span: { start: at, end: at }, text: isFirst ? words : `${words},` }];
}

/** As a list where LaTeX has none: `\includegraphics{fox}`. */
function asList(text: string, { span, target }: PictureLink, escaped: string): SpanEdit[] {
	const at = text.lastIndexOf('{', target.start);
	if (at <= span.start || text[span.start] !== '\\') return [];
	return [{ span: { start: at, end: at }, text: `[alt={${escaped}}]` }];
}

/** As a line of its own above a link of Org's that begins a paragraph: within one it would end it. */
function asLineAbove(
	{ reference }: DocumentLanguage,
	text: string,
	{ span }: PictureLink,
	escaped: string,
): SpanEdit[] {
	if (!reference.template.startsWith('#+')) return [];
	const at = text.lastIndexOf('\n', span.start - 1) + 1;
	const indent = text.slice(at, span.start);
	const above = text.slice(text.lastIndexOf('\n', at - 2) + 1, at);
	if (indent.trim() !== '' || !/^\s*(?:#|\*+ |:\S+:\s*$|$)/.test(above)) return [];
	return [{ span: { start: at, end: at }, text: `${indent}#+ATTR_HTML: :alt ${escaped}\n` }];
}

/** Where the words stand in the language's own template, before the target or behind it. */
function asInTemplate(
	{ reference }: DocumentLanguage,
	text: string,
	picture: PictureLink,
	escaped: string,
): SpanEdit[] {
	const { span, target } = picture;
	const [head, middle, order] = placesIn(reference.template);
	// What else is a variable nobody knows here.
	if (head === undefined || middle === undefined || middle.includes('${')) return [];
	if (order === 'behind') return [{ span: { start: target.end, end: target.end }, text: middle + escaped }];
	const before = text.slice(span.start, target.start);
	const shared = sharedStart(before, head);
	if (shared === 0 || !middle.endsWith(before.slice(shared))) return [];
	return [{ span: { start: span.start, end: target.start }, text: head + escaped + middle }];
}

/** The template up to its first variable, and between the two that count. */
function placesIn(template: string): [head?: string, middle?: string, order?: 'before' | 'behind'] {
	const alt = template.indexOf('${alt}');
	const src = template.indexOf('${src}');
	if (alt === -1 || src === -1) return [];
	return alt < src
		? [template.slice(0, alt), template.slice(alt + '${alt}'.length, src), 'before']
		: [template.slice(0, src), template.slice(src + '${src}'.length, alt), 'behind'];
}

function sharedStart(one: string, other: string): number {
	let length = 0;
	while (length < one.length && one[length] === other[length]) length++;
	return length;
}

/** Whether with the change the picture that begins there is the same, and described so. */
function says(
	{ read }: DocumentLanguage,
	text: string,
	edit: SpanEdit,
	{ span, href }: PictureLink,
	alt: string,
): boolean {
	const begin = Math.min(span.start, edit.span.start);
	const found = read?.(edited(text, edit)).pictures.find(({ span: { start } }) => start === begin);
	return found?.href === href && found.alt?.text === alt;
}

/**
 * The picture that somebody points at: the one that the place is in, else the only one of its line; `undefined`: none. `offset`: UTF-16
 * code units from the start.
 */
export function pictureAt(text: string, pictures: readonly PictureLink[], offset: number): PictureLink | undefined {
	const holding = pictures.find(({ span }) => span.start <= offset && offset <= span.end);
	if (holding) return holding;
	const line = { start: text.slice(0, offset).lastIndexOf('\n') + 1, end: endOfLine(text, offset) };
	const [only, ...others] = pictures.filter(({ span }) => span.start <= line.end && line.start <= span.end);
	return others.length === 0 ? only : undefined;
}

function endOfLine(text: string, offset: number): number {
	const end = text.indexOf('\n', offset);
	return end === -1 ? text.length : end;
}
