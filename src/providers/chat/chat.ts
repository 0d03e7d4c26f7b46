import { addressSetting } from '../../catalogue/providers';
import type { ImageError } from '../../domain/imageError';
import { say } from '../../domain/message';
import { originOf } from '../origin';
import type { Call, Delivery, Provider, Reply } from '../provider';
import { oneLine } from '../rulings';
import { answerOf, type Choice, isRefused, wordsIn } from './answer';
import { errorOf } from './errorReply';
import { failureOf, refusal, talk } from './failure';
import { picturesIn } from './pictures';
import { requestFor } from './request';
import { answerIn } from './stream';
import type { Seen } from './textPictures';

/**
 * Pictures through chat completions: Vincony, and any gateway that answers so. How Vincony itself gives pictures is not documented
 * (OpenAI-compatible reference, *Vincony*), so that every shape is read that others have.
 */
export const chat: Provider = {
	begin(call) {
		return { next: requestFor(call) };
	},
	read(reply, call) {
		const images = imagesOf(reply, call);
		return { images, failures: missingOf(reply, call, images.length), done: true };
	},
	failure: failureOf,
	/**
	 * No stream is asked for, but some gateways always send one. Nothing of it is handed on before its end: only then is it known
	 * what is a picture, and what the same one once more, and an error at the end takes no picture away that came before it.
	 */
	told(events, call) {
		const told = answerIn(events);
		const reply = { status: 200, headers: {}, json: told.json };
		const images = imagesOf(reply, call);
		if (told.end === 'missing') return { images };
		const isTooLong = told.end === 'too-long' && images.length === 0;
		return {
			images,
			failures: isTooLong
				? Array.from({ length: call.n }, () => tooLong(reply, call))
				: missingOf(reply, call, images.length),
		};
	},
};

function imagesOf(reply: Reply, call: Call): NonNullable<Delivery['images']> {
	const found: readonly Seen[] = reply.picture ? [{ bytes: reply.picture }] : picturesIn(reply.json);
	const answer = answerOf(reply.json);
	const cost = answer?.usage?.cost;
	const said = cost === undefined ? {} : { costUsd: cost / found.length };
	return found.map((each) => {
		if ('bytes' in each) return Object.assign({ bytes: each.bytes }, said);
		if (each.among !== 'talk') return Object.assign({ url: each.url }, said);
		const words = oneLine(wordsIn(answer?.choices ?? []));
		return Object.assign({ url: each.url, otherwise: talk(reply, call, words) }, said);
	});
}

function missingOf(reply: Reply, call: Call, arrived: number): ImageError[] {
	const missing = Math.max(0, call.n - arrived);
	if (missing === 0) return [];
	const reason = arrived > 0 ? fewer(reply, call) : reasonOf(reply, call);
	return Array.from({ length: missing }, () => reason);
}

/** Why there is no picture: an error in a good answer, a refusal, mere words, or nothing that anybody could read. */
function reasonOf(reply: Reply, call: Call): ImageError {
	const choices: readonly Choice[] = answerOf(reply.json)?.choices ?? [];
	const words = oneLine(wordsIn(choices));
	const refused = oneLine(choices.map(({ message }) => message.refusal).join(' '));
	if (errorOf({ status: reply.status, json: reply.json })) return failureOf(reply, call);
	if (choices.some(isRefused)) return refusal(reply, call, refused || words);
	if (words !== '') return talk(reply, call, words);
	const { provider } = call.offer;
	const message = say('The answer holds no picture. Check the setting {0}.', addressSetting(provider));
	return { code: 'bad-reply', message, charged: 'unknown', ...originOf(reply, provider) };
}

function fewer(reply: Reply, { offer: { provider } }: Call): ImageError {
	const message = say('Fewer pictures came than were asked for. Try again.');
	return { code: 'bad-reply', message, charged: 'unknown', ...originOf(reply, provider) };
}

function tooLong(reply: Reply, { offer: { provider } }: Call): ImageError {
	return { code: 'too-large', charged: 'unknown', ...originOf(reply, provider) };
}
