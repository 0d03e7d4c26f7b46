import { l10n } from 'vscode';
import type { Message } from '../domain/message';

/** The sentence in the editor's language. */
export function translate({ text, args }: Message): string {
	return l10n.t(text, ...args);
}
