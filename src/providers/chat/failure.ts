import { titleOf } from '../../catalogue/providers';
import type { ImageError } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { Asked, Reply } from '../provider';
import {
	badKey,
	badRequest,
	broken,
	chargedFor,
	failureFrom,
	noCredit,
	noModel,
	rateLimited,
	refused,
	type Ruling,
	rulingOfStatus,
	waitOf,
} from '../rulings';
import { type ErrorReply, errorOf } from './errorReply';

/** Names the failure of an answer, so that a person can act on it. */
export function failureOf(reply: Reply, asked: Asked): ImageError {
	const error = errorOf(reply) ?? { message: '', code: '', status: reply.status };
	const wait = waitOf(reply, error.message);
	const ruling = ruleFor({ ...error, ...asked, wait });
	return failureFrom(ruling, asked, { reply, words: error.message, wait, charged: chargedFor(error.status) });
}

/** The model would not draw it; its own words follow. It has answered, and answers are billed. */
export function refusal(reply: Reply, asked: Asked, words: string): ImageError {
	return failureFrom({ ...refused(asked), quoted: true }, asked, { reply, words, charged: 'unknown' });
}

/** The model talked instead. */
export function talk(reply: Reply, asked: Asked, words: string): ImageError {
	const message = say(
		'{0} answered with words and without a picture. Change the prompt, or choose another model.',
		titleOf(asked.offer.provider),
	);
	const ruling: Ruling = { code: 'refused', say: message, quoted: true };
	return failureFrom(ruling, asked, { reply, words, charged: 'unknown' });
}

interface Facts extends ErrorReply, Asked {
	/** Seconds that the server asks to wait. */
	readonly wait: number | undefined;
}

interface Rule {
	readonly when: (facts: Facts) => boolean;
	readonly is: (facts: Facts) => Ruling;
}

/** Vincony's errors are sentences: where there is no code, their words are looked at. */
const words = {
	refused: /\b(moderation|content[ _]policy|content[ _]filter|flagged|nsfw|safety system)\b/i,
	noCredit: /\b(insufficient|not enough|out of|no) (credits?|balance|funds|quota)\b/i,
	noModel:
		/\bmodel\b.*\b(not found|not exist|does not exist|not available|no longer available|not supported|unknown)\b|\b(unknown|invalid|no such) model\b/i,
};

const codes = {
	refused: /^(moderation_blocked|content_?policy_?violation|content_?filter)$/,
	noCredit: /^(insufficient_(quota|balance|credits)|billing_\w+)$/,
	badKey: /^(invalid_api_key|authentication_(failed|error))$/,
	noModel: /^model_(not_found|disabled|deprecated)$/,
	tooMany: /^(rate_limit_exceeded|rate_limited)$/,
	request: /^(invalid_request_error|invalid_request|unknown_parameter|invalid_value)$/,
};

/** The first that holds names the failure; of the others the status does. */
const rules: readonly Rule[] = [
	{ when: ({ code, status, message }) => codes.refused.test(code) || isRefusal(status, message), is: refused },
	{
		when: ({ code, status, message }) => status === 402 || codes.noCredit.test(code) || words.noCredit.test(message),
		is: noCredit,
	},
	{ when: ({ code, status }) => status === 401 || codes.badKey.test(code), is: badKey },
	{ when: isAboutModel, is: noModel },
	{ when: ({ code }) => codes.tooMany.test(code), is: (facts) => rateLimited(facts, facts.wait) },
];

function ruleFor(facts: Facts): Ruling {
	const rule = rules.find(({ when }) => when(facts));
	const { code, status, wait } = facts;
	const ruling = rule?.is(facts) ?? rulingOfStatus(status, facts, wait);
	if (ruling) return ruling;
	// Who took the request and then says that something is wrong has broken, unless it blames the request.
	return status < 400 && !codes.request.test(code) ? broken(facts) : badRequest(facts);
}

/** What a server that broke says of its moderation is no judgement of the prompt. */
function isRefusal(status: number, message: string): boolean {
	return status < 500 && status !== 429 && words.refused.test(message);
}

/** Whoever has nothing at an address has no words for it, or only “Not found”; else it is the model that is not there. */
function isAboutModel({ code, status, message }: Facts): boolean {
	if (codes.noModel.test(code)) return true;
	if (status === 404) return message !== '' && !/^(not found|cannot (get|post)\b.*|invalid url\b.*)\W*$/i.test(message);
	return status < 500 && words.noModel.test(message);
}
