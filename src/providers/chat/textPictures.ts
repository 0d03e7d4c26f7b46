import { bytesOf, distinct, type Found, pictureAt } from '../found';

/**
 * A picture as a message has it. `among`: its address stands in a text, where it is a picture's (`words`), or may be that of
 * anything (`talk`).
 */
export type Seen = Found & { readonly among?: 'words' | 'talk' };

/**
 * Patterns over a model's own words, which may be a megabyte of anything: none of them can look at a character more than a few
 * times, because no try can run into the place where the next one begins.
 */
const patterns = {
	dataUrl: /data:image\/[\w.+-]+(?:;[\w.+-]+=[\w.+-]+)*;base64,[\w+/=-]+/gi,
	markdownImage: /!\[[^[\]]*\]\(\s*<?(https?:\/\/[^\s<>()]+)/gi,
	url: /https?:\/\/[^\s<>()[\]{}"'`\\]+/gi,
};

/** The pictures in a text: the text itself as base64, data URLs, Markdown's images, addresses that are plainly those of pictures. */
export function picturesInText(text: string): Seen[] {
	if (beginsLikePicture(text)) {
		const bytes = bytesOf(text.trim());
		if (bytes) return [{ bytes }];
	}
	const inline = text.match(patterns.dataUrl) ?? [];
	const shown = Array.from(text.matchAll(patterns.markdownImage), ([, url = '']) => url);
	const urls = Array.from(new Set(text.match(patterns.url)), withoutPunctuation);
	const plain = urls.filter((url) => /\.(?:png|jpe?g|webp|gif|avif)(?:[?#]|$)/i.test(url));
	const found = distinct([...inline, ...shown, ...plain].flatMap((each) => seenAt(each, 'words')));
	// Others may be sources and terms of use; even the only one that there is.
	return found.length === 0 && urls.length === 1 ? urls.flatMap((url) => seenAt(url, 'talk')) : found;
}

function seenAt(text: string, among: 'words' | 'talk'): Seen[] {
	const found = pictureAt(text);
	if (!found) return [];
	return ['url' in found ? { ...found, among } : found];
}

/** Base64 of the first bytes of a PNG, JPEG, WebP or GIF. */
export function beginsLikePicture(text: string): boolean {
	return /^\s{0,9}(?:iVBOR|\/9j\/|UklGR|R0lGOD)/.test(text);
}

/** The end of a sentence is no part of an address. */
function withoutPunctuation(url: string): string {
	let end = url.length;
	while (end > 0 && '.,;:!?*_'.includes(url.charAt(end - 1))) end--;
	return url.slice(0, end);
}
