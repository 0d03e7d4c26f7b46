import type { FailureCode } from '../../domain/imageError';
import { type Message, say } from '../../domain/message';
import type { ErrorReply } from './errorReply';

/** What is known of a failed exchange when its sentence is made. */
interface Facts extends ErrorReply {
	/** Of HTTP; below 400 where the error came in a good answer, or in a stream. */
	readonly status: number;
	/** Seconds that the server asks to wait. */
	readonly wait: number | undefined;
	/** The provider's name. */
	readonly title: string;
	/** Name of the setting that holds its address. */
	readonly setting: string;
	readonly model: string;
	readonly keyOptional: boolean;
}

/** What a failure is called, and what is said of it. `quoted`: the server knows best what it did not like, so its own words follow. */
export interface Ruling {
	readonly code: FailureCode;
	readonly say: Message;
	readonly quoted: boolean;
}

interface Rule {
	readonly when: (facts: Facts) => boolean;
	readonly code: FailureCode;
	readonly say: (facts: Facts) => Message;
	readonly quoted?: true;
}

/** The codes, in lower case, of OpenAI (reference, *Errors*), Lumenfall (reference, *Errors*) and their like. */
const codes = {
	refused:
		/^(moderation_blocked|content_?policy_?violation|image_content_policy_violation|contentfilter|content_filter)$/,
	noCredit: /^(insufficient_quota|insufficient_balance|billing_hard_limit_reached|billing_error|billing_not_active)$/,
	badKey: /^(invalid_api_key|authentication_failed|authentication_error)$/,
	noModel: /^(model_not_found|model_disabled|model_deprecated)$/,
	tooMany: /^(rate_limit_exceeded|rate_limited|requests|tokens)$/,
	tooLarge: /^(image_too_large|image_file_too_large)$/,
	badImage:
		/^(invalid_image|invalid_image_format|invalid_base64_image|invalid_image_url|image_too_small|image_parse_error|invalid_image_mode|unsupported_image_media_type|unsupported_file_mimetype|empty_image_file|failed_to_download_image|image_file_not_found)$/,
	request: /^(invalid_request_error|invalid_request|unknown_parameter|invalid_value)$/,
};

/** The first that holds names the failure. */
const rules: readonly Rule[] = [
	{ when: ({ code }) => codes.refused.test(code), code: 'refused', say: refusal },
	{
		when: ({ code, status }) => codes.noCredit.test(code) || status === 402,
		code: 'no-credit',
		say: ({ title }) => say('The account at {0} has no credit left. Top it up there, then try again.', title),
	},
	{ when: ({ code, status }) => status === 401 || codes.badKey.test(code), code: 'bad-key', say: badKey },
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
	{ when: isAboutModel, code: 'model-unavailable', say: noModel, quoted: true },
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
		quoted: true,
	},
	{
		when: ({ status }) => status === 408,
		code: 'timed-out',
		say: ({ title }) => say('{0} waited too long for the request. Try again.', title),
	},
	{ when: ({ code, status }) => status === 429 || codes.tooMany.test(code), code: 'rate-limited', say: pause },
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
	{ when: ({ status }) => status === 503, code: 'server-error', say: busy, quoted: true },
	{
		// Who took the request and then says that something is wrong has broken, unless it blames the request.
		when: ({ code, status }) => status >= 500 || (status < 400 && !codes.request.test(code)),
		code: 'server-error',
		say: ({ title }) => say('{0} failed. Try again later.', title),
		quoted: true,
	},
	{
		when: () => true,
		code: 'invalid-request',
		say: ({ title }) => say('{0} did not take the request. Change it.', title),
		quoted: true,
	},
];

/** How a failure is to be called, by all that is known of it. */
export function ruleFor(facts: Facts): Ruling {
	const rule = rules.find(({ when }) => when(facts));
	if (!rule) throw new Error('The last rule holds for everything.');
	return { code: rule.code, say: rule.say(facts), quoted: rule.quoted === true };
}

/** Local servers have no code for it, but they say it. */
function isAboutModel({ code, status, message }: Facts): boolean {
	return codes.noModel.test(code) || (status === 404 && /\bmodel\b.*\b(not found|does not exist)\b/i.test(message));
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

/** A server of the user's own may want a key where none was set. */
function badKey({ title, keyOptional }: Facts): Message {
	return keyOptional
		? say('{0} wants an API key, or another one than was set. Set the right one.', title)
		: say('{0} does not accept the API key. Set another one.', title);
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
