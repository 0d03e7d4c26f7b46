import { addressSetting, findProvider, titleOf } from '../../catalogue/providers';
import type { Charged, ImageError } from '../../domain/imageError';
import { originOf } from '../origin';
import type { Call, Reply } from '../provider';
import { errorOf, type ErrorReply } from './errorReply';
import { ruleFor } from './failureRules';

const silent: ErrorReply = { message: '', code: '', parameter: '', categories: [], stage: 'unknown' };

/** Names the failure of an answer, so that a person can act on it. */
export function failureOf(reply: Reply, { offer }: Call): ImageError {
	const { provider, name: model } = offer;
	const error = errorOf(reply) ?? silent;
	const title = titleOf(provider);
	const wait = waitOf(reply, error.message);
	const setting = addressSetting(provider);
	const keyOptional = findProvider(provider)?.key?.optional ?? false;
	const { code, say, quoted } = ruleFor({ ...error, status: reply.status, wait, title, setting, model, keyOptional });
	return {
		code,
		message: say,
		...(quoted && error.message !== '' && { said: { by: title, words: error.message } }),
		...(wait !== undefined && { wait }),
		charged: chargedFor(reply.status, error),
		...originOf(reply, provider),
	};
}

/** A server that refuses a request has done no work. What one did before it broke, or before it refused what came of it, nobody knows. */
function chargedFor(status: number, { stage }: ErrorReply): Charged {
	if (stage !== 'unknown') return stage === 'input' ? 'no' : 'unknown';
	return (status >= 400 && status < 500) || status === 503 ? 'no' : 'unknown';
}

/** Seconds: of the headers, else of the sentence “try again after 51.8 seconds” or “resets in ~30s”. A date only a clock can read. */
function waitOf({ headers }: Reply, message: string): number | undefined {
	const { 'retry-after-ms': milliseconds = '', 'retry-after': seconds = '' } = headers;
	if (/^\d+$/.test(milliseconds)) return Number(milliseconds) / 1000;
	if (/^\d+(\.\d+)?$/.test(seconds)) return Number(seconds);
	const [, said] = /(?:after|in) ~?(\d+(?:\.\d+)?) ?s/i.exec(message) ?? [];
	return said === undefined ? undefined : Number(said);
}
