import type { Seen } from './cell';
import type { Column } from './column';
import { type Broken, promises } from './judge';
import type { Row } from './row';

/** A cell, judged. */
export interface Judged {
	readonly seen: Seen;
	readonly broken: Broken;
}

/** `bad-key no/0 0` and, where not one request was sent, how many: code, charged as told/charged by the server, pictures. */
function cellText({ seen, broken }: Judged): string {
	const { carried, recovered, charges, orders, evidence } = seen;
	const told = recovered ? recovered.told : carried.told;
	const [failure] = told?.failures ?? [];
	const pictures = evidence.pictures.size + evidence.kept.size;
	const outcome = failure ? `${failure.code} ${failure.charged}` : told ? 'ok' : 'no end';
	const times = orders === 1 ? '' : ` ${orders}×`;
	return `${broken.size > 0 ? '!' : ''}${outcome}/${charges} ${pictures}${times}`;
}

/** A row for each fault, a column for each provider. */
export function tableOf(rows: readonly Row[], columns: readonly Column[], cells: ReadonlyMap<string, Judged>): string {
	const text = (row: Row, column: Column) => {
		const judged = cells.get(nameOf(row, column));
		return judged ? cellText(judged) : '–';
	};
	const titles = columns.map(({ title }) => title);
	const lines = [['', ...titles]];
	for (const row of rows) {
		const texts = columns.map((column) => text(row, column));
		lines.push([row.name, ...texts]);
	}
	const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0))) ?? [];
	const lineOf = (line: readonly string[]) =>
		line
			.map((cell, at) => cell.padEnd(widths[at] ?? 0))
			.join('  ')
			.trimEnd();
	const shown: string[] = [];
	for (const [at, line] of lines.entries()) {
		const group = rows[at - 1]?.group;
		if (group !== undefined && group !== rows[at - 2]?.group) shown.push('', group);
		shown.push(lineOf(line));
	}
	return shown.join('\n');
}

export function nameOf(row: Row, column: Column): string {
	return `${row.group} / ${row.name} / ${column.title}`;
}

/** Every broken promise in full. */
export function brokenList(judged: readonly Judged[]): string {
	return judged
		.filter(({ broken }) => broken.size > 0)
		.map(({ seen, broken }) => {
			const what = [...broken].map(([promise, why]) => `    ${promise}: ${why}`).join('\n');
			return `${nameOf(seen.row, seen.column)}: ${cellText({ seen, broken })}\n${what}`;
		})
		.join('\n');
}

/** `412 cells: 0 double charges, …, peak +41 MB` */
export function totals(judged: readonly Judged[]): string {
	const counts = promises.map((promise) => `${judged.filter(({ broken }) => broken.has(promise)).length} ${promise}`);
	const peak = Math.max(0, ...judged.map(({ seen }) => (seen.recovered ?? seen.carried).told?.peakBytes ?? 0));
	return `${judged.length} cells: ${counts.join(', ')}, peak +${Math.round(peak / 2 ** 20)} MB`;
}
