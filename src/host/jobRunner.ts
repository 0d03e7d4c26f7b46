import { randomUUID } from 'node:crypto';
import { Uri, workspace } from 'vscode';
import type { AlterPlan } from '../catalogue/alterPlan';
import { nameOf } from '../catalogue/catalogue';
import type { Plan } from '../catalogue/check';
import { isFree, pricePerPicture } from '../catalogue/price';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { JobResult } from '../domain/picture';
import { providerOf } from '../generation/dialects';
import type { RecordFile } from '../disk/recordFile';
import { sweepStaged } from '../disk/stagedFiles';
import { folderOf } from '../documents/paths';
import type { JobFile, JobHead, JobRecord } from '../generation/journal';
import { JobJournal } from '../generation/journal';
import { isLeaving } from '../generation/leaving';
import { limit } from '../generation/limit';
import { type Recovered, recoverJob } from '../generation/recoverJob';
import { runJob } from '../generation/runJob';
import type { Endpoint } from '../network/encode';
import type { Task } from '../providers/provider';
import type { SavePlan } from '../store/savePicture';
import { dropKept } from '../workspace/keep';
import type { Begun } from './change';
import type { JobWatch, MakerParts } from './imageMaker';
import { dissentOf, priceOf } from './jobPrice';
import { PictureSaver } from './pictureSaver';
import { refused } from './result';
import { settingsFor } from './settings';
import { digest } from './slices';
import type { Wish } from './wish';
import { worldOf } from './worldOf';
import { writeOrder } from './writtenOrder';

/** What is needed to run a plan. */
export interface Prepared {
	readonly plan: Plan;
	readonly begun: Begun | undefined;
	/** `undefined`: the provider is built in. */
	readonly endpoint: Endpoint | undefined;
	readonly save: SavePlan;
	/** With the model that the settings stood for. */
	readonly wish: Wish;
}

/** Runs jobs: nothing goes out before it is written down and its price set aside. */
export class JobRunner {
	/** Of requests to providers; what the painter does costs no request. */
	readonly #inFlight = limit(() => settingsFor()['network.maxConcurrentRequests']);
	readonly #painting = limit(() => 3);

	constructor(readonly parts: MakerParts) {}

	async run(prepared: Prepared, watch: JobWatch): Promise<JobResult> {
		const { plan, begun } = prepared;
		const { signal } = watch.controller;
		const task = begun && plan.alter && (await this.#taskFor(plan.alter, begun, signal));
		if (isImageError(task)) return refused(plan.request.n, [task]);
		if (!prepared.endpoint) return this.#make(prepared, watch, task, this.#journal(undefined));
		return this.#makeElsewhere(prepared, watch, task);
	}

	/** Takes a job up again that an earlier window has left, and settles it if nothing more can come of it. */
	async recover(prepared: Prepared, record: JobRecord, file: RecordFile, signal: AbortSignal): Promise<Recovered> {
		const { plan } = prepared;
		await sweep(record, prepared.wish.destination.uri);
		const journal = this.#journal(file);
		const saver = new PictureSaver(prepared, { ...this.parts, journal });
		const { isOpen, result } = await recoverJob(
			plan,
			record,
			{
				...this.#portsOf(prepared, journal),
				save: saver.keep,
				published: saver.find,
				staged: file.staged,
				digest,
				onArrival: () => undefined,
			},
			signal,
		);
		if (isOpen) await file.leave();
		else await this.#settle(prepared, record.head, file, result);
		if (!hasKept(result)) await this.#dropKept(record);
		return { isOpen, result };
	}

	/** What waited for a place has one. What the history knows there, the file of a picture that was replaced, stays. */
	async #dropKept({ pictures }: JobRecord): Promise<void> {
		const kept = [...pictures.values()].flatMap(({ ending }) =>
			typeof ending === 'object' ? (ending.kept ?? []) : [],
		);
		if (kept.length === 0) return;
		const { entries } = await this.parts.history.read();
		const known = new Set(entries.map(({ uri }) => uri));
		const free = kept.filter((path) => !known.has(Uri.file(path).toString()));
		for (const path of free) await dropKept(this.parts.storage, path);
	}

	/** What somebody else makes may cost money, and always takes time: it is written down. */
	async #makeElsewhere(prepared: Prepared, watch: JobWatch, task: Task | undefined): Promise<JobResult> {
		const { plan } = prepared;
		const { purse, records, clock } = this.parts;
		const { signal } = watch.controller;
		const usd = await priceOf(prepared, task, watch, worldOf(prepared.endpoint, this.parts).send);
		if (isImageError(usd)) return refused(plan.request.n, [usd]);
		const refusal = await dissentOf(prepared, usd, watch);
		if (refusal) return refused(plan.request.n, [refusal]);
		const id = randomUUID();
		const file = await records.open(id).catch((fault: unknown) => this.#noJournal(fault));
		const journal = this.#journal(file);
		const price = usd === undefined ? {} : { usd };
		const order = file && (await writeOrder(prepared, file).catch((fault: unknown) => this.#noJournal(fault)));
		const at = new Date(clock.now()).toISOString();
		const head: JobHead = { id, at, model: nameOf(plan.offer), n: plan.request.n, order, ...price };
		await journal.head(head);
		const broke = isFree(plan.offer) ? undefined : await purse.reserve({ id, ...price });
		if (broke) {
			await journal.end();
			return refused(plan.request.n, [broke]);
		}
		const result = await this.#make(prepared, watch, task, journal);
		if (isLeaving(signal)) return result;
		await this.#settle(prepared, head, file, result);
		return result;
	}

	/** What was spent is noted; pictures that could not be saved are left to *Recover Unfinished Jobs*. */
	async #settle(
		{ plan, wish }: Prepared,
		{ id, at }: Pick<JobHead, 'id' | 'at'>,
		file: RecordFile | undefined,
		{ images, failures, cost, open = 0 }: JobResult,
	): Promise<void> {
		const price = pricePerPicture(plan, plan.size, plan.options) ?? 0;
		const settlement = {
			job: id,
			at,
			model: nameOf(plan.offer),
			operation: plan.request.operation,
			pictures: images.length,
			usd: cost?.usd ?? 0,
			estimated: cost?.estimated ?? true,
			openUsd: open * price,
			document: wish.document ? workspace.asRelativePath(wish.document) : '',
		};
		if (!isFree(plan.offer)) await this.parts.purse.settle(settlement);
		await (hasKept({ failures }) ? file?.leave() : file?.remove())?.catch((fault: unknown) => this.#log(fault));
	}

	async #make(prepared: Prepared, watch: JobWatch, task: Task | undefined, journal: JobJournal): Promise<JobResult> {
		const { plan } = prepared;
		const watched = watch.onPreview !== undefined;
		// In the background, once it is sure that something may be sent; and not for callers that want nothing but a picture.
		if (watched) void this.parts.lists.refresh(plan.request.model);
		let arrived = 0;
		return runJob(
			plan,
			{
				...this.#portsOf(prepared, journal),
				watched,
				task,
				save: new PictureSaver(prepared, { ...this.parts, journal }).keep,
				onArrival: (what, index) => watch.onArrival?.(++arrived, what, index),
				onPreview: (bytes, index) => watch.onPreview?.(bytes, index),
				newId: randomUUID,
			},
			watch.controller.signal,
		);
	}

	#portsOf({ plan, endpoint }: Prepared, journal: JobJournal) {
		return {
			provider: providerOf(plan.offer),
			world: worldOf(endpoint, this.parts),
			limited: endpoint ? this.#inFlight : this.#painting,
			journal,
			onFault: (fault: unknown) => this.#log(fault),
		};
	}

	/** The picture and its mask as they go out. */
	async #taskFor(plan: AlterPlan, { original, alteration }: Begun, signal: AbortSignal): Promise<Task | ImageError> {
		const strength = alteration.operation === 'vary' ? alteration.strength : 'medium';
		try {
			const order = { original, plan, strength };
			const task = await this.parts.painter.ask({ craft: 'prepare', order }, signal);
			return 'problem' in task ? unsent('bad-input', task.problem) : task;
		} catch (fault) {
			if (signal.aborted) return unsent('cancelled');
			this.#log(fault);
			return unsent('bad-input', say('The picture could not be made ready to send. The log has more.'));
		}
	}

	#journal(file: JobFile | undefined): JobJournal {
		return new JobJournal(file, digest, (fault) => this.#noJournal(fault));
	}

	/** The job goes on without. */
	#noJournal(fault: unknown): undefined {
		this.#log(fault);
		this.parts.warn(
			say('Limn cannot write down what it does: a picture may be lost if the window closes. The log has more.'),
		);
	}

	#log(fault: unknown): void {
		this.parts.log.error(fault instanceof Error ? fault : String(fault));
	}
}

/** What was being put beside a picture's place when its window went. */
async function sweep({ pictures }: JobRecord, home: Uri): Promise<void> {
	if (home.scheme !== 'file') return;
	const paths = [...pictures.values()].flatMap(({ publishing }) => publishing?.path ?? []);
	const folders = new Set(paths.map((path) => home.with({ path: folderOf(path) }).fsPath));
	for (const folder of folders) await sweepStaged(folder).catch(() => undefined);
}

/** Whether a picture waits in Limn's own folder for a place. */
function hasKept({ failures }: Pick<JobResult, 'failures'>): boolean {
	return failures.some(({ kept }) => typeof kept === 'object');
}
