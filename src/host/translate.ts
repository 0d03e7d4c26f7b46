import { l10n } from 'vscode';
import { type ImageError, sentencesOf } from '../domain/imageError';
import type { Message } from '../domain/message';
import { asText } from './plainText';

/** The sentence in the editor's language. */
export function translate({ text, args }: Message): string {
	// What is filled in has names and words of others in it.
	return l10n.t(text, ...args.map((arg) => (typeof arg === 'string' ? asText(arg) : arg)));
}

/** What to say of a failure, in the editor's language. */
export function describe(error: ImageError): string {
	return sentencesOf(error).map(translate).join(' ');
}
