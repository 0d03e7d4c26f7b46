import { randomUUID } from 'node:crypto';
import { nameOf } from '../catalogue/catalogue';
import type { Plan } from '../catalogue/check';
import { isFree } from '../catalogue/price';
import { type ImageError, isImageError } from '../domain/imageError';
import type { Message } from '../domain/message';
import type { JobResult, SavedImage } from '../domain/picture';
import { refused } from '../domain/result';
import type { Task } from '../providers/provider';
import type { Begun } from './beginChange';
import type { Gathered, Reckoning } from './gathering';
import type { JobSaver } from './jobSaver';
import { type JobFile, JobJournal } from './journal';
import type { JobHead } from './journalLines';
import type { JobRecord } from './journalRecord';
import { isLeaving } from './leaving';
import { taskFor } from './outgoing';
import type { PainterThread } from './painterThread';
import { recoverJob, type RecoveryPorts } from './recoverJob';
import { type JobPorts, runJob } from './runJob';
import { digest } from './slices';

/** The record of a job, as long as it is this process's. */
export interface OwnFile extends JobFile {
	/** It is nobody's any more: whoever takes the job up gets it. */
	readonly leave: () => Promise<void>;
}

/** What a job came to. */
export interface Outcome extends Reckoning {
	/** How many came. */
	readonly pictures: number;
}

/** What any door has of the world around it, for one job. */
export interface DoorPorts extends Pick<JobPorts, 'provider' | 'world' | 'limited' | 'onFault'> {
	readonly saver: (journal: JobJournal) => Pick<JobSaver, 'keep' | 'find'>;
	readonly purse: {
		/** Sets the price aside. An error: a budget would be passed, and nothing is set aside. */
		reserve(head: JobHead): Promise<ImageError | undefined>;
		/** What was set aside is free again. */
		release(id: string): void;
	};
	/** Notes what the job came to; what was set aside for it is free again. */
	readonly settle: (head: JobHead, outcome: Outcome) => Promise<void>;
	/** Nothing can be written down: the job goes on without. */
	readonly onUnwritten: (fault: unknown) => undefined;
}

/** What a job that begins needs. */
export interface RunPorts extends DoorPorts {
	readonly painter: Pick<PainterThread, 'ask'>;
	/** Whether it may be sent, and what it costs: USD, `undefined`: nobody knows. For errors see `PriceQuestions`. */
	readonly permit: (task: Task | undefined) => Promise<{ readonly usd: number | undefined } | ImageError>;
	/** Rejects where no record can be opened. */
	readonly records: { open(id: string): Promise<OwnFile> };
	/** The order as plain data; its files are put beside it. */
	readonly writeOrder: (file: JobFile) => Promise<unknown>;
	/** Called once it is sure that something may be sent. */
	readonly onSure?: () => void;
	/** Called after each picture or failure with the number of them, itself, and its own number in the job. */
	readonly onArrival?: ((arrived: number, what: SavedImage | ImageError, index: number) => void) | undefined;
	/** See `JobPorts`. Absent: nobody looks on. */
	readonly onPreview?: JobPorts['onPreview'] | undefined;
}

/** What taking a job up again needs. */
export interface RecoverPorts extends DoorPorts, Pick<RecoveryPorts, 'refusal'> {
	/** Takes away what was being put beside these paths when the job's process went. */
	readonly sweep: (paths: readonly string[]) => Promise<void>;
	/** Called before the record goes; what a person should know besides. */
	readonly onRecovered?: (gathered: Gathered, saver: Pick<JobSaver, 'find'>) => Promise<readonly Message[]>;
	/** Takes pictures that waited for a place, and have one, out of Limn's own folder. */
	readonly drop: (paths: readonly string[]) => Promise<void>;
}

/** A job that begins. */
export interface Job {
	readonly plan: Plan;
	/** `undefined`: its pictures are made of words alone. */
	readonly begun: Begun | undefined;
	readonly began: Date;
	/** Where its requests go. `undefined`: the provider is built in. */
	readonly origin: string | undefined;
}

/** A job that an earlier process has left, and this one has taken over. */
export interface LeftJob {
	readonly plan: Plan;
	readonly record: JobRecord;
	readonly file: OwnFile & Pick<RecoveryPorts, 'staged'>;
}

/**
 * Runs a job, from any door. What somebody else makes may cost money, and always takes time: nothing of it goes out before it is written
 * down and its price set aside.
 */
export async function runWritten(job: Job, ports: RunPorts, signal: AbortSignal): Promise<JobResult> {
	const { plan, began, origin } = job;
	const { offer, calls } = plan;
	const { n } = plan.request;
	const task = await taskFor(plan, job.begun, ports, signal);
	if (isImageError(task)) return refused(n, [task]);
	const permit = await ports.permit(task);
	const given = { id: randomUUID(), at: began.toISOString(), model: nameOf(offer), n, calls: [...calls] };
	if (isImageError(permit)) {
		const taken = { pictures: 0, usd: 0, estimated: true, open: calls[0] ?? 1 };
		if (permit.charged !== 'no') await ports.settle(given, taken);
		return refused(n, [permit]);
	}
	const make = async (journal: JobJournal, usdEach?: number) => {
		ports.onSure?.();
		return runJob(plan, { ...watching(ports), journal, usdEach, task, save: ports.saver(journal).keep }, signal);
	};
	const { usd } = permit;
	if (origin === undefined) return make(new JobJournal(undefined, digest, ports.onFault, signal));
	const head: JobHead = { ...given, origin, ...(usd !== undefined && { usd }) };
	const file = await ports.records.open(head.id).catch(ports.onUnwritten);
	const journal = new JobJournal(file, digest, ports.onUnwritten, signal);
	await journal.head(head, file && (await ports.writeOrder(file).catch(ports.onUnwritten)));
	const broke = isFree(offer) ? undefined : await ports.purse.reserve(head);
	if (broke) {
		await journal.end();
		return refused(n, [broke]);
	}
	const gathered = await make(journal, usdEachOf(head));
	if (!isLeaving(signal)) await end({ plan, head, journal, file }, gathered, ports);
	return gathered;
}

/** Takes a job up again. It can order nothing. */
export async function recoverWritten(
	{ plan, record, file }: LeftJob,
	ports: RecoverPorts,
	signal: AbortSignal,
): Promise<Gathered> {
	const { head } = record;
	const pictures = [...record.pictures.values()];
	await ports.sweep(pictures.flatMap(({ publishing }) => publishing?.path ?? []));
	const journal = new JobJournal(file, digest, ports.onUnwritten, signal);
	const saver = ports.saver(journal);
	const saving = { journal, save: saver.keep, published: saver.find, staged: file.staged, onArrival: () => undefined };
	const gathered = await recoverJob(plan, record, { ...ports, ...saving, usdEach: usdEachOf(head) }, signal);
	const news = (await ports.onRecovered?.(gathered, saver)) ?? [];
	if (!isLeaving(signal)) await end({ plan, head, journal, file }, gathered, ports);
	const kept = pictures.flatMap(({ ending }) => (typeof ending === 'object' ? (ending.kept ?? []) : []));
	const isOver = gathered.failures.every((failure) => failure.kept === undefined && !failure.waits);
	if (isOver && kept.length > 0) await ports.drop(kept);
	return { ...gathered, warnings: [...gathered.warnings, ...news] };
}

/** With somebody told of what comes. */
function watching(ports: RunPorts) {
	const { onArrival, onPreview } = ports;
	let arrived = 0;
	return {
		...ports,
		watched: onPreview !== undefined,
		onArrival: (what: SavedImage | ImageError, index: number) => onArrival?.(++arrived, what, index),
		onPreview: (bytes: Uint8Array, index: number) => onPreview?.(bytes, index),
		newId: randomUUID,
	};
}

interface Ending {
	readonly plan: Plan;
	readonly head: JobHead;
	readonly journal: JobJournal;
	/** `undefined`: none could be opened. */
	readonly file: OwnFile | undefined;
}

/** The accounts are closed where nothing more can come; what waits is left to be taken up again. */
async function end(
	{ plan, head, journal, file }: Ending,
	{ isUnfinished, reckoning, images, failures }: Gathered,
	{ purse, settle, onFault }: DoorPorts,
): Promise<void> {
	if (isUnfinished) purse.release(head.id);
	else if (!isFree(plan.offer)) await settle(head, { ...reckoning, pictures: images.length });
	if (!failures.some(({ waits }) => waits)) {
		await journal.end();
		return;
	}
	await journal.told();
	await file?.leave().catch(onFault);
}

/** For one of its pictures, what was set aside. */
function usdEachOf({ usd, n }: JobHead): number | undefined {
	return usd === undefined ? undefined : usd / n;
}
