import type { Plan } from '../catalogue/check';
import { titleOf } from '../catalogue/providers';
import type { ImageError } from '../domain/imageError';
import { say } from '../domain/message';
import type { ReceivedImage, StoredPicture } from '../domain/picture';
import { unbegun } from '../providers/provider';
import { chargeOf, type Gathered, Gathering } from './gathering';
import type { JobRecord, RecordedCall, RecordedPicture } from './journalRecord';
import { pictureFile } from './journal';
import { callOf, type Going, type JobPorts, NotOrdered, notOrdered, numbersOf, runCall } from './runJob';

/** What taking a job up again needs of the world around it. */
export interface RecoveryPorts extends Omit<JobPorts, 'watched' | 'onPreview' | 'newId' | 'task'> {
	/** The bytes of a picture that had come. `undefined`: they are gone. */
	readonly staged: (file: string) => Promise<Uint8Array | undefined>;
	/** The picture that was about to be put there, if it is there. `id`: see `StoredPicture`. */
	readonly published: (
		place: { readonly id: string; readonly path: string },
		image: ReceivedImage,
	) => Promise<StoredPicture | undefined>;
	/** Why the provider cannot be asked at all, at the moment. */
	readonly refusal?: ImageError | undefined;
}

/** Longer than any provider keeps what it has made, in ms: a week. */
const longestWait = 7 * 24 * 3_600_000;

/**
 * Takes a job up again that a window has left: what had come is saved, work that the provider knows by name is asked for, and of the rest is
 * told what is known. Nothing is ordered again.
 */
export async function recoverJob(
	plan: Plan,
	record: JobRecord,
	ports: RecoveryPorts,
	signal: AbortSignal,
): Promise<Gathered> {
	// What there was to say beforehand was said then.
	const gathering = new Gathering({ ...plan, warnings: [] }, ports, record.pictures.keys());
	for (const [index, picture] of inOrder(record)) await takeUp(index, picture, { record, gathering, ports });
	const unnoted = await takeUpUnnoted(record, gathering, ports);
	const recovery = { plan, record, gathering, ports: orderingNothing(ports), signal, unnoted };
	await Promise.all(record.calls.map(async (call) => ports.limited(async () => askFor(call, recovery), signal)));
	for (const [index, error] of unsentOf(plan, record)) gathering.fail(error, index);
	return gathering.result();
}

function inOrder({ pictures }: JobRecord): [number, RecordedPicture][] {
	return [...pictures].toSorted(([a], [b]) => a - b);
}

/** What had come is saved, if it was not; what had failed is told, if it was not. */
async function takeUp(
	index: number,
	{ arrived, publishing, ending }: RecordedPicture,
	{ record, gathering, ports }: Pick<Recovery, 'record' | 'gathering' | 'ports'>,
): Promise<void> {
	if (ending === 'saved') return arrived && gathering.pay(arrived.facts.costUsd);
	if (!arrived) {
		if (!ending || record.isTold) return;
		const { code, charged, costUsd } = ending;
		gathering.fail({ code, charged }, index, costUsd);
		return;
	}
	const { file, facts } = arrived;
	const bytes = await ports.staged(file);
	if (!bytes) {
		const { charged = 'unknown', kept } = ending ?? {};
		const place = kept === undefined ? {} : { kept: { at: kept } };
		gathering.fail({ code: 'not-writable', message: gone, charged, ...place }, index, facts.costUsd);
		return;
	}
	const image = { ...facts, bytes };
	const stored = publishing && (await ports.published(publishing, image));
	await (stored ? gathering.find(image, index, stored) : gathering.save(image, index));
}

/** Pictures that lie there, and no line tells of them: the window went in between. By their numbers, their digests. */
async function takeUpUnnoted(
	{ calls, pictures }: JobRecord,
	gathering: Gathering,
	{ staged, journal }: RecoveryPorts,
): Promise<ReadonlyMap<number, string>> {
	const found = new Map<number, string>();
	for (const index of calls.flatMap(numbersOf).filter((number) => !pictures.has(number))) {
		const bytes = await staged(pictureFile(index));
		if (!bytes) continue;
		found.set(index, await journal.digest(bytes));
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
	/** Digests of pictures that the record does not tell of, by their numbers. */
	readonly unnoted: ReadonlyMap<number, string>;
}

/** Asks for what is missing of a call. */
async function askFor(recorded: RecordedCall, recovery: Recovery): Promise<void> {
	const { plan, record, gathering, ports, signal, unnoted } = recovery;
	const numbers = numbersOf(recorded).filter((index) => !record.pictures.has(index) && !unnoted.has(index));
	if (numbers.length === 0) return;
	const { refusal, world } = ports;
	const isLate = world.clock.now() - Date.parse(record.head.at) > longestWait;
	if (refusal && !isLate) {
		for (const index of numbers) gathering.fail({ ...refusal, charged: chargeOf(plan), waits: true }, index);
		return;
	}
	const going = { ...goingOf(recorded, recovery), numbers, waits: isLate ? () => false : mayComeYet };
	await runCall(going, gathering, { ...ports, onPreview: () => undefined }, signal);
}

/** A call as it goes on. The provider tells everything once more: what is there already is known by its bytes. */
function goingOf(
	{ id, n, before, state = unbegun }: RecordedCall,
	{ plan, record, ports, unnoted }: Recovery,
): Omit<Going, 'numbers'> {
	// What went out with it is of no matter any more: it is not sent again.
	const call = callOf(plan, { id, n, before }, { operation: 'generate' }, false);
	const afresh = { ...state, handed: [] };
	const noted = [...record.pictures.values()].flatMap(({ arrived }) => arrived?.digest ?? []);
	const digests = new Set([...noted, ...unnoted.values()]);
	return {
		call,
		state: afresh,
		isKnown: async (bytes) => digests.has(await ports.journal.digest(bytes)),
		...(!ports.provider.resume?.(call, afresh) && { otherwise: lost(plan) }),
	};
}

/** Who cancels a recovery has not given the pictures up. */
const mayComeYet: NonNullable<Going['waits']> = ({ error, mayComeYet: says }) =>
	says === true || error.code === 'cancelled';

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
	const begun = new Set(record.calls.map(({ before }) => before));
	const error = record.damaged > 0 ? lost(plan) : notOrdered;
	let before = plan.request.already ?? 0;
	return record.head.calls.flatMap((n) => {
		const first = before + 1;
		const isBegun = begun.has(before);
		before += n;
		return isBegun ? [] : Array.from({ length: n }, (_, at): [number, ImageError] => [first + at, error]);
	});
}
