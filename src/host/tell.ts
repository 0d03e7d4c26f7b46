import { window } from 'vscode';

/** A button of a notification, and what it does. */
export interface Offer {
	readonly title: string;
	readonly run: () => unknown;
}

type Kind = 'information' | 'warning' | 'error';

const show = {
	information: window.showInformationMessage,
	warning: window.showWarningMessage,
	error: window.showErrorMessage,
} as const;

/**
 * Shows a notification and does what the person chooses. Resolves when that is done, which may be never. The only way to show one:
 * the editor turns `[text](command:…)` of a message into a link, and messages quote settings, file names and arguments.
 */
export async function tell(kind: Kind, sentence: string, offers: readonly Offer[] = []): Promise<void> {
	const chosen = await show[kind](withoutLinks(sentence), ...offers.map(({ title }) => title));
	await offers.find(({ title }) => title === chosen)?.run();
}

/** Asks before something that cannot be taken back by *Undo*. `true`: the person wants it. */
export async function confirm(question: string, detail: string, yes: string): Promise<boolean> {
	return (await window.showWarningMessage(withoutLinks(question), { modal: true, detail }, yes)) === yes;
}

/** A zero-width space between the brackets keeps the words and breaks the link. */
function withoutLinks(text: string): string {
	return text.replaceAll('](', ']\u200b(');
}

/** A label of a list as text: `$(name)` would be drawn as an icon. */
export function asLabel(text: string): string {
	return text.replaceAll(/\s+/g, ' ').replaceAll('$(', String.raw`\$(`);
}
