import { randomUUID } from 'node:crypto';
import type { AlterPlan } from '../catalogue/alterPlan';
import { nameOf } from '../catalogue/catalogue';
import { isFree } from '../catalogue/price';
import type { RecordFile } from '../disk/recordFile';
import { sweepStaged } from '../disk/stagedFiles';
import { folderOf } from '../documents/paths';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { JobResult } from '../domain/picture';
import { refused } from '../domain/result';
import type { Begun } from '../generation/beginChange';
import { systemClock } from '../generation/clock';
import { providerOf } from '../generation/dialects';
import type { Gathered } from '../generation/gathering';
import { JobJournal } from '../generation/journal';
import type { JobHead } from '../generation/journalLines';
import type { JobRecord } from '../generation/journalRecord';
import { isLeaving } from '../generation/leaving';
import { limit } from '../generation/limit';
import { PriceQuestions } from '../generation/priceQuestions';
import { recoverJob } from '../generation/recoverJob';
import { runJob } from '../generation/runJob';
import { digest } from '../generation/slices';
import { worldOf } from '../generation/worldOf';
import type { Endpoint } from '../network/encode';
import type { Network } from '../network/network';
import { wayTo } from '../network/wayTo';
import type { Task } from '../providers/provider';
import { settlementOf } from '../spending/settlementOf';
import { checkTarget } from '../store/savePicture';
import { dropKept, localFiles } from './files';
import type { Order } from './order';
import { localOf } from './paths';
import { permitFor } from './permit';
import { beginOrder, prepare, type Prepared, type Surroundings } from './prepare';
import type { Purse } from './purse';
import { Saver } from './saver';
import { writeOrder } from './writtenOrder';

/** What making pictures needs of the world around it. */
export interface JobParts extends Surroundings {
	readonly network: Network;
	readonly purse: Purse;
	/** Limn's own folder. */
	readonly home: string;
	/** Told of what went wrong, a line each. */
	readonly tell: (words: string) => void;
}

/** What is known of an order when it begins. */
export interface Start {
	/** `provider/model`. */
	readonly model: string;
	readonly n: number;
	/** `undefined`: nobody knows. */
	readonly usd: number | undefined;
}

/** What whoever ordered wants and hears. */
export interface Watch {
	readonly signal: AbortSignal;
	/** USD; infinite: whatever it costs. */
	readonly most: number;
	/** Called before anything is ordered. */
	readonly onStart?: (start: Start) => void;
	/** Called after each picture or failure with the number of them. */
	readonly onArrival?: (arrived: number) => void;
}

/** In flight at a time: as many as in the editor. */
const mostAtOnce = 3;

/** Makes what is ordered: nothing goes out before it is written down and its price set aside. */
export class Jobs {
	readonly #inFlight = limit(() => mostAtOnce);
	readonly #questions = new PriceQuestions();

	constructor(readonly parts: JobParts) {}

	/** Always ends with at least as many images and failures as were ordered. */
	async make(order: Order, watch: Watch): Promise<JobResult> {
		const begun = await beginOrder(order, this.parts);
		if (isImageError(begun)) return refused(order.n, [begun]);
		const prepared = prepare(order, begun, this.parts, new Date(systemClock.now()));
		if (!('plan' in prepared)) return refused(order.n, prepared);
		const problem = isImageError(prepared.endpoint) ? prepared.endpoint : await checkTarget(prepared.save, localFiles);
		if (problem) return refused(order.n, [problem]);
		const result = await this.#run(prepared, watch);
		return { ...result, warnings: [...(begun?.warnings ?? []), ...result.warnings] };
	}

	/** Takes a job up again that an earlier command has left. It can order nothing. */
	async recover(prepared: Prepared, record: JobRecord, file: RecordFile, signal: AbortSignal): Promise<JobResult> {
		const { endpoint } = prepared;
		const { origin } = record.head;
		const isElsewhere = endpoint && 'base' in endpoint && origin !== undefined && endpoint.base.origin !== origin;
		const barred = isImageError(endpoint) ? endpoint : undefined;
		const refusal = isElsewhere ? elsewhere : barred;
		await sweep(record);
		const journal = this.#journal(file, signal);
		const ports = this.#portsOf(prepared, journal, usdEach(record.head));
		const gathered = await recoverJob(
			prepared.plan,
			record,
			{
				...ports,
				save: ports.saver.keep,
				published: ports.saver.find,
				staged: file.staged,
				onArrival: () => undefined,
				refusal,
			},
			signal,
		);
		if (!isLeaving(signal)) await this.#end(prepared, record.head, journal, gathered, file);
		const isOver = gathered.failures.every(({ kept, waits }) => kept === undefined && !waits);
		for (const path of isOver ? keptOf(record) : []) await dropKept(this.parts.home, path);
		return gathered;
	}

	async #run(prepared: Prepared, watch: Watch): Promise<JobResult> {
		const { plan, begun, endpoint } = prepared;
		const { request, alter } = plan;
		const task = begun && alter && (await this.#taskFor(alter, begun, watch.signal));
		if (isImageError(task)) return refused(request.n, [task]);
		if (endpoint && !isImageError(endpoint)) return this.#makeElsewhere({ ...prepared, endpoint }, task, watch);
		watch.onStart?.({ model: request.model, n: request.n, usd: 0 });
		return this.#make(prepared, task, watch, this.#journal(undefined, watch.signal));
	}

	/** What somebody else makes may cost money, and always takes time: it is written down. */
	async #makeElsewhere(
		prepared: Prepared & { readonly endpoint: Endpoint },
		task: Task | undefined,
		watch: Watch,
	): Promise<JobResult> {
		const { plan, endpoint, began } = prepared;
		const { model, n } = plan.request;
		const { records, accounts } = this.parts.purse;
		const { send } = this.#worldOf(endpoint);
		const ask = async () => this.#questions.ask(plan, task, send, watch.signal);
		const permit = await permitFor(plan, watch.most, ask);
		const id = randomUUID();
		const at = began.toISOString();
		const head = { id, at, origin: endpoint.base.origin, model: nameOf(plan.offer), n, calls: [...plan.calls] };
		if (isImageError(permit)) {
			const taken = { pictures: 0, usd: 0, estimated: true, open: plan.calls[0] ?? 1 };
			if (permit.charged !== 'no') await accounts.settle(settlementOf(plan, head, taken, ''));
			return refused(n, [permit]);
		}
		const { usd } = permit;
		watch.onStart?.({ model, n, usd });
		const priced: JobHead = { ...head, ...(usd !== undefined && { usd }) };
		const file = await records.open(id).catch((fault: unknown) => this.#noJournal(fault));
		const journal = this.#journal(file, watch.signal);
		const written = file && (await writeOrder(prepared, file).catch((fault: unknown) => this.#noJournal(fault)));
		await journal.head(priced, written);
		const broke = isFree(plan.offer) ? undefined : await accounts.reserve(priced);
		if (broke) {
			await journal.end();
			return refused(n, [broke]);
		}
		const gathered = await this.#make(prepared, task, watch, journal, usdEach(priced));
		if (!isLeaving(watch.signal)) await this.#end(prepared, priced, journal, gathered, file);
		return gathered;
	}

	async #make(
		prepared: Prepared,
		task: Task | undefined,
		{ signal, onArrival }: Watch,
		journal: JobJournal,
		usd?: number,
	): Promise<Gathered> {
		const ports = this.#portsOf(prepared, journal, usd);
		let arrived = 0;
		return runJob(
			prepared.plan,
			{
				...ports,
				watched: false,
				task,
				save: ports.saver.keep,
				onArrival: () => onArrival?.(++arrived),
				onPreview: () => undefined,
				newId: randomUUID,
			},
			signal,
		);
	}

	/** The accounts are closed where nothing more can come; what waits is left to `limn recover`. */
	async #end(
		{ plan }: Prepared,
		head: JobHead,
		journal: JobJournal,
		gathered: Gathered,
		file: RecordFile | undefined,
	): Promise<void> {
		const { accounts } = this.parts.purse;
		const outcome = { ...gathered.reckoning, pictures: gathered.images.length };
		if (gathered.isUnfinished) accounts.release(head.id);
		else if (!isFree(plan.offer)) await accounts.settle(settlementOf(plan, head, outcome, ''));
		if (!gathered.failures.some(({ waits }) => waits)) {
			await journal.end();
			return;
		}
		await journal.told();
		await file?.leave().catch((fault: unknown) => this.#log(fault));
	}

	#portsOf(prepared: Prepared, journal: JobJournal, usd: number | undefined) {
		const { plan, endpoint } = prepared;
		const onFault = (fault: unknown) => this.#log(fault);
		return {
			usdEach: usd,
			provider: providerOf(plan.offer),
			world: this.#worldOf(isImageError(endpoint) ? undefined : endpoint),
			limited: this.#inFlight,
			journal,
			onFault,
			saver: new Saver(prepared, { ...this.parts, journal, onFault }),
		};
	}

	#worldOf(endpoint: Endpoint | undefined) {
		const { network, painter } = this.parts;
		return worldOf(endpoint && wayTo(network, endpoint), { painter, clock: systemClock });
	}

	/** The picture and its mask as they go out. */
	async #taskFor(plan: AlterPlan, { original }: Begun, signal: AbortSignal): Promise<Task | ImageError> {
		try {
			const order = { original, plan, strength: 'medium' as const };
			const task = await this.parts.painter.ask({ craft: 'prepare', order }, signal);
			return 'problem' in task ? unsent('bad-input', task.problem) : task;
		} catch (fault) {
			if (signal.aborted) return unsent('cancelled');
			this.#log(fault);
			return unsent('bad-input', say('The picture could not be made ready to send. The log has more.'));
		}
	}

	#journal(file: RecordFile | undefined, signal: AbortSignal): JobJournal {
		return new JobJournal(file, digest, (fault) => this.#noJournal(fault), signal);
	}

	/** The job goes on without. */
	#noJournal(fault: unknown): undefined {
		this.parts.tell(`Limn cannot write down what it does, so a picture may be lost if it is ended: ${String(fault)}`);
	}

	#log(fault: unknown): void {
		this.parts.tell(fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault));
	}
}

/** What was being put beside a picture's place when its command was ended. */
async function sweep({ pictures }: JobRecord): Promise<void> {
	const paths = [...pictures.values()].flatMap(({ publishing }) => publishing?.path ?? []);
	const folders = new Set(paths.map((path) => localOf(folderOf(path))));
	for (const folder of folders) await sweepStaged(folder).catch(() => undefined);
}

/** Where pictures of a job wait for a place. */
function keptOf({ pictures }: JobRecord): readonly string[] {
	return [...pictures.values()].flatMap(({ ending }) => (typeof ending === 'object' ? (ending.kept ?? []) : []));
}

/** For one of its pictures, what was set aside. */
function usdEach({ usd, n }: JobHead): number | undefined {
	return usd === undefined ? undefined : usd / n;
}

const elsewhere = unsent(
	'unreachable',
	say('It was ordered at another address of the provider. Set that address again to get it.'),
);
