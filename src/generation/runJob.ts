import { nameOf } from '../catalogue/catalogue';
import type { Plan } from '../catalogue/check';
import { type ImageError, isImageError } from '../domain/imageError';
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
}

/** Calls of one job that are under way at the same time. */
const callsAtOnce = 3;

/** Makes and saves what was planned. Always ends with at least as many images and failures as were asked for. */
export async function runJob(plan: Plan, ports: JobPorts, signal: AbortSignal): Promise<JobResult> {
	const images: SavedImage[] = [];
	const failures: ImageError[] = [];
	const limited = limit(callsAtOnce);
	const keep = (arrived: SavedImage | ImageError) => {
		if (isImageError(arrived)) failures.push(arrived);
		else images.push(arrived);
		ports.onArrival();
	};
	await Promise.all(callsOf(plan).map(async (call) => limited(async () => runCall(plan, call, ports, signal, keep))));
	const cost = { usd: sum(images.map(({ costUsd = 0 }) => costUsd)), estimated: false };
	return { images, failures, warnings: plan.warnings, cost };
}

function callsOf({ calls, prompt, size, options, request }: Plan): Call[] {
	return calls.map((n, index) => ({
		task: { operation: 'generate' },
		prompt,
		size,
		n,
		before: sum(calls.slice(0, index)),
		options,
		format: request.format,
	}));
}

async function runCall(
	plan: Plan,
	call: Call,
	ports: JobPorts,
	signal: AbortSignal,
	keep: (arrived: SavedImage | ImageError) => void,
): Promise<void> {
	let arrived = 0;
	let reason: ImageError = { code: 'bad-reply', message: fewer, charged: 'unknown' };
	// A call that never began cost nothing; one that is under way may be charged all the same.
	const abandoned = signal.aborted || plan.offer.price.usdPerPicture === 0 ? 'no' : 'unknown';
	try {
		for await (const arrival of run(ports.provider, call, ports.send, signal)) {
			if (arrival.kind === 'failure') keep((reason = arrival.error));
			else keep(savedImage(plan, arrival.image, await ports.save(arrival.image, call.before + arrived + 1)));
			arrived++;
		}
	} catch (error) {
		if (!signal.aborted) throw error;
	}
	const missing: ImageError = signal.aborted ? { code: 'cancelled', charged: abandoned } : reason;
	for (; arrived < call.n; arrived++) keep(missing);
}

const fewer = say('Fewer pictures came than were asked for. Try again.');

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
