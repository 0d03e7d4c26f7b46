import { titleOf } from '../catalogue/providers';
import type { Plan } from '../catalogue/check';
import type { FailureCode, ImageError } from '../domain/imageError';
import { say } from '../domain/message';
import type { JobResult, ReceivedImage, StoredPicture } from '../domain/picture';
import { unbegun } from '../providers/provider';
import { chargeOf, Gathering } from './gathering';
import { type JobRecord, pictureFile, type RecordedCall, type RecordedPicture } from './journal';
import { isLeaving } from './leaving';
import { callOf, type JobPorts, NotOrdered, notOrdered, numbersOf, runCall } from './runJob';

/** What taking a job up again needs of the world around it. */
export interface RecoveryPorts extends Omit<JobPorts, 'watched' | 'onPreview' | 'newId' | 'task'> {
	/** The bytes of a picture that had come. `undefined`: they are gone. */
	readonly staged: (file: string) => Promise<Uint8Array | undefined>;
	/** The picture that was about to be put there, if it is there. `id`: see `StoredPicture`. */
	readonly published: (
		place: { readonly id: string; readonly path: string },
		image: ReceivedImage,
	) => Promise<StoredPicture | undefined>;
	/** SHA-256 in hex. */
	readonly digest: (bytes: Uint8Array) => Promise<string>;
}

/** What came of a job that was taken up again. */
export interface Recovered {
	/** Its images are those that were saved now; its cost is the whole job's. */
	readonly result: JobResult;
	/** Something may come yet: it is to be asked for another time. */
	readonly isOpen: boolean;
}

/**
 * Takes a job up again that a window has left: what had come is saved, work that the provider knows by name is asked for, and of the rest is
 * told what is known. Nothing is ordered again.
 */
export async function recoverJob(
	plan: Plan,
	record: JobRecord,
	ports: RecoveryPorts,
	signal: AbortSignal,
): Promise<Recovered> {
	const gathering = new Gathering(plan, ports, record.pictures.keys());
	for (const [index, picture] of inOrder(record)) await takeUp(index, picture, gathering, ports);
	const unnoted = await takeUpUnnoted(record, gathering, ports);
	const open = new Set<ImageError>();
	const recovery = { plan, record, gathering, ports: orderingNothing(ports), signal, open, unnoted };
	await Promise.all(record.calls.map(async (call) => ports.limited(async () => askFor(call, recovery), signal)));
	for (const [index, error] of unsentOf(plan, record)) gathering.fail(error, index);
	return { result: gathering.result(), isOpen: isLeaving(signal) || open.size > 0 };
}

function inOrder({ pictures }: JobRecord): [number, RecordedPicture][] {
	return [...pictures].toSorted(([a], [b]) => a - b);
}

/** What had come is saved, if it was not. */
async function takeUp(
	index: number,
	{ arrived, publishing, ending }: RecordedPicture,
	gathering: Gathering,
	{ staged, published, journal }: RecoveryPorts,
): Promise<void> {
	if (!arrived) return;
	const { file, facts } = arrived;
	if (ending === 'saved') {
		gathering.pay(facts.costUsd);
		return;
	}
	if (ending && ending.kept === undefined) return;
	const bytes = await staged(file);
	if (!bytes) {
		const error = { code: 'not-writable', message: gone, charged: ending?.charged ?? 'unknown' } as const;
		gathering.fail(error, index, facts.costUsd);
		return journal.failed(error, index);
	}
	const image = { ...facts, bytes };
	const stored = publishing && (await published(publishing, image));
	await (stored ? gathering.find(image, index, stored) : gathering.save(image, index));
}

/** Pictures that lie there, and no line tells of them: the window went in between. By their numbers. */
async function takeUpUnnoted(
	{ calls, pictures }: JobRecord,
	gathering: Gathering,
	{ staged, digest }: RecoveryPorts,
): Promise<ReadonlyMap<number, string>> {
	const found = new Map<number, string>();
	for (const index of calls.flatMap(numbersOf).filter((number) => !pictures.has(number))) {
		const bytes = await staged(pictureFile(index));
		if (!bytes) continue;
		found.set(index, await digest(bytes));
		await gathering.take({ bytes }, index);
	}
	return found;
}

const gone = say('A picture had come and is gone: its file in Limn’s own folder was taken away.');

interface Recovery {
	readonly plan: Plan;
	readonly record: JobRecord;
	readonly gathering: Gathering;
	readonly ports: RecoveryPorts;
	readonly signal: AbortSignal;
	/** Failures of the moment. */
	readonly open: Set<ImageError>;
	/** Digests of pictures that the record does not tell of, by their numbers. */
	readonly unnoted: ReadonlyMap<number, string>;
}

/** Asks for what is missing of a call. */
async function askFor(recorded: RecordedCall, recovery: Recovery): Promise<void> {
	const { plan, record, gathering, ports, signal, open, unnoted } = recovery;
	const { before, n, id, state = unbegun } = recorded;
	const numbers = numbersOf(recorded).filter((index) => !record.pictures.has(index) && !unnoted.has(index));
	if (numbers.length === 0) return;
	const noted = [...record.pictures.values()].flatMap(({ arrived }) => arrived?.digest ?? []);
	const digests = new Set([...noted, ...unnoted.values()]);
	const otherwise = lost(plan);
	await runCall(
		{
			// What went out with it is of no matter any more: it is not sent again.
			call: callOf(plan, { id, n, before }, { operation: 'generate' }, false),
			numbers,
			state,
			otherwise,
			isKnown: async (bytes) => digests.has(await ports.digest(bytes)),
			isFinal: (error) => {
				const isFinal = error === otherwise || error.charged === 'no' || !passing.has(error.code);
				if (!isFinal) open.add(error);
				return isFinal;
			},
		},
		gathering,
		{ ...ports, onPreview: () => undefined },
		signal,
	);
}

/** Failures of the moment: the work may be done all the same, and its pictures wait. */
const passing: ReadonlySet<FailureCode> = new Set([
	'no-key',
	'bad-key',
	'rate-limited',
	'unreachable',
	'timed-out',
	'cancelled',
]);

function lost(plan: Plan): ImageError {
	const { provider } = plan.offer;
	const message = say('The window closed before {0} had answered, and nobody can ask for it again.', titleOf(provider));
	return { code: 'unreachable', message, charged: chargeOf(plan), provider };
}

/** A window was closed, and perhaps long ago: what is not ordered yet is for the person to order. */
function orderingNothing(ports: RecoveryPorts): RecoveryPorts {
	const { send } = ports.world;
	return {
		...ports,
		world: {
			...ports.world,
			send: async (request, signal) => {
				if (request.kind === 'http' && request.billed) throw new NotOrdered();
				return send(request, signal);
			},
		},
	};
}

/** Of calls that had not gone out, as far as the record can tell. */
function unsentOf(plan: Plan, record: JobRecord): [number, ImageError][] {
	const { calls, request } = plan;
	const begun = new Set(record.calls.map(({ before }) => before));
	const error = record.damaged > 0 ? lost(plan) : notOrdered;
	let before = request.already ?? 0;
	return calls.flatMap((n) => {
		const first = before + 1;
		const isBegun = begun.has(before);
		before += n;
		return isBegun ? [] : Array.from({ length: n }, (_, at): [number, ImageError] => [first + at, error]);
	});
}
