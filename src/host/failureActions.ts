import { commands, l10n } from 'vscode';
import type { FailureCode, ImageError } from '../domain/imageError';
import { type Offer, tell } from './tell';
import { describe } from './translate';

/** What a person can do about a failure. */
type Action =
	| 'use-successor'
	| 'set-key'
	| 'open-log'
	| 'try-again'
	| 'save-again'
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
	'not-writable': ['save-again', 'open-settings', 'open-log'],
	'no-space': ['save-again', 'try-again', 'open-log'],
	untrusted: ['trust'],
	'bad-input': ['change-prompt', 'open-settings'],
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
	return cures[error.code].flatMap((action) => offerOf(action, error, retries) ?? []);
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
			// It is paid and there: made once more, it would be paid once more.
			return isWaiting(error) ? undefined : tryAgain && { title: l10n.t('Try Again'), run: tryAgain };
		case 'save-again':
			if (!isWaiting(error)) return undefined;
			return { title: l10n.t('Save Again'), run: async () => commands.executeCommand('limn.recoverJobs') };
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

/** Whether a picture waits in Limn's own folder for a place. */
function isWaiting({ kept, charged }: Pick<ImageError, 'kept' | 'charged'>): boolean {
	return typeof kept === 'object' && charged !== 'no';
}
