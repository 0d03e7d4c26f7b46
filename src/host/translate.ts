import { l10n } from 'vscode';
import { type ImageError, sentencesOf } from '../domain/imageError';
import type { Message } from '../domain/message';

/** The sentence in the editor's language. */
export function translate({ text, args }: Message): string {
	return l10n.t(text, ...args);
}

/** What to say of a failure, in the editor's language. */
export function describe(error: ImageError): string {
	return sentencesOf(error).map(translate).join(' ');
}
