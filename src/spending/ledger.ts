import * as z from 'zod';
import { cellOf, cellsOf, textOf } from './cells';
import { microsOf, usdOf } from './money';

/** What one job came to. */
export interface Settlement {
	/** The job's id: of one job there is one settlement, however often it is told. */
	readonly job: string;
	/** An instant in ISO 8601, UTC. */
	readonly at: string;
	/** `provider/model`. */
	readonly model: string;
	readonly operation: string;
	/** How many came. */
	readonly pictures: number;
	/** Spent for sure, or by the price list (`estimated`). */
	readonly usd: number;
	readonly estimated: boolean;
	/** What may have been charged besides, by the price list. 0: nothing. */
	readonly openUsd: number;
	/** The document that the pictures were made for, as a person names it; empty without one. */
	readonly document: string;
}

/** What a ledger's file comes to. */
export interface Ledger {
	/** Of each job the first. */
	readonly rows: readonly Settlement[];
	/** Lines that nobody can read. */
	readonly damaged: number;
	/** A later version wrote in it: there may be more than is understood here. */
	readonly isNewer: boolean;
}

/** Counts up when a column means something else than before. */
const version = 1;

/** `provider` is for those who add up; it stands before the model's slash as well. The version comes last: a row that has it is whole. */
const columns = [
	'time',
	'job',
	'provider',
	'model',
	'operation',
	'pictures',
	'usd',
	'estimated',
	'open_usd',
	'document',
	'version',
] as const;

type Column = (typeof columns)[number];

/** An instant as its text sorts, seconds at least. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const amount = z
	.string()
	.regex(/^\d+(\.\d+)?$/)
	.transform(Number);

const count = z
	.string()
	.regex(/^\d{1,9}$/)
	.transform(Number);

const rowSchema = z
	.object({
		time: z.string().regex(instant),
		job: z.string().min(1),
		model: z.string(),
		operation: z.string(),
		pictures: count,
		usd: amount,
		estimated: z.string().regex(/^(true|false)$/i),
		open_usd: amount,
		document: z.string(),
		version: count,
	})
	.transform((cells): Settlement => {
		const { time, job, model, operation, pictures, usd, open_usd, document } = cells;
		const estimated = cells.estimated.toLowerCase() === 'true';
		return { job, at: time, model, operation, pictures, usd, estimated, openUsd: open_usd, document };
	});

/** The first line, which names the columns. */
export const ledgerHead = `${columns.join(',')}\n`;

/** A row with its end. */
export function ledgerLine(row: Settlement): string {
	const cells: Record<Column, string> = {
		time: row.at,
		job: cellOf(row.job),
		provider: cellOf(row.model.slice(0, Math.max(0, row.model.indexOf('/')))),
		model: cellOf(row.model),
		operation: cellOf(row.operation),
		pictures: String(row.pictures),
		usd: decimal(row.usd),
		estimated: String(row.estimated),
		open_usd: decimal(row.openUsd),
		document: cellOf(row.document),
		version: String(version),
	};
	return `${columns.map((column) => cells[column]).join(',')}\n`;
}

/** To a millionth, never as `1e-7`. */
function decimal(usd: number): string {
	return usdOf(microsOf(usd))
		.toFixed(6)
		.replace(/\.?0+$/, '');
}

/** What a file's text comes to, whatever it is. The last line counts only if it is whole. */
export function readLedger(text: string): Ledger {
	const reading = new LedgerReading();
	const rows = new Map<string, Settlement>();
	for (const row of reading.take(text)) if (!rows.has(row.job)) rows.set(row.job, row);
	const { damaged, isNewer } = reading;
	return { rows: [...rows.values()], damaged, isNewer };
}

/** A ledger that is read piece by piece. */
export class LedgerReading implements Omit<Ledger, 'rows'> {
	#names: readonly string[] = columns;
	#damaged = 0;
	#isNewer = false;
	/** The line before, if nobody could read it. */
	#torn: string | undefined;

	get damaged(): number {
		return this.#damaged;
	}

	get isNewer(): boolean {
		return this.#isNewer;
	}

	/** The rows of some whole lines. A last one without end may still be being written: it is given once more when it has one. */
	take(text: string): Settlement[] {
		const lines = text.replace(/^\uFEFF/, '').split('\n');
		const last = lines.pop() ?? '';
		return [...lines.map((line) => this.#rowOf(line.replace(/\r$/, ''))), this.#rowIn(last)].filter(
			(row) => row !== undefined,
		);
	}

	#rowOf(line: string): Settlement | undefined {
		const wasTorn = this.#torn;
		this.#torn = undefined;
		if (line === '') return undefined;
		const row = this.#rowIn(line);
		if (row) {
			// A row that did not find room was written again, whole.
			if (wasTorn !== undefined && line.startsWith(wasTorn)) this.#damaged--;
			return row;
		}
		if (this.#isHead(line)) return undefined;
		this.#torn = line;
		this.#damaged++;
		return undefined;
	}

	/** `undefined`: it is no row, or not yet. */
	#rowIn(line: string): Settlement | undefined {
		const cells = cellsOf(line);
		if (cells?.length !== this.#names.length) return undefined;
		const named = Object.fromEntries(this.#names.map((name, index) => [name, textOf(cells[index] ?? '')]));
		if (Number(named['version']) > version) this.#isNewer = true;
		return rowSchema.safeParse(named).data;
	}

	/** A later version may have more columns, or the same ones in another order; two windows that begin at once may both have written it. */
	#isHead(line: string): boolean {
		const names = cellsOf(line) ?? [];
		if (!names.includes('time') || !names.includes('job')) return false;
		this.#names = names;
		return true;
	}
}
