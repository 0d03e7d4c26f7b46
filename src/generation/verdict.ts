import type { Charged, FailureCode, ImageError } from '../domain/imageError';
import type { LossReason, NoReply, Reply } from '../providers/provider';

/**
 * What a request is, as far as money goes. `billed`: sent twice, it might be paid twice. `poll`: asks for work that is paid, whether or
 * not somebody hears of it. `free`: asks for something else.
 */
export type RequestKind = 'billed' | 'poll' | 'free';

/** What became of a request. `failure`: what the provider calls an answer with an error. */
export type Outcome =
	| Pick<NoReply, 'lost' | 'unseen'>
	| (Pick<Reply, 'status' | 'headers'> & { readonly failure?: Pick<ImageError, 'code' | 'charged' | 'wait'> });

/** All that the rules look at. */
export interface Situation {
	readonly kind: RequestKind;
	readonly outcome: Outcome;
	/** How often the request was sent, this time included. */
	readonly attempt: number;
	/** Before it, something was sent that the provider may have taken on and that is not settled. */
	readonly isOpen: boolean;
	/** What may be spent on repeating. */
	readonly tokens: number;
	/** ms since 1970. */
	readonly now: number;
	/** From 0 to below 1. */
	readonly random: number;
}

/** How a request failed, and whether it was paid. */
export interface Failing {
	readonly code: FailureCode;
	readonly charged: Charged;
}

/**
 * What is done next. `read`: this is the answer. `repeat`: the same once more. `ask`: the provider knows what else can be done, by what was
 * refused (`instead`) or by its name for the work (`resume`); where it knows nothing, it failed so.
 */
export type Verdict =
	| { readonly do: 'read' }
	| { readonly do: 'repeat'; readonly afterMs: number }
	| ({ readonly do: 'ask'; readonly how: 'instead' | 'resume' } & Failing)
	| ({ readonly do: 'fail' } & Failing);

/** Tokens that a repetition takes. */
export const repeatCost = 5;

/** Of one request, the first included. */
const mostAttempts = 3;
/** Of one that asks for work under way: with these, about a minute. */
const mostPolls = 8;
/** A longer pause is for the person to decide, ms; work under way may be asked for as late. */
const longestPause = 60_000;
const longestPollPause = 5 * 60_000;
/** The most before the second attempt, where the server names no pause, ms; doubled each time. Which part of it, chance says. */
const firstPause = 1000;

/** Statuses of who has looked at the request and did nothing: the provider may know something else to ask for. */
const answerable: ReadonlySet<number> = new Set([400, 404, 409, 422]);

/** What an exchange without an answer is called. */
export const lossCodes: Readonly<Record<LossReason, FailureCode>> = {
	unresolved: 'unreachable',
	refused: 'unreachable',
	certificate: 'unreachable',
	proxy: 'unreachable',
	reset: 'unreachable',
	stalled: 'timed-out',
	'timed-out': 'timed-out',
	'too-large': 'too-large',
	garbled: 'bad-reply',
};

/**
 * The rules of money, all of them: what might be paid twice is repeated only where the server plainly did no work, because the connection
 * never opened or it answered 429 or 503.
 */
export function verdictOn(situation: Situation): Verdict {
	const { outcome } = situation;
	if (!('lost' in outcome) && outcome.status < 300) return { do: 'read' };
	const afterMs = pauseOf(situation);
	if (afterMs !== undefined) return { do: 'repeat', afterMs };
	const failing = failingOf(situation);
	const how = askedHow(situation);
	return how ? { do: 'ask', how, ...failing } : { do: 'fail', ...failing };
}

/** How long to wait before the same goes out again; `undefined`: never. */
function pauseOf({ kind, outcome, attempt, tokens, now, random }: Situation): number | undefined {
	const isPoll = kind === 'poll';
	// What is paid for is asked for, in whatever trouble the server is.
	if (attempt >= (isPoll ? mostPolls : mostAttempts) || (!isPoll && tokens < repeatCost)) return undefined;
	const mayRepeat = 'lost' in outcome ? mayRepeatLost(outcome, kind) : mayRepeatAnswered(outcome, kind);
	if (!mayRepeat) return undefined;
	const named = 'lost' in outcome ? undefined : namedPause(outcome, now);
	const pause = named ?? random * firstPause * 2 ** (attempt - 1);
	return pause <= (isPoll ? longestPollPause : longestPause) ? pause : undefined;
}

type Lost = Extract<Outcome, { readonly lost: unknown }>;
type Answered = Exclude<Outcome, Lost>;

/** A certificate or a proxy is no better a second later; between somebody and paid work, whatever stood there may be gone. */
function mayRepeatLost({ lost, unseen }: Lost, kind: RequestKind): boolean {
	if (kind === 'poll') return lost !== 'certificate' && lost !== 'too-large';
	if (unseen) return lost === 'unresolved' || lost === 'refused';
	return kind === 'free' && (lost === 'reset' || lost === 'stalled');
}

function mayRepeatAnswered({ status, headers, failure }: Answered, kind: RequestKind): boolean {
	if (status < 400 || headers['x-should-retry'] === 'false') return false;
	if (status === 503) return true;
	if (status === 429) return failure?.code === 'rate-limited';
	return kind !== 'billed' && status >= 500;
}

/** What the failure says (seconds), else a date in the header `retry-after`; in ms. */
function namedPause({ headers, failure }: Answered, now: number): number | undefined {
	if (failure?.wait !== undefined) return failure.wait * 1000;
	const { 'retry-after': after = '' } = headers;
	const date = /[a-z]/i.test(after) ? Date.parse(after) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function askedHow(situation: Situation): 'instead' | 'resume' | undefined {
	const { kind, outcome } = situation;
	if (!('lost' in outcome) && answerable.has(outcome.status)) return 'instead';
	return kind === 'billed' && mayBeDone(outcome) ? 'resume' : undefined;
}

/** Whether the server may have done the work. One that names a reason has judged. */
function mayBeDone(outcome: Outcome): boolean {
	if ('lost' in outcome) return !outcome.unseen;
	const { status, failure } = outcome;
	if (status < 500 || status === 503) return false;
	return failure === undefined || failure.code === 'server-error' || failure.code === 'timed-out';
}

/** Who only asks pays nothing for that, but perhaps for what was ordered before. */
function failingOf({ kind, outcome, isOpen }: Situation): Failing {
	const code = codeOf(outcome);
	if (isOpen) return { code, charged: 'unknown' };
	if (kind !== 'billed') return { code, charged: 'no' };
	if (mayBeDone(outcome)) return { code, charged: 'unknown' };
	return { code, charged: 'lost' in outcome ? 'no' : (outcome.failure?.charged ?? 'no') };
}

function codeOf(outcome: Outcome): FailureCode {
	if ('lost' in outcome) return lossCodes[outcome.lost];
	if (outcome.status < 400) return 'unsafe-url';
	return outcome.failure?.code ?? 'server-error';
}
