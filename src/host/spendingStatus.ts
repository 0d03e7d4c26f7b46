import { Disposable, l10n, StatusBarAlignment, window, workspace } from 'vscode';
import { formatUsd } from '../catalogue/price';
import type { SharedPurse } from './purse';
import { budgetLines } from './spendingWords';

/** What was spent today, in the status bar; a click shows the rest. It is there once there is something. */
export class SpendingStatus implements Disposable {
	readonly #item = window.createStatusBarItem('limn.spending', StatusBarAlignment.Right, -1);
	readonly #listeners: Disposable;
	#turn = 0;
	#midnight: NodeJS.Timeout | undefined;

	constructor(readonly parts: { readonly purse: SharedPurse; readonly now: () => number }) {
		this.#item.name = l10n.t('Limn: Spending');
		this.#item.command = 'limn.showSpending';
		const refresh = () => void this.refresh().catch(() => this.#item.hide());
		this.#listeners = Disposable.from(
			parts.purse.onDidChange(refresh),
			// Another window may have spent something, and nobody tells.
			window.onDidChangeWindowState(({ focused }) => focused && refresh()),
			workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('limn.budget') && refresh()),
		);
		refresh();
	}

	async refresh(): Promise<void> {
		const turn = ++this.#turn;
		const standing = await this.parts.purse.standing();
		// Who asked later knows better.
		if (turn !== this.#turn) return;
		this.#awaitMidnight();
		const { today, month } = standing.sums;
		if (today === 0) {
			this.#item.hide();
			return;
		}
		this.#item.text = `$(credit-card) ${formatUsd(today)}`;
		const words = [
			l10n.t('Limn: spent today {0}, this month {1}', formatUsd(today), formatUsd(month)),
			...budgetLines(standing),
		];
		this.#item.tooltip = words.join('\n');
		this.#item.accessibilityInformation = { label: words.join(', ') };
		this.#item.show();
	}

	/** The sum of the day begins anew. */
	#awaitMidnight(): void {
		clearTimeout(this.#midnight);
		const now = new Date(this.parts.now());
		const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
		this.#midnight = setTimeout(
			() => void this.refresh().catch(() => this.#item.hide()),
			Number(midnight) - Number(now),
		);
	}

	dispose(): void {
		this.#turn++;
		clearTimeout(this.#midnight);
		this.#listeners.dispose();
		this.#item.dispose();
	}
}
