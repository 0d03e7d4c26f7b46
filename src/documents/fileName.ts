/** A file name must fit in 255 bytes with a suffix and an extension, on every file system in use. */
const maxBytes = 200;

/** Of a slug: long enough to tell pictures apart, short enough to read in the explorer. */
const slugCharacters = 60;

/** Device names that Windows keeps for itself, with or without an extension. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i;

/**
 * Characters that Windows or a URL cannot have in a name, and those that nobody sees. But between letters of Persian and of India's scripts,
 * all of which are in one range, joiners are a part of the word. Between others nothing may hide: `.git`.
 */
const forbidden =
	/(?:(?!(?<=(?=[\u0600-\u0DFF])[\p{L}\p{M}])\p{Join_Control}(?=(?=[\u0600-\u0DFF])[\p{L}\p{M}]))[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}])+/gu;

/** `A fox, at dawn!` → `a-fox-at-dawn`; letters and digits of every script stay; nothing left: `image`. */
export function slug(text: string): string {
	const words = text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
		.replace(/(?<=\p{L})['’](?=\p{L})/gu, '')
		.replace(/[^\p{L}\p{N}\p{Mn}\p{Mc}]+/gu, '-')
		.replace(/(?<![\p{L}\p{N}\p{M}])\p{M}+/gu, '')
		.normalize('NFC');
	const cut = cutAtWord(words.replace(/-{2,}/g, '-').replace(/^-+/, ''), slugCharacters);
	return safeName(cut).replace(/-+$/, '') || 'image';
}

/** One segment of a path that every system can keep, as near to the given text as possible; possibly empty. */
export function safeName(text: string): string {
	const clean = cutToBytes(text.replace(forbidden, '-'))
		.replace(/[. \p{Join_Control}]+$/u, '')
		.replace(/^ +/, '');
	return reserved.test(clean) ? `image-${clean}` : clean;
}

/** Whether Windows cannot have a file or a folder of this name, or would keep it under another. */
export function isNoneOnWindows(name: string): boolean {
	return /[<>:"|?*]|[. ]$/.test(name) || reserved.test(name);
}

/** Cuts between words where one ends in the second half, so that a name does not end in the middle of a word. */
function cutAtWord(words: string, most: number): string {
	const characters = Array.from(words);
	if (characters.length <= most) return words.replace(/-+$/, '');
	const cut = characters.slice(0, most + 1).join('');
	const end = cut.lastIndexOf('-');
	return end > cut.length / 2 ? cut.slice(0, end) : characters.slice(0, most).join('').replace(/-+$/, '');
}

function cutToBytes(text: string): string {
	let bytes = 0;
	let kept = '';
	for (const character of text) {
		bytes += new TextEncoder().encode(character).length;
		if (bytes > maxBytes) break;
		kept += character;
	}
	return kept;
}
