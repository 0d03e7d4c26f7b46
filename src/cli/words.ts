import { english, type Message } from '../domain/message';
import { asText } from '../domain/plainText';

/** What is called otherwise outside of the editor. */
const otherwise: readonly (readonly [editor: RegExp, here: string])[] = [
	[/Recover Unfinished Jobs asks/, 'limn recover asks'],
	[/(oday’s budget .*)Raise it in the settings/, '$1Raise LIMN_DAILY_BUDGET'],
	[/(month’s budget .*)Raise it in the settings/, '$1Raise LIMN_MONTHLY_BUDGET'],
	[/, or ask for the picture by hand/, ''],
	[
		/(?:\/\$\{slug\})? is outside the workspace\. Choose a folder/,
		' is outside of the root (--root, else where you are). Choose a place',
	],
	[/ leads out of the workspace through a link/, ' leads out of the root (--root, else where you are) through a link'],
	[/^The window closed/, 'Limn was ended'],
	[/, as the setting limn\.metadata\.embed says/, ''],
	[/ and the setting (LIMN_\w+)/, ' and $1'],
	[/the setting (?=LIMN_|limn\.network)/i, ''],
	[/No budget is set: limn\.budget\.daily sets one\./, 'No budget is set: LIMN_DAILY_BUDGET sets one.'],
];

/** A sentence for a terminal, or for an agent: what is filled in is letters alone. */
export function inWords({ text, args }: Message): string {
	const filled = args.map((arg) => (typeof arg === 'string' ? named(asText(arg)) : arg));
	return otherwise.reduce((rest, [editor, here]) => rest.replace(editor, here), english({ text, args: filled }));
}

/** `limn.providers.openai.baseUrl` is `LIMN_OPENAI_BASE_URL` here. */
function named(arg: string): string {
	const [, provider] = /^limn\.providers\.(\w+)\.baseUrl$/.exec(arg) ?? [];
	return provider === undefined ? arg : addressVariable(provider);
}

/** The environment variable that holds a provider's address. */
export function addressVariable(provider: string): string {
	return `LIMN_${provider.toUpperCase()}_BASE_URL`;
}
