/**
 * A sentence for a person, before translation: English text with `{0}`, `{1}`, … for its arguments.
 * Pure rooms say it, the edge (editor or command line) translates it.
 */
export interface Message {
	readonly text: string;
	readonly args: readonly Argument[];
}

/** Names and numbers stay as they are; words of Limn's own are a {@link Message}, to be translated too. */
type Argument = string | number | Message;

/** Makes a {@link Message}. The text is also the key of its translation: always write it as a literal. */
export function say(text: string, ...args: readonly Argument[]): Message {
	return { text, args };
}

/** The English sentence, for the log and for tests. */
export function english({ text, args }: Message): string {
	return text.replace(/\{(\d+)\}/g, (hole, index: string) => {
		const arg = args[Number(index)] ?? hole;
		return typeof arg === 'object' ? english(arg) : String(arg);
	});
}
