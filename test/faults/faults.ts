// `npm run faults`: every provider × every fault, in one table, with a line of totals. Fails if a promise is broken.
// `-- --only REGEX` runs the cells of that name and nothing else, `--json FILE` writes what was seen, `--seed N` chooses the mutated replies.
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runCell, type Seen } from './cell';
import { type Column, columns } from './column';
import { judge } from './judge';
import type { Row } from './row';
import { rows } from './rows';
import { keysSeen, wasSent } from './sinks';
import { brokenList, type Judged, nameOf, tableOf, totals } from './table';
import { Worker } from './worker';

const { values: options } = parseArgs({
	options: { only: { type: 'string' }, json: { type: 'string' }, seed: { type: 'string' } },
});
const script = path.join(__dirname, 'faultsClient.js');

interface Place {
	readonly row: Row;
	readonly column: Column;
}

async function main(): Promise<number> {
	const wanted = new RegExp(options.only ?? '');
	const places = rows.flatMap((row) =>
		columns
			.filter((column) => (row.of?.(column) ?? true) && wanted.test(nameOf(row, column)))
			.map((column) => ({ row, column })),
	);
	const began = Date.now();
	const fuzzing = options.only === undefined ? fuzz() : undefined;
	const light = await sideBySide(
		places.filter(({ row }) => !row.isHeavy),
		4,
	);
	const heavy = await sideBySide(
		places.filter(({ row }) => row.isHeavy),
		2,
	);
	const judged = [...light, ...heavy].map((seen): Judged => ({ seen, broken: judge(seen) }));
	const cells = new Map(judged.map((one) => [nameOf(one.seen.row, one.seen.column), one]));
	const shown = rows.filter((row) => places.some((place) => place.row === row));
	console.log(`${tableOf(shown, columns, cells)}\n`);
	const broken = brokenList(judged);
	if (broken !== '') console.log(`${broken}\n`);
	console.log(`${totals(judged)}, in ${Math.round((Date.now() - began) / 1000)} s`);
	const fuzzed = await fuzzing;
	if (fuzzed) console.log(`\n${fuzzed.output}in ${Math.round((Date.now() - began) / 1000)} s`);
	if (options.json !== undefined) await writeFile(options.json, JSON.stringify(judged.map(asJson), null, '\t'));
	return broken === '' && judged.length > 0 && (fuzzed?.isWell ?? true) ? 0 : 1;
}

/** Mutated replies, of each dialect as many as the issue wants, beside the cells. */
async function fuzz(): Promise<{ readonly output: string; readonly isWell: boolean }> {
	const seed = options.seed ?? String(Math.floor(Date.now() / 1000));
	const child = spawn(process.execPath, [path.join(__dirname, 'faultsFuzz.js'), '20000', seed]);
	const output: string[] = [];
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return { output: output.join(''), isWell: code === 0 };
}

/** Some cells at a time, each lane with a child of its own. */
async function sideBySide(places: readonly Place[], lanes: number): Promise<Seen[]> {
	const waiting = [...places];
	const seen: Seen[] = [];
	await Promise.all(
		Array.from({ length: lanes }, async () => {
			const lane = new Lane();
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				seen.push(await runCell(next.row, next.column, (isFresh) => lane.workerFor(isFresh)));
				lane.tidy();
			}
			lane.end();
		}),
	);
	return seen;
}

/** A child for most cells, and fresh ones for those that need them. */
class Lane {
	#worker: Worker | undefined;
	readonly #fresh: Worker[] = [];

	workerFor(isFresh: boolean): Worker {
		if (isFresh) {
			const fresh = new Worker(script);
			this.#fresh.push(fresh);
			return fresh;
		}
		if (!this.#worker || this.#worker.isGone) this.#worker = new Worker(script);
		return this.#worker;
	}

	tidy(): void {
		for (const worker of this.#fresh.splice(0)) worker.end();
	}

	end(): void {
		this.#worker?.end();
	}
}

function asJson({ seen, broken }: Judged) {
	const { row, column, carried, recovered, charges, orders, others, evidence } = seen;
	const { told } = recovered ?? carried;
	return {
		cell: nameOf(row, column),
		failures: told?.failures ?? [],
		saved: evidence.pictures.size,
		kept: evidence.kept.size,
		pictures: [...evidence.pictures.values(), ...evidence.kept.values()],
		charges,
		orders,
		others,
		ms: Math.round(carried.ms),
		peakBytes: told?.peakBytes ?? 0,
		keys: Object.fromEntries(keysSeen(seen)),
		keyWasSent: wasSent(seen),
		broken: Object.fromEntries(broken),
	};
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
