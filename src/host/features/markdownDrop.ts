import { type TextDocument, workspace } from 'vscode';
import * as z from 'zod';

/** What the person has said of dropping files, in the settings of the editor's own Markdown support. */
export interface DropSettings {
	/** `smart`: where code stands, a mere path. */
	readonly enabled: 'always' | 'smart' | 'never';
	/** Files from elsewhere are copied, else referred to where they are. */
	readonly copies: boolean;
}

const enabled = z
	.enum(['always', 'smart', 'never'])
	.or(z.literal(false).transform(() => 'never' as const))
	.catch('smart');

/** For other languages there is nothing to say it with. */
export function dropSettingsFor(document: TextDocument): DropSettings {
	if (document.languageId !== 'markdown') return { enabled: 'smart', copies: true };
	const settings = workspace.getConfiguration('markdown.editor.drop', document);
	return { enabled: enabled.parse(settings.get('enabled')), copies: settings.get('copyIntoWorkspace') !== 'never' };
}
