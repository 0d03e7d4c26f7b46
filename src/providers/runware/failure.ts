import type { ImageError } from '../../domain/imageError';
import type { Asked, CallState, Reply } from '../provider';
import { failureFrom, waitOf } from '../rulings';
import { errorsOf, type RunwareError, silent } from './errorReply';
import { verdictOn } from './failureRules';

/** Names the failure of an answer, by the first of its errors, so that a person can act on it. */
export function failureOf(reply: Reply, asked: Asked, state?: CallState): ImageError {
	return namedFailure(errorsOf(reply)[0] ?? silent, reply, asked, state);
}

/** The same of one error among others. Runware's support finds a task by its UUID. */
export function namedFailure(error: RunwareError, reply: Reply, { offer }: Asked, state?: CallState): ImageError {
	const { status } = reply;
	const wait = waitOf(reply, error.message);
	const { ruling, charged } = verdictOn({ ...error, offer, status, wait, isBegun: state?.ticket !== undefined });
	const failure = failureFrom(ruling, { offer }, { reply, words: error.message || error.code, wait, charged });
	return error.taskUUID === '' ? failure : { ...failure, requestId: error.taskUUID };
}
