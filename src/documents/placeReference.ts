import { type Blocks, blocksOf } from './blocks';
import { astro } from './languages/astro';
import { css } from './languages/css';
import { html } from './languages/html';
import { jsx } from './languages/jsx';
import type { DocumentLanguage, ReferenceForm } from './languages/language';
import { markdown } from './languages/markdown';
import { mdx } from './languages/mdx';
import { scss } from './languages/scss';
import { svelte } from './languages/svelte';
import { plainTarget } from './languages/target';
import { vue } from './languages/vue';

/** Where a reference goes, and what stands around it. */
export interface Placement {
	/** Zero-based. */
	readonly line: number;
	/** UTF-16 code units in the line. */
	readonly character: number;
	/** Put before and after the reference. */
	readonly before: string;
	readonly after: string;
	/** Before every line of the reference but the first. */
	readonly indent: string;
	/** Text stands before or behind it in its line. */
	readonly inLine: boolean;
}

/**
 * Below the text that ends in `line`, never into the middle of it. Where pictures are blocks (Markdown) that is below the whole paragraph,
 * outside of code, with blank lines around; elsewhere below the line, with its indentation.
 */
export function placeBelow(lines: readonly string[], line: number, language: DocumentLanguage, eol: string): Placement {
	let last = line;
	while (last > 0 && isBlank(lines[last])) last--;
	const blocks = blocksOf(language);
	const end = blocks ? endOfBlock(lines, last, blocks) : last;
	const indent = blocks ? '' : indentation(lines[last]);
	return {
		line: end,
		character: lines[end]?.length ?? 0,
		before: blocks ? eol + eol : eol + indent,
		after: !blocks || isBlank(lines[end + 1]) ? '' : eol,
		indent,
		inLine: false,
	};
}

/**
 * Exactly at a place. Where pictures cannot stand in a line of text: below that text; where they are blocks of their own when they stand on a
 * line of their own: with blank lines around.
 */
export function placeAt(
	lines: readonly string[],
	{ line, character }: Pick<Placement, 'line' | 'character'>,
	language: DocumentLanguage,
	eol: string,
): Placement {
	const { onlyBlock } = language.reference;
	const inLine = !isBlank(lines[line]);
	if (inLine && onlyBlock) return placeBelow(lines, line, language, eol);
	const indent = indentation((lines[line] ?? '').slice(0, character));
	const isBlock = !inLine && standsAlone(language);
	return {
		line,
		character,
		before: isBlock && line > 0 && !isBlank(lines[line - 1]) ? eol + indent : '',
		after: isBlock && !isBlank(lines[line + 1]) ? eol : '',
		indent,
		inLine,
	};
}

/** On the line after this one, as what follows a comment that belongs to it. */
export function placeAfter(lines: readonly string[], line: number, language: DocumentLanguage, eol: string): Placement {
	const indent = isProse(language) ? quoteMarks(lines[line]) : indentation(lines[line]);
	return {
		line,
		character: lines[line]?.length ?? 0,
		before: eol + indent,
		after: standsAlone(language) && !isBlank(lines[line + 1]) ? eol : '',
		indent,
		inLine: false,
	};
}

/** The forms of a reference, the usual one first. In HTML that stands in Markdown, Markdown's own would be shown as letters. */
export function formsOf(language: DocumentLanguage): readonly ReferenceForm[] {
	const tag = tags.get(language);
	return [language.reference, ...(tag ? [tag.reference] : [])];
}

const tags: ReadonlyMap<DocumentLanguage, DocumentLanguage> = new Map([
	[markdown, html],
	[mdx, jsx],
]);

/**
 * The form in which references are seen as pictures at a place of the text. Where none is: the usual one; but the path alone in languages in
 * which that place is a script or a style. `write`: everything that is inserted, in a form.
 */
export function formAt(
	text: string,
	offset: number,
	language: DocumentLanguage,
	write: (form: ReferenceForm) => string,
): ReferenceForm {
	const count = (whole: string) => language.read?.(whole).pictures.length ?? 0;
	const before = count(text);
	const shows = (form: ReferenceForm) => count(text.slice(0, offset) + write(form) + text.slice(offset)) > before;
	return formsOf(language).find(shows) ?? (withScripts.has(language) ? pathAlone : language.reference);
}

const withScripts: ReadonlySet<DocumentLanguage> = new Set([html, vue, svelte, astro]);

const pathAlone: ReferenceForm = { template: '${src}', src: plainTarget, alt: (text) => text };

/** A picture alone is no rule there: it can stand in one only. */
export function isStyleSheet(language: DocumentLanguage): boolean {
	return language === css || language === scss;
}

function isProse(language: DocumentLanguage): boolean {
	return language === markdown || language === mdx;
}

/** Whether a picture on a line of its own is a block of its own, other than a picture in a line of text. */
function standsAlone({ block, reference: { onlyBlock, inline } }: DocumentLanguage): boolean {
	return block && (onlyBlock === true || inline !== undefined);
}

function endOfBlock(lines: readonly string[], line: number, blocks: Blocks): number {
	const matterEnd = blocks.endOfMatter?.(lines) ?? -1;
	if (line <= matterEnd) return matterEnd;
	const pieceEnd = endOfPiece(lines, line, blocks, matterEnd + 1);
	if (pieceEnd !== undefined) return pieceEnd;
	if (blocks.border?.test(lines[line] ?? '')) return endOfBorder(lines, line, blocks);
	let end = line;
	while (!isBlank(lines[end]) && !endsParagraph(lines, end + 1, blocks)) end++;
	if (isOpened(lines, end + 1, blocks) && blocks.before?.test(lines[end] ?? '')) {
		return endOfPiece(lines, end + 1, blocks, end + 1) ?? end;
	}
	return blocks.indented ? endOfIndented(lines, end) : end;
}

/** With the lines right below that belong to it. */
function endOfBorder(lines: readonly string[], line: number, blocks: Blocks): number {
	const next = lines[line + 1] ?? '';
	if (!blocks.after?.test(next)) return line;
	return endOfBorder(lines, endOfPiece(lines, line + 1, blocks, line + 1) ?? line + 1, blocks);
}

/** With what is indented below, blank lines or not. */
function endOfIndented(lines: readonly string[], line: number): number {
	let end = line;
	for (let next = line + 1; next < lines.length; next++) {
		if (isBlank(lines[next])) continue;
		if (indentation(lines[next]) === '') break;
		end = next;
	}
	return end;
}

function endsParagraph(lines: readonly string[], next: number, blocks: Blocks): boolean {
	const text = lines[next];
	return isBlank(text) || blocks.border?.test(text ?? '') === true || isOpened(lines, next, blocks);
}

function isOpened(lines: readonly string[], line: number, { open }: Blocks): boolean {
	return open?.(lines[line] ?? '', lines[line - 1] ?? '') !== undefined;
}

/** The last line of the piece that `line` is in, if there is one; what nothing ends lasts to the end. Outside of any at `from`. */
function endOfPiece(lines: readonly string[], line: number, { open }: Blocks, from: number): number | undefined {
	let isEnd: ((text: string) => boolean) | undefined;
	for (let index = from; index < lines.length; index++) {
		const text = lines[index] ?? '';
		if (isEnd === undefined) {
			if (index > line) return undefined;
			isEnd = open?.(text, lines[index - 1] ?? '');
		} else if (isEnd(text)) {
			if (index >= line) return index;
			isEnd = undefined;
		}
	}
	return isEnd === undefined ? undefined : lines.length - 1;
}

function isBlank(text: string | undefined): boolean {
	return (text ?? '').trim() === '';
}

/** With the blanks around them: a line without them would be outside of the quote. */
function quoteMarks(text: string | undefined): string {
	return /^(?:[\t ]*>)*[\t ]*/.exec(text ?? '')?.[0] ?? '';
}

function indentation(text: string | undefined): string {
	return /^[\t ]*/.exec(text ?? '')?.[0] ?? '';
}
