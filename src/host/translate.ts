import { l10n } from 'vscode';
import { type ImageError, sentencesOf } from '../domain/imageError';
import type { Message } from '../domain/message';
import { asText } from '../domain/plainText';

/** The sentence in the editor's language. */
export function translate({ text, args }: Message): string {
	// What is filled in has names and words of others in it.
	return l10n.t(text, ...args.map(filledIn));
}

function filledIn(arg: Message['args'][number]): string | number {
	if (typeof arg === 'object') return translate(arg);
	return typeof arg === 'string' ? asText(arg) : arg;
}

/** What to say of a failure, in the editor's language. */
export function describe(error: ImageError): string {
	return inOneLine(sentencesOf(error).map(translate));
}

/** Sentences one after the other. Not every language puts a blank between them. */
export function inOneLine(sentences: readonly string[]): string {
	const [first = '', ...rest] = sentences;
	return rest.reduce((before, sentence) => l10n.t('{0} {1}', before, sentence), first);
}
