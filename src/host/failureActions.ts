import { commands, l10n } from 'vscode';
import { type FailureCode, type ImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import { type Offer, tell } from './tell';
import { describe } from './translate';

/** What a person can do about a failure. */
type Action =
	| 'use-successor'
	| 'set-key'
	| 'open-log'
	| 'try-again'
	| 'save-again'
	| 'recover'
	| 'change-prompt'
	| 'open-settings'
	| 'open-budgets'
	| 'trust';

/** By failure: what is offered, the likeliest cure first. */
const cures: Readonly<Record<FailureCode, readonly Action[]>> = {
	'no-key': ['set-key'],
	'bad-key': ['set-key', 'open-log'],
	'no-credit': ['try-again', 'open-log'],
	'rate-limited': ['try-again', 'open-log'],
	refused: ['change-prompt', 'open-log'],
	'invalid-request': ['change-prompt', 'open-settings', 'open-log'],
	unsupported: ['change-prompt'],
	'model-unavailable': ['use-successor', 'change-prompt', 'open-log'],
	unreachable: ['try-again', 'open-settings', 'open-log'],
	'server-error': ['try-again', 'open-log'],
	'timed-out': ['try-again', 'open-log'],
	'bad-reply': ['try-again', 'open-settings', 'open-log'],
	'unsafe-url': ['open-log'],
	'too-large': ['change-prompt', 'open-log'],
	cancelled: [],
	'over-budget': ['open-budgets'],
	'not-writable': ['open-settings', 'open-log'],
	'no-space': ['try-again', 'open-log'],
	untrusted: ['trust'],
	'bad-input': ['change-prompt', 'open-settings'],
};

/** What may come yet, or is there, is not ordered once more: it would be paid once more. */
const orders: ReadonlySet<Action> = new Set(['try-again', 'change-prompt', 'use-successor']);

/** Of a picture that a job makes which was left: made once more, it would be paid once more. */
export const unfinished: ImageError = {
	...unsent('bad-input', say('An unfinished job makes this picture.')),
	waits: true,
};

/** What the failed command itself offers; absent where it cannot. */
export interface Retries {
	readonly tryAgain?: () => Promise<unknown>;
	readonly changePrompt?: () => Promise<unknown>;
	readonly useSuccessor?: () => Promise<unknown>;
}

/** Shows a failure with its cures. Resolves when the person has dealt with it, which may be never. */
export async function showFailure(error: ImageError, retries: Retries = {}): Promise<void> {
	if (error.code === 'cancelled') return;
	await tell('error', describe(error), curesOf(error, retries));
}

/** What a person can do about a failure, the likeliest cure first. */
export function curesOf(error: ImageError, retries: Retries): Offer[] {
	return actionsFor(error).flatMap((action) => offerOf(action, error, retries) ?? []);
}

function actionsFor({ code, kept, waits }: ImageError): readonly Action[] {
	if (!waits) return cures[code];
	return [kept === undefined ? 'recover' : 'save-again', ...cures[code].filter((action) => !orders.has(action))];
}

function offerOf(action: Action, error: ImageError, retries: Retries): Offer | undefined {
	const { provider, successor } = error;
	const { tryAgain, changePrompt, useSuccessor } = retries;
	switch (action) {
		case 'use-successor':
			if (successor === undefined || !useSuccessor) return undefined;
			return { title: l10n.t('Use {0}', successor), run: useSuccessor };
		case 'set-key':
			return { title: l10n.t('Set API Key'), run: async () => commands.executeCommand('limn.setApiKey', { provider }) };
		case 'open-log':
			return { title: l10n.t('Open Log'), run: async () => commands.executeCommand('limn.showLog') };
		case 'try-again':
			return tryAgain && { title: l10n.t('Try Again'), run: tryAgain };
		case 'save-again':
			return { title: l10n.t('Save Again'), run: recover };
		case 'recover':
			return { title: l10n.t('Recover'), run: recover };
		case 'change-prompt':
			return changePrompt && { title: l10n.t('Change Prompt…'), run: changePrompt };
		case 'open-settings':
			return {
				title: l10n.t('Open Settings'),
				run: async () => commands.executeCommand('workbench.action.openSettings', '@ext:limn.limn'),
			};
		case 'open-budgets':
			return {
				title: l10n.t('Open Settings'),
				run: async () => commands.executeCommand('workbench.action.openSettings', '@ext:limn.limn budget'),
			};
		case 'trust':
			return { title: l10n.t('Manage Trust'), run: async () => commands.executeCommand('workbench.trust.manage') };
	}
}

async function recover(): Promise<void> {
	await commands.executeCommand('limn.recoverJobs');
}
