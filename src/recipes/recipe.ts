import type { Comment, DocumentParts, PictureLink } from '../documents/languages/language';
import type { Span } from '../documents/span';
import { countLines, isRecipe, type Pair, readWords, type RecipeWords } from './words';

/** A prompt that stands in a document, and the picture that is made of it. Spans are of the document. */
export interface Recipe {
	/** The comment with its marks. */
	readonly span: Span;
	/** Its words line by line, see {@link Comment}. */
	readonly lines: readonly Span[];
	/** White space folded; possibly empty. */
	readonly prompt: string;
	readonly promptSpan: Span;
	/** In the order of the text, without `made`; white space in values folded. */
	readonly pairs: readonly Pair[];
	/** What Limn noted when the picture was made; absent: it has not been made, or the note is damaged. */
	readonly made?: Made;
	/** Where that note is or belongs. */
	readonly madeAt: MadeAt;
	/** The reference that follows; absent: none does. */
	readonly picture?: PictureLink;
}

/** What `made=` says. */
export interface Made {
	/** 12 hex digits of SHA-256 each: of the recipe, and of the picture's bytes. */
	readonly recipe: string;
	readonly picture: string;
}

/** `value`: instead of the present one. `pair`: another pair. `tail`: the first pair. */
interface MadeAt {
	readonly kind: 'value' | 'pair' | 'tail';
	readonly span: Span;
}

/** The recipes of a document, in order. */
export function recipesIn(text: string, { comments, pictures }: DocumentParts): Recipe[] {
	const found = comments.flatMap((comment) => recipeOf(text, comment) ?? []);
	let next = 0;
	return found.map((recipe, index) => {
		const until = found[index + 1]?.span.start ?? text.length;
		while ((pictures[next]?.span.start ?? Infinity) < recipe.span.end) next++;
		const picture = pictures[next];
		if (!picture || picture.span.start >= until || !isNear(text, recipe.span.end, picture.span.start)) return recipe;
		return Object.assign(recipe, { picture });
	});
}

/**
 * Whether a picture belongs to the recipe before it: it is in the paragraph, figure or rule that follows. One further down is another
 * one, which must not be replaced.
 */
function isNear(text: string, from: number, to: number): boolean {
	return !/(?:\n|\r(?!\n))[\t ]*[\n\r]/.test(text.slice(from, to).trimStart());
}

function recipeOf(text: string, { span, lines: all }: Comment): Recipe | undefined {
	const own = all.slice(all.findIndex(({ start, end }) => start < end));
	const [first] = own;
	if (!first || !isRecipe(text.slice(first.start, first.end))) return undefined;
	const { lines, words, read } = wordsOf(text, { span, lines: own });
	const at = placesOf(lines);
	const spanOf = ({ start, end }: Span) => ({ start: at(start), end: at(end) });
	const pairs = read.pairs.map(({ key, value, span, valueSpan }) => {
		return { key, value: fold(value), span: spanOf(span), valueSpan: spanOf(valueSpan) };
	});
	const made = pairs.findLast(({ key }) => key === 'made');
	const noted = made && madeOf(made.value);
	return {
		span: { start: span.start, end: lines.length === own.length ? span.end : at(words.length) },
		lines,
		prompt: fold(words.slice(read.prompt.start, read.prompt.end)),
		promptSpan: spanOf(read.prompt),
		pairs: pairs.filter(({ key }) => key !== 'made'),
		...(noted && { made: noted }),
		madeAt: madeAtOf(read, pairs, at),
	};
}

function fold(words: string): string {
	return words.replace(/\s+/g, ' ');
}

interface Words {
	readonly lines: readonly Span[];
	/** Those lines, joined. */
	readonly words: string;
	readonly read: RecipeWords;
}

/** A comment's lines as far as they are one recipe: of line comments those after its pairs are somebody else's words. */
function wordsOf(text: string, { span, lines }: Comment): Words {
	const all = lines.map(({ start, end }) => text.slice(start, end));
	const whole = all.join('\n');
	const read = readWords(whole);
	const isBlock = text.slice(lines.at(-1)?.end, span.end).trim() !== '';
	if (read.bar !== undefined || isBlock) return { lines, words: whole, read };
	const count = countLines(all);
	const words = all.slice(0, count).join('\n');
	return { lines: lines.slice(0, count), words, read: readWords(words) };
}

/** Tells where in the text a place of the joined lines is. */
function placesOf(lines: readonly Span[]): (place: number) => number {
	let length = 0;
	const starts = lines.map(({ start, end }) => {
		const before = length;
		length += end - start + 1;
		return before;
	});
	return (place) => {
		// The last line that begins at this place or before.
		let [low, high] = [0, starts.length];
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if ((starts[middle] ?? 0) <= place) low = middle;
			else high = middle;
		}
		return (lines[low]?.start ?? 0) + place - (starts[low] ?? 0);
	};
}

function madeOf(value: string): Made | undefined {
	const [, recipe, picture] = /^([0-9a-f]{12})-([0-9a-f]{12})$/.exec(value) ?? [];
	return recipe !== undefined && picture !== undefined ? { recipe, picture } : undefined;
}

function madeAtOf(read: RecipeWords, pairs: readonly Pair[], at: (place: number) => number): MadeAt {
	const made = pairs.findLast(({ key }) => key === 'made');
	if (made) return { kind: 'value', span: made.valueSpan };
	const last = pairs.at(-1)?.span.end ?? (read.bar === undefined ? undefined : at(read.bar + 1));
	const end = last ?? at(read.prompt.end);
	return { kind: last === undefined ? 'tail' : 'pair', span: { start: end, end } };
}
