import { Uri, workspace } from 'vscode';
import type { Plan } from '../catalogue/check';
import type { ImageError } from '../domain/imageError';
import { say } from '../domain/message';
import type { JobResult, StoredPicture } from '../domain/picture';
import type { RecordFile } from '../disk/recordFile';
import { sweepBeside } from '../disk/stagedFiles';
import type { Begun } from '../generation/beginChange';
import { providerOf } from '../generation/dialects';
import type { Gathered } from '../generation/gathering';
import type { JobRecord } from '../generation/journalRecord';
import type { JobSaver } from '../generation/jobSaver';
import { limit } from '../generation/limit';
import { worldOf } from '../generation/worldOf';
import { type DoorPorts, recoverWritten, runWritten } from '../generation/writtenJob';
import type { Endpoint } from '../network/encode';
import { wayTo } from '../network/wayTo';
import { settlementOf } from '../spending/settlementOf';
import type { SavePlan } from '../store/savePicture';
import { dropKept } from '../workspace/keep';
import type { JobWatch, MakerParts, Noted } from './imageMaker';
import { permitFor } from './permit';
import { pictureSaver } from './pictureSaver';
import { settingFor } from './settings';
import type { Wish } from './wish';
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

/** Runs jobs, as `generation/writtenJob.ts` says, with what this window has for it. */
export class JobRunner {
	/** Of requests to providers; what the painter does costs no request. */
	readonly #inFlight = limit(() => settingFor('network.maxConcurrentRequests'));
	readonly #painting = limit(() => 3);

	constructor(readonly parts: MakerParts) {}

	async run(prepared: Prepared, watch: JobWatch): Promise<JobResult> {
		const { plan, endpoint } = prepared;
		const { painter, records, agreements, lists } = this.parts;
		const { controller, onArrival, onPreview } = watch;
		const ports = this.#portsOf(prepared);
		return runWritten(
			{ ...prepared, origin: endpoint?.base.origin },
			{
				...ports,
				painter,
				permit: async (task) =>
					endpoint
						? permitFor({ ...prepared, endpoint }, task, watch, { send: ports.world.send, agreements })
						: { usd: 0 },
				records,
				writeOrder: async (file) => writeOrder(prepared, file),
				// In the background; and not for callers that want nothing but a picture.
				onSure: () => void (onPreview && lists.refresh(plan.request.model)),
				onArrival,
				onPreview,
			},
			controller.signal,
		);
	}

	/** Takes a job up again that an earlier window has left. */
	async recover(prepared: Prepared, left: LeftJob, signal: AbortSignal): Promise<Gathered> {
		const { plan, wish } = prepared;
		const { record, refusal, noted } = left;
		const home = wish.destination.uri;
		const fileAt = (path: string) => home.with({ path }).fsPath;
		return recoverWritten(
			{ ...left, plan },
			{
				...this.#portsOf(prepared),
				refusal,
				sweep: async (paths) => sweepBeside(home.scheme === 'file' ? paths.map(fileAt) : []),
				onRecovered: async ({ images }, { find }) => noted(wish, [...(await alreadySaved(record, find)), ...images]),
				drop: async (paths) => this.#drop(paths),
			},
			signal,
		);
	}

	/** What the history knows there, the file of a picture that was replaced, stays. */
	async #drop(paths: readonly string[]): Promise<void> {
		const { entries } = await this.parts.history.read();
		const known = new Set(entries.map(({ uri }) => uri));
		const free = paths.filter((path) => !known.has(Uri.file(path).toString()));
		for (const path of free) await dropKept(this.parts.storage, path);
	}

	#portsOf(prepared: Prepared): DoorPorts {
		const { plan, endpoint } = prepared;
		const { network, purse, log, warn } = this.parts;
		const onFault = (fault: unknown) => log.error(fault instanceof Error ? fault : String(fault));
		return {
			provider: providerOf(plan.offer),
			world: worldOf(endpoint && wayTo(network, endpoint), this.parts),
			limited: endpoint ? this.#inFlight : this.#painting,
			saver: (journal) => pictureSaver(prepared, { ...this.parts, journal, onFault }),
			purse,
			settle: async (head, outcome) => purse.settle(settlementOf(plan, head, outcome, documentOf(prepared))),
			onUnwritten: (fault) => {
				onFault(fault);
				warn(unwritten);
			},
			onFault,
		};
	}
}

const unwritten = say(
	'Limn cannot write down what it does: a picture may be lost if the window closes. The log has more.',
);

/** Pictures that the other window had saved: it may have gone before it noted them. */
async function alreadySaved({ pictures }: JobRecord, find: JobSaver['find']): Promise<StoredPicture[]> {
	const found: StoredPicture[] = [];
	for (const { arrived, publishing, ending } of pictures.values()) {
		if (ending !== 'saved' || !publishing) continue;
		const picture = await find(publishing, { bytes: new Uint8Array(), ...arrived?.facts });
		if (picture) found.push(picture);
	}
	return found;
}

/** The document that asked for the pictures, as a person names it; empty without one. */
function documentOf({ wish }: Prepared): string {
	return wish.document ? workspace.asRelativePath(wish.document) : '';
}
