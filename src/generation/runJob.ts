import { nameOf } from '../catalogue/catalogue';
import type { Plan } from '../catalogue/check';
import { type Charged, type ImageError, isImageError } from '../domain/imageError';
import { say } from '../domain/message';
import type { JobResult, ReceivedImage, SavedImage, SavePicture, StoredPicture } from '../domain/picture';
import { mimeTypeOf } from '../image/sniff';
import type { Call, Provider } from '../providers/provider';
import { limit } from './limit';
import { run, type Send } from './run';

/** What a job needs of the world around it. */
export interface JobPorts {
	readonly provider: Provider;
	readonly send: Send;
	readonly save: SavePicture;
	/** Called after each picture or failure. */
	readonly onArrival: () => void;
	/** Told of what went wrong in Limn itself. */
	readonly onFault: (fault: unknown) => void;
}

/** Calls of one job that are under way at the same time. */
const callsAtOnce = 3;

/** Makes and saves what was planned. Always ends with at least as many images and failures as were asked for. */
export async function runJob(plan: Plan, ports: JobPorts, signal: AbortSignal): Promise<JobResult> {
	const images: SavedImage[] = [];
	const failures: ImageError[] = [];
	const keep = (arrived: SavedImage | ImageError) => {
		if (isImageError(arrived)) failures.push(arrived);
		else images.push(arrived);
		ports.onArrival();
	};
	const inTurn = limit(1);
	// Saved one after the other, so that names and references follow the order of arrival.
	const save = async (image: ReceivedImage, index: number) =>
		inTurn(async () => keep(await saveImage(plan, image, index, ports)));
	const limited = limit(callsAtOnce);
	const calls = callsOf(plan);
	await Promise.all(
		calls.map(async (call) => limited(async () => runCall(plan, call, { ...ports, keep, save }, signal))),
	);
	return { images, failures, warnings: plan.warnings, cost: costOf(plan, images) };
}

function callsOf({ calls, prompt, size, options, request }: Plan): Call[] {
	return calls.map((n, index) => ({
		task: { operation: 'generate' },
		prompt,
		size,
		n,
		before: (request.already ?? 0) + sum(calls.slice(0, index)),
		options,
		format: request.format,
	}));
}

interface CallPorts extends Pick<JobPorts, 'provider' | 'send' | 'onFault'> {
	readonly keep: (failure: ImageError) => void;
	readonly save: (image: ReceivedImage, index: number) => Promise<void>;
}

async function runCall(plan: Plan, call: Call, ports: CallPorts, signal: AbortSignal): Promise<void> {
	let arrived = 0;
	// A call that never began cost nothing; one that is under way may be charged whatever becomes of it.
	const charged = signal.aborted ? 'no' : chargeOf(plan);
	let reason: ImageError = { code: 'bad-reply', message: fewer, charged };
	try {
		for await (const arrival of run(ports.provider, call, ports.send, signal)) {
			arrived++;
			if (arrival.kind === 'failure') ports.keep((reason = arrival.error));
			else await ports.save(arrival.image, call.before + arrived);
		}
	} catch (error) {
		if (!signal.aborted || error !== signal.reason) ports.onFault(error);
		reason = faultOf(plan);
	}
	const missing: ImageError = signal.aborted ? { code: 'cancelled', charged } : reason;
	for (; arrived < call.n; arrived++) ports.keep(missing);
}

const fewer = say('Fewer pictures came than were asked for. Try again.');

/** A fault of Limn's own costs its call, not the whole job. */
function faultOf(plan: Plan): ImageError {
	const message = say('Something failed in Limn itself. The log has more; please report it.');
	return { code: 'bad-reply', message, charged: chargeOf(plan) };
}

/** What a call may have cost of which nobody knows how it ended. */
function chargeOf({ offer }: Plan): Charged {
	return offer.price.usdPerPicture === 0 ? 'no' : 'unknown';
}

async function saveImage(
	plan: Plan,
	image: ReceivedImage,
	index: number,
	{ save, onFault }: JobPorts,
): Promise<SavedImage | ImageError> {
	try {
		return savedImage(plan, image, await save(image, index));
	} catch (error) {
		onFault(error);
		return faultOf(plan);
	}
}

/** What the provider said; the price table where it left a picture out. */
function costOf({ offer }: Plan, images: readonly SavedImage[]): NonNullable<JobResult['cost']> {
	const costs = images.map(({ costUsd }) => costUsd ?? offer.price.usdPerPicture);
	return { usd: sum(costs), estimated: images.some(({ costUsd }) => costUsd === undefined) };
}

function savedImage(plan: Plan, image: ReceivedImage, stored: StoredPicture | ImageError): SavedImage | ImageError {
	if (isImageError(stored)) return stored;
	const { id, uri, width, height, format } = stored;
	const { seed, revisedPrompt, costUsd } = image;
	return {
		id,
		uri,
		width,
		height,
		mimeType: mimeTypeOf(format),
		operation: plan.request.operation,
		prompt: plan.prompt,
		model: nameOf(plan.offer),
		...(revisedPrompt !== undefined && { revisedPrompt }),
		...(seed !== undefined && { seed }),
		...(costUsd !== undefined && { costUsd }),
	};
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
