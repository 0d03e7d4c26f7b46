import type { Message } from '../domain/message';

/** Sentences in the person's language, by the English ones; the host writes them into the page. */
const words = wordsOf(document.body.dataset['words']);

function wordsOf(json = '{}'): ReadonlyMap<string, string> {
	const parsed: unknown = JSON.parse(json);
	const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
	return new Map(entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}

/** The sentence in the person's language, with `{0}`, `{1}`, … filled in. Named as the editor's own, so that the same tools find its sentences. */
export const l10n = {
	t: (sentence: string, ...values: readonly (string | number)[]): string =>
		(words.get(sentence) ?? sentence).replaceAll(/\{(\d+)\}/g, (hole, index: string) =>
			String(values[Number(index)] ?? hole),
		),
};

/** What a pure room says, in the person's language. */
export function translate({ text, args }: Message): string {
	return l10n.t(text, ...args.map((arg) => (typeof arg === 'object' ? translate(arg) : arg)));
}
