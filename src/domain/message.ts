/**
 * A sentence for a person, before translation: English text with `{0}`, `{1}`, … for its arguments.
 * Pure rooms say it, the edge (editor or command line) translates it.
 */
export interface Message {
	readonly text: string;
	readonly args: readonly (string | number)[];
}

/** Makes a {@link Message}. The text is also the key of its translation: always write it as a literal. */
export function say(text: string, ...args: readonly (string | number)[]): Message {
	return { text, args };
}

/** The English sentence, for the log and for tests. */
export function english({ text, args }: Message): string {
	return text.replace(/\{(\d+)\}/g, (hole, index: string) => String(args[Number(index)] ?? hole));
}
