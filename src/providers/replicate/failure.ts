import * as z from 'zod';
import { titleOf } from '../../catalogue/providers';
import type { ImageError } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { Asked, CallState, Reply } from '../provider';
import {
	badRequest,
	chargedFor,
	failureFrom,
	noModel,
	oneLine,
	refused,
	type Ruling,
	rulingOfStatus,
	waitOf,
	wordsOf,
} from '../rulings';

/** What safety checkers of the models there say; the number is Replicate's own (unverified: from memory). */
const refusals = /\b(nsfw|safety|flagged|sensitive|moderation|content policy|E005)\b/i;

/** Whether a failure's words speak of a refusal. */
export function isRefusal(words: string): boolean {
	return refusals.test(words);
}

/** A refusal with the words that came for it. */
export function refusedWith(asked: Asked): Ruling {
	return { ...refused(asked), quoted: true };
}

/** The name of work is no longer known, or its pictures are gone. */
export function expired({ offer }: Asked): Ruling {
	const title = titleOf(offer.provider);
	const message = say('{0} has deleted the pictures: it keeps them for one hour. Make them again.', title);
	return { code: 'bad-reply', say: message, quoted: false };
}

/** Names the failure of an answer, so that a person can act on it. */
export function failureOf(reply: Reply, asked: Asked, state?: CallState): ImageError {
	const words = errorWords(reply);
	const wait = waitOf(reply, words);
	const isPoll = state?.ticket !== undefined;
	const ruling = isPoll && reply.status === 404 ? expired(asked) : ruleFor(reply.status, words, asked, wait);
	return failureFrom(ruling, asked, { reply, words, wait, charged: chargeOf(reply.status, state) });
}

/** Before anything was ordered, nothing can have been charged; of what was begun, nobody knows. */
function chargeOf(status: number, state: CallState | undefined): ImageError['charged'] {
	if (state?.ticket !== undefined) return 'unknown';
	return state?.polls === 0 ? 'no' : chargedFor(status);
}

const text = z.string().catch('');
const field = z
	.object({ field: text, description: text })
	.transform((one) => `${one.field}: ${one.description}`.trim());

/** `{detail}`, or a problem with its title and the inputs that are wrong (OpenAI-compatible reference, *Replicate*). */
const problem = z
	.object({ detail: text, title: text, error: text, invalid_fields: z.array(field).catch([]) })
	.transform(({ detail, title, error, invalid_fields: fields }) => detail || fields.join('; ') || title || error)
	.catch('');

/** The server's own words, one line; empty where it found none. */
function errorWords({ json, text = '' }: Pick<Reply, 'json' | 'text'>): string {
	return oneLine(problem.parse(json)) || wordsOf(text);
}

function ruleFor(status: number, words: string, asked: Asked, wait: number | undefined): Ruling {
	if (status === 403 && isRefusal(words)) return refusedWith(asked);
	if (status === 404 && words !== '') return noModel(asked);
	return rulingOfStatus(status, asked, wait) ?? judgementOf(words, asked);
}

/** 400 and 422: the server has looked at what was asked for. */
function judgementOf(words: string, asked: Asked): Ruling {
	if (isRefusal(words)) return refusedWith(asked);
	return /\bversion does not exist\b/i.test(words) ? noModel(asked) : badRequest(asked);
}
