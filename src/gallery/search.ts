import type { GalleryItem } from './item';

/** Characters of a prompt that are searched. */
export const searchedPrompt = 4000;

/** The words of a search, as they are compared. */
export function wordsOf(search: string): readonly string[] {
	return folded(search).split(/\s+/u).filter(Boolean);
}

/** Whether a picture has all the words, each anywhere. */
export function matches(item: GalleryItem, words: readonly string[]): boolean {
	if (words.length === 0) return true;
	const text = textOf(item);
	return words.every((word) => text.includes(word));
}

/** What is searched of a picture is made ready once. */
const texts = new WeakMap<GalleryItem, string>();

function textOf(item: GalleryItem): string {
	const known = texts.get(item);
	if (known !== undefined) return known;
	const { prompt, name, path } = item;
	const text = folded([prompt.slice(0, searchedPrompt), name, path].join('\n'));
	texts.set(item, text);
	return text;
}

/** A text without what a search passes over: large or small letters, accents, wide and narrow forms. */
export function folded(text: string): string {
	if (/^[\x20-\x7e\n]*$/.test(text)) return text.toUpperCase();
	return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase();
}
