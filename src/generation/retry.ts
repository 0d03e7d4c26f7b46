import type { ImageError } from '../domain/imageError';
import type { NoReply, Reply, Request } from '../providers/provider';
import type { Clock } from './clock';

/** Of one request, the first included. */
const mostAttempts = 3;
/** Of one that asks for work under way, which is paid whether or not somebody hears of it: with these, about a minute. */
const mostPolls = 8;
/** A longer pause is for the person to decide, ms; work under way may be asked for as late. */
const longestPause = 60_000;
const longestPollPause = 5 * 60_000;
/** The most before the second attempt, where the server names no pause, ms; doubled each time. Which part of it, chance says. */
const firstPause = 1000;

/**
 * How long to wait before the same request may go out again; `undefined`: never. The money rule: what might be paid twice is
 * repeated only where the server plainly did no work, because the connection never opened or it answered 429 or 503.
 * `failureOf`: what a reply with an error means.
 */
export function pauseBeforeRepeat(
	request: Request,
	reply: Reply | NoReply,
	attempt: number,
	failureOf: (reply: Reply) => ImageError,
	clock: Pick<Clock, 'now' | 'random'>,
): number | undefined {
	if (request.kind === 'paint') return undefined;
	const isPoll = request.afterMs !== undefined;
	if (attempt >= (isPoll ? mostPolls : mostAttempts)) return undefined;
	const jittered = clock.random() * firstPause * 2 ** (attempt - 1);
	if ('lost' in reply) {
		const mayBe = isPoll ? mayBeBetterLater(reply) : mayRepeatLost(reply, request.billed);
		return mayBe ? jittered : undefined;
	}
	if (!mayRepeatAnswered(reply, request.billed, failureOf)) return undefined;
	const pause = namedPause(reply, failureOf, clock) ?? jittered;
	return pause <= (isPoll ? longestPollPause : longestPause) ? pause : undefined;
}

/** Of work that is paid: whatever stood between may be gone, but for what is the server's own. */
function mayBeBetterLater({ lost }: NoReply): boolean {
	return lost !== 'certificate' && lost !== 'too-large';
}

/** A certificate or a proxy is no better a second later. */
function mayRepeatLost({ lost, unseen }: NoReply, billed: boolean): boolean {
	if (unseen) return lost === 'unresolved' || lost === 'refused';
	return !billed && (lost === 'reset' || lost === 'stalled');
}

function mayRepeatAnswered(reply: Reply, billed: boolean, failureOf: (reply: Reply) => ImageError): boolean {
	if (reply.status < 400 || reply.headers['x-should-retry'] === 'false') return false;
	if (reply.status === 503) return true;
	if (reply.status === 429) return failureOf(reply).code === 'rate-limited';
	return !billed && reply.status >= 500;
}

/** What the failure says (seconds), else a date in the header `retry-after`; in ms. */
function namedPause(
	reply: Reply,
	failureOf: (reply: Reply) => ImageError,
	{ now }: Pick<Clock, 'now'>,
): number | undefined {
	const { wait } = failureOf(reply);
	if (wait !== undefined) return wait * 1000;
	const { 'retry-after': after = '' } = reply.headers;
	const date = /[a-z]/i.test(after) ? Date.parse(after) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now());
}
