/** A file's name is often all that is known: `a-red_fox-2.png` → `a red fox`. */
export function wordsOfName(name: string): string {
	return name
		.replace(/\.[^.]+$/, '')
		.replace(/[-_]+/g, ' ')
		.replace(/ \d+$/, '')
		.trim();
}
