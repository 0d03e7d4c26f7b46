/** A word table made ready: from folded word to what it means. */
export type WordTable<Meaning> = ReadonlyMap<string, Meaning>;

/** Scripts that write no spaces (or glue particles on): words there are found inside runs of letters. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

const longestUnspaced = 6;

/** Builds a word table from rows of space-separated words. */
export function wordTable<Meaning>(rows: Iterable<readonly [words: string, meaning: Meaning]>): WordTable<Meaning> {
	const table = new Map<string, Meaning>();
	for (const [words, meaning] of rows) {
		for (const word of words.split(' ')) table.set(fold(word), meaning);
	}
	return table;
}

/** The meanings of the prompt's known words, in the order of the text; repeated words are repeated. */
export function findWords<Meaning>(prompt: string, table: WordTable<Meaning>): Meaning[] {
	const found: Meaning[] = [];
	for (const token of prompt.normalize('NFKC').match(/[\p{L}\p{M}ー々]+/gu) ?? []) {
		if (unspaced.test(token)) {
			found.push(...scan(token, table));
			continue;
		}
		const word = stems(fold(token)).find((stem) => table.has(stem));
		const meaning = word === undefined ? undefined : table.get(word);
		if (meaning !== undefined) found.push(meaning);
	}
	return found;
}

/** Lower case, without accents; scripts whose marks change the letter keep them. */
function fold(word: string): string {
	const lower = word.normalize('NFKC').toLowerCase();
	return unspaced.test(lower) ? lower : lower.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss');
}

function stems(word: string): string[] {
	const endings = ['s', 'es', 'y', 'ny', 'ish', 'ed', 'scape', 'light', 'en', 'n', 'e'];
	const cut = endings.filter((ending) => word.endsWith(ending) && word.length - ending.length >= 3);
	return [word, ...cut.map((ending) => word.slice(0, -ending.length))];
}

/** The longest known word at each place, from left to right, so that 夜明け (dawn) is not also 夜 (night). */
function scan<Meaning>(run: string, table: WordTable<Meaning>): Meaning[] {
	const found: Meaning[] = [];
	for (let at = 0; at < run.length;) {
		let length = Math.min(longestUnspaced, run.length - at);
		while (length > 0 && !table.has(run.slice(at, at + length))) length--;
		const meaning = table.get(run.slice(at, at + length));
		if (meaning !== undefined) found.push(meaning);
		at += Math.max(1, length);
	}
	return found;
}
