import { window } from 'vscode';
import { asSentence, asText } from '../domain/plainText';

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
	const chosen = await show[kind](asSentence(sentence), ...offers.map(({ title }) => title));
	await offers.find(({ title }) => title === chosen)?.run();
}

/** Asks before something that cannot be taken back by *Undo*. `true`: the person wants it. Where no dialog can be shown nobody does. */
export async function confirm(question: string, detail: string, yes: string): Promise<boolean> {
	const lines = detail.split('\n').map(asText).join('\n');
	const asked = window.showWarningMessage(asSentence(question), { modal: true, detail: lines }, yes);
	return (await asked.then(undefined, () => undefined)) === yes;
}

/** A label of a list as text: `$(name)` would be drawn as an icon. */
export function asLabel(text: string): string {
	return asText(text)
		.replaceAll(/\s+/g, ' ')
		.replaceAll('$(', String.raw`\$(`);
}
