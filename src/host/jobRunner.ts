import { randomUUID } from 'node:crypto';
import { Uri, workspace } from 'vscode';
import type { AlterPlan } from '../catalogue/alterPlan';
import { nameOf } from '../catalogue/catalogue';
import type { Plan } from '../catalogue/check';
import { isFree } from '../catalogue/price';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { JobResult, StoredPicture } from '../domain/picture';
import { providerOf } from '../generation/dialects';
import type { RecordFile } from '../disk/recordFile';
import { sweepStaged } from '../disk/stagedFiles';
import { folderOf } from '../documents/paths';
import type { JobFile } from '../generation/journal';
import type { JobHead } from '../generation/journalLines';
import type { JobRecord } from '../generation/journalRecord';
import { JobJournal } from '../generation/journal';
import { isLeaving } from '../generation/leaving';
import { limit } from '../generation/limit';
import type { Gathered } from '../generation/gathering';
import { recoverJob } from '../generation/recoverJob';
import { runJob } from '../generation/runJob';
import type { Endpoint } from '../network/encode';
import type { Task } from '../providers/provider';
import { settlementOf } from '../spending/settlementOf';
import type { SavePlan } from '../store/savePicture';
import { dropKept } from '../workspace/keep';
import type { Begun } from '../generation/beginChange';
import type { JobWatch, MakerParts, Noted } from './imageMaker';
import { permitFor } from './permit';
import { PictureSaver } from './pictureSaver';
import { refused } from '../domain/result';
import { settingFor } from './settings';
import { digest } from '../generation/slices';
import type { Wish } from './wish';
import { worldOf } from '../generation/worldOf';
import { wayTo } from '../network/wayTo';
import { writeOrder } from './writtenOrder';

/** A job that an earlier window has left, and this one has taken over. */
export interface LeftJob {
	readonly record: JobRecord;
	readonly file: RecordFile;
	/** Why its provider cannot be asked at the moment. */
	readonly refusal?: ImageError | undefined;
	readonly noted: Noted;
}

/** What is needed to run a plan. */
export interface Prepared {
	readonly plan: Plan;
	readonly begun: Begun | undefined;
	/** `undefined`: the provider is built in. */
	readonly endpoint: Endpoint | undefined;
	readonly save: SavePlan;
	readonly began: Date;
	/** With the model that the settings stood for. */
	readonly wish: Wish;
}

/** Runs jobs: nothing goes out before it is written down and its price set aside. */
export class JobRunner {
	/** Of requests to providers; what the painter does costs no request. */
	readonly #inFlight = limit(() => settingFor('network.maxConcurrentRequests'));
	readonly #painting = limit(() => 3);
	readonly #worldOf = (endpoint?: Endpoint) => worldOf(endpoint && wayTo(this.parts.network, endpoint), this.parts);

	constructor(readonly parts: MakerParts) {}

	async run(prepared: Prepared, watch: JobWatch): Promise<JobResult> {
		const { plan, begun } = prepared;
		const { signal } = watch.controller;
		const task = begun && plan.alter && (await this.#taskFor(plan.alter, begun, signal));
		if (isImageError(task)) return refused(plan.request.n, [task]);
		const { endpoint } = prepared;
		if (!endpoint) return this.#make(prepared, watch, task, this.#journal(undefined, signal));
		return this.#makeElsewhere({ ...prepared, endpoint }, watch, task);
	}

	/** Takes a job up again that an earlier window has left. `refusal`: why its provider cannot be asked at the moment. */
	async recover(prepared: Prepared, { record, file, refusal, noted }: LeftJob, signal: AbortSignal): Promise<Gathered> {
		const { plan } = prepared;
		await sweep(record, prepared.wish.destination.uri);
		const journal = this.#journal(file, signal);
		const saver = new PictureSaver(prepared, { ...this.parts, journal });
		const gathered = await recoverJob(
			plan,
			record,
			{
				...this.#portsOf(prepared, journal, usdEach(record.head)),
				save: saver.keep,
				published: saver.find,
				staged: file.staged,
				onArrival: () => undefined,
				refusal,
			},
			signal,
		);
		const news = await noted(prepared.wish, [...(await alreadySaved(record, saver)), ...gathered.images]);
		if (!isLeaving(signal)) await this.#end(prepared, record.head, journal, gathered, file);
		if (gathered.failures.every(({ kept, waits }) => kept === undefined && !waits)) await this.#dropKept(record);
		return { ...gathered, warnings: [...gathered.warnings, ...news] };
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
	async #makeElsewhere(
		prepared: Prepared & { readonly endpoint: Endpoint },
		watch: JobWatch,
		task: Task | undefined,
	): Promise<JobResult> {
		const { plan } = prepared;
		const { purse, records, agreements } = this.parts;
		const { signal } = watch.controller;
		const { send } = this.#worldOf(prepared.endpoint);
		const permit = await permitFor(prepared, task, watch, { send, agreements });
		if (isImageError(permit)) return this.#refusedBy(permit, prepared);
		const { usd } = permit;
		const id = randomUUID();
		const file = await records.open(id).catch((fault: unknown) => this.#noJournal(fault));
		const journal = this.#journal(file, signal);
		const { origin } = prepared.endpoint.base;
		const head = headOf(plan, { id, at: prepared.began.toISOString(), origin, ...(usd !== undefined && { usd }) });
		await journal.head(head, file && (await this.#orderOf(prepared, file)));
		const broke = isFree(plan.offer) ? undefined : await purse.reserve(head);
		if (broke) {
			await journal.end();
			return refused(plan.request.n, [broke]);
		}
		const gathered = await this.#make(prepared, watch, task, journal, usdEach(head));
		if (!isLeaving(signal)) await this.#end(prepared, head, journal, gathered, file);
		return gathered;
	}

	/** A job that may not be sent. Where the provider made pictures though it was asked for a price, they may be paid: that is noted. */
	async #refusedBy(error: ImageError, prepared: Prepared): Promise<JobResult> {
		const { plan, began } = prepared;
		if (error.charged !== 'no') {
			const head = headOf(plan, { id: randomUUID(), at: began.toISOString() });
			const reckoning = { pictures: 0, usd: 0, estimated: true, open: plan.calls[0] ?? 1 };
			await this.parts.purse.settle(settlementOf(plan, head, reckoning, documentOf(prepared)));
		}
		return refused(plan.request.n, [error]);
	}

	async #orderOf(prepared: Prepared, file: RecordFile): Promise<unknown> {
		return writeOrder(prepared, file).catch((fault: unknown) => this.#noJournal(fault));
	}

	/** The accounts are closed where nothing more can come; what waits is left to *Recover Unfinished Jobs*. */
	async #end(
		prepared: Prepared,
		head: JobHead,
		journal: JobJournal,
		gathered: Gathered,
		file: RecordFile | undefined,
	): Promise<void> {
		if (gathered.isUnfinished) this.parts.purse.release(head.id);
		else if (!isFree(prepared.plan.offer)) {
			const outcome = { ...gathered.reckoning, pictures: gathered.images.length };
			await this.parts.purse.settle(settlementOf(prepared.plan, head, outcome, documentOf(prepared)));
		}
		if (!gathered.failures.some(({ waits }) => waits)) {
			await journal.end();
			return;
		}
		await journal.told();
		await file?.leave().catch((fault: unknown) => this.#log(fault));
	}

	async #make(
		prepared: Prepared,
		watch: JobWatch,
		task: Task | undefined,
		journal: JobJournal,
		usd?: number,
	): Promise<Gathered> {
		const { plan } = prepared;
		const watched = watch.onPreview !== undefined;
		// In the background, once it is sure that something may be sent; and not for callers that want nothing but a picture.
		if (watched) void this.parts.lists.refresh(plan.request.model);
		let arrived = 0;
		return runJob(
			plan,
			{
				...this.#portsOf(prepared, journal, usd),
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

	#portsOf({ plan, endpoint }: Prepared, journal: JobJournal, usd: number | undefined) {
		return {
			usdEach: usd,
			provider: providerOf(plan.offer),
			world: this.#worldOf(endpoint),
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

	#journal(file: JobFile | undefined, signal: AbortSignal): JobJournal {
		return new JobJournal(file, digest, (fault) => this.#noJournal(fault), signal);
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

/** Pictures that the other window had saved: it may have gone before it noted them. */
async function alreadySaved({ pictures }: JobRecord, { find }: PictureSaver): Promise<StoredPicture[]> {
	const found: StoredPicture[] = [];
	for (const { arrived, publishing, ending } of pictures.values()) {
		if (ending !== 'saved' || !publishing) continue;
		const picture = await find(publishing, { bytes: new Uint8Array(), ...arrived?.facts });
		if (picture) found.push(picture);
	}
	return found;
}

function headOf(plan: Plan, given: Pick<JobHead, 'id' | 'at' | 'origin' | 'usd'>): JobHead {
	return { ...given, model: nameOf(plan.offer), n: plan.request.n, calls: [...plan.calls] };
}

/** For one of its pictures, what was set aside. */
function usdEach({ usd, n }: JobHead): number | undefined {
	return usd === undefined ? undefined : usd / n;
}

/** The document that asked for the pictures, as a person names it; empty without one. */
function documentOf({ wish }: Prepared): string {
	return wish.document ? workspace.asRelativePath(wish.document) : '';
}
