import { l10n, type Uri } from 'vscode';
import { formatUsd } from '../../catalogue/price';
import { dateAndTime } from '../../generation/localTime';
import type { Standing } from '../../spending/accounts';
import type { Settlement } from '../../spending/ledger';
import { type Group, groupsOf } from '../../spending/sums';
import { aligned } from '../../spending/table';
import type { SharedPurse } from '../purse';
import type { Sheets } from '../sheet';
import { budgetLines } from '../spendingWords';

interface Parts {
	readonly purse: SharedPurse;
	readonly sheets: Sheets;
	/** Where the ledger lies. */
	readonly ledger: Uri;
}

/** *Show Spending*: what was spent, in USD, of which a sheet shows more. */
export async function showSpending({ purse, sheets, ledger }: Parts) {
	const standing = await purse.standing();
	const lines = [
		...summary(standing, await purse.reserved()),
		...tables(standing.rows),
		'',
		l10n.t('All jobs, as a table:'),
		ledger.fsPath,
	];
	await sheets.show(ledger, l10n.t('Spending'), lines);
	const { today, month, total } = standing.sums;
	return { today, month, total };
}

function summary(standing: Standing, reserved: number): string[] {
	const { today, month, total } = standing.sums;
	const sums = [
		[l10n.t('Today'), formatUsd(today)],
		[l10n.t('This month'), formatUsd(month)],
		[l10n.t('In all'), formatUsd(total)],
		...(reserved > 0 ? [[l10n.t('Set aside for jobs that run'), formatUsd(reserved)]] : []),
	];
	return [...aligned(sums), ...budgetLines(standing)];
}

/** So many days are listed; the months go on. */
const mostDays = 31;

function tables(rows: readonly Settlement[]): string[] {
	const newest = rows.toSorted((a, b) => (a.at < b.at ? 1 : -1));
	return [
		...table(l10n.t('By day'), groupsOf(newest, dayOf).slice(0, mostDays)),
		...table(
			l10n.t('By month'),
			groupsOf(newest, (row) => dayOf(row).slice(0, 7)),
		),
		...table(l10n.t('By model'), dearestFirst(groupsOf(newest, ({ model }) => model))),
		...table(l10n.t('By document'), dearestFirst(groupsOf(newest, ({ document }) => document || l10n.t('(none)')))),
	];
}

/** In the person's own time zone: `2026-11-21`. */
function dayOf({ at }: Settlement): string {
	return dateAndTime(new Date(at)).date;
}

function dearestFirst(groups: readonly Group[]): Group[] {
	return groups.toSorted((a, b) => b.usd - a.usd);
}

function table(title: string, groups: readonly Group[]): string[] {
	if (groups.length === 0) return [];
	return ['', title, ...aligned(groups.map(cellsOf)).map((line) => `  ${line}`)];
}

function cellsOf({ name, pictures, usd, estimated, openUsd }: Group): string[] {
	return [
		name.replaceAll(/\s+/g, ' '),
		pictures === 1 ? l10n.t('1 picture') : l10n.t('{0} pictures', pictures),
		estimated ? l10n.t('about {0}', formatUsd(usd)) : formatUsd(usd),
		openUsd > 0 ? l10n.t('and {0} that may have been charged', formatUsd(openUsd)) : '',
	];
}
