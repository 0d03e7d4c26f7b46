import { setMaxListeners } from 'node:events';
import { nameOf } from '../catalogue/catalogue';
import type { Plan } from '../catalogue/check';
import { isFree, pricePerPicture } from '../catalogue/price';
import { type Charged, type ImageError, isImageError } from '../domain/imageError';
import { english, type Message, say } from '../domain/message';
import type { JobResult, ReceivedImage, SavedImage, SavePicture, StoredPicture } from '../domain/picture';
import { mimeTypeOf } from '../image/sniff';
import { withInstruction } from '../domain/imageRequest';
import type { Call, CallState, Provider, Task } from '../providers/provider';
import { limit, type Limited } from './limit';
import { run, type World } from './run';

/** What a job needs of the world around it. */
export interface JobPorts {
	readonly provider: Provider;
	readonly world: World;
	/** Runs calls as others leave room for them. */
	readonly limited: Limited;
	readonly save: SavePicture;
	/** Somebody looks on. */
	readonly watched: boolean;
	/** Called with each picture, saved, and with each failure, and its number in the job. */
	readonly onArrival: (arrived: SavedImage | ImageError, index: number) => void;
	/** Called with an unfinished picture, encoded, and its number in the job. */
	readonly onPreview: (bytes: Uint8Array, index: number) => void;
	/** Called with how far a call has come: with both, the work can be asked for again. */
	readonly onState: (call: Call, state: CallState) => void;
	/** Makes a UUID. */
	readonly newId: () => string;
	/** What is done to which picture, as the provider gets it. Absent: one is made of words alone. */
	readonly task?: Task | undefined;
	/** Told of what went wrong in Limn itself. */
	readonly onFault: (fault: unknown) => void;
}

/** Makes and saves what was planned. Always ends with at least as many images and failures as were asked for. */
export async function runJob(plan: Plan, ports: JobPorts, signal: AbortSignal): Promise<JobResult> {
	const images: SavedImage[] = [];
	const failures: ImageError[] = [];
	const keep = (arrived: SavedImage | ImageError, index: number) => {
		if (isImageError(arrived)) failures.push(arrived);
		else images.push(arrived);
		ports.onArrival(arrived, index);
	};
	const warnings = new Map(plan.warnings.map((message) => [english(message), message]));
	// The calls of a job are all alike: what one of them has to say, the others say too.
	const warn = (message: Message) => void warnings.set(english(message), message);
	const costs: (number | undefined)[] = [];
	// Saved one after the other, so that names and references follow the order of arrival.
	const inTurn = limit(() => 1);
	const save = async (image: ReceivedImage, index: number) => {
		costs.push(image.costUsd);
		await inTurn(async () => keep(await saveImage(plan, image, index, { ...ports, warn }), index));
	};
	// All calls wait for the same one.
	setMaxListeners(0, signal);
	await Promise.all(
		callsOf(plan, ports).map(async (call) =>
			ports.limited(
				async () => runCall(plan, call, { ...ports, keep, save, pay: (usd) => costs.push(usd), warn }, signal),
				signal,
			),
		),
	);
	const cost = costOf(plan, costs, failures);
	const notes = images.length > 0 ? notesOf(plan, images) : undefined;
	return { images, failures, warnings: [...warnings.values()], ...(notes && { notes }), ...(cost && { cost }) };
}

/** What went as planned; of a promise only where every picture keeps it. What could not be put together is told by a warning. */
function notesOf({ alter }: Plan, images: readonly SavedImage[]): readonly Message[] | undefined {
	if (!alter?.keeps) return alter?.notes;
	if (images.every(({ changedOutsideMask }) => changedOutsideMask === undefined)) return undefined;
	const isKept = images.every(({ changedOutsideMask }) => changedOutsideMask === 0);
	return [...alter.notes, ...(isKept && alter.promise ? [alter.promise] : [])];
}

function callsOf(plan: Plan, { watched, newId, task = { operation: 'generate' } }: JobPorts): Call[] {
	const { calls, prompt, size, options, request, offer, model, format, alter } = plan;
	const alike = {
		offer,
		model,
		task,
		prompt: withInstruction(prompt, alter?.instruction),
		...(size && { size }),
		options,
		format,
		watched,
	};
	const beforeOf = (index: number): number => (request.already ?? 0) + sum(calls.slice(0, index));
	return calls.map((n, index) => Object.assign({ id: newId(), n, before: beforeOf(index) }, alike));
}

interface CallPorts extends Pick<JobPorts, 'provider' | 'world' | 'onPreview' | 'onState' | 'onFault'> {
	readonly keep: (failure: ImageError, index: number) => void;
	/** Told of the price of a picture that was made and is lost. */
	readonly pay: (usd: number) => void;
	readonly warn: (message: Message) => void;
	readonly save: (image: ReceivedImage, index: number) => Promise<void>;
}

async function runCall(plan: Plan, call: Call, ports: CallPorts, signal: AbortSignal): Promise<void> {
	let arrived = 0;
	let reason: ImageError = { code: 'bad-reply', message: fewer, charged: chargeOf(plan) };
	try {
		for await (const arrival of run(ports.provider, call, ports.world, signal)) {
			const index = call.before + arrived + 1;
			switch (arrival.kind) {
				case 'preview':
					ports.onPreview(arrival.bytes, index);
					break;
				case 'warning':
					ports.warn(arrival.message);
					break;
				case 'state':
					ports.onState(call, arrival.state);
					break;
				case 'failure':
					arrived++;
					ports.keep((reason = arrival.error), index);
					if (arrival.costUsd !== undefined) ports.pay(arrival.costUsd);
					break;
				case 'image':
					arrived++;
					await ports.save(arrival.image, index);
			}
		}
	} catch (error) {
		ports.onFault(error);
		reason = faultOf(plan);
	}
	for (; arrived < call.n; arrived++) ports.keep(reason, call.before + arrived + 1);
}

const fewer = say('Fewer pictures came than were asked for. Try again.');

/** A fault of Limn's own costs its call, not the whole job. */
function faultOf(plan: Plan): ImageError {
	const message = say('Something failed in Limn itself. The log has more; please report it.');
	return { code: 'bad-reply', message, charged: chargeOf(plan) };
}

/** What a call may have cost of which nobody knows how it ended. */
function chargeOf({ offer }: Plan): Charged {
	return isFree(offer) ? 'no' : 'unknown';
}

async function saveImage(
	plan: Plan,
	image: ReceivedImage,
	index: number,
	{ save, onFault, warn }: Pick<JobPorts, 'save' | 'onFault'> & Pick<CallPorts, 'warn'>,
): Promise<SavedImage | ImageError> {
	try {
		const stored = await save(image, index);
		if (isImageError(stored)) return stored;
		for (const warning of stored.warnings ?? []) warn(warning);
		return savedImage(plan, image, stored);
	} catch (error) {
		onFault(error);
		return faultOf(plan);
	}
}

/**
 * What was spent on pictures that came, whether or not they could be saved: what the provider said, the price table where it said
 * nothing. Absent: some of it nobody knows. An estimate also where something failed that may have been charged.
 */
function costOf(plan: Plan, said: readonly (number | undefined)[], failures: readonly ImageError[]): JobResult['cost'] {
	const price = pricePerPicture(plan, plan.size, plan.options);
	const costs = said.map((cost) => cost ?? price);
	const known = costs.filter((cost) => cost !== undefined);
	const isOpen = failures.some(({ charged }) => charged === 'unknown');
	if (known.length < costs.length || (isOpen && known.length === 0)) return undefined;
	return { usd: sum(known), estimated: isOpen || (said.includes(undefined) && !isFree(plan.offer)) };
}

function savedImage(plan: Plan, image: ReceivedImage, stored: StoredPicture): SavedImage {
	const { id, uri, width, height, format, parent, changedOutsideMask } = stored;
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
		...(parent !== undefined && { parent }),
		...(changedOutsideMask !== undefined && { changedOutsideMask }),
	};
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
