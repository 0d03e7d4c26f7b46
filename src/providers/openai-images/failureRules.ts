import { say } from '../../domain/message';
import { titleOf } from '../../catalogue/providers';
import type { Asked } from '../provider';
import {
	badImage,
	badKey,
	badRequest,
	broken,
	noCredit,
	noModel,
	rateLimited,
	refused,
	type Ruling,
	rulingOfStatus,
	tooLarge,
} from '../rulings';
import type { ErrorReply } from './errorReply';

/** What is known of a failed exchange when its sentence is made. */
interface Facts extends ErrorReply, Asked {
	/** Of HTTP; below 400 where the error came in a good answer, or in a stream. */
	readonly status: number;
	/** Seconds that the server asks to wait. */
	readonly wait: number | undefined;
}

interface Rule {
	readonly when: (facts: Facts) => boolean;
	readonly is: (facts: Facts) => Ruling;
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

/** The first that holds names the failure; of the others the status does. */
const rules: readonly Rule[] = [
	{
		when: ({ code }) => codes.refused.test(code),
		is: (facts) => refused(facts, facts.stage, facts.categories.join(', ')),
	},
	{ when: ({ code, status }) => codes.noCredit.test(code) || status === 402, is: noCredit },
	{ when: ({ code, status }) => status === 401 || codes.badKey.test(code), is: badKey },
	{
		when: ({ status, message }) => status === 403 && /organi[sz]ation must be verified/i.test(message),
		is: unverified,
	},
	{ when: isAboutModel, is: noModel },
	{ when: ({ code }) => codes.tooMany.test(code), is: (facts) => rateLimited(facts, facts.wait) },
	{ when: ({ code }) => codes.tooLarge.test(code), is: tooLarge },
	{ when: ({ code }) => codes.badImage.test(code), is: badImage },
];

/** How a failure is to be called, by all that is known of it. */
export function ruleFor(facts: Facts): Ruling {
	const rule = rules.find(({ when }) => when(facts));
	const { code, status, wait } = facts;
	const ruling = rule?.is(facts) ?? rulingOfStatus(status, facts, wait);
	if (ruling) return ruling;
	// Who took the request and then says that something is wrong has broken, unless it blames the request.
	return status < 400 && !codes.request.test(code) ? broken(facts) : badRequest(facts);
}

/** Local servers have no code for it, but they say it. */
function isAboutModel({ code, status, message }: Facts): boolean {
	return codes.noModel.test(code) || (status === 404 && /\bmodel\b.*\b(not found|does not exist)\b/i.test(message));
}

function unverified({ offer }: Asked): Ruling {
	const message = say(
		'{0} gives {1} to verified organizations only. Verify yours in the settings of your account there; it takes up to 15 minutes.',
		titleOf(offer.provider),
		offer.name,
	);
	return { code: 'model-unavailable', say: message, quoted: false };
}
