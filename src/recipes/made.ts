import type { Span } from '../documents/span';
import type { Made, Recipe } from './recipe';

/** SHA-256 in hex. */
export type Digest = (bytes: Uint8Array) => Promise<string>;

/** How many hex digits of a SHA-256 a recipe notes: enough to tell versions of one picture apart. */
export const madeDigits = 12;

/**
 * What is hashed: the recipe in one form, however the prompt's white space is set and the pairs are ordered. These count as they are written
 * (contract §4), but for the line ends: Git gives Windows others.
 */
export function canonical({ prompt, pairs }: Pick<Recipe, 'prompt' | 'pairs'>, text: string): string {
	const written = pairs
		.map(({ key, span }) => ({ key, words: text.slice(span.start, span.end) }))
		.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
		.map(({ words }) => words.replace(/\r\n?/g, '\n'));
	// A value's own line breaks are in quotes, so that no two recipes have one form.
	return [prompt, ...written].join('\n');
}

/** What `made` notes of the recipe itself. `text`: the document. */
export async function recipeHash(
	recipe: Pick<Recipe, 'prompt' | 'pairs'>,
	text: string,
	digest: Digest,
): Promise<string> {
	return (await digest(new TextEncoder().encode(canonical(recipe, text)))).slice(0, madeDigits);
}

/** The one edit that writes `made=` into a recipe. Everything else in the document stays, byte for byte. */
export function noteMade(
	{ madeAt: { kind, span } }: Recipe,
	{ recipe, picture }: Made,
): Span & { readonly text: string } {
	const before = { value: '', pair: ' made=', tail: ' | made=' }[kind];
	return { ...span, text: `${before}${recipe}-${picture}` };
}
