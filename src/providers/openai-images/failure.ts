import type { Charged, ImageError } from '../../domain/imageError';
import type { Asked, Reply } from '../provider';
import { chargedFor, failureFrom, waitOf } from '../rulings';
import { errorOf, type ErrorReply } from './errorReply';
import { ruleFor } from './failureRules';

const silent: ErrorReply = { message: '', code: '', parameter: '', categories: [], stage: 'unknown' };

/** Names the failure of an answer, so that a person can act on it. */
export function failureOf(reply: Reply, { offer }: Asked): ImageError {
	const error = errorOf(reply) ?? silent;
	const { status } = reply;
	const wait = waitOf(reply, error.message);
	const ruling = ruleFor({ ...error, offer, status, wait });
	return failureFrom(ruling, { offer }, { reply, words: error.message, wait, charged: chargeOf(status, error) });
}

/** Whoever refuses what came of a prompt has done the work. */
function chargeOf(status: number, { stage }: ErrorReply): Charged {
	if (stage !== 'unknown') return stage === 'input' ? 'no' : 'unknown';
	return chargedFor(status);
}
