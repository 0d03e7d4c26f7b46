import { l10n } from 'vscode';
import { formatUsd } from '../catalogue/price';
import type { Standing } from '../spending/accounts';
import type { Trouble } from '../spending/book';

/** How much of a budget is used. */
interface Used {
	/** 0 to 1 and beyond. */
	readonly share: number;
	readonly text: string;
}

/** The budgets that the person has set. */
export function budgetsOf({ limits: { daily, monthly }, spent }: Pick<Standing, 'limits' | 'spent'>): Used[] {
	return [
		...usedOf(daily, spent.today, (usd, limit) => l10n.t('{0} of {1} today', usd, limit)),
		...usedOf(monthly, spent.month, (usd, limit) => l10n.t('{0} of {1} this month', usd, limit)),
	];
}

function usedOf(limit: number | undefined, usd: number, words: (usd: string, limit: string) => string): Used[] {
	return limit === undefined ? [] : [{ share: shareOf(usd, limit), text: words(formatUsd(usd), formatUsd(limit)) }];
}

/** Of a budget of nothing everything is used. */
function shareOf(usd: number, limit: number): number {
	return limit > 0 ? usd / limit : 1;
}

/** A line for each budget. */
export function budgetLines(standing: Pick<Standing, 'limits' | 'spent'>): string[] {
	return budgetsOf(standing).map(({ text }) => l10n.t('Budget: {0}', text));
}

/** What to tell of a ledger that is not as it should be. */
export function troubleSentence(trouble: Trouble): string {
	switch (trouble.kind) {
		case 'damaged':
			return trouble.lines === 1
				? l10n.t('One line of the list of what was spent could not be read. The old list is kept at {0}.', trouble.path)
				: l10n.t(
						'{0} lines of the list of what was spent could not be read. The old list is kept at {1}.',
						trouble.lines,
						trouble.path,
					);
		case 'newer':
			return l10n.t(
				'A newer version of Limn wrote the list of what was spent. What could be read was taken over; the list is kept at {0}.',
				trouble.path,
			);
		case 'unreadable':
			return l10n.t(
				'The list of what was spent could not be read, so a new one was begun. The old list is kept at {0}.',
				trouble.path,
			);
		case 'not-readable':
			return l10n.t('The list of what was spent cannot be read, so budgets may be passed. The log has more.');
		case 'not-writable':
			return l10n.t('What is spent cannot be written down. Budgets hold until this window closes. The log has more.');
	}
}
