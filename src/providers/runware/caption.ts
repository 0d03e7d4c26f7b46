import * as z from 'zod';
import { titleOf } from '../../catalogue/providers';
import type { ImageError } from '../../domain/imageError';
import { say } from '../../domain/message';
import { originOf } from '../origin';
import type { Asked, HttpRequest, InputImage, Reply } from '../provider';
import { errorsOf } from './errorReply';
import { failureOf } from './failure';
import { tasks } from './request';

/** A description, and what it cost where the answer says so. */
export interface Caption {
	/** As it came. */
	readonly text: string;
	readonly costUsd?: number;
}

/** The model that describes pictures, of those that take a prompt the better one (Runware reference, *Other tasks*). */
export const captioner: Asked = { offer: { provider: 'runware', name: 'runware:152@2' } };

/** What a vision model is asked, whoever it is. */
export const captionPrompt =
	'Describe this picture in one sentence for alt text: what it shows, not how it is made. At most 125 characters. Answer with the sentence alone.';

/**
 * Asks for a description, which is paid for. `id`: a UUID, the name of the task. The answer comes with the request (unverified: that is
 * said of other tasks where nothing else is asked for).
 */
export function captionRequest(id: string, image: InputImage): HttpRequest {
	const { name: model } = captioner.offer;
	const task = {
		taskType: 'caption',
		taskUUID: id,
		model,
		inputs: { image },
		prompt: captionPrompt,
		includeCost: true,
	};
	return tasks([task], true);
}

const item = z.object({ text: z.string().trim().min(1), cost: z.number().min(0).optional().catch(undefined) });
const items = z.array(z.unknown());
const envelope = z.object({ data: z.union([items, z.unknown().transform((one) => [one])]) });

/** The description in an answer, whatever its status; or why there is none. */
export function readCaption(reply: Reply): Caption | ImageError {
	const listed = envelope.safeParse(reply.json).data?.data ?? [];
	const [found] = listed.flatMap((each) => item.safeParse(each).data ?? []);
	if (found) return { text: found.text, ...(found.cost !== undefined && { costUsd: found.cost }) };
	if (reply.status >= 400 || errorsOf({ json: reply.json }).length > 0) return failureOf(reply, captioner);
	const { provider } = captioner.offer;
	const message = say('{0} said nothing about the picture. Try again.', titleOf(provider));
	return { code: 'bad-reply', message, charged: 'unknown', ...originOf(reply, provider) };
}
