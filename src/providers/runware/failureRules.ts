import { titleOf } from '../../catalogue/providers';
import type { Charged } from '../../domain/imageError';
import { say } from '../../domain/message';
import type { Asked } from '../provider';
import {
	badImage,
	badKey,
	badRequest,
	broken,
	busy,
	chargedFor,
	forbidden,
	noCredit,
	noModel,
	rateLimited,
	refused,
	type Ruling,
	rulingOfStatus,
} from '../rulings';
import { isOfTask, type RunwareError } from './errorReply';

/** What is known of a failure when its sentence is made. */
interface Facts extends RunwareError, Asked {
	/** Of HTTP; below 400 where the error came in a good answer. */
	readonly status: number;
	/** Seconds that the server asks to wait. */
	readonly wait: number | undefined;
	/** The task was sent before, and perhaps taken on. */
	readonly isBegun: boolean;
}

interface Verdict {
	readonly ruling: Ruling;
	readonly charged: Charged;
}

/** Whether work that failed so may have been charged. Failed work is free, one third party says (Runware reference, *Limits*): too little to promise it. */
type Cost = 'never' | 'perhaps' | 'by status';

interface Rule {
	readonly when: (facts: Facts) => boolean;
	readonly is: (facts: Facts) => Ruling;
	readonly costs: Cost;
}

/**
 * Tests of the raw code, in the order of Runware's own client: there are hundreds of codes, and new ones come (Runware reference,
 * *Error codes*).
 */
const codes = {
	supplierCredit: /^(provider|thirdParty)\w*(credit|quota|balance)/i,
	credit: /credits|quota|balance|^paymentRequired$/i,
	rateLimit: /rateLimit/i,
	promptRefused: /^promptBlocked$/,
	pictureRefused: /^((sensitive|unsafe|nsfw)ContentDetected|imageBlocked)$/,
	refused: /contentPolicyViolation$|^moderationFailed$/i,
	forbidden:
		/^(forbidden|permissionDenied|insufficientPermissions|(account|organization|workspace)(Suspended|Disabled))$/,
	key: /apiKey|^(authFailed|unauthorized|authenticationFailed|(invalid|missing)Authentication|invalidCredentials|token(Expired|Invalid|Missing|Revoked))$/i,
	timeout: /timeout/i,
	gone: /(notFound|expired)$/i,
	server:
		/^(internalServerError|serviceUnavailable|serverUnavailable|standardError|unknownError|errorRetrievingAccountManagement|unrecognizedResponse)$/,
	busy: /^(noAvailableServer|modelNotReady)$/,
	supplier:
		/^(provider\w*|inferenceError|processingFailed|task(Failed|Cancelled|FailedOrNotFound)|downloadFailed|uploadFailed|mediaStorageFileCouldNotBeMoved)$/,
	image: /^invalid(Seed|Mask|Input|Reference|Guide)?Images?$/,
	request:
		/^(invalid|missing|conflict|duplicate|unsupported|value|array|max)|^(unknownParameter|incompatibleParameters|(mismatch|unknown)ProviderSettingsProvider|transparentModelMismatch|modelOwnershipValidationError|validationFailed)$/,
	model:
		/^((invalid|missing|unsupported|unknown)?Model(Id)?|model(Disabled|Unavailable|Deprecated)|\w*model\w*NotFound)$/i,
};

function code(test: RegExp): Rule['when'] {
	return (facts) => test.test(facts.code);
}

/** By what the server calls it. */
const byCode: readonly Rule[] = [
	// The account that is empty may be Runware's own at another vendor: its words say which.
	{ when: code(codes.supplierCredit), is: (facts) => ({ ...noCredit(facts), quoted: true }), costs: 'never' },
	{ when: code(codes.credit), is: noCredit, costs: 'never' },
	{ when: code(codes.rateLimit), is: (facts) => rateLimited(facts, facts.wait), costs: 'never' },
	{ when: code(codes.promptRefused), is: (facts) => refused(facts, 'input'), costs: 'never' },
	// Of a picture that was sent, or of one that was made: nobody says.
	{ when: code(codes.pictureRefused), is: (facts) => refused(facts), costs: 'perhaps' },
	{ when: code(codes.refused), is: (facts) => refused(facts), costs: 'by status' },
	{ when: code(codes.forbidden), is: forbidden, costs: 'never' },
	{ when: code(codes.key), is: badKey, costs: 'never' },
	{ when: code(codes.timeout), is: gaveUp, costs: 'perhaps' },
	{ when: isAboutModel, is: noModel, costs: 'never' },
	// “Not found” it may be as well; that it failed is what a person can do something about.
	{ when: code(codes.supplier), is: broken, costs: 'perhaps' },
	{ when: code(codes.gone), is: badRequest, costs: 'by status' },
	{ when: code(codes.server), is: broken, costs: 'perhaps' },
	{ when: code(codes.busy), is: (facts) => busy(facts, facts.wait), costs: 'perhaps' },
	{ when: code(codes.image), is: badImage, costs: 'never' },
	{ when: code(codes.request), is: badRequest, costs: 'never' },
];

/** By the status of HTTP, where there is no code or a new one. */
function byStatus(facts: Facts): Ruling {
	// The supplier behind Runware was too slow, not who asked.
	if (facts.status === 504) return gaveUp(facts);
	return rulingOfStatus(facts.status, facts, facts.wait) ?? (facts.status < 400 ? broken(facts) : badRequest(facts));
}

/** How a failure is to be called, by all that is known of it, and whether it may have cost money. */
export function verdictOn(facts: Facts): Verdict {
	const { is, costs } = byCode.find(({ when }) => when(facts)) ?? { is: byStatus, costs: 'by status' };
	return { ruling: is(facts), charged: chargeOf(costs, facts) };
}

/** A task that may have been taken on costs nothing only if the server says of that very task that it refuses it. */
function chargeOf(costs: Cost, facts: Facts): Charged {
	const { status, isBegun } = facts;
	if (isBegun) return costs === 'never' && isOfTask(facts) ? 'no' : 'unknown';
	if (costs === 'never') return 'no';
	// Who is too busy for a request has done no work, whatever its words for it.
	if (costs === 'perhaps') return status === 429 || status === 503 ? 'no' : 'unknown';
	return chargedFor(status);
}

/** The model is gone, or was never there: whether it is called invalid, disabled or not found. */
function isAboutModel({ code, parameters }: Facts): boolean {
	const isBlamed = parameters.length === 1 && parameters[0] === 'model';
	return codes.model.test(code) || (isBlamed && (codes.request.test(code) || codes.gone.test(code)));
}

/** The supplier behind Runware, or Runware's own queue, took too long. */
function gaveUp({ offer }: Asked): Ruling {
	const title = titleOf(offer.provider);
	const message = say('The work took too long, and {0} gave it up. Try again, or choose another model.', title);
	return { code: 'timed-out', say: message, quoted: false };
}

/**
 * What an answer that was asked for how the work is getting on says of itself instead: it will pass, or somebody has to do something
 * about it. `undefined`: it speaks of the work after all.
 */
export function hindranceOf(error: RunwareError): 'passing' | 'lasting' | undefined {
	if (isOfTask(error)) return undefined;
	const is = (...tests: readonly RegExp[]): boolean => tests.some((test) => test.test(error.code));
	if (is(codes.rateLimit, codes.server, codes.busy)) return 'passing';
	if (is(codes.supplierCredit)) return undefined;
	// What is wrong with a request is here wrong with the question.
	const isQuestion = error.taskType === 'getResponse' && is(codes.request);
	return isQuestion || is(codes.credit, codes.forbidden, codes.key, /^$/) ? 'lasting' : undefined;
}
