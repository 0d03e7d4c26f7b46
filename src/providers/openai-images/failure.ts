import { findProvider } from '../../catalogue/providers';
import type { Charged, FailureCode, ImageError } from '../../domain/imageError';
import { type Message, say } from '../../domain/message';
import type { Call, Reply } from '../provider';
import { errorOf, type ErrorReply } from './errorReply';

/** What is known of a failed exchange when its sentence is made. */
interface Facts extends ErrorReply {
	readonly title: string;
	readonly status: number;
	/** Seconds that the server asks to wait. */
	readonly wait: number | undefined;
	/** Name of the setting that holds the provider's address. */
	readonly setting: string;
	readonly model: string;
}

interface Rule {
	readonly when: (facts: Facts) => boolean;
	readonly code: FailureCode;
	readonly say: (facts: Facts) => Message;
	/** The server knows best what it did not like: its own words follow. */
	readonly quoted?: true;
}

const codes = {
	refused:
		/^(moderation_blocked|content_?policy_?violation|image_content_policy_violation|contentfilter|content_filter)$/,
	noCredit: /^(insufficient_quota|insufficient_balance|billing_hard_limit_reached|billing_error|billing_not_active)$/,
	badKey: /^(invalid_api_key|authentication_failed|authentication_error)$/,
	broken: /^(server_error|internal_error|all_providers_exhausted|upstream_error)$/,
	noModel: /^(model_not_found|model_disabled|model_deprecated)$/,
	tooLarge: /^(image_too_large|image_file_too_large)$/,
	badImage:
		/^(invalid_image|invalid_image_format|invalid_base64_image|invalid_image_url|image_too_small|image_parse_error|invalid_image_mode|unsupported_image_media_type|unsupported_file_mimetype|empty_image_file|failed_to_download_image|image_file_not_found)$/,
};

/** The first that holds names the failure (OpenAI reference, *Errors*; Lumenfall reference, *Errors*). */
const rules: readonly Rule[] = [
	{ when: ({ code }) => codes.refused.test(code), code: 'refused', say: refusal },
	{
		when: ({ code, status }) => codes.noCredit.test(code) || status === 402,
		code: 'no-credit',
		say: ({ title }) => say('The account at {0} has no credit left. Top it up there, then try again.', title),
	},
	{
		when: ({ code, status }) => status === 401 || codes.badKey.test(code),
		code: 'bad-key',
		say: ({ title }) => say('{0} does not accept the API key. Set another one.', title),
	},
	{
		when: ({ status, message }) => status === 403 && /organi[sz]ation must be verified/i.test(message),
		code: 'model-unavailable',
		say: ({ title, model }) =>
			say(
				'{0} gives {1} to verified organizations only. Verify yours in the settings of your account there; it takes up to 15 minutes.',
				title,
				model,
			),
	},
	{ when: ({ code }) => codes.noModel.test(code), code: 'model-unavailable', say: noModel, quoted: true },
	{
		when: ({ status }) => status === 403,
		code: 'bad-key',
		say: ({ title }) => say('{0} does not let this API key do that. Set another one.', title),
		quoted: true,
	},
	{
		when: ({ status }) => status === 404 || status === 405,
		code: 'invalid-request',
		say: ({ title, setting }) => say('{0} has nothing at this address. Check the setting {1}.', title, setting),
	},
	{ when: ({ status }) => status === 429, code: 'rate-limited', say: pause },
	{
		when: ({ code, status }) => status === 413 || codes.tooLarge.test(code),
		code: 'too-large',
		say: ({ title }) => say('The picture is too large for {0}. Send a smaller one.', title),
	},
	{
		when: ({ code }) => codes.badImage.test(code),
		code: 'invalid-request',
		say: ({ title }) => say('{0} cannot read the picture. Send another one.', title),
		quoted: true,
	},
	{ when: ({ status }) => status === 503, code: 'server-error', say: busy },
	{
		when: ({ code, status }) => status >= 500 || (status < 400 && codes.broken.test(code)),
		code: 'server-error',
		say: ({ title }) => say('{0} failed. It may have charged for it: look there before you try again.', title),
		quoted: true,
	},
];

/** What no rule knows is about the request. */
const otherwise: Rule = {
	when: () => true,
	code: 'invalid-request',
	say: ({ title }) => say('{0} did not take the request. Change it.', title),
	quoted: true,
};

/** Names the failure of an answer, so that a person can act on it. */
export function failureOf(reply: Reply, { offer }: Call): ImageError {
	const { status } = reply;
	const error = errorOf(reply) ?? { message: '', code: '', categories: [], stage: 'unknown' as const };
	const title = findProvider(offer.provider)?.title ?? offer.provider;
	const setting = `limn.providers.${offer.provider}.baseUrl`;
	const facts = { ...error, title, status, wait: waitOf(reply, error.message), setting, model: offer.name };
	const { code, say: sentence, quoted } = rules.find(({ when }) => when(facts)) ?? otherwise;
	const said = quoted && error.message !== '' && { said: { by: title, words: error.message } };
	return {
		code,
		message: sentence(facts),
		...said,
		charged: chargedFor(status, error),
		...origin(reply, offer.provider),
	};
}

/** Who failed, and under which number its support finds it. */
export function origin({ headers, json }: Reply, provider: string): Pick<ImageError, 'provider' | 'requestId'> {
	const own = typeof json === 'object' && json !== null && 'id' in json ? json.id : undefined;
	const requestId = headers['x-request-id'] ?? headers['x-lumenfall-request-id'] ?? own;
	return { provider, ...(typeof requestId === 'string' && { requestId }) };
}

/** A server that refuses has done no work; what a server did before it broke, nobody knows. An error in an answer of 200 says nothing either way. */
function chargedFor(status: number, { stage }: ErrorReply): Charged {
	return (status >= 400 && status < 500) || status === 503 || stage === 'input' ? 'no' : 'unknown';
}

function refusal({ title, categories, stage }: Facts): Message {
	const reason = categories.join(', ');
	if (stage === 'output') {
		return reason === ''
			? say('{0} made a picture and refused to give it out. Change the prompt.', title)
			: say('{0} made a picture and refused to give it out ({1}). Change the prompt.', title, reason);
	}
	return reason === ''
		? say('{0} refused the prompt. Change it.', title)
		: say('{0} refused the prompt ({1}). Change it.', title, reason);
}

function noModel({ title, model }: Facts): Message {
	return say('{0} does not offer {1}. Choose another model.', title, model);
}

function pause({ title, wait }: Facts): Message {
	return wait === undefined
		? say('{0} asks for a pause. Try again in a minute.', title)
		: say('{0} asks for a pause of {1} seconds. Try again then.', title, Math.ceil(wait));
}

function busy({ title, wait }: Facts): Message {
	return wait === undefined
		? say('{0} is too busy to answer. Try again later.', title)
		: say('{0} is too busy to answer. Try again in {1} seconds.', title, Math.ceil(wait));
}

/** Seconds: of the header, else of the sentence “try again after 51.8 seconds” or “resets in ~30s”. */
function waitOf({ headers }: Reply, message: string): number | undefined {
	const header = Number(headers['retry-after'] ?? NaN);
	if (header >= 0) return header;
	const [, said] = /(?:after|in) ~?(\d+(?:\.\d+)?) ?s/i.exec(message) ?? [];
	return said === undefined ? undefined : Number(said);
}
