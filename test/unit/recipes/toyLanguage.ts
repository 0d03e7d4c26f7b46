import type { Comment, DocumentLanguage, DocumentParts, PictureLink } from '../../../src/documents/languages/language';
import { plainTarget } from '../../../src/documents/languages/target';
import type { Span } from '../../../src/documents/span';
import { type Recipe, recipesIn } from '../../../src/recipes/recipe';

/**
 * A language of tests, read without any of Limn's readers: `<!-- … -->` and `// …` are comments, `![alt](href)` is a picture; one
 * without alt text says nothing.
 */
export const toyLanguage: DocumentLanguage = {
	reference: { template: '![${alt}](${src})', src: plainTarget, alt: (text) => text },
	block: true,
	read: readToy,
	comment: { open: '<!-- ', close: ' -->' },
};

/** The recipes of a text in that language. */
export function recipesOf(text: string): Recipe[] {
	return recipesIn(text, readToy(text));
}

/** The one recipe of a text. */
export function recipeOf(text: string): Recipe {
	const [recipe, ...more] = recipesOf(text);
	if (!recipe || more.length > 0) throw new Error(`There are ${recipe ? 'many' : 'no'} recipes in ${text}`);
	return recipe;
}

/** What a span is of. */
export function sliceOf(text: string, { start, end }: Span): string {
	return text.slice(start, end);
}

function readToy(text: string): DocumentParts {
	const comments: ToyComment[] = [];
	const pictures: PictureLink[] = [];
	for (const match of text.matchAll(/<!--([^]*?)-->|!\[([^\]\n]*)\]\(([^)\n]*)\)|(?<=^[\t ]*)\/\/(.*)$/gm)) {
		const [whole, block, alt, href, line] = match;
		const span = { start: match.index, end: match.index + whole.length };
		if (block !== undefined) comments.push({ span, lines: linesOf(block, span.start + 4) });
		else if (line !== undefined) addLine(comments, text, trimmed(line, span.start + 2), span.start);
		else pictures.push(pictureOf(span, href ?? '', alt ?? ''));
	}
	return { comments, pictures };
}

/** A comment to which lines are added. */
interface ToyComment extends Comment {
	span: Span;
	readonly lines: Span[];
}

/** Neighbours are one comment, unless the words begin a recipe. */
function addLine(comments: ToyComment[], text: string, words: Span, start: number): void {
	const last = comments.at(-1);
	const isNext =
		last !== undefined &&
		text.startsWith('//', last.span.start) &&
		/^[\t ]*\r?\n[\t ]*$/.test(text.slice(last.span.end, start)) &&
		!text.startsWith('limn:', words.start);
	const own = { start, end: Math.max(words.end, start + 2) };
	if (!isNext) comments.push({ span: own, lines: [words] });
	else {
		last.lines.push(words);
		last.span = { start: last.span.start, end: own.end };
	}
}

function linesOf(words: string, from: number): Span[] {
	const lines: Span[] = [];
	let start = from;
	for (const line of words.split('\n')) {
		lines.push(trimmed(line, start));
		start += line.length + 1;
	}
	return lines;
}

function trimmed(words: string, from: number): Span {
	const start = from + words.length - words.trimStart().length;
	return { start, end: Math.max(start, from + words.trimEnd().length) };
}

function pictureOf(span: Span, href: string, alt: string): PictureLink {
	const target = { start: span.end - 1 - href.length, end: span.end - 1 };
	const altSpan = { start: span.start + 2, end: span.start + 2 + alt.length };
	return { span, target, href, kind: 'path', alt: { text: alt, span: altSpan }, lacksAlt: alt === '' };
}
