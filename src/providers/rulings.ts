import { addressSetting, findProvider, titleOf } from '../catalogue/providers';
import type { Charged, FailureCode, ImageError } from '../domain/imageError';
import { type Message, say } from '../domain/message';
import { originOf } from './origin';
import type { Asked, Reply } from './provider';

/** What a failure is called, and what is said of it. `quoted`: the server knows best what it did not like, so its own words follow. */
export interface Ruling {
	readonly code: FailureCode;
	readonly say: Message;
	readonly quoted: boolean;
}

function plain(code: FailureCode, message: Message): Ruling {
	return { code, say: message, quoted: false };
}

function quoted(code: FailureCode, message: Message): Ruling {
	return { code, say: message, quoted: true };
}

/** `stage`: what was refused, the prompt or what came of it. `reason`: in a word or two; empty where nobody says. */
export function refused({ offer }: Asked, stage: 'input' | 'output' | 'unknown' = 'unknown', reason = ''): Ruling {
	const title = titleOf(offer.provider);
	if (stage === 'output') {
		return plain(
			'refused',
			reason === ''
				? say('{0} made a picture and refused to give it out. Change the prompt.', title)
				: say('{0} made a picture and refused to give it out ({1}). Change the prompt.', title, reason),
		);
	}
	return plain(
		'refused',
		reason === ''
			? say('{0} refused the prompt. Change it.', title)
			: say('{0} refused the prompt ({1}). Change it.', title, reason),
	);
}

export function noCredit({ offer }: Asked): Ruling {
	const title = titleOf(offer.provider);
	return plain('no-credit', say('The account at {0} has no credit left. Top it up there, then try again.', title));
}

/** A server of the user's own may want a key where none was set. */
export function badKey({ offer }: Asked): Ruling {
	const title = titleOf(offer.provider);
	const isOptional = findProvider(offer.provider)?.key?.optional ?? false;
	return plain(
		'bad-key',
		isOptional
			? say('{0} wants an API key, or another one than was set. Set the right one.', title)
			: say('{0} does not accept the API key. Set another one.', title),
	);
}

export function forbidden({ offer }: Asked): Ruling {
	const title = titleOf(offer.provider);
	return quoted('bad-key', say('{0} does not let this API key do that. Set another one.', title));
}

export function noModel({ offer }: Asked): Ruling {
	const title = titleOf(offer.provider);
	return quoted('model-unavailable', say('{0} does not offer {1}. Choose another model.', title, offer.name));
}

function nothingThere({ offer: { provider } }: Asked): Ruling {
	const message = say(
		'{0} has nothing at this address. Check the setting {1}.',
		titleOf(provider),
		addressSetting(provider),
	);
	return quoted('invalid-request', message);
}

function timedOut({ offer }: Asked): Ruling {
	return plain('timed-out', say('{0} waited too long for the request. Try again.', titleOf(offer.provider)));
}

/** `wait`: seconds that the server asks for. */
export function rateLimited({ offer }: Asked, wait: number | undefined): Ruling {
	const title = titleOf(offer.provider);
	return plain(
		'rate-limited',
		wait === undefined
			? say('{0} asks for a pause. Try again in a minute.', title)
			: say('{0} asks for a pause of {1} seconds. Try again then.', title, Math.ceil(wait)),
	);
}

export function tooLarge({ offer }: Asked): Ruling {
	return plain('too-large', say('The picture is too large for {0}. Send a smaller one.', titleOf(offer.provider)));
}

export function badImage({ offer }: Asked): Ruling {
	const title = titleOf(offer.provider);
	return quoted('invalid-request', say('{0} cannot read the picture. Send another one.', title));
}

/** `wait`: seconds that the server asks for. */
export function busy({ offer }: Asked, wait: number | undefined): Ruling {
	const title = titleOf(offer.provider);
	return quoted(
		'server-error',
		wait === undefined
			? say('{0} is too busy to answer. Try again later.', title)
			: say('{0} is too busy to answer. Try again in {1} seconds.', title, Math.ceil(wait)),
	);
}

export function broken({ offer }: Asked): Ruling {
	return quoted('server-error', say('{0} failed. Try again later.', titleOf(offer.provider)));
}

export function badRequest({ offer }: Asked): Ruling {
	return quoted('invalid-request', say('{0} did not take the request. Change it.', titleOf(offer.provider)));
}

/** What a status of HTTP says by itself. `undefined`: nothing, as 200, 400 and 422 do. `wait`: seconds that the server asks for. */
export function rulingOfStatus(status: number, asked: Asked, wait: number | undefined): Ruling | undefined {
	switch (status) {
		case 401:
			return badKey(asked);
		case 402:
			return noCredit(asked);
		case 403:
			return forbidden(asked);
		case 404:
		case 405:
			return nothingThere(asked);
		case 408:
			return timedOut(asked);
		case 413:
			return tooLarge(asked);
		case 429:
			return rateLimited(asked, wait);
		case 503:
			return busy(asked, wait);
		default:
			return status >= 500 ? broken(asked) : undefined;
	}
}

/** What a person is told. `words`: the server's own, one line; empty where it found none. */
export function failureFrom(
	{ code, say: message, quoted: isQuoted }: Ruling,
	{ offer }: Asked,
	facts: {
		readonly reply: Pick<Reply, 'headers' | 'json'>;
		readonly words: string;
		readonly wait?: number | undefined;
		readonly charged: Charged;
	},
): ImageError {
	const { reply, words, wait, charged } = facts;
	return {
		code,
		message,
		...(isQuoted && words !== '' && { said: { by: titleOf(offer.provider), words } }),
		...(wait !== undefined && { wait }),
		charged,
		...originOf(reply, offer.provider),
	};
}

/** A server that refuses a request has done no work. What one did before it broke, nobody knows. */
export function chargedFor(status: number): Charged {
	return (status >= 400 && status < 500) || status === 503 ? 'no' : 'unknown';
}

/** Seconds that a server asks to wait: of the headers, else of a sentence like “try again after 51.8 seconds” or “resets in ~30s”. A date only a clock can read. */
export function waitOf({ headers }: Pick<Reply, 'headers'>, words: string): number | undefined {
	const { 'retry-after-ms': milliseconds = '', 'retry-after': seconds = '' } = headers;
	if (/^\d+$/.test(milliseconds)) return Number(milliseconds) / 1000;
	if (/^\d+(\.\d+)?$/.test(seconds)) return Number(seconds);
	const [, said] = /(?:after|in) ~?(\d+(?:\.\d+)?) ?s/i.exec(words) ?? [];
	return said === undefined ? undefined : Number(said);
}

/** Somebody else's words as one line that a notification can hold. */
export function oneLine(words: string): string {
	return words.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}

/** Text of a body that is neither JSON nor a picture: a page of HTML is for nobody's eyes. */
export function wordsOf(body: string): string {
	return /^\s*</.test(body) ? '' : oneLine(body);
}
