import { l10n, type QuickPickItem, ThemeIcon, window } from 'vscode';
import { formatUsd } from '../../catalogue/price';
import { asLabel } from '../tell';
import { describe } from '../translate';
import type { PictureJob } from './pictureJob';

interface Item extends QuickPickItem {
	readonly job: PictureJob;
}

/**
 * One list of what would be made, with the price of each and the sum. A file that somebody changed is listed too, but not ticked: to tick
 * it means to replace it. `leadsOn`: the list is of one file, and `workspace` an answer. `undefined`: the person left.
 */
export async function chooseJobs(
	jobs: readonly PictureJob[],
	leadsOn: boolean,
): Promise<readonly PictureJob[] | 'workspace' | undefined> {
	const items = jobs.map(itemOf);
	const list = window.createQuickPick<Item>();
	list.placeholder = l10n.t('Tick what is to be made');
	const wider = { iconPath: new ThemeIcon('root-folder'), tooltip: wholeWorkspace() };
	if (leadsOn) list.buttons = [wider];
	list.canSelectMany = true;
	list.matchOnDescription = true;
	list.matchOnDetail = true;
	list.ignoreFocusOut = true;
	list.items = items;
	list.selectedItems = items.filter(({ job }) => job.wish && !job.inTheWay);
	const sum = () => (list.title = titleFor(list.selectedItems.map(({ job }) => job)));
	sum();
	return new Promise((resolve) => {
		list.onDidChangeSelection(sum);
		list.onDidAccept(() => {
			resolve(list.selectedItems.map(({ job }) => job));
			list.hide();
		});
		list.onDidTriggerButton(() => {
			resolve('workspace');
			list.hide();
		});
		list.onDidHide(() => {
			resolve(undefined);
			list.dispose();
		});
		list.show();
	});
}

function itemOf(job: PictureJob): Item {
	const { about, prompt, inTheWay, problem } = job;
	const facts = [
		...(problem ? [describe(problem)] : [priceOf(job)]),
		...(job.quote ? [job.quote.model] : []),
		...(inTheWay ? [l10n.t('changed by hand: a tick replaces it')] : []),
	];
	return { job, label: asLabel(about), description: asLabel(facts.join(' · ')), detail: asLabel(prompt) };
}

/** What a job costs, for people. */
export function priceOf({ quote }: PictureJob): string {
	if (quote?.usd === undefined) return l10n.t('price unknown');
	return quote.usd === 0 ? l10n.t('free') : formatUsd(quote.usd);
}

/** What leads from one file to all. */
export function wholeWorkspace(): string {
	return l10n.t('Build Whole Workspace');
}

function titleFor(chosen: readonly PictureJob[]): string {
	const usd = chosen.reduce((sum, { quote }) => sum + (quote?.usd ?? 0), 0);
	const unknown = chosen.filter(({ quote }) => quote?.usd === undefined).length;
	const price = usd === 0 && unknown === 0 ? l10n.t('free') : l10n.t('up to {0}', formatUsd(usd));
	const count = chosen.length === 1 ? l10n.t('1 picture') : l10n.t('{0} pictures', chosen.length);
	const rest = unknown === 0 ? [] : [l10n.t('{0} of unknown price', unknown)];
	return [l10n.t('Build Images'), count, ...(chosen.length === 0 ? [] : [price, ...rest])].join(' · ');
}
