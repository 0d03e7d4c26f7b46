import type { ImageError } from '../domain/imageError';
import type { NoReply, Reply, Request } from '../providers/provider';
import type { Clock } from './clock';

/** Of one request, the first included. */
const mostAttempts = 3;
/** A longer pause is for the person to decide, ms. */
const longestPause = 60_000;
/** Before the second attempt, where the server names no pause, ms; doubled each time. */
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
	if (attempt >= mostAttempts || request.kind === 'paint') return undefined;
	const jittered = clock.random() * firstPause * 2 ** (attempt - 1);
	if ('lost' in reply) return mayRepeatLost(reply, request.billed) ? jittered : undefined;
	if (!mayRepeatAnswered(reply, request.billed, failureOf)) return undefined;
	const pause = namedPause(reply, clock) ?? jittered;
	return pause <= longestPause ? pause : undefined;
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

/** Of the headers `retry-after-ms` (milliseconds) and `retry-after` (seconds, or a date), in ms. */
function namedPause({ headers }: Reply, { now }: Pick<Clock, 'now'>): number | undefined {
	const { 'retry-after-ms': milliseconds, 'retry-after': after } = headers;
	if (milliseconds !== undefined && /^\d+$/.test(milliseconds)) return Number(milliseconds);
	if (after === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
	const date = Date.parse(after);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now());
}
