import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Emulator } from '../servers/emulator';
import { type Column, isDownload, isOrder, isPoll } from './column';
import { type Evidence, evidenceOf, undecodable } from './evidence';
import { startNeighbour } from './neighbours';
import type { Order } from './order';
import type { Row } from './row';
import type { Carried, Worker } from './worker';

/** What was seen of one cell. */
export interface Seen {
	readonly row: Row;
	readonly column: Column;
	readonly carried: Carried;
	/** Of the process that took up what a killed one had left. */
	readonly recovered?: Carried;
	readonly charges: number;
	/** Requests that order something, and all others. */
	readonly orders: number;
	readonly others: number;
	/** Requests that came where no request may go, or with a key that has no business there. */
	readonly misled: readonly string[];
	readonly evidence: Evidence;
	readonly undecodable: readonly string[];
	/** Paths and queries of all requests, and their headers. Absent: nobody was there to read them. */
	readonly urls?: readonly string[];
	readonly headers: readonly string[];
}

/** What a server says of itself. */
interface Stage {
	readonly baseUrl: string;
	readonly emulator?: Emulator;
	readonly requests: () => number;
	readonly close: () => Promise<void>;
}

/** Gives a child to work with; one in which nothing has run yet, where that is asked for. */
export type WorkerFor = (isFresh: boolean) => Worker;

const defaults = { timeoutMs: 2000, stallMs: 500 } as const;

/** One fault at one provider, from an empty folder to what lies in it at the end. */
export async function runCell(row: Row, column: Column, workerFor: WorkerFor): Promise<Seen> {
	const home = await mkdtemp(path.join(tmpdir(), 'limn-fault-'));
	const stage = await stageFor(row, column);
	try {
		const order = await orderFor(row, column, home, stage);
		const worker = workerFor(row.isHeavy === true || order.mishap?.kind === 'killed');
		const cancelling = cancelWhenAsked(row, stage, worker);
		const carried = await worker.carry(order, limitOf(row, column));
		cancelling.stop();
		const recovered = await recover(order, carried, workerFor);
		const { foreign } = row.expected(column);
		const evidence = await evidenceOf(order.folder, order.storage, foreign);
		return {
			row,
			column,
			carried,
			...(recovered && { recovered }),
			...seenAt(stage),
			evidence,
			undecodable: await undecodable(evidence.pictures.keys()),
		};
	} finally {
		await stage.close();
		await rm(home, { recursive: true, force: true });
	}
}

async function stageFor(row: Row, column: Column): Promise<Stage> {
	if (row.neighbour) return startNeighbour(row.neighbour);
	const emulator = await column.start({
		addressed: row.addressed ?? false,
		...(row.endless && { endless: true }),
		...(row.pauseMs !== undefined && { pauseMs: row.pauseMs }),
	});
	for (const { fault, options } of row.befall?.(column) ?? []) emulator.fail(fault, options);
	const { baseUrl } = emulator;
	return { baseUrl, emulator, requests: () => emulator.requests.length, close: async () => emulator.close() };
}

async function orderFor(row: Row, column: Column, home: string, { baseUrl }: Stage): Promise<Order> {
	const [folder, storage] = [path.join(home, 'workspace'), path.join(home, 'storage')];
	await Promise.all([folder, storage].map(async (each) => mkdir(each)));
	const { model, key, n, options, side } = column;
	const { mishap, ...conditions } = row.conditions ?? {};
	return {
		model,
		baseUrl,
		key,
		n,
		options,
		side,
		...(row.addressed && column.addressed),
		transport: 'direct',
		...defaults,
		haste: 1000,
		folder,
		storage,
		allowed: [new URL(baseUrl).host],
		names: {},
		recovers: false,
		lists: isAnswered(row),
		...conditions,
		...(mishap && { mishap }),
	};
}

/** Whether a server says something that a list of models could carry on, and soon. */
function isAnswered({ name, group, neighbour }: Row): boolean {
	return !neighbour && (name === 'nothing goes wrong' || /^(status|content)/.test(group));
}

/** Real ms after which the parent gives up. */
function limitOf(row: Row, column: Column): number {
	return withinOf(row, column) + 8000;
}

/** How long a cell may take at most. */
export function withinOf(row: Row, column: Column): number {
	return (row.expected(column).withinMs ?? row.conditions?.timeoutMs ?? defaults.timeoutMs) + 2000;
}

function cancelWhenAsked({ cancelling }: Row, { emulator }: Stage, worker: Worker): { stop: () => void } {
	if (!cancelling || !emulator) return { stop: () => undefined };
	const timer = setInterval(() => {
		const isThere = emulator.requests.some((request) => {
			if (cancelling.request === 'poll') return isPoll(request);
			return cancelling.request === 'download' ? isDownload(request) : true;
		});
		if (!isThere) return;
		clearInterval(timer);
		setTimeout(() => worker.cancel(), cancelling.afterMs);
	}, 5);
	return { stop: () => clearInterval(timer) };
}

async function recover(order: Order, first: Carried, workerFor: WorkerFor): Promise<Carried | undefined> {
	if (order.mishap?.kind !== 'killed') return undefined;
	if (first.told) return { output: 'the process was not killed', ms: 0 };
	const { mishap: _, ...rest } = order;
	return workerFor(false).carry({ ...rest, recovers: true }, 10_000);
}

function seenAt({
	emulator,
	requests,
}: Stage): Pick<Seen, 'charges' | 'orders' | 'others' | 'misled' | 'urls' | 'headers'> {
	if (!emulator) return { charges: 0, orders: requests(), others: 0, misled: [], headers: [] };
	const orders = emulator.requests.filter(isOrder).length;
	const elsewhere = new URL(emulator.elsewhere).host;
	const misled = emulator.requests
		.filter(({ headers }) => headers['host'] === elsewhere)
		.map(
			({ method, path: at, headers }) => `${method} ${at} elsewhere${headers['authorization'] ? ' with the key' : ''}`,
		);
	return {
		charges: emulator.charges,
		orders,
		others: emulator.requests.length - orders,
		misled,
		urls: emulator.requests.map(({ path: at, query }) => `${at} ${JSON.stringify(query)}`),
		headers: emulator.requests.map(({ headers }) => JSON.stringify(headers)),
	};
}
