import { setMaxListeners } from 'node:events';
import type { Plan } from '../catalogue/check';
import { type ImageError, unsent } from '../domain/imageError';
import { withInstruction } from '../domain/imageRequest';
import { say } from '../domain/message';
import type { PictureBytes } from '../domain/picture';
import type { Call, CallState, Provider, Task } from '../providers/provider';
import { chargeOf, faultOf, type Gathered, Gathering, type GatheringPorts } from './gathering';
import type { Arrival } from './arrivals';
import { isLeaving } from './leaving';
import type { Limited } from './limit';
import { run, type World } from './run';

/** What a job needs of the world around it. */
export interface JobPorts extends GatheringPorts {
	readonly provider: Provider;
	readonly world: World;
	/** Runs calls as others leave room for them. */
	readonly limited: Limited;
	/** Somebody looks on. */
	readonly watched: boolean;
	/** Called with an unfinished picture, encoded, and its number in the job. */
	readonly onPreview: (bytes: Uint8Array, index: number) => void;
	/** Makes a UUID. */
	readonly newId: () => string;
	/** What is done to which picture, as the provider gets it. Absent: one is made of words alone. */
	readonly task?: Task | undefined;
}

/** Makes and saves what was planned. Always ends with at least as many images and failures as were asked for. */
export async function runJob(plan: Plan, ports: JobPorts, signal: AbortSignal): Promise<Gathered> {
	const gathering = new Gathering(plan, ports);
	// All calls wait for the same one.
	setMaxListeners(0, signal);
	await Promise.all(
		callsOf(plan, ports).map(async (call) =>
			ports.limited(async (onAnswered) => {
				if (!signal.aborted) await ports.journal.begin(call);
				// While its pictures are saved, another may ask.
				const world = { ...ports.world, onAnswered };
				await runCall({ call, numbers: numbersOf(call) }, gathering, { ...ports, world }, signal);
			}, signal),
		),
	);
	return gathering.result();
}

function callsOf(plan: Plan, { watched, newId, task = { operation: 'generate' } }: JobPorts): Call[] {
	const { calls, request } = plan;
	const beforeOf = (index: number): number => (request.already ?? 0) + sum(calls.slice(0, index));
	return calls.map((n, index) => callOf(plan, { id: newId(), n, before: beforeOf(index) }, task, watched));
}

/** One request's worth of a plan. `task`: what is done to which pictures, as they go out. */
export function callOf(plan: Plan, place: Pick<Call, 'id' | 'n' | 'before'>, task: Task, watched: boolean): Call {
	const { prompt, size, options, offer, model, format, alter } = plan;
	return {
		...place,
		offer,
		model,
		task,
		prompt: withInstruction(prompt, alter?.instruction),
		...(size && { size }),
		options,
		format,
		watched,
	};
}

/** The numbers in the job of the pictures that a call is to bring. */
export function numbersOf({ before, n }: Pick<Call, 'before' | 'n'>): number[] {
	return Array.from({ length: n }, (_, at) => before + at + 1);
}

/** A call, from its beginning or from where it was left. */
export interface Going {
	readonly call: Call;
	/** Of the pictures that are missing of it, in the job. */
	readonly numbers: readonly number[];
	/** How far it had come. Absent: it begins. */
	readonly state?: CallState;
	/** What to say of pictures of which nothing is heard. Absent: that fewer came. */
	readonly otherwise?: ImageError;
	/** Whether a picture has been gathered before. */
	readonly isKnown?: (bytes: PictureBytes) => Promise<boolean>;
	/** Whether something better may come of a failure, another time. Absent: as it says itself. */
	readonly waits?: (failure: FailureArrival) => boolean;
}

/** Thrown in the stead of an order that nobody has given. */
export class NotOrdered extends Error {}

/** What is missing because nobody ordered it any more. */
export const notOrdered: ImageError = unsent('cancelled', say('The window closed before this was ordered.'));

type FailureArrival = Extract<Arrival, { kind: 'failure' }>;

type CallPorts = Pick<JobPorts, 'provider' | 'world' | 'journal' | 'onPreview' | 'onFault'>;

/** Does what a call asks for, and gathers what comes of it: as many pictures and failures as are missing of it, or more. */
export async function runCall(
	going: Going,
	gathering: Gathering,
	ports: CallPorts,
	signal: AbortSignal,
): Promise<void> {
	const { call, state, otherwise, isKnown } = going;
	const waits = ports.journal.file ? (going.waits ?? saysItself) : never;
	const { plan } = gathering;
	const numbers = [...going.numbers];
	const next = (): number => numbers.shift() ?? gathering.nextExtra();
	let reason = otherwise ?? ({ code: 'bad-reply', message: fewer, charged: chargeOf(plan) } as const);
	const fail = async (error: ImageError, costUsd?: number): Promise<void> => {
		reason = error;
		const index = next();
		gathering.fail(error, index, costUsd);
		// Else it is asked for again, in the next window perhaps.
		if (!error.waits && !isLeaving(signal)) await ports.journal.failed(error, index, costUsd);
	};
	try {
		for await (const arrival of run(ports.provider, call, ports.world, signal, state)) {
			switch (arrival.kind) {
				case 'preview':
					ports.onPreview(arrival.bytes, numbers[0] ?? call.before + call.n + 1);
					break;
				case 'warning':
					gathering.warn(arrival.message);
					break;
				case 'state':
					await ports.journal.reached(call, arrival.state);
					break;
				case 'failure':
					await fail(waits(arrival) ? { ...arrival.error, waits: true } : arrival.error, arrival.costUsd);
					break;
				case 'image':
					if (await isKnown?.(arrival.image.bytes)) break;
					await gathering.take(arrival.image, next());
			}
		}
	} catch (error) {
		if (!(error instanceof NotOrdered)) ports.onFault(error);
		reason = error instanceof NotOrdered ? notOrdered : faultOf(plan);
	}
	while (numbers.length > 0) await fail(reason);
}

function saysItself({ mayComeYet }: FailureArrival): boolean {
	return mayComeYet === true;
}

/** What is not written down nobody asks for another time. */
function never(): boolean {
	return false;
}

const fewer = say('Fewer pictures came than were asked for. Try again.');

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
