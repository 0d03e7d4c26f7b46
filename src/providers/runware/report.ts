import * as z from 'zod';
import type { ReceivedImage } from '../../domain/picture';
import { base64, nameOfPicture } from '../found';
import type { LinkedImage, Reply } from '../provider';
import { errorOfItem, errorsOf, isConflict, isUnknownTask, type RunwareError } from './errorReply';
import { hindranceOf } from './failureRules';

/** A picture of a task, by the server's own name for it. */
export interface Result {
	readonly name: string;
	readonly image: ReceivedImage | LinkedImage;
	/** The server looked at it, and it should not be seen at work. */
	readonly unsafe: boolean;
}

/** What an answer tells of one task (Runware reference, *Polling*). */
export interface Report {
	readonly results: readonly Result[];
	/** Of single pictures or of the whole task. */
	readonly errors: readonly RunwareError[];
	/** How many results are still being made. */
	readonly underWay: number;
	/** There is an item of the task, whatever it says. */
	readonly isHeardOf: boolean;
	/** Why a poll told nothing: of them nothing is known of the task. */
	readonly hindrances: readonly RunwareError[];
}

const text = z.string().min(1).optional().catch(undefined);
const bytes = base64.optional().catch(undefined);

/** Every field may be missing, or something else than documented: what is not understood is left out. */
const item = z
	.object({
		taskUUID: text,
		status: text,
		imageUUID: text,
		imageURL: text,
		imageBase64Data: bytes,
		imageDataURI: bytes,
		// Beyond 2^53 the transport makes a string of it.
		seed: z.union([z.string(), z.int()]).optional().catch(undefined),
		cost: z.number().min(0).optional().catch(undefined),
		NSFWContent: z.boolean().optional().catch(undefined),
		error: z.unknown().optional(),
	})
	.loose();
type Item = z.infer<typeof item>;

/** Seen as a list, documented once as a single object. */
const envelope = z.object({
	data: z.union([
		z.array(z.unknown()),
		z
			.object({})
			.loose()
			.transform((one) => [one]),
	]),
});

/** What is told of the task with this UUID; of others nothing. */
export function reportOf(reply: Reply, taskUUID: string, isPoll: boolean): Report {
	const isOurs = ({ taskUUID: other }: { readonly taskUUID?: string | undefined }): boolean =>
		other === undefined || other === '' || other.toLowerCase() === taskUUID.toLowerCase();
	const items = itemsOf(reply).filter(isOurs);
	const results: Result[] = [];
	const failed: RunwareError[] = [];
	const open: Item[] = [];
	for (const each of items) {
		const result = resultOf(each);
		if (result) results.push(result);
		else if (isFailed(each)) failed.push(errorOfItem(each));
		else open.push(each);
	}
	const errors = errorsOf({ json: reply.json }).filter(isOurs);
	const hindrances = isPoll ? errors.filter(hindranceOf) : [];
	const told = isPoll ? errors.filter(isOfWork) : errors;
	const underWay = countUnderWay(open, items.length);
	return { results, errors: [...failed, ...told], underWay, isHeardOf: items.length > 0, hindrances };
}

/** A poll that nobody can place, or that is taken for the task itself, says no more than an empty answer. */
function isOfWork(error: RunwareError): boolean {
	return !isUnknownTask(error) && !isConflict(error) && !hindranceOf(error);
}

/** USD of all that an answer prices; `undefined` where it prices nothing. */
export function costIn(reply: Reply): number | undefined {
	const costs = itemsOf(reply).flatMap(({ cost }) => cost ?? []);
	return costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost, 0);
}

/** Whether an answer has a picture, or a task that is being done. */
export function isWorkIn(reply: Reply): boolean {
	return itemsOf(reply).some(
		(each) => resultOf(each) !== undefined || /^(pending|processing)$/i.test(each.status ?? ''),
	);
}

function itemsOf({ json }: Reply): Item[] {
	const listed = envelope.safeParse(json).data?.data ?? [];
	return listed.flatMap((each) => {
		const { data } = item.safeParse(each);
		return data ? [data] : [];
	});
}

/** An item without a state says that the task was taken on: beside others it says nothing more. */
function countUnderWay(open: readonly Item[], all: number): number {
	const named = open.filter(({ status }) => status !== undefined).length;
	return named > 0 || open.length < all ? named : open.length;
}

/** Who is done and has no picture has failed. Any other state is under way: older documents say `pending`. */
function isFailed({ status, error }: Item): boolean {
	return status === 'error' || status === 'success' || (error !== undefined && error !== null && error !== false);
}

function resultOf({ status, imageUUID, imageURL, imageBase64Data, imageDataURI, ...notes }: Item): Result | undefined {
	const { seed, cost, NSFWContent: unsafe = false } = notes;
	const facts = {
		...(seed !== undefined && { seed: String(seed) }),
		...(cost !== undefined && { costUsd: cost }),
	};
	const inline = imageBase64Data ?? imageDataURI;
	if (status === 'error') return undefined;
	if (inline)
		return { name: imageUUID ?? nameOfPicture({ bytes: inline }), image: { bytes: inline, ...facts }, unsafe };
	return imageURL === undefined
		? undefined
		: { name: imageUUID ?? imageURL, image: { url: imageURL, ...facts }, unsafe };
}
