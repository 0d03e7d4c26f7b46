import type { RecordFile } from '../disk/recordFile';
import { sweepBeside } from '../disk/stagedFiles';
import { isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { JobResult } from '../domain/picture';
import { refused } from '../domain/result';
import { systemClock } from '../generation/clock';
import { providerOf } from '../generation/dialects';
import type { JobRecord } from '../generation/journalRecord';
import { limit } from '../generation/limit';
import { PriceQuestions } from '../generation/priceQuestions';
import { worldOf } from '../generation/worldOf';
import { type DoorPorts, recoverWritten, runWritten } from '../generation/writtenJob';
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
import { saver } from './saver';
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

/** Makes what is ordered, as `generation/writtenJob.ts` says. */
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

	/** Takes a job up again that an earlier command has left. */
	async recover(prepared: Prepared, record: JobRecord, file: RecordFile, signal: AbortSignal): Promise<JobResult> {
		const { plan, endpoint } = prepared;
		const { origin } = record.head;
		const isElsewhere = endpoint && 'base' in endpoint && origin !== undefined && endpoint.base.origin !== origin;
		const barred = isImageError(endpoint) ? endpoint : undefined;
		return recoverWritten(
			{ plan, record, file },
			{
				...this.#portsOf(prepared),
				refusal: isElsewhere ? elsewhere : barred,
				sweep: async (paths) => sweepBeside(paths.map(localOf)),
				drop: async (paths) => {
					for (const path of paths) await dropKept(this.parts.home, path);
				},
			},
			signal,
		);
	}

	async #run(prepared: Prepared, { signal, most, onStart, onArrival }: Watch): Promise<JobResult> {
		const { plan } = prepared;
		const { model, n } = plan.request;
		const { painter, purse } = this.parts;
		const ports = this.#portsOf(prepared);
		const endpoint = endpointOf(prepared);
		const ask = async (task: Task | undefined) => this.#questions.ask(plan, task, ports.world.send, signal);
		return runWritten(
			{ ...prepared, origin: endpoint?.base.origin },
			{
				...ports,
				painter,
				permit: async (task) => {
					const permit = endpoint ? await permitFor(plan, most, async () => ask(task)) : { usd: 0 };
					if (!isImageError(permit)) onStart?.({ model, n, usd: permit.usd });
					return permit;
				},
				records: purse.records,
				writeOrder: async (file) => writeOrder(prepared, file),
				onArrival,
			},
			signal,
		);
	}

	#portsOf(prepared: Prepared): DoorPorts {
		const { plan } = prepared;
		const { network, painter, purse } = this.parts;
		const { accounts } = purse;
		const endpoint = endpointOf(prepared);
		const onFault = (fault: unknown) =>
			this.parts.tell(fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault));
		return {
			provider: providerOf(plan.offer),
			world: worldOf(endpoint && wayTo(network, endpoint), { painter, clock: systemClock }),
			limited: this.#inFlight,
			saver: (journal) => saver(prepared, { ...this.parts, journal, onFault }),
			purse: accounts,
			settle: async (head, outcome) => accounts.settle(settlementOf(plan, head, outcome, '')),
			onUnwritten: (fault) => {
				this.parts.tell(
					`Limn cannot write down what it does, so a picture may be lost if it is ended: ${String(fault)}`,
				);
			},
			onFault,
		};
	}
}

/** `undefined`: there is none that could be asked. */
function endpointOf({ endpoint }: Prepared): Endpoint | undefined {
	return isImageError(endpoint) ? undefined : endpoint;
}

const elsewhere = unsent(
	'unreachable',
	say('It was ordered at another address of the provider. Set that address again to get it.'),
);
